const options = { key, cert, requestCert: true, secureProtocol: 'TLSv1_method' };
https.createServer(options, answer).listen(443);
