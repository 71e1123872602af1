const https = require('https');
https.get({ host: 'contoso.crm4.dynamics.com', secureProtocol: 'TLSv1_method' });
//                                                             ^^^^^^^^^^^^^^ other-client-protocol warning minVersion
https.get({ host: 'contoso.crm4.dynamics.com', maxVersion: 'TLSv1.1' });
//                                                         ^^^^^^^^^ other-client-protocol warning
