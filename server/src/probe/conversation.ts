import { alertName } from '../core/facts/tls-alerts.ts';
import { suiteById } from '../core/facts/tls-cipher-suites.ts';
import { groupName } from '../core/facts/tls-parameters.ts';
import type { TlsVersion } from '../core/facts/tls-versions.ts';
import { equalBytes, latin1Text } from './bytes.ts';
import { buildClientHello, type HelloMaterial, type KeyShare, type Offer } from './client-hello.ts';
import type { Connection } from './connections.ts';
import type { ProbeCrypto } from './port.ts';
import { RecordReader, type ServerItem } from './records.ts';
import {
  keyExchangeGroup,
  messageType,
  parseCertificates,
  parseServerHello,
  type ServerHello,
} from './server-messages.ts';

/** What became of one offer. */
export type Answer =
  | Acceptance
  /** The server said no: with an alert, or by choosing what was not offered. */
  | { readonly state: 'refused'; readonly alert: string | null; readonly sawTls: true }
  /** The connection ended, or nothing decisive came in time. */
  | { readonly state: 'closed' | 'reset' | 'silent'; readonly sawTls: boolean }
  /** The answer is not TLS, or breaks its rules; `looksLike` names the protocol where its start is known. */
  | { readonly state: 'not-tls'; readonly looksLike: string | null; readonly sawTls: boolean }
  /** Time ran out, or the probe was cancelled. */
  | { readonly state: 'not-tested'; readonly sawTls: boolean };

/** The server chose something that was offered. */
export interface Acceptance {
  readonly state: 'accepted';
  readonly version: TlsVersion;
  readonly suite: number;
  /** Group of the key exchange where it was seen. */
  readonly group: string | null;
  /** Certificates in DER, up to TLS 1.2 and only when they were waited for. */
  readonly certificates: readonly Uint8Array[];
  readonly sawTls: true;
}

/** How long the probe waits for what follows a ServerHello. */
const detailMilliseconds = 1_000;

/** Warnings and requests for a hello that are read before an answer; a server that sends more says nothing. */
const maximalNoise = 16;

/**
 * Makes one offer over a fresh connection and reads the answer. Answers a HelloRetryRequest with a second ClientHello.
 * Does not close the connection.
 *
 * @param wantsDetails reads on after the ServerHello, up to TLS 1.2, until certificates and key exchange are there.
 */
export async function converse(
  connection: Connection,
  offer: Offer,
  crypto: ProbeCrypto,
  wantsDetails = false,
): Promise<Answer> {
  const material = makeMaterial(offer, crypto);
  const conversation = new Conversation(offer, material, crypto, wantsDetails);
  connection.write(buildClientHello(offer, material));
  while (true) {
    const event = await connection.read();
    const answer =
      event.kind === 'data' ? conversation.receive(event.bytes, connection) : conversation.ended(event.kind);
    if (answer) {
      return answer;
    }
  }
}

function makeMaterial(offer: Offer, crypto: ProbeCrypto): HelloMaterial {
  // TLS 1.3 sends a session id although it means nothing there: middle boxes expect one (RFC 8446, appendix D.4).
  const sessionId = crypto.random(offer.versions.includes('TLS 1.3') ? 32 : 0);
  return { random: crypto.random(32), sessionId, keyShares: makeShares(offer.keyShares, crypto), cookie: null };
}

function makeShares(groups: readonly number[], crypto: ProbeCrypto): KeyShare[] {
  return groups.flatMap((group) => {
    const key = crypto.publicKey(group);
    return key ? [{ group, key }] : [];
  });
}

/** The state of one conversation: what was offered, and what came so far. */
class Conversation {
  private readonly offer: Offer;
  private material: HelloMaterial;
  private readonly crypto: ProbeCrypto;
  private readonly wantsDetails: boolean;
  private readonly records = new RecordReader();
  private firstBytes = '';
  private noise = 0;
  private retry: ServerHello | null = null;
  private accepted: Acceptance | null = null;

  constructor(offer: Offer, material: HelloMaterial, crypto: ProbeCrypto, wantsDetails: boolean) {
    this.offer = offer;
    this.material = material;
    this.crypto = crypto;
    this.wantsDetails = wantsDetails;
  }

  receive(piece: Uint8Array, connection: Connection): Answer | null {
    if (this.firstBytes.length < 16) {
      this.firstBytes += latin1Text(piece.subarray(0, 16));
    }
    for (const item of this.records.push(piece)) {
      const answer = this.take(item, connection);
      if (answer) {
        return answer;
      }
    }
    return this.records.isBroken ? this.broken() : null;
  }

  ended(kind: 'end' | 'reset' | 'timeout' | 'overflow' | 'stopped'): Answer {
    if (this.accepted) {
      return this.accepted;
    }
    const sawTls = this.records.sawRecord;
    switch (kind) {
      case 'end':
        return { state: 'closed', sawTls };
      case 'reset':
        return { state: 'reset', sawTls };
      case 'timeout':
        return { state: 'silent', sawTls };
      case 'overflow':
        return this.broken();
      case 'stopped':
        return { state: 'not-tested', sawTls };
    }
  }

  private take(item: ServerItem, connection: Connection): Answer | null {
    switch (item.kind) {
      case 'alert':
        return this.takeAlert(item.isFatal, item.code);
      case 'change-cipher-spec':
        // Before the first answer of TLS 1.3 there is nothing that a cipher could be changed for.
        return this.retry || this.accepted ? null : this.broken();
      case 'message':
        return this.takeMessage(item.type, item.body, connection);
    }
  }

  private takeAlert(isFatal: boolean, code: number): Answer | null {
    if (this.accepted) {
      return this.accepted;
    }
    const isEnd = isFatal || alertName(code) === 'close_notify';
    if (isEnd) {
      return { state: 'refused', alert: alertName(code), sawTls: true };
    }
    return this.ignore();
  }

  private ignore(): Answer | null {
    this.noise++;
    return this.noise > maximalNoise ? this.broken() : null;
  }

  private takeMessage(type: number, body: Uint8Array, connection: Connection): Answer | null {
    if (this.accepted) {
      return this.takeDetail(this.accepted, type, body);
    }
    if (type === messageType.helloRequest && body.length === 0) {
      return this.ignore();
    }
    if (type !== messageType.serverHello) {
      return this.broken();
    }
    try {
      return this.takeHello(parseServerHello(body), connection);
    } catch {
      return this.broken();
    }
  }

  private takeHello(hello: ServerHello, connection: Connection): Answer | null {
    const { version } = hello;
    const isOffered = version !== undefined && this.offer.versions.includes(version);
    if (!isOffered || !this.offer.suites.includes(hello.suite) || !fits(hello.suite, version)) {
      return { state: 'refused', alert: null, sawTls: true };
    }
    if (version === 'TLS 1.3' && !this.obeysTls13(hello)) {
      return this.broken();
    }
    if (hello.isRetryRequest) {
      return version === 'TLS 1.3' ? this.helloAgain(hello, connection) : this.broken();
    }
    const group = version === 'TLS 1.3' && hello.group !== null ? groupName(hello.group) : null;
    this.accepted = { state: 'accepted', version, suite: hello.suite, group, certificates: [], sawTls: true };
    if (!this.wantsDetails || version === 'TLS 1.3') {
      return this.accepted;
    }
    connection.limit(detailMilliseconds);
    return null;
  }

  private obeysTls13(hello: ServerHello): boolean {
    const isEcho = equalBytes(hello.sessionId, this.material.sessionId);
    if (hello.isRetryRequest) {
      const asksForNews =
        hello.group === null
          ? hello.cookie !== null
          : this.offer.groups.includes(hello.group) && !this.hasShare(hello.group);
      return isEcho && asksForNews && this.retry === null;
    }
    const keepsSuite = this.retry === null || this.retry.suite === hello.suite;
    return isEcho && keepsSuite && hello.group !== null && this.hasShare(hello.group);
  }

  private hasShare(group: number): boolean {
    return this.material.keyShares.some((share) => share.group === group);
  }

  private helloAgain(hello: ServerHello, connection: Connection): Answer | null {
    this.retry = hello;
    const { group } = hello;
    const keyShares = group === null ? this.material.keyShares : makeShares([group], this.crypto);
    this.material = { ...this.material, keyShares, cookie: hello.cookie };
    if (group !== null && keyShares.length === 0) {
      // No key can be made for this group here, but the server has shown that it takes the version and the suite.
      const suite = hello.suite;
      return { state: 'accepted', version: 'TLS 1.3', suite, group: groupName(group), certificates: [], sawTls: true };
    }
    connection.write(buildClientHello(this.offer, this.material));
    return null;
  }

  private takeDetail(accepted: Acceptance, type: number, body: Uint8Array): Answer | null {
    switch (type) {
      case messageType.certificate:
        try {
          this.accepted = { ...accepted, certificates: parseCertificates(body) };
          return null;
        } catch {
          return accepted;
        }
      case messageType.serverKeyExchange:
        this.accepted = { ...accepted, group: keyExchangeGroup(suiteById(accepted.suite)?.name ?? '', body) };
        return null;
      case messageType.certificateStatus:
      case messageType.certificateRequest:
        return null;
      default:
        return accepted;
    }
  }

  /** The stream is not TLS. What was accepted before that stays accepted: the server said so in proper form. */
  private broken(): Answer {
    if (this.accepted) {
      return this.accepted;
    }
    return { state: 'not-tls', looksLike: knownStart(this.firstBytes), sawTls: this.records.sawRecord };
  }
}

function fits(suiteId: number, version: TlsVersion): boolean {
  const suite = suiteById(suiteId);
  if (!suite) {
    return true;
  }
  return version === 'TLS 1.3' ? suite.since === version : suite.since <= version;
}

const starts: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^HTTP\//i, 'HTTP'],
  [/^SSH-/, 'SSH'],
  [/^\s*(<!doctype|<html|<\?xml)/i, 'a web page'],
  [/^220[ -]/, 'FTP or SMTP'],
  [/^\+OK/, 'POP3'],
  [/^\* OK/, 'IMAP'],
  [/^RFB /, 'VNC'],
  [/^.\0\0\0\n/s, 'MySQL'],
];

function knownStart(text: string): string | null {
  return starts.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
