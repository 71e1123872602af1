import { groupName } from '../core/facts/tls-parameters.ts';
import { type TlsVersion, versionFromCode } from '../core/facts/tls-versions.ts';
import { ByteReader, bytes, equalBytes, MalformedError } from './bytes.ts';
import { extensionType } from './client-hello.ts';

/** Handshake messages that the probe reads. */
export const messageType = {
  helloRequest: 0,
  serverHello: 2,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  certificateStatus: 22,
} as const;

/** A ServerHello, or the HelloRetryRequest that looks like one. */
export interface ServerHello {
  readonly isRetryRequest: boolean;
  /** The version that the server chose; undefined for a number that stands for none. */
  readonly version: TlsVersion | undefined;
  readonly suite: number;
  readonly sessionId: Uint8Array;
  /** Group of the server's key share, or the group that a HelloRetryRequest asks for. */
  readonly group: number | null;
  readonly cookie: Uint8Array | null;
  /** Numbers of all extensions. */
  readonly extensions: readonly number[];
}

/** The "random" that marks a HelloRetryRequest: https://www.rfc-editor.org/rfc/rfc8446#section-4.1.3 */
const retryRandom = bytes(
  ...[0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91],
  ...[0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c],
);

/** Reads a ServerHello; throws {@link MalformedError} for one that no server may send. */
export function parseServerHello(body: Uint8Array): ServerHello {
  const reader = new ByteReader(body);
  const legacyVersion = reader.uint16();
  const isRetryRequest = equalBytes(reader.take(32), retryRandom);
  const sessionId = reader.vector8();
  const suite = reader.uint16();
  const compression = reader.uint8();
  const extensions = reader.remaining > 0 ? parseExtensions(reader.vector16()) : new Map<number, Uint8Array>();
  if (sessionId.length > 32 || compression !== 0 || reader.remaining > 0) {
    throw new MalformedError('This is no ServerHello.');
  }
  const selected = extensions.get(extensionType.supportedVersions);
  const share = extensions.get(extensionType.keyShare);
  const cookie = extensions.get(extensionType.cookie);
  return {
    isRetryRequest,
    version: versionFromCode(selected ? exactly(selected, (content) => content.uint16()) : legacyVersion),
    suite,
    sessionId,
    group: share ? exactly(share, (content) => groupOf(content, isRetryRequest)) : null,
    cookie: cookie ? exactly(cookie, (content) => content.vector16()) : null,
    extensions: [...extensions.keys()],
  };
}

/** The certificates of a Certificate message up to TLS 1.2, in DER, the server's own first. */
export function parseCertificates(body: Uint8Array): Uint8Array[] {
  const list = new ByteReader(exactly(body, (reader) => reader.vector24()));
  const certificates: Uint8Array[] = [];
  while (list.remaining > 0) {
    certificates.push(list.vector24().slice());
  }
  return certificates;
}

/**
 * The group of a ServerKeyExchange: its name for elliptic curves, `dh 2048` with the length of the prime for finite
 * fields, null for anything else. A message that cannot be read gives null: the group is an extra.
 */
export function keyExchangeGroup(suiteName: string, body: Uint8Array): string | null {
  try {
    const reader = new ByteReader(body);
    if (suiteName.startsWith('TLS_ECDH')) {
      return reader.uint8() === 3 ? groupName(reader.uint16()) : null;
    }
    if (suiteName.startsWith('TLS_DH')) {
      return `dh ${bitLength(reader.vector16())}`;
    }
    return null;
  } catch {
    return null;
  }
}

function parseExtensions(content: Uint8Array): Map<number, Uint8Array> {
  const reader = new ByteReader(content);
  const extensions = new Map<number, Uint8Array>();
  while (reader.remaining > 0) {
    const type = reader.uint16();
    if (extensions.has(type)) {
      throw new MalformedError('An extension stands twice.');
    }
    extensions.set(type, reader.vector16());
  }
  return extensions;
}

function groupOf(content: ByteReader, isRetryRequest: boolean): number {
  const group = content.uint16();
  if (!isRetryRequest && content.vector16().length === 0) {
    throw new MalformedError('The key share is empty.');
  }
  return group;
}

function exactly<T>(content: Uint8Array, read: (reader: ByteReader) => T): T {
  const reader = new ByteReader(content);
  const result = read(reader);
  if (reader.remaining > 0) {
    throw new MalformedError('Bytes are left over.');
  }
  return result;
}

function bitLength(number: Uint8Array): number {
  const start = number.findIndex((value) => value !== 0);
  const first = number[start];
  return first === undefined ? 0 : (number.length - start - 1) * 8 + (32 - Math.clz32(first));
}
