import type { Socket } from 'node:net';
import tls from 'node:tls';
import type { Handshake, HandshakeRequest, StopSignal } from '../../probe/port.ts';

/** Longest head of an HTTP answer that is read. */
const maximalHead = 65_536;

/** Longest chain that is copied. */
const maximalChain = 20;

/**
 * Completes a handshake over a socket and starts to close it. The certificate is not checked here: the probe judges it itself.
 */
export function completeHandshake(socket: Socket, request: HandshakeRequest, stop: StopSignal): Promise<Handshake> {
  return new Promise((resolve, reject) => {
    const secure = tls.connect({
      socket,
      ...(request.serverName === null ? {} : { servername: request.serverName }),
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      ...lenientCiphers(),
    });
    const fail = (error: Error): void => {
      stop.removeEventListener('abort', giveUp);
      secure.destroy();
      socket.destroy();
      reject(error);
    };
    const giveUp = (): void => fail(new Error('No handshake in time.'));
    // Says goodbye and lets the other side close first; the owner of the socket sees to it that this ends.
    const succeed = (handshake: Handshake): void => {
      resolve(handshake);
      secure.resume();
      secure.end();
    };
    secure.on('error', fail);
    secure.on('close', () => fail(new Error('The connection was closed during the handshake.')));
    secure.once('secureConnect', () => {
      const chain = peerChain(secure);
      if (request.get) {
        askOverHttp(secure, request.get, (httpHead) => succeed({ chain, httpHead }));
      } else {
        succeed({ chain, httpHead: null });
      }
    });
    stop.addEventListener('abort', giveUp);
    if (stop.aborted) {
      giveUp();
    }
  });
}

/**
 * Lets the platform accept keys and signatures that it finds weak by default: the certificate is wanted whatever it
 * is. BoringSSL, below Electron, has no security levels and does not know the word.
 */
function lenientCiphers(): { readonly ciphers?: string } {
  return 'boringssl' in process.versions || process.versions['electron'] ? {} : { ciphers: 'DEFAULT@SECLEVEL=0' };
}

function peerChain(secure: tls.TLSSocket): Uint8Array[] {
  const chain: Uint8Array[] = [];
  const seen = new Set<string>();
  let certificate: tls.DetailedPeerCertificate | undefined = secure.getPeerCertificate(true);
  while (certificate?.raw && !seen.has(certificate.fingerprint256) && chain.length < maximalChain) {
    seen.add(certificate.fingerprint256);
    chain.push(certificate.raw);
    certificate = certificate.issuerCertificate;
  }
  return chain;
}

function askOverHttp(
  secure: tls.TLSSocket,
  { host, path }: { readonly host: string; readonly path: string },
  done: (head: string | null) => void,
): void {
  let text = '';
  secure.setEncoding('latin1');
  secure.on('data', (piece: string) => {
    text += piece;
    const end = text.indexOf('\r\n\r\n');
    if (end >= 0 || text.length > maximalHead) {
      done(end < 0 ? null : text.slice(0, end));
    }
  });
  secure.on('end', () => done(null));
  secure.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nAccept: application/json\r\n\r\n`);
}
