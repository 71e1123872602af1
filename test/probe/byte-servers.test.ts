import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, describe, test } from 'node:test';
import type { ProtocolState, Verdict, VerdictReason } from '../../server/src/probe/index.ts';
import {
  alert,
  certificateMessage,
  chosenSuite,
  helloRetryRequest,
  message,
  raw,
  record,
  recordsOf,
  serverHello,
  word,
} from './harness/answers.ts';
import { type Behaviour, type Step, startByteServer, stopLeftovers } from './harness/byte-server.ts';
import { makeCertificate } from './harness/certificates.ts';
import type { ReceivedHello } from './harness/hello.ts';
import { probeOne, statesOf } from './harness/probing.ts';

after(stopLeftovers);

/** One server and what the probe must say of it. */
interface Row extends Behaviour {
  readonly name: string;
  readonly verdict: Verdict;
  readonly reason?: VerdictReason;
  /** State of all versions, or of each one that is named. */
  readonly states: ProtocolState | Readonly<Record<string, ProtocolState>>;
  /** Alert of all versions that are refused. */
  readonly alert?: string | null;
  /** Milliseconds; short for servers that make the probe wait. */
  readonly timeout?: number;
}

const certificate = makeCertificate({ dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] });
const quick = 500;

/** Accepts one suite of each version in proper form; the rest of the flight is what a row makes of it. */
function accepting(answer: (hello: ReceivedHello) => readonly Step[]): NonNullable<Behaviour['onHello']> {
  return (hello) => (chosenSuite(hello) === undefined ? [{ send: alert(40) }, 'end'] : answer(hello));
}

/** A whole first flight in handshake messages, without records. */
function flight(hello: ReceivedHello): Buffer {
  return Math.max(...hello.versions) === 0x0304
    ? serverHello(hello)
    : raw(serverHello(hello), certificateMessage(certificate.der), message(14, raw()));
}

function isVersion(hello: ReceivedHello, version: number): boolean {
  return Math.max(...hello.versions) === version;
}

const only =
  (version: number, then: (hello: ReceivedHello) => readonly Step[], otherwise: readonly Step[]) =>
  (hello: ReceivedHello): readonly Step[] =>
    isVersion(hello, version) && chosenSuite(hello) !== undefined ? then(hello) : otherwise;

const http = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n';
const allAccepted: Pick<Row, 'verdict' | 'states'> = { verdict: 'certificate', states: 'accepted' };
/** What is accepted without showing a certificate can only be judged by its versions and suites. */
const acceptedOnly: Pick<Row, 'verdict' | 'states'> = { verdict: 'weak', states: 'accepted' };
const tls12Only: Readonly<Record<string, ProtocolState>> = {
  'SSL 3.0': 'refused',
  'TLS 1.0': 'refused',
  'TLS 1.1': 'refused',
  'TLS 1.2': 'accepted',
  'TLS 1.3': 'refused',
};

const rows: readonly Row[] = [
  // Proper answers, however they are cut.
  {
    name: 'a whole flight in one record',
    ...allAccepted,
    onHello: accepting((hello) => [{ send: record(22, flight(hello)) }]),
  },
  {
    name: 'each message in its own record',
    ...allAccepted,
    onHello: accepting((hello) =>
      isVersion(hello, 0x0304)
        ? [{ send: record(22, serverHello(hello)) }]
        : [
            { send: record(22, serverHello(hello)) },
            { send: record(22, certificateMessage(certificate.der)) },
            { send: record(22, message(14, raw())) },
          ],
    ),
  },
  {
    name: 'a flight in records of one byte',
    ...allAccepted,
    onHello: accepting((hello) => [{ send: recordsOf(1, 22, flight(hello)) }]),
  },
  {
    name: 'a flight in records of three bytes',
    ...allAccepted,
    onHello: accepting((hello) => [{ send: recordsOf(3, 22, flight(hello)) }]),
  },
  {
    name: 'a flight whose record comes in two pieces',
    ...allAccepted,
    onHello: accepting((hello) => {
      const bytes = record(22, flight(hello));
      return [{ send: bytes.subarray(0, 3) }, { pause: 5 }, { send: bytes.subarray(3) }];
    }),
  },
  {
    name: 'a ServerHello that drips in',
    ...acceptedOnly,
    timeout: 2_000,
    onHello: accepting((hello) => [{ drip: record(22, serverHello(hello)), every: 1 }, 'hang']),
  },
  {
    name: 'a ServerHello and then silence',
    ...acceptedOnly,
    timeout: quick,
    onHello: accepting((hello) => [{ send: record(22, serverHello(hello)) }, 'hang']),
  },
  {
    name: 'a ServerHello and then the end',
    ...acceptedOnly,
    onHello: accepting((hello) => [{ send: record(22, serverHello(hello)) }, 'end']),
  },
  {
    name: 'a ServerHello and then a reset',
    ...acceptedOnly,
    onHello: accepting((hello) => [{ send: record(22, serverHello(hello)) }, { pause: 20 }, 'reset']),
  },
  {
    name: 'a ServerHello and then an alert',
    ...acceptedOnly,
    onHello: accepting((hello) => [{ send: raw(record(22, serverHello(hello)), alert(80)) }, 'end']),
  },
  {
    name: 'a ServerHello and then garbage',
    ...acceptedOnly,
    onHello: accepting((hello) => [{ send: raw(record(22, serverHello(hello)), 'garbage') }, 'hang']),
  },
  {
    name: 'a certificate message that is broken',
    ...acceptedOnly,
    onHello: accepting((hello) => [
      {
        send: record(22, isVersion(hello, 0x0304) ? flight(hello) : raw(serverHello(hello), message(11, raw(9, 9, 9)))),
      },
      'hang',
    ]),
  },
  {
    name: 'records that claim to be of TLS 1.0',
    ...allAccepted,
    onHello: accepting((hello) => [{ send: record(22, flight(hello), 0x0301) }]),
  },
  {
    name: 'a HelloRequest before the ServerHello',
    ...allAccepted,
    onHello: accepting((hello) => [{ send: record(22, raw(message(0, raw()), flight(hello))) }]),
  },
  {
    name: 'a warning alert before the ServerHello',
    ...allAccepted,
    onHello: accepting((hello) => [{ send: raw(alert(112, 1), record(22, flight(hello))) }]),
  },
  {
    name: 'a warning alert cut in two before the ServerHello',
    ...allAccepted,
    onHello: accepting((hello) => [{ send: raw(record(21, raw(1)), record(21, raw(112)), record(22, flight(hello))) }]),
  },
  {
    name: 'a ServerHello with extensions that nobody knows',
    ...acceptedOnly,
    onHello: accepting((hello) =>
      isVersion(hello, 0x0304)
        ? [{ send: record(22, serverHello(hello)) }]
        : [{ send: record(22, serverHello(hello, { extensions: raw(word(0xfafa), word(3), 1, 2, 3) })) }, 'end'],
    ),
  },

  // TLS 1.3 and its second try.
  ...[0x0018, 0x0019, 0x001e, 0x0100].map(
    (group): Row => ({
      name: `a HelloRetryRequest for group 0x${group.toString(16)}`,
      verdict: 'certificate',
      states: 'accepted',
      onHello: accepting((hello) =>
        isVersion(hello, 0x0304)
          ? [
              { send: record(22, helloRetryRequest(hello, { group })) },
              {
                again: (second) => [{ send: record(22, serverHello(second, { group })) }],
              },
            ]
          : [{ send: record(22, flight(hello)) }],
      ),
    }),
  ),
  {
    name: 'a HelloRetryRequest followed by a change of the cipher',
    ...allAccepted,
    onHello: accepting((hello) =>
      isVersion(hello, 0x0304)
        ? [
            { send: raw(record(22, helloRetryRequest(hello, { group: 0x0018 })), record(20, raw(1))) },
            { again: (second) => [{ send: record(22, serverHello(second, { group: 0x0018 })) }] },
          ]
        : [{ send: record(22, flight(hello)) }],
    ),
  },
  {
    name: 'a HelloRetryRequest with a cookie alone',
    ...allAccepted,
    onHello: accepting((hello) =>
      isVersion(hello, 0x0304)
        ? [
            { send: record(22, helloRetryRequest(hello, { cookie: Buffer.from('biscuit') })) },
            {
              again: (second, first) =>
                second.cookie?.toString() === 'biscuit' && second.random.equals(first.random)
                  ? [{ send: record(22, serverHello(second)) }]
                  : [{ send: alert(47) }],
            },
          ]
        : [{ send: record(22, flight(hello)) }],
    ),
  },
  ...(
    [
      ['for a group that has a key already', { group: 0x001d }, 'not-tls'],
      ['for a group that was not offered', { group: 0x0099 }, 'not-tls'],
      ['for nothing', {}, 'not-tls'],
      ['with another session id', { group: 0x0018, sessionId: randomBytes(32) }, 'not-tls'],
      ['with a suite that was not offered', { group: 0x0018, suite: 0x1399 }, 'refused'],
    ] as const
  ).map(
    ([what, choice, state]): Row => ({
      name: `a HelloRetryRequest ${what}`,
      verdict: 'certificate',
      states: { ...tls12Only, 'TLS 1.3': state },
      onHello: (hello) =>
        isVersion(hello, 0x0304)
          ? [{ send: record(22, helloRetryRequest(hello, choice)) }, 'hang']
          : only(0x0303, (one) => [{ send: record(22, flight(one)) }], [{ send: alert(70) }, 'end'])(hello),
    }),
  ),
  {
    name: 'a second HelloRetryRequest',
    verdict: 'too-old',
    states: { 'TLS 1.3': 'not-tls', 'TLS 1.2': 'refused' },
    onHello: only(
      0x0304,
      (hello) => [
        { send: record(22, helloRetryRequest(hello, { group: 0x0018 })) },
        { again: (second) => [{ send: record(22, helloRetryRequest(second, { group: 0x0019 })) }, 'hang'] },
      ],
      [{ send: alert(70) }, 'end'],
    ),
  },
  {
    name: 'a TLS 1.3 ServerHello with a key for a group that has none',
    verdict: 'too-old',
    states: { 'TLS 1.3': 'not-tls', 'TLS 1.2': 'refused' },
    onHello: only(0x0304, (hello) => [{ send: record(22, serverHello(hello, { group: 0x0018 })) }, 'hang'], [
      { send: alert(70) },
      'end',
    ]),
  },
  {
    name: 'a TLS 1.3 ServerHello without a key',
    verdict: 'too-old',
    states: { 'TLS 1.3': 'not-tls', 'TLS 1.2': 'refused' },
    onHello: only(
      0x0304,
      (hello) => [
        { send: record(22, serverHello(hello, { extensions: raw(word(43), word(2), word(0x0304)) })) },
        'hang',
      ],
      [{ send: alert(70) }, 'end'],
    ),
  },
  {
    name: 'TLS 1.2 as the answer to everything',
    verdict: 'ok',
    states: tls12Only,
    onHello: (hello) => {
      const isAcceptable = !isVersion(hello, 0x0303) || hello.suites.includes(0xc02f);
      const answer = record(22, serverHello(hello, { version: 0x0303, suite: 0xc02f }));
      return [{ send: isAcceptable ? answer : alert(40) }, 'end'];
    },
  },

  // Refusals.
  ...(
    [
      [70, 'protocol_version', 'too-old'],
      [40, 'handshake_failure', 'cipher'],
      [71, 'insufficient_security', 'cipher'],
      [80, 'internal_error', 'too-old'],
      [112, 'unrecognized_name', 'too-old'],
      [86, 'inappropriate_fallback', 'too-old'],
      [199, 'unassigned_199', 'too-old'],
    ] as const
  ).map(
    ([code, name, verdict]): Row => ({
      name: `alert ${code} for every version`,
      verdict,
      states: 'refused',
      alert: name,
      onHello: () => [{ send: alert(code) }, 'end'],
    }),
  ),
  {
    name: 'alert 40 and then silence',
    verdict: 'cipher',
    states: 'refused',
    alert: 'handshake_failure',
    onHello: () => [{ send: alert(40) }, 'hang'],
  },
  {
    name: 'a fatal alert in records of one byte',
    verdict: 'too-old',
    states: 'refused',
    alert: 'protocol_version',
    onHello: () => [{ send: recordsOf(1, 21, raw(2, 70)) }, 'end'],
  },
  {
    name: 'a fatal alert that drips in',
    verdict: 'too-old',
    states: 'refused',
    alert: 'protocol_version',
    onHello: () => [{ drip: alert(70), every: 5 }, 'end'],
  },
  {
    name: 'a warning and then a fatal alert in one record',
    verdict: 'too-old',
    states: 'refused',
    alert: 'protocol_version',
    onHello: () => [{ send: record(21, raw(1, 112, 2, 70)) }, 'end'],
  },
  {
    name: 'a polite goodbye',
    verdict: 'too-old',
    states: 'refused',
    alert: 'close_notify',
    onHello: () => [{ send: alert(0, 1) }, 'end'],
  },
  {
    name: 'a ServerHello with a version from the future',
    verdict: 'too-old',
    states: 'refused',
    alert: null,
    onHello: (hello) => [{ send: record(22, serverHello(hello, { version: 0x0305, suite: 0xc02f })) }, 'hang'],
  },
  {
    name: 'a ServerHello with TLS 1.0 for everything',
    verdict: 'too-old',
    states: {
      'SSL 3.0': 'refused',
      'TLS 1.0': 'accepted',
      'TLS 1.1': 'refused',
      'TLS 1.2': 'refused',
      'TLS 1.3': 'refused',
    },
    onHello: accepting((hello) => [
      { send: record(22, serverHello(hello, { version: 0x0301, suite: 0x002f }), 0x0301) },
      'end',
    ]),
  },
  {
    name: 'SSL 3.0 alone',
    verdict: 'too-old',
    states: {
      'SSL 3.0': 'accepted',
      'TLS 1.0': 'refused',
      'TLS 1.1': 'refused',
      'TLS 1.2': 'refused',
      'TLS 1.3': 'refused',
    },
    onHello: only(0x0300, (hello) => [{ send: record(22, flight(hello), 0x0300) }], [{ send: alert(40) }, 'end']),
  },
  {
    name: 'a ServerHello with a suite that was not offered',
    verdict: 'too-old',
    states: 'refused',
    alert: null,
    onHello: (hello) => [{ send: record(22, serverHello(hello, { suite: 0x00a8 })) }, 'hang'],
  },
  {
    name: 'a ServerHello with a suite of TLS 1.3 for older versions',
    verdict: 'too-old',
    states: {
      'TLS 1.3': 'refused',
      'TLS 1.2': 'refused',
      'TLS 1.1': 'refused',
      'TLS 1.0': 'refused',
      'SSL 3.0': 'refused',
    },
    onHello: (hello) => [
      { send: isVersion(hello, 0x0304) ? alert(70) : record(22, serverHello(hello, { suite: 0x1301 })) },
      'end',
    ],
  },
  {
    name: 'TLS 1.2 with CHACHA20 alone',
    verdict: 'cipher',
    states: tls12Only,
    onHello: (hello) =>
      isVersion(hello, 0x0303) && hello.suites.includes(0xcca8)
        ? [{ send: record(22, serverHello(hello, { suite: 0xcca8 })) }, 'end']
        : [{ send: alert(isVersion(hello, 0x0303) ? 40 : 70) }, 'end'],
  },
  {
    name: 'TLS 1.2 with TLS_RSA alone',
    verdict: 'cipher',
    states: tls12Only,
    onHello: (hello) =>
      isVersion(hello, 0x0303) && hello.suites.includes(0x009c)
        ? [{ send: record(22, serverHello(hello, { suite: 0x009c })) }, 'end']
        : [{ send: alert(isVersion(hello, 0x0303) ? 40 : 70) }, 'end'],
  },
  {
    name: 'alert 40 for TLS 1.2 and alert 70 for the rest',
    verdict: 'cipher',
    states: 'refused',
    onHello: (hello) => [{ send: alert(isVersion(hello, 0x0303) ? 40 : 70) }, 'end'],
  },
  {
    name: 'alert 70 from TLS 1.2 on and alert 40 below',
    verdict: 'too-old',
    states: 'refused',
    onHello: (hello) => [{ send: alert(Math.max(...hello.versions) >= 0x0303 ? 70 : 40) }, 'end'],
  },

  // Something else than TLS.
  ...(
    [
      ['an HTTP answer', http],
      ['an HTTP answer that comes in pieces', null],
      ['a web page', '<!DOCTYPE html><html></html>'],
      ['SSLv2', raw(0x80, 0x0b, 4, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0)],
      ['one zero byte', raw(0)],
      ['a record type that does not exist', record(99, raw(1, 2, 3))],
      ['a heartbeat', record(24, raw(1, 0, 0))],
      ['application data', record(23, raw('hello'))],
      ['a record of version 2', record(22, raw(1), 0x0200)],
      ['a record of version 3.99', record(22, raw(1), 0x0363)],
      ['an empty handshake record', record(22, raw())],
      ['an empty alert record', record(21, raw())],
      ['a record above 16 KiB', raw(22, 3, 3, 0xff, 0xff, Buffer.alloc(65_535))],
      ['an alert of level 9', alert(40, 9)],
      ['a change of the cipher first', record(20, raw(1))],
      ['a certificate before the ServerHello', record(22, certificateMessage(certificate.der))],
      ['a handshake message of 16 MiB', record(22, raw(2, 0xff, 0xff, 0xff, 'x'))],
      ['a ClientHello as answer', record(22, message(1, Buffer.alloc(60)))],
      ['a ServerHello that is too short', record(22, message(2, Buffer.alloc(20)))],
      ['a ServerHello of zeros', record(22, message(2, Buffer.alloc(38)))],
      ['an alert between two pieces of a message', raw(record(22, raw(2, 0, 0, 70, 3, 3)), alert(40))],
    ] as const
  ).map(
    ([name, bytes]): Row => ({
      name,
      verdict: name === 'a ServerHello of zeros' ? 'too-old' : 'not-tls',
      // Zeros are a well-formed ServerHello of version 0.0, which was not offered.
      states: name === 'a ServerHello of zeros' ? 'refused' : 'not-tls',
      onHello: () => [bytes === null ? { drip: raw(http.slice(0, 20)), every: 3 } : { send: raw(bytes) }, 'end'],
    }),
  ),
  ...(
    [
      ['an SSH banner', 'SSH-2.0-OpenSSH_9.2\r\n'],
      ['an SMTP banner', '220 mail.example ESMTP\r\n'],
      ['a MySQL banner', raw(0x4a, 0, 0, 0, 0x0a, '8.0.30')],
    ] as const
  ).map(
    ([name, bytes]): Row => ({
      name: `${name} before anything is asked`,
      verdict: 'not-tls',
      states: 'not-tls',
      atOnce: [{ send: raw(bytes) }, 'hang'],
    }),
  ),
  {
    name: 'a ServerHello with compression',
    verdict: 'not-tls',
    states: 'not-tls',
    onHello: (hello) => [{ send: record(22, serverHello(hello, { compression: 1 })) }, 'hang'],
  },
  {
    name: 'a ServerHello with an extension twice',
    verdict: 'not-tls',
    states: 'not-tls',
    onHello: (hello) => [
      { send: record(22, serverHello(hello, { extensions: raw(word(23), word(0), word(23), word(0)) })) },
      'hang',
    ],
  },
  {
    name: 'a ServerHello with bytes behind its end',
    verdict: 'not-tls',
    states: 'not-tls',
    onHello: (hello) => {
      const good = serverHello(hello);
      return [{ send: record(22, message(2, raw(good.subarray(4), 'extra'))) }, 'hang'];
    },
  },
  {
    name: 'endless records of a message that never ends',
    verdict: 'not-tls',
    states: 'not-tls',
    timeout: 4_000,
    onHello: () => [{ send: record(22, raw(2, 3, 0xff, 0xff)) }, { endless: record(22, Buffer.alloc(16_384)) }],
  },
  {
    name: 'endless small records of a message that never ends',
    verdict: 'not-tls',
    states: 'not-tls',
    timeout: 4_000,
    onHello: () => [{ send: record(22, raw(2, 3, 0xff, 0xff)) }, { endless: recordsOf(1, 22, Buffer.alloc(8_192)) }],
  },
  {
    name: 'endless warnings',
    verdict: 'not-tls',
    states: 'not-tls',
    onHello: () => [{ endless: Buffer.concat(Array(1_000).fill(alert(112, 1))) }],
  },
  {
    name: 'endless HelloRequests',
    verdict: 'not-tls',
    states: 'not-tls',
    timeout: 4_000,
    onHello: () => [{ endless: recordsOf(4, 22, Buffer.alloc(32_768)) }],
  },
  {
    name: 'endless garbage',
    verdict: 'not-tls',
    states: 'not-tls',
    onHello: () => [{ endless: randomBytes(60_000).fill(0xfe, 0, 1) }],
  },

  // Nothing, or an end at every stage.
  { name: 'the end at once', verdict: 'blocked', states: 'closed', atOnce: [{ pause: 10 }, 'end'] },
  { name: 'the end after the ClientHello', verdict: 'blocked', states: 'closed', onHello: () => ['end'] },
  {
    name: 'the end within a header',
    verdict: 'blocked',
    states: 'closed',
    onHello: () => [{ send: raw(22, 3) }, 'end'],
  },
  {
    name: 'the end within a record',
    verdict: 'blocked',
    states: 'closed',
    onHello: () => [{ send: raw(22, 3, 3, 0, 80, 2, 0) }, 'end'],
  },
  {
    name: 'the end between two records of a message',
    verdict: 'too-old',
    states: 'closed',
    onHello: () => [{ send: record(22, raw(2, 0, 0, 70, 3, 3)) }, 'end'],
  },
  { name: 'a reset at once', verdict: 'blocked', reason: 'reset', states: 'reset', atOnce: ['reset'] },
  {
    name: 'a reset after the ClientHello',
    verdict: 'blocked',
    reason: 'reset',
    states: 'reset',
    onHello: () => ['reset'],
  },
  {
    name: 'a reset within a record',
    verdict: 'blocked',
    reason: 'reset',
    states: 'reset',
    onHello: () => [{ send: raw(22, 3, 3, 0, 80, 2, 0) }, { pause: 10 }, 'reset'],
  },
  {
    name: 'a warning and then the end',
    verdict: 'too-old',
    states: 'closed',
    onHello: () => [{ send: alert(112, 1) }, 'end'],
  },
  { name: 'silence', verdict: 'blocked', reason: 'timeout', states: 'silent', timeout: quick, onHello: () => ['hang'] },
  {
    name: 'half a record and silence',
    verdict: 'blocked',
    reason: 'timeout',
    states: 'silent',
    timeout: quick,
    onHello: () => [{ send: raw(22, 3, 3, 0, 80, 2, 0) }, 'hang'],
  },
  {
    name: 'a record that drips in for ever',
    verdict: 'blocked',
    reason: 'timeout',
    states: 'silent',
    timeout: quick,
    onHello: () => [{ drip: raw(22, 3, 3, 0, 80, 2, 0, 0, 70, 3, 3, Buffer.alloc(60)), every: 50 }, 'hang'],
  },
  {
    name: 'a warning and silence',
    verdict: 'too-old',
    states: 'silent',
    timeout: quick,
    onHello: () => [{ send: alert(112, 1) }, 'hang'],
  },
  {
    name: 'silence, ends and resets by turns',
    verdict: 'blocked',
    reason: 'reset',
    states: { 'SSL 3.0': 'closed', 'TLS 1.0': 'reset', 'TLS 1.1': 'silent', 'TLS 1.2': 'silent', 'TLS 1.3': 'reset' },
    timeout: quick,
    onHello: (hello) => [
      (['end', 'reset', 'hang', 'hang', 'reset'] as const)[Math.max(...hello.versions) - 0x0300] ?? 'hang',
    ],
  },
  {
    name: 'silence for old versions and a proper answer to TLS 1.2',
    verdict: 'certificate',
    states: {
      'SSL 3.0': 'silent',
      'TLS 1.0': 'silent',
      'TLS 1.1': 'silent',
      'TLS 1.2': 'accepted',
      'TLS 1.3': 'silent',
    },
    timeout: 1_000,
    onHello: (hello) =>
      isVersion(hello, 0x0303) ? accepting((one) => [{ send: record(22, flight(one)) }])(hello, 0) : ['hang'],
  },
  {
    name: 'resets for old versions and a proper answer to TLS 1.2 and 1.3',
    verdict: 'certificate',
    states: {
      'SSL 3.0': 'reset',
      'TLS 1.0': 'reset',
      'TLS 1.1': 'reset',
      'TLS 1.2': 'accepted',
      'TLS 1.3': 'accepted',
    },
    onHello: (hello) =>
      Math.max(...hello.versions) >= 0x0303
        ? accepting((one) => [{ send: record(22, flight(one)) }])(hello, 0)
        : ['reset'],
  },
];

describe('a byte-level server', { concurrency: 4 }, () => {
  for (const row of rows) {
    test(`${row.name} is ${row.verdict}`, async () => {
      const server = await startByteServer(row);
      const timeout = row.timeout ?? 2_000;
      const start = performance.now();
      const target = await probeOne(`127.0.0.1:${server.port}`, { timeoutMilliseconds: timeout });
      const took = performance.now() - start;
      try {
        assertStates(statesOf(target), row.states);
        assert.equal(target.verdict, row.verdict, target.message);
        assert.equal(target.reason, row.reason ?? null);
        if (row.alert !== undefined) {
          assert.deepEqual(new Set(target.protocols.map((protocol) => protocol.alert)), new Set([row.alert]));
        }
        assert.ok(took < timeout + 700, `took ${took} ms of ${timeout}`);
        assert.ok(server.highest <= 5, `${server.highest} connections at a time`);
        await server.allClosed();
      } finally {
        await server.stop();
      }
    });
  }

  test('there are at least sixty of them', () => {
    assert.ok(rows.length >= 60, String(rows.length));
    assert.equal(new Set(rows.map(({ name }) => name)).size, rows.length);
  });
});

function assertStates(states: Record<string, string>, expected: Row['states']): void {
  const wanted =
    typeof expected === 'string'
      ? Object.fromEntries(Object.keys(states).map((version) => [version, expected]))
      : expected;
  assert.deepEqual(Object.fromEntries(Object.keys(wanted).map((version) => [version, states[version]])), wanted);
}
