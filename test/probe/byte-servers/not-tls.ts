import { randomBytes } from 'node:crypto';
import { alert, certificateMessage, message, raw, record, recordsOf, serverHello, word } from '../harness/answers.ts';
import { certificate, http, type Row } from './row.ts';

/** Something else than TLS. */
export const notTls: readonly Row[] = [
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
    onHello: () => [{ send: record(22, raw(2, 3, 0xff, 0xff)) }, { endless: record(22, Buffer.alloc(16_384)) }],
  },
  {
    name: 'endless small records of a message that never ends',
    verdict: 'not-tls',
    states: 'not-tls',
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
    onHello: () => [{ endless: recordsOf(4, 22, Buffer.alloc(32_768)) }],
  },
  {
    name: 'endless garbage',
    verdict: 'not-tls',
    states: 'not-tls',
    onHello: () => [{ endless: randomBytes(60_000).fill(0xfe, 0, 1) }],
  },
];
