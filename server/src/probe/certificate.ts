import { matchesHost } from './host-match.ts';
import type { Certificate, CertificateStore } from './port.ts';
import type { CertificateProblem, CertificateResult } from './report.ts';

/** What a certificate is judged by. */
export interface Judge {
  readonly store: CertificateStore;
  /** Roots that the user named. */
  readonly extraRoots: readonly Certificate[];
  readonly host: string;
  readonly isAddress: boolean;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly date: number;
}

/** Longest chain that is followed. */
const maximalDepth = 10;

/** Most certificates of a server that are looked at; real chains have four. */
const maximalCertificates = 20;

/** Most steps that are taken to find a chain; a hostile server can send certificates that all sign each other. */
const maximalSteps = 100;

/** Judges the certificates that a server sent, its own first; null when the first is none. */
export function judgeCertificates(der: readonly Uint8Array[], judge: Judge): CertificateResult | null {
  const chain = der.slice(0, maximalCertificates).map((one) => judge.store.parse(one));
  const leaf = chain[0];
  if (!leaf) {
    return null;
  }
  const sent = chain.filter((one) => one !== undefined);
  const publicPath = findPath(leaf, sent, judge.store.publicRoots());
  const path = publicPath ?? findPath(leaf, sent, [...judge.extraRoots, ...judge.store.systemRoots()]);
  const isMatch = matchesHost(leaf, judge.host, judge.isAddress);
  return {
    subject: leaf.subject,
    issuer: leaf.issuer,
    notBefore: new Date(leaf.notBefore).toISOString(),
    notAfter: new Date(leaf.notAfter).toISOString(),
    matchesHost: isMatch,
    trusted: path !== undefined,
    problems: problemsOf(leaf, path, isMatch, judge.date),
    publiclyTrusted: publicPath !== undefined,
    key: leaf.key,
    signature: leaf.signature,
    chain: sent.map((one) => one.subject),
  };
}

function problemsOf(
  leaf: Certificate,
  path: readonly Certificate[] | undefined,
  isMatch: boolean,
  date: number,
): CertificateProblem[] {
  const problems: CertificateProblem[] = [];
  // The root's own dates do not count: systems keep trusting a root for as long as it is in their list.
  const dated = path && path.length > 1 ? path.slice(0, -1) : [leaf];
  if (dated.some((one) => one.notAfter < date)) {
    problems.push('expired');
  }
  if (dated.some((one) => one.notBefore > date)) {
    problems.push('not-yet-valid');
  }
  if (!isMatch) {
    problems.push('host-mismatch');
  }
  if (!path) {
    problems.push(isSelfSigned(leaf) ? 'self-signed' : 'untrusted-root');
  }
  return problems;
}

/** A chain from a certificate to one of the roots, both included, over certificates that the server sent. */
function findPath(
  leaf: Certificate,
  sent: readonly Certificate[],
  roots: readonly Certificate[],
): readonly Certificate[] | undefined {
  const bySubject = groupBySubject(roots);
  let steps = 0;
  const follow = (path: readonly Certificate[]): readonly Certificate[] | undefined => {
    const last = path.at(-1);
    steps++;
    if (!last || path.length > maximalDepth || steps > maximalSteps) {
      return undefined;
    }
    const candidates = bySubject.get(last.issuer) ?? [];
    if ((bySubject.get(last.subject) ?? []).some((root) => root.fingerprint === last.fingerprint)) {
      return path;
    }
    const root = candidates.find((one) => last.isIssuedBy(one));
    if (root) {
      return [...path, root];
    }
    for (const next of sent) {
      const isNew = path.every((one) => one.fingerprint !== next.fingerprint);
      if (isNew && next.isAuthority && next.subject === last.issuer && last.isIssuedBy(next)) {
        const found = follow([...path, next]);
        if (found) {
          return found;
        }
      }
    }
    return undefined;
  };
  return follow([leaf]);
}

function isSelfSigned(certificate: Certificate): boolean {
  return certificate.subject === certificate.issuer && certificate.isIssuedBy(certificate);
}

function groupBySubject(certificates: readonly Certificate[]): Map<string, Certificate[]> {
  const groups = new Map<string, Certificate[]>();
  for (const certificate of certificates) {
    const group = groups.get(certificate.subject);
    if (group) {
      group.push(certificate);
    } else {
      groups.set(certificate.subject, [certificate]);
    }
  }
  return groups;
}
