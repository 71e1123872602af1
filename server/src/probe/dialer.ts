import type { Dial, OpenFailure } from './connections.ts';
import { isNetworkFailure, type Network, type NetworkFailure, type ProbeSocket, type StopSignal } from './port.ts';
import { type HttpProxy, openTunnel } from './proxy.ts';
import { isAddressLiteral } from './url.ts';

/** Where to, and through what. */
export interface Route {
  readonly host: string;
  readonly port: number;
  readonly proxy: HttpProxy | null;
}

/**
 * Opens connections to a host, straight or through a proxy. The name is looked up once, and all connections after the
 * first go to the address that answered then, so that one probe describes one server.
 */
export function makeDial(route: Route, network: Network): Dial {
  const next = route.proxy ?? route;
  let addresses: Promise<readonly string[]> | undefined;
  const connect = async (stop: StopSignal): Promise<ProbeSocket> => {
    addresses ??= isAddressLiteral(next.host) ? Promise.resolve([next.host]) : resolveName(network, next.host);
    const socket = await network.connect(await untilStopped(addresses, stop), next.port, stop);
    // A connection that was reset at once does not know its address any more.
    if (socket.remoteAddress !== '') {
      addresses = Promise.resolve([socket.remoteAddress]);
    }
    return socket;
  };
  const { proxy } = route;
  return proxy ? (stop) => dialThrough(proxy, route, connect, network, stop) : connect;
}

async function resolveName(network: Network, host: string): Promise<readonly string[]> {
  const addresses = await network.resolve(host);
  if (addresses.length === 0) {
    throw { kind: 'dns', detail: 'The name has no address.' } satisfies NetworkFailure;
  }
  return addresses;
}

async function dialThrough(
  proxy: HttpProxy,
  route: Route,
  connect: (stop: StopSignal) => Promise<ProbeSocket>,
  network: Network,
  stop: StopSignal,
): Promise<ProbeSocket> {
  const plain = await connect(stop).catch((error: unknown) => {
    throw isNetworkFailure(error) && error.kind !== 'timeout'
      ? proxyFailure('proxy-refused', proxyTrouble[error.kind])
      : error;
  });
  const socket = proxy.tls ? await secureProxy(plain, proxy, network, stop) : plain;
  const destroy = (): void => socket.destroy();
  stop.addEventListener('abort', destroy);
  if (stop.aborted) {
    destroy();
  }
  const answer = await openTunnel(socket, route.host, route.port, proxy.credentials);
  stop.removeEventListener('abort', destroy);
  if (answer.kind === 'open' && !stop.aborted) {
    return socket;
  }
  socket.destroy();
  await socket.closed;
  throw answer.kind === 'authentication'
    ? proxyFailure('proxy-authentication', authenticationDetail(proxy, answer.schemes))
    : proxyFailure('proxy-refused', answer.kind === 'refused' ? answer.detail : 'took too long');
}

/** TLS to the proxy itself; what the target speaks goes through it. */
async function secureProxy(
  socket: ProbeSocket,
  { host, tls }: HttpProxy,
  network: Network,
  stop: StopSignal,
): Promise<ProbeSocket> {
  const request = { serverName: isAddressLiteral(host) ? null : host, isChecked: tls === 'checked' };
  try {
    return await network.secure(socket, request, stop);
  } catch (error) {
    socket.destroy();
    await socket.closed;
    if (stop.aborted) {
      throw { kind: 'timeout', detail: 'No TLS with the proxy in time.' } satisfies NetworkFailure;
    }
    const detail = error instanceof Error ? error.message : String(error);
    throw proxyFailure('proxy-refused', `does not complete TLS with itself (${detail})`);
  }
}

const proxyTrouble = {
  dns: 'has a name that DNS does not know',
  refused: 'does not accept connections itself',
  timeout: 'does not answer',
  reset: 'resets connections to itself',
  unreachable: 'cannot be reached itself',
} as const;

function authenticationDetail(proxy: HttpProxy, schemes: readonly string[]): string {
  if (schemes.length > 0 && !schemes.some((scheme) => scheme.toLowerCase() === 'basic')) {
    return `It offers ${schemes.join(', ')} only, which is not supported here: ask its administrator for Basic, or for an exception.`;
  }
  return proxy.credentials ? 'It does not accept the given ones.' : 'Put them into the URL of the proxy.';
}

function proxyFailure(kind: OpenFailure['kind'], detail: string): OpenFailure {
  return { kind, detail };
}

/** Waits for a value, but no longer than until the stop fires; fails then. */
function untilStopped<T>(value: Promise<T>, stop: StopSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const give = (): void => reject({ kind: 'timeout', detail: 'No address in time.' });
    if (stop.aborted) {
      give();
    }
    stop.addEventListener('abort', give);
    value.then(resolve, reject).finally(() => stop.removeEventListener('abort', give));
  });
}
