import { randomBytes } from 'node:crypto';
import { alert, helloRetryRequest, raw, record, serverHello, word } from '../harness/answers.ts';
import { accepting, allAccepted, flight, isVersion, only, type Row, tls12Only } from './row.ts';

/** TLS 1.3 and its second try. */
export const secondHellos: readonly Row[] = [
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
];
