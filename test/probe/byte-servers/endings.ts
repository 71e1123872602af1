import { alert, raw, record } from '../harness/answers.ts';
import { accepting, flight, isVersion, quick, type Row } from './row.ts';

/** Nothing, or an end at every stage. */
export const endings: readonly Row[] = [
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
