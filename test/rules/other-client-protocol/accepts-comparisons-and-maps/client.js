if (options.maxVersion === 'TLSv1.1') { throw new Error('too old'); }
