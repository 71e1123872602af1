import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TlsVersion } from '../../server/src/core/facts/tls-versions.ts';
import { tlsVersions } from '../../server/src/core/facts/tls-versions.ts';
import type { OpenFailure } from '../../server/src/probe/connections.ts';
import type { Answer } from '../../server/src/probe/conversation.ts';
import type { CertificateProblem, CertificateResult, Verdict, VerdictReason } from '../../server/src/probe/index.ts';
import { messageFor } from '../../server/src/probe/message.ts';
import { decide } from '../../server/src/probe/verdict.ts';

/** Answers in one letter each, SSL 3.0 first. */
const letters: Readonly<Record<string, Answer>> = {
  A: { state: 'accepted', version: 'TLS 1.2', suite: 0xc02f, group: null, certificates: [], sawTls: true },
  v: { state: 'refused', alert: 'protocol_version', sawTls: true },
  h: { state: 'refused', alert: 'handshake_failure', sawTls: true },
  i: { state: 'refused', alert: 'insufficient_security', sawTls: true },
  o: { state: 'refused', alert: null, sawTls: true },
  c: { state: 'closed', sawTls: false },
  C: { state: 'closed', sawTls: true },
  r: { state: 'reset', sawTls: false },
  s: { state: 'silent', sawTls: false },
  n: { state: 'not-tls', looksLike: 'HTTP', sawTls: false },
  u: { state: 'not-tested', sawTls: false },
};

interface Row {
  readonly answers: string;
  readonly suites?: readonly number[];
  readonly problems?: readonly CertificateProblem[];
  /** Not given: no certificate was seen. */
  readonly isPublic?: boolean;
  readonly isOnline?: boolean;
  readonly failure?: OpenFailure['kind'];
  readonly verdict: Verdict;
  readonly reason?: VerdictReason;
}

const good = [0xc02f];

const rows: readonly Row[] = [
  { answers: 'uuuuu', failure: 'dns', verdict: 'unreachable', reason: 'dns' },
  { answers: 'uuuuu', failure: 'refused', verdict: 'unreachable', reason: 'refused' },
  { answers: 'uuuuu', failure: 'timeout', verdict: 'unreachable', reason: 'timeout' },
  { answers: 'uuuuu', failure: 'stopped', verdict: 'unreachable', reason: 'timeout' },
  { answers: 'uuuuu', failure: 'unreachable', verdict: 'unreachable', reason: 'refused' },
  { answers: 'uuuuu', failure: 'proxy-refused', verdict: 'unreachable', reason: 'proxy-refused' },
  { answers: 'uuuuu', failure: 'proxy-authentication', verdict: 'unreachable', reason: 'proxy-authentication' },
  { answers: 'nnnnn', verdict: 'not-tls' },
  { answers: 'nuuuu', verdict: 'not-tls' },
  { answers: 'ncrsn', verdict: 'not-tls' },
  { answers: 'nnnAn', suites: good, isPublic: true, verdict: 'ok' },
  { answers: 'nnnvn', verdict: 'too-old' },
  { answers: 'ccccc', verdict: 'blocked' },
  { answers: 'rrrrr', verdict: 'blocked', reason: 'reset' },
  { answers: 'sssss', verdict: 'blocked', reason: 'timeout' },
  { answers: 'csccc', verdict: 'blocked', reason: 'timeout' },
  { answers: 'csrcs', verdict: 'blocked', reason: 'reset' },
  { answers: 'uuuuu', verdict: 'blocked', reason: 'timeout' },
  { answers: 'CCCCC', verdict: 'too-old' },
  { answers: 'rrrrv', verdict: 'too-old' },
  { answers: 'vvvvv', verdict: 'too-old' },
  { answers: 'hAvvv', verdict: 'too-old' },
  { answers: 'vAAhh', verdict: 'too-old' },
  { answers: 'Avvvv', verdict: 'too-old' },
  { answers: 'ooooo', verdict: 'too-old' },
  { answers: 'hhhvv', verdict: 'too-old' },
  { answers: 'hhhhh', verdict: 'cipher' },
  { answers: 'iiiii', verdict: 'cipher' },
  { answers: 'vvvhv', verdict: 'cipher' },
  { answers: 'vvvvi', verdict: 'cipher' },
  { answers: 'vvvAv', suites: [0x009c], isPublic: true, verdict: 'cipher' },
  { answers: 'vvvAA', suites: [0x009c, 0x1303], isPublic: true, verdict: 'cipher' },
  { answers: 'vvvAA', suites: [0x009c, 0x1302], isPublic: true, verdict: 'ok' },
  { answers: 'vvvAv', suites: [0x009c], isPublic: false, isOnline: true, verdict: 'cipher' },
  { answers: 'vvvAv', suites: good, isPublic: false, isOnline: true, verdict: 'intercepted' },
  { answers: 'vvvAv', suites: good, isPublic: false, isOnline: true, problems: ['expired'], verdict: 'intercepted' },
  { answers: 'vAAAv', suites: good, isPublic: false, isOnline: true, verdict: 'intercepted' },
  { answers: 'vvvAv', suites: good, isPublic: false, verdict: 'ok' },
  { answers: 'vvvAv', suites: good, isPublic: true, isOnline: true, problems: ['expired'], verdict: 'certificate' },
  { answers: 'AAAAA', suites: good, isPublic: true, problems: ['host-mismatch'], verdict: 'certificate' },
  { answers: 'AAAAA', suites: good, isPublic: true, verdict: 'weak' },
  { answers: 'vvAAv', suites: good, isPublic: true, verdict: 'weak' },
  { answers: 'vAvvA', suites: good, isPublic: true, isOnline: true, verdict: 'weak' },
  { answers: 'vvvAA', suites: good, isPublic: true, isOnline: true, verdict: 'ok' },
  { answers: 'vvvvA', suites: [0x1301], isPublic: true, isOnline: true, verdict: 'ok' },
  { answers: 'rrrAs', suites: good, verdict: 'ok' },
];

describe('the verdict', () => {
  for (const row of rows) {
    const details = [row.failure, row.problems, row.isPublic === false && 'private root', row.isOnline && 'online'];
    test(`${row.answers} ${details.filter(Boolean).join(' ')} ${row.suites ?? ''} is ${row.verdict}`, () => {
      const answers = answersOf(row.answers);
      const certificate = row.isPublic === undefined ? null : certificateWith(row.isPublic, row.problems ?? []);
      const decision = decide({
        failure: row.failure ? { kind: row.failure, detail: '' } : null,
        answers,
        modernSuites: row.suites ?? [],
        certificate,
        isMicrosoftOnline: row.isOnline ?? false,
      });
      assert.deepEqual(decision, { verdict: row.verdict, reason: row.reason ?? null });
      const message = messageFor({
        ...decision,
        host: 'contoso.example',
        port: 443,
        proxy: 'proxy:3128',
        detail: row.failure === 'proxy-authentication' ? 'Put them into its URL.' : 'closed the connection',
        answers,
        certificate,
        isMicrosoftOnline: row.isOnline ?? false,
        control: null,
        ranOutOfTime: false,
      });
      assert.match(message, /contoso\.example.*\.$/s);
      assert.ok(!/undefined|null|NaN/.test(message), message);
    });
  }
});

test('the message says when time ran out, and what the control host showed', () => {
  const facts = {
    verdict: 'blocked',
    reason: 'timeout',
    host: 'contoso.example',
    port: 443,
    proxy: null,
    detail: '',
    answers: answersOf('sssss'),
    certificate: null,
    isMicrosoftOnline: false,
    control: null,
    ranOutOfTime: true,
  } as const;
  assert.match(messageFor(facts), /Time ran out/);
  assert.match(messageFor({ ...facts, control: { host: 'other.example', reached: true } }), /this host alone/);
  assert.match(messageFor({ ...facts, control: { host: 'other.example', reached: false } }), /this network/);
});

function answersOf(text: string): Map<TlsVersion, Answer> {
  return new Map(
    tlsVersions.map((version, index) => {
      const answer = letters[text[index] ?? ''];
      assert.ok(answer);
      return [version, answer.state === 'accepted' ? { ...answer, version } : answer];
    }),
  );
}

function certificateWith(publiclyTrusted: boolean, problems: readonly CertificateProblem[]): CertificateResult {
  return {
    subject: 'CN=contoso.example',
    issuer: 'CN=Some Authority',
    notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: '2027-01-01T00:00:00.000Z',
    matchesHost: !problems.includes('host-mismatch'),
    trusted: true,
    problems,
    publiclyTrusted,
    key: 'RSA 2048',
    signature: 'sha256WithRSAEncryption',
    chain: ['CN=contoso.example'],
  };
}
