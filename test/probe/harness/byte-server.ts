import net from 'node:net';
import { type ReceivedHello, readHello, recordLength } from './hello.ts';

/** What a byte-level server does with one connection, step by step. */
export type Step =
  | { readonly send: Uint8Array }
  /** Sends byte by byte with pauses. */
  | { readonly drip: Uint8Array; readonly every: number }
  /** Sends the same bytes again and again until the other side goes away. */
  | { readonly endless: Uint8Array }
  /** Reads another ClientHello and goes on with the steps for it. */
  | { readonly again: (hello: ReceivedHello, first: ReceivedHello) => readonly Step[] }
  | { readonly pause: number }
  | 'end'
  | 'reset'
  /** Keeps the connection open and says nothing more. */
  | 'hang';

/** How a byte-level server behaves. */
export interface Behaviour {
  /** Done at once, before anything is read. */
  readonly atOnce?: readonly Step[];
  /** Done when the first ClientHello is there. */
  readonly onHello?: (hello: ReceivedHello, count: number) => readonly Step[];
}

/** A server on the loopback, with its connections counted. */
export interface CountingServer {
  readonly port: number;
  /** ClientHellos that came, in order. */
  readonly hellos: readonly ReceivedHello[];
  /** First bytes of connections that sent something else. */
  readonly strangers: readonly Buffer[];
  readonly total: number;
  readonly highest: number;
  /** Is kept when no connection is open; fails after a while with their number. */
  allClosed(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a byte-level server. */
export async function startByteServer(behaviour: Behaviour): Promise<CountingServer> {
  const hellos: ReceivedHello[] = [];
  const strangers: Buffer[] = [];
  return countConnections(
    net.createServer({ noDelay: true }, (socket) => {
      // The other side may go away at any time; that is what is tested.
      socket.on('error', () => {});
      serve(socket, behaviour, hellos, strangers).catch((error: unknown) => {
        console.error(error);
        socket.destroy();
      });
    }),
    { hellos, strangers },
  );
}

const running = new Set<CountingServer>();

/** Stops whatever a failed test left running, so that the process can end. */
export async function stopLeftovers(): Promise<void> {
  await Promise.all([...running].map((server) => server.stop()));
}

/** Lets a server listen on the loopback and counts its connections. */
export async function countConnections(
  server: net.Server,
  seen: Pick<CountingServer, 'hellos' | 'strangers'> = { hellos: [], strangers: [] },
): Promise<CountingServer> {
  const open = new Set<net.Socket>();
  let total = 0;
  let highest = 0;
  let changed: () => void = () => {};
  server.on('connection', (socket: net.Socket) => {
    open.add(socket);
    total++;
    // A connection that the client closed before it opened this one is often still unread here: the count waits until
    // that news is in. A client that really holds more than it may holds them longer than that.
    setTimeout(() => {
      highest = Math.max(highest, [...open].filter((other) => !other.readableEnded).length);
    }, settleMilliseconds).unref();
    socket.once('close', () => {
      open.delete(socket);
      changed();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const counting: CountingServer = {
    ...seen,
    port: typeof address === 'object' && address ? address.port : 0,
    get total() {
      return total;
    },
    get highest() {
      return highest;
    },
    async allClosed() {
      const limit = Date.now() + 1_000;
      while (open.size > 0) {
        if (Date.now() > limit) {
          throw new Error(`${open.size} connections are still open.`);
        }
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 100);
          changed = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
    stop: () =>
      new Promise((resolve) => {
        running.delete(counting);
        for (const socket of open) {
          socket.destroy();
        }
        server.close(() => resolve());
      }),
  };
  running.add(counting);
  return counting;
}

async function serve(
  socket: net.Socket,
  behaviour: Behaviour,
  hellos: ReceivedHello[],
  strangers: Buffer[],
): Promise<void> {
  const hello = nextHello(socket, strangers);
  if (behaviour.atOnce) {
    await take(socket, behaviour.atOnce, hello, strangers);
    return;
  }
  const first = await hello;
  if (first) {
    hellos.push(first);
    await take(socket, behaviour.onHello?.(first, hellos.length) ?? ['hang'], hello, strangers);
  }
}

/** Reads one record; undefined when the connection ends before it is whole, or when it holds no ClientHello. */
function nextHello(socket: net.Socket, strangers: Buffer[]): Promise<ReceivedHello | undefined> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    const done = (hello: ReceivedHello | undefined): void => {
      socket.removeListener('data', onData);
      // Whatever comes later is thrown away, so that the end of the stream is seen.
      socket.resume();
      resolve(hello);
    };
    const onData = (piece: Buffer): void => {
      received = Buffer.concat([received, piece]);
      if (received[0] !== 22) {
        strangers.push(received);
        done(undefined);
        return;
      }
      const length = recordLength(received);
      if (length !== undefined) {
        done(readHello(received.subarray(0, length)));
      }
    };
    socket.on('data', onData);
    socket.once('close', () => done(undefined));
  });
}

async function take(
  socket: net.Socket,
  steps: readonly Step[],
  first: Promise<ReceivedHello | undefined>,
  strangers: Buffer[],
): Promise<void> {
  for (const step of steps) {
    if (socket.destroyed) {
      return;
    }
    if (step === 'end') {
      socket.end();
    } else if (step === 'reset') {
      socket.resetAndDestroy();
    } else if (step === 'hang') {
      return;
    } else if ('send' in step) {
      socket.write(step.send);
    } else if ('drip' in step) {
      await drip(socket, step.drip, step.every);
    } else if ('endless' in step) {
      await sendEndlessly(socket, step.endless);
    } else if ('pause' in step) {
      await pause(step.pause);
    } else {
      const [hello, again] = [await first, await nextHello(socket, strangers)];
      if (hello && again) {
        await take(socket, step.again(again, hello), first, strangers);
      }
      return;
    }
  }
}

async function drip(socket: net.Socket, bytes: Uint8Array, every: number): Promise<void> {
  for (const byte of bytes) {
    if (socket.destroyed || !socket.writable) {
      return;
    }
    socket.write(Uint8Array.of(byte));
    await pause(every);
  }
}

async function sendEndlessly(socket: net.Socket, bytes: Uint8Array): Promise<void> {
  while (!socket.destroyed && socket.writable) {
    if (!socket.write(bytes)) {
      await new Promise<void>((resolve) => {
        socket.once('drain', resolve);
        socket.once('close', resolve);
      });
    }
    // The probe runs in the same process and must get its turn.
    await pause(1);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/** In this time the end of a closed connection is read, on a busy machine as well. */
const settleMilliseconds = 30;
