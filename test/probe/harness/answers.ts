import { randomBytes } from 'node:crypto';
import type { ReceivedHello } from './hello.ts';

/** Bytes that a byte-level server sends. Written apart from the probe's own reader, so that mistakes do not cancel. */

/** Joins numbers, texts (one byte a character) and bytes. */
export function raw(...parts: readonly (number | string | Uint8Array)[]): Buffer {
  return Buffer.concat(
    parts.map((part) =>
      typeof part === 'number' ? Buffer.from([part]) : typeof part === 'string' ? Buffer.from(part, 'latin1') : part,
    ),
  );
}

/** A record of any type. */
export function record(type: number, content: Uint8Array, version = 0x0303): Buffer {
  return raw(type, word(version), word(content.length), content);
}

/** The same content in records of at most `size` bytes. */
export function recordsOf(size: number, type: number, content: Uint8Array, version = 0x0303): Buffer {
  const pieces: Buffer[] = [];
  for (let offset = 0; offset < content.length; offset += size) {
    pieces.push(record(type, content.subarray(offset, offset + size), version));
  }
  return Buffer.concat(pieces);
}

/** An alert in its record. */
export function alert(code: number, level = 2): Buffer {
  return record(21, raw(level, code));
}

/** A handshake message without its record. */
export function message(type: number, body: Uint8Array, length = body.length): Buffer {
  return raw(type, length >> 16, word(length & 0xffff), body);
}

/** What to put into a ServerHello; the default is a proper answer to the ClientHello. */
export interface HelloChoice {
  readonly version?: number;
  readonly suite?: number;
  readonly compression?: number;
  readonly sessionId?: Uint8Array;
  readonly random?: Uint8Array;
  /** Replaces the extensions, without their length; null sends none at all. */
  readonly extensions?: Uint8Array | null;
  readonly group?: number;
}

/** Random of a HelloRetryRequest: SHA-256 of "HelloRetryRequest" (RFC 8446, section 4.1.3). */
export const retryRandom = Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex');

/** A ServerHello message (without record). */
export function serverHello(hello: ReceivedHello, choice: HelloChoice = {}): Buffer {
  const version = choice.version ?? Math.max(...hello.versions);
  const isTls13 = version === 0x0304;
  const group = choice.group ?? hello.keyShares.keys().next().value ?? 0x001d;
  const share = raw(word(0x0033), word(36), word(group), word(32), randomBytes(32));
  const defaults = isTls13 ? raw(word(0x002b), word(2), word(0x0304), share) : null;
  const extensions = choice.extensions === undefined ? defaults : choice.extensions;
  const sessionId = choice.sessionId ?? (isTls13 ? hello.sessionId : randomBytes(32));
  return message(
    2,
    raw(
      word(isTls13 ? 0x0303 : version),
      choice.random ?? randomBytes(32),
      sessionId.length,
      sessionId,
      word(choice.suite ?? chosenSuite(hello) ?? 0),
      choice.compression ?? 0,
      extensions === null ? '' : raw(word(extensions.length), extensions),
    ),
  );
}

/** A HelloRetryRequest message (without record) that asks for a group, a cookie or both. */
export function helloRetryRequest(
  hello: ReceivedHello,
  { group, cookie, ...choice }: HelloChoice & { readonly cookie?: Uint8Array },
): Buffer {
  const extensions = raw(
    raw(word(0x002b), word(2), word(0x0304)),
    group === undefined ? '' : raw(word(0x0033), word(2), word(group)),
    cookie === undefined ? '' : raw(word(0x002c), word(cookie.length + 2), word(cookie.length), cookie),
  );
  return serverHello(hello, { random: retryRandom, extensions, ...choice });
}

/** The one suite that byte-level servers accept of those that a hello offers. */
export function chosenSuite(hello: ReceivedHello): number | undefined {
  return [0x1301, 0xc02f, 0x002f].find((suite) => hello.suites.includes(suite));
}

/** A Certificate message up to TLS 1.2 (without record). */
export function certificateMessage(...certificates: readonly Uint8Array[]): Buffer {
  const list = raw(...certificates.map((der) => raw(der.length >> 16, word(der.length & 0xffff), der)));
  return message(11, raw(list.length >> 16, word(list.length & 0xffff), list));
}

/** A number in two bytes. */
export function word(value: number): Buffer {
  return Buffer.from([(value >> 8) & 0xff, value & 0xff]);
}
