https.get({ maxVersion: 'TLSv1.1' });
