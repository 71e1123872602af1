new https.Agent({ secureProtocol: 'TLSv1_2_method', maxVersion: 'TLSv1.3' });
