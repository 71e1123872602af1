new https.Agent({ maxVersion: 'TLSv1.1' });
