import { suiteById } from '../core/facts/tls-cipher-suites.ts';
import type { TlsVersion } from '../core/facts/tls-versions.ts';
import type { OpenFailure } from './connections.ts';
import type { Answer } from './conversation.ts';
import type { CertificateResult, Verdict, VerdictReason } from './report.ts';

/** Everything that the verdict depends on. */
export interface Evidence {
  /** Why the target could not be reached; null when it could. */
  readonly failure: OpenFailure | null;
  /** The answer to each version. */
  readonly answers: ReadonlyMap<TlsVersion, Answer>;
  /** All suites that were accepted with TLS 1.2 or 1.3. */
  readonly modernSuites: readonly number[];
  readonly certificate: CertificateResult | null;
  /** Whether the host is one of Microsoft's online service by its name. */
  readonly isMicrosoftOnline: boolean;
}

/** The verdict and its reason. */
export interface Decision {
  readonly verdict: Verdict;
  readonly reason: VerdictReason | null;
}

const modernVersions: readonly TlsVersion[] = ['TLS 1.2', 'TLS 1.3'];
const oldVersions: readonly TlsVersion[] = ['SSL 3.0', 'TLS 1.0', 'TLS 1.1'];

/** The first verdict that holds; the order of the questions is the contract's. */
export function decide(evidence: Evidence): Decision {
  const { failure, certificate } = evidence;
  if (failure) {
    return { verdict: 'unreachable', reason: unreachableReason(failure) };
  }
  const answers = [...evidence.answers.values()];
  const speaksTls = answers.some((answer) => answer.state === 'accepted' || answer.state === 'refused');
  if (!speaksTls && answers.some((answer) => answer.state === 'not-tls')) {
    return { verdict: 'not-tls', reason: null };
  }
  if (!answers.some((answer) => answer.sawTls)) {
    return { verdict: 'blocked', reason: blockedReason(answers) };
  }
  const accepts = (version: TlsVersion): boolean => evidence.answers.get(version)?.state === 'accepted';
  const acceptsOld = oldVersions.some(accepts);
  if (!modernVersions.some(accepts)) {
    const understandsModern = modernVersions.some((version) => lacksSuite(evidence.answers.get(version)));
    return { verdict: understandsModern && !acceptsOld ? 'cipher' : 'too-old', reason: null };
  }
  if (!evidence.modernSuites.some((id) => suiteById(id)?.dataverse)) {
    return { verdict: 'cipher', reason: null };
  }
  if (certificate && evidence.isMicrosoftOnline && !certificate.publiclyTrusted) {
    return { verdict: 'intercepted', reason: null };
  }
  if (certificate && certificate.problems.length > 0) {
    return { verdict: 'certificate', reason: null };
  }
  return { verdict: acceptsOld ? 'weak' : 'ok', reason: null };
}

function unreachableReason(failure: OpenFailure): VerdictReason {
  switch (failure.kind) {
    case 'stopped':
      return 'timeout';
    // Somebody on the way says that the host cannot be reached; the contract has no word of its own for it.
    case 'unreachable':
      return 'refused';
    default:
      return failure.kind;
  }
}

function blockedReason(answers: readonly Answer[]): VerdictReason | null {
  if (answers.some((answer) => answer.state === 'reset')) {
    return 'reset';
  }
  return answers.some((answer) => answer.state === 'silent' || answer.state === 'not-tested') ? 'timeout' : null;
}

/** Alerts that say "I know this version, but none of your suites". */
function lacksSuite(answer: Answer | undefined): boolean {
  return (
    answer?.state === 'refused' && (answer.alert === 'handshake_failure' || answer.alert === 'insufficient_security')
  );
}
