import tls from 'node:tls';
tls.DEFAULT_MAX_VERSION = 'TLSv1.1';
//                        ^^^^^^^^^ other-client-protocol warning
