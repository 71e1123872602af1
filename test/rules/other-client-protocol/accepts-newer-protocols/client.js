https.get({ secureProtocol: 'TLSv1_2_method', maxVersion: 'TLSv1.3' });
