// https.get({ secureProtocol: 'TLSv1_method' });
/* maxVersion: 'TLSv1.1' */
