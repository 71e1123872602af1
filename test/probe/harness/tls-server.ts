import tls from 'node:tls';
import { type CountingServer, countConnections } from './byte-server.ts';
import type { TestCertificate } from './certificates.ts';

/** Starts a server of Node's own TLS with a certificate and, optionally, the rest of its chain. */
export function startTlsServer(
  certificate: TestCertificate,
  { chain = [], ...options }: tls.TlsOptions & { readonly chain?: readonly TestCertificate[] } = {},
): Promise<CountingServer> {
  const server = tls.createServer(
    { key: certificate.keyPem, cert: [certificate, ...chain].map(({ pem }) => pem).join(''), ...options },
    (socket) => {
      socket.on('error', () => {});
      socket.once('data', () =>
        socket.end(
          'HTTP/1.1 401 Unauthorized\r\n' +
            'WWW-Authenticate: Bearer authorization_uri=https://login.microsoftonline.com/common/oauth2/authorize, ' +
            'resource_id=https://contoso.crm4.dynamics.com/\r\nContent-Length: 0\r\n\r\n',
        ),
      );
    },
  );
  server.on('tlsClientError', () => {});
  return countConnections(server);
}
