import { ByteQueue, latin1Bytes, latin1Text } from './bytes.ts';
import type { ProbeSocket } from './port.ts';

/** User name and password for a proxy. */
export interface ProxyCredentials {
  readonly username: string;
  readonly password: string;
}

/** A proxy that is asked for a tunnel with HTTP's CONNECT. */
export interface HttpProxy {
  /** Lower case, without brackets. */
  readonly host: string;
  readonly port: number;
  readonly credentials: ProxyCredentials | null;
  /** For a proxy that is spoken to over TLS: whether its certificate must be good. Absent for a plain one. */
  readonly tls?: 'checked' | 'unchecked';
}

/** What a proxy says to CONNECT. */
export type TunnelAnswer =
  | { readonly kind: 'open' }
  | { readonly kind: 'authentication'; readonly schemes: readonly string[] }
  | { readonly kind: 'refused'; readonly detail: string };

/** Longest head of an answer that is read. */
const maximalHead = 16_384;

/**
 * Asks for a tunnel to the target over a socket that is connected to the proxy. Afterwards, with `open`, the socket
 * leads to the target; bytes behind the proxy's answer are put back into it.
 * Source: https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6, Basic: https://www.rfc-editor.org/rfc/rfc7617
 */
export async function openTunnel(
  socket: ProbeSocket,
  host: string,
  port: number,
  credentials: ProxyCredentials | null,
): Promise<TunnelAnswer> {
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const authorization = credentials ? `Proxy-Authorization: ${basicAuthorization(credentials)}\r\n` : '';
  socket.write(latin1Bytes(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${authorization}\r\n`));

  const received = new ByteQueue();
  while (true) {
    const event = await socket.read();
    if (event.kind !== 'data') {
      return { kind: 'refused', detail: event.kind === 'reset' ? 'reset the connection' : 'closed the connection' };
    }
    received.append(event.bytes);
    const text = latin1Text(received.view(maximalHead));
    const end = /\r?\n\r?\n/.exec(text);
    if (end) {
      received.take(end.index + end[0].length);
      const answer = judgeHead(text.slice(0, end.index));
      if (answer.kind === 'open' && received.length > 0) {
        socket.unread(received.take(received.length));
      }
      return answer;
    }
    if (received.length >= maximalHead || !couldBeHttp(text)) {
      return { kind: 'refused', detail: 'answered with something that is not HTTP' };
    }
  }
}

function judgeHead(head: string): TunnelAnswer {
  const status = /^HTTP\/1\.[01] (\d{3})(?: ([^\r\n]*))?/.exec(head);
  if (!status) {
    return { kind: 'refused', detail: 'answered with something that is not HTTP' };
  }
  const code = Number(status[1]);
  if (code >= 200 && code < 300) {
    return { kind: 'open' };
  }
  if (code === 407) {
    const challenges = [...head.matchAll(/^proxy-authenticate:[ \t]*([!-~]+)/gim)];
    return { kind: 'authentication', schemes: challenges.map((challenge) => challenge[1] ?? '') };
  }
  return { kind: 'refused', detail: `answered with status ${code}` };
}

function couldBeHttp(text: string): boolean {
  const start = 'HTTP/1.';
  return text.startsWith(start) || start.startsWith(text);
}

function basicAuthorization({ username, password }: ProxyCredentials): string {
  return `Basic ${base64(utf8(`${username}:${password}`))}`;
}

function utf8(text: string): number[] {
  const escaped = encodeURIComponent(text).replace(/%([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return [...latin1Bytes(escaped)];
}

function base64(content: readonly number[]): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let text = '';
  for (let index = 0; index < content.length; index += 3) {
    const [one = 0, two = 0, three = 0] = content.slice(index, index + 3);
    const group = one * 65_536 + two * 256 + three;
    text += [18, 12, 6, 0].map((shift) => alphabet[(group >> shift) & 63]).join('');
  }
  const missing = (3 - (content.length % 3)) % 3;
  return text.slice(0, text.length - missing) + '='.repeat(missing);
}
