import tls from 'node:tls';
import type { ProbeSocket, SecureRequest, StopSignal } from '../../probe/port.ts';
import { NodeProbeSocket } from './probe-socket.ts';

/** Puts the platform's TLS over a socket to a proxy. Fails with the platform's words when there is no handshake. */
export function secureSocket(
  socket: NodeProbeSocket,
  { serverName, isChecked }: SecureRequest,
  stop: StopSignal,
): Promise<ProbeSocket> {
  return new Promise((resolve, reject) => {
    const authorities = trustedAuthorities();
    const secure = tls.connect({
      socket: socket.release(),
      rejectUnauthorized: isChecked,
      ...(serverName === null ? {} : { servername: serverName }),
      ...(authorities ? { ca: [...authorities] } : {}),
    });
    // The raw socket goes with the one that is put over it, whoever closes first.
    secure.once('close', () => socket.destroy());
    const settle = (): void => {
      stop.removeEventListener('abort', giveUp);
      secure.removeListener('error', fail);
      secure.removeListener('close', close);
    };
    const fail = (error: Error): void => {
      settle();
      // A late error of a socket that nobody holds any more must not end the process.
      secure.on('error', () => {});
      secure.destroy();
      // Behind the semicolon Node adds advice about itself, which helps nobody here.
      reject(new Error(error.message.split(';', 1)[0]));
    };
    const giveUp = (): void => fail(new Error('no handshake in time'));
    const close = (): void => fail(new Error('the connection was closed'));
    secure.once('error', fail);
    secure.once('close', close);
    secure.once('secureConnect', () => {
      settle();
      resolve(new NodeProbeSocket(secure));
    });
    stop.addEventListener('abort', giveUp);
    if (stop.aborted) {
      giveUp();
    }
  });
}

/** What Node trusts and what this machine trusts, where Node can ask (22.15 and later). */
function trustedAuthorities(): readonly string[] | undefined {
  return typeof tls.getCACertificates === 'function'
    ? [...tls.getCACertificates('default'), ...tls.getCACertificates('system')]
    : undefined;
}
