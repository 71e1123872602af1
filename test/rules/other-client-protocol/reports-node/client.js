const https = require('https');
const agent = new https.Agent({ secureProtocol: 'TLSv1_method' });
//                                              ^^^^^^^^^^^^^^ other-client-protocol warning minVersion
https.get({ host: 'contoso.crm4.dynamics.com', maxVersion: 'TLSv1.1', agent });
//                                                         ^^^^^^^^^ other-client-protocol warning
