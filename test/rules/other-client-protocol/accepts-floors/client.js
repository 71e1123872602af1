https.get({ minVersion: 'TLSv1', maxVersion: 'TLSv1.2' });
tls.DEFAULT_MIN_VERSION = 'TLSv1.1';
