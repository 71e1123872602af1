import net from 'node:net';
import { type CountingServer, countConnections } from './byte-server.ts';

/** What a test proxy does with a request. */
export interface ProxyRules {
  /** The answer; `tunnel` opens one. Raw text is sent and the connection closed. */
  readonly answer: (
    request: ProxyRequest,
  ) => 'tunnel' | 'silence' | 'end' | 'reset' | { readonly send: string | Buffer };
  /** Where tunnels lead, whatever was asked for. */
  readonly target?: number;
  /** Milliseconds before the answer. */
  readonly delay?: number;
  /** Cuts the head of the answer into pieces of this size. */
  readonly pieces?: number;
}

/** A CONNECT as the proxy saw it. */
export interface ProxyRequest {
  readonly method: string;
  readonly authority: string;
  readonly headers: ReadonlyMap<string, string>;
}

/** A CONNECT proxy on the loopback. */
export async function startProxy(rules: ProxyRules): Promise<CountingServer & { readonly requests: ProxyRequest[] }> {
  const requests: ProxyRequest[] = [];
  const server = await countConnections(
    net.createServer((socket) => {
      socket.on('error', () => {});
      let head = '';
      const onData = (piece: Buffer): void => {
        head += piece.toString('latin1');
        if (head.includes('\r\n\r\n')) {
          socket.removeListener('data', onData);
          const request = readRequest(head);
          requests.push(request);
          setTimeout(() => respond(socket, rules, request), rules.delay ?? 0);
        }
      };
      socket.on('data', onData);
    }),
  );
  return Object.assign(server, { requests });
}

function readRequest(head: string): ProxyRequest {
  const [first = '', ...lines] = head.split('\r\n');
  const [method = '', authority = ''] = first.split(' ');
  const headers = new Map(lines.filter(Boolean).map((line) => splitHeader(line)));
  return { method, authority, headers };
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

function respond(socket: net.Socket, rules: ProxyRules, request: ProxyRequest): void {
  const answer = rules.answer(request);
  if (answer === 'silence') {
    socket.resume();
  } else if (answer === 'end') {
    socket.resume();
    socket.end();
  } else if (answer === 'reset') {
    socket.resetAndDestroy();
  } else if (answer === 'tunnel') {
    const upstream = net.connect(rules.target ?? 0, '127.0.0.1', () => {
      sendPieces(socket, 'HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n', rules.pieces, () => {
        socket.pipe(upstream).pipe(socket);
      });
    });
    upstream.on('error', () => socket.destroy());
    // Without a reader, the end of the client's side would never be seen.
    upstream.on('close', () => socket.resume());
    socket.on('close', () => upstream.destroy());
  } else {
    socket.resume();
    socket.end(answer.send);
  }
}

function sendPieces(socket: net.Socket, text: string, size: number | undefined, done: () => void): void {
  if (size === undefined || text.length <= size) {
    socket.write(text);
    done();
    return;
  }
  socket.write(text.slice(0, size));
  setTimeout(() => sendPieces(socket, text.slice(size), size, done), 1);
}
