import { alert, raw, record, recordsOf, serverHello } from '../harness/answers.ts';
import { accepting, flight, isVersion, only, type Row, tls12Only } from './row.ts';

/** Refusals. */
export const refusals: readonly Row[] = [
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
];
