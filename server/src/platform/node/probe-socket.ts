import net from 'node:net';
import type { NetworkFailure, ProbeSocket, SocketEvent, StopSignal } from '../../probe/port.ts';

/** How much may wait unread before the other side is made to wait. */
const highWater = 131_072;

/** How long one address of several may take before the next is tried (RFC 8305 advises 250 ms). */
const attemptMilliseconds = 250;

/** Opens a TCP connection to the first address that answers. Fails with a {@link NetworkFailure}. */
export function connectSocket(addresses: readonly string[], port: number, stop: StopSignal): Promise<NodeProbeSocket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({
      host: addresses.length === 1 ? (addresses[0] ?? '') : 'target',
      port,
      noDelay: true,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: attemptMilliseconds,
      // The name is resolved already; Node asks only to get the list.
      lookup: (_name, _options, callback) =>
        callback(
          null,
          addresses.map((address) => ({ address, family: net.isIPv6(address) ? 6 : 4 })),
        ),
    });
    const settle = (): void => {
      socket.removeListener('error', fail);
      socket.removeListener('connect', succeed);
      stop.removeEventListener('abort', giveUp);
    };
    const fail = (error: Error): void => {
      settle();
      // A late error of a socket that nobody holds any more must not end the process.
      socket.on('error', () => {});
      socket.destroy();
      reject(networkFailure(error));
    };
    const giveUp = (): void => fail(new Error('No connection in time.'));
    const succeed = (): void => {
      settle();
      resolve(new NodeProbeSocket(socket));
    };
    socket.once('error', fail);
    socket.once('connect', succeed);
    stop.addEventListener('abort', giveUp);
    if (stop.aborted) {
      giveUp();
    }
  });
}

/** Translates an error of node:net or node:dns. */
export function networkFailure(error: unknown): NetworkFailure {
  const codes = errorCodes(error);
  const detail = error instanceof Error ? error.message : String(error);
  const kind = failureKinds.find(([pattern]) => codes.some((code) => pattern.test(code)))?.[1] ?? 'timeout';
  return { kind, detail };
}

const failureKinds: readonly (readonly [RegExp, NetworkFailure['kind']])[] = [
  [/^(ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL)$/, 'dns'],
  // Of several addresses one may refuse and another be out of reach: the refusal tells more.
  [/^ECONNREFUSED$/, 'refused'],
  [/^(ECONNRESET|ECONNABORTED|EPIPE)$/, 'reset'],
  [/^ETIMEDOUT$/, 'timeout'],
  [/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM|EINVAL|ENETDOWN|EHOSTDOWN)$/, 'unreachable'],
];

function errorCodes(error: unknown): string[] {
  const own = typeof error === 'object' && error !== null && 'code' in error ? [String(error.code)] : [];
  const inner = error instanceof AggregateError ? error.errors.flatMap(errorCodes) : [];
  return [...inner, ...own];
}

/** A socket of node:net behind the probe's port. */
export class NodeProbeSocket implements ProbeSocket {
  readonly remoteAddress: string;
  readonly closed: Promise<void>;
  private readonly socket: net.Socket;
  private queue: Uint8Array[] = [];
  private queued = 0;
  private end_: SocketEvent | null = null;
  private wake: (() => void) | null = null;
  private isReleased = false;
  private readonly onData = (bytes: Uint8Array): void => {
    this.queue.push(bytes);
    this.queued += bytes.length;
    if (this.queued > highWater) {
      this.socket.pause();
    }
    this.wake?.();
  };
  private readonly onEnd = (): void => this.finish({ kind: 'end' });

  constructor(socket: net.Socket) {
    this.socket = socket;
    this.remoteAddress = socket.remoteAddress ?? '';
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.finish({ kind: 'reset' });
        resolve();
      });
    });
    socket.on('error', () => this.finish({ kind: 'reset' }));
    socket.on('data', this.onData);
    socket.on('end', this.onEnd);
  }

  write(bytes: Uint8Array): void {
    if (this.socket.writable) {
      this.socket.write(bytes);
    }
  }

  async read(): Promise<SocketEvent> {
    while (true) {
      const bytes = this.queue.shift();
      if (bytes) {
        this.queued -= bytes.length;
        if (this.queued === 0 && !this.socket.destroyed) {
          this.socket.resume();
        }
        return { kind: 'data', bytes };
      }
      if (this.end_) {
        return this.end_;
      }
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      this.wake = null;
    }
  }

  unread(bytes: Uint8Array): void {
    this.queue.unshift(bytes);
    this.queued += bytes.length;
  }

  end(): void {
    if (this.isReleased) {
      return;
    }
    this.drop();
    this.socket.removeListener('data', this.onData);
    this.socket.resume();
    this.socket.end();
  }

  destroy(): void {
    this.drop();
    this.socket.destroy();
  }

  /** Gives the raw socket away, with everything unread put back; afterwards this object can only destroy it. */
  release(): net.Socket {
    this.isReleased = true;
    this.socket.removeListener('data', this.onData);
    this.socket.removeListener('end', this.onEnd);
    this.socket.pause();
    for (const bytes of this.queue.reverse()) {
      this.socket.unshift(bytes);
    }
    this.drop();
    return this.socket;
  }

  private drop(): void {
    this.queue = [];
    this.queued = 0;
  }

  private finish(event: SocketEvent): void {
    this.end_ ??= event;
    this.wake?.();
  }
}
