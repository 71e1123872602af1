import type { DynamicsService } from '../core/facts/dynamics-hosts.ts';
import type { TlsVersion } from '../core/facts/tls-versions.ts';
import type { WindowsId } from '../core/facts/tls-windows.ts';

/** What the probe found, one entry for each URL. The shape is a contract: `server/schemas/probe.schema.json`. */
export interface ProbeReport {
  readonly targets: readonly ProbeTarget[];
}

/** The verdict on one URL. The order of {@link verdicts} is the order in which they are tried. */
export type Verdict = (typeof verdicts)[number];

export const verdicts = [
  'unreachable',
  'not-tls',
  'blocked',
  'too-old',
  'cipher',
  'intercepted',
  'certificate',
  'weak',
  'ok',
] as const;

/** More about the verdicts `unreachable` and `blocked`. */
export type VerdictReason = 'dns' | 'refused' | 'timeout' | 'proxy-refused' | 'proxy-authentication' | 'reset';

/** One probed URL. */
export interface ProbeTarget {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly via: 'direct' | 'proxy';
  readonly milliseconds: number;
  readonly service: DynamicsService;
  readonly verdict: Verdict;
  readonly reason: VerdictReason | null;
  /** What happened and what to do, in English. */
  readonly message: string;
  /** Always all versions, oldest first. */
  readonly protocols: readonly ProtocolResult[];
  readonly certificate: CertificateResult | null;
  readonly clients: readonly ClientResult[];
  /** Filled by whoever knows the projects; the probe itself leaves it empty. */
  readonly projects: readonly ProjectResult[];
  /** The sign-in authority, when it was asked for. */
  readonly signIn: SignInResult | null;
  /** The control host, when one was asked. */
  readonly control: ControlResult | null;
}

/** One version, offered alone. */
export interface ProtocolResult {
  readonly version: TlsVersion;
  readonly state: ProtocolState;
  readonly alert: string | null;
  /** In the server's order where it has one. */
  readonly suites: readonly SuiteResult[];
  readonly order: 'server' | 'client' | 'unknown';
  /** Group of the key exchange with the first suite, such as `x25519`; null where it was not seen. */
  readonly group: string | null;
}

export type ProtocolState = 'accepted' | 'refused' | 'closed' | 'reset' | 'silent' | 'not-tls' | 'not-tested';

export interface SuiteResult {
  readonly name: string;
  readonly id: string;
  readonly dataverse: boolean;
}

/** What can be wrong with a certificate. */
export type CertificateProblem = 'expired' | 'not-yet-valid' | 'host-mismatch' | 'untrusted-root' | 'self-signed';

export interface CertificateResult {
  readonly subject: string;
  readonly issuer: string;
  /** ISO 8601 in UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly matchesHost: boolean;
  /** Of the chain alone. */
  readonly trusted: boolean;
  readonly problems: readonly CertificateProblem[];
  /** Whether the chain ends in a root that comes with the platform. */
  readonly publiclyTrusted: boolean;
  readonly key: string;
  readonly signature: string;
  /** Subjects of the chain as the server sent it, its own first. */
  readonly chain: readonly string[];
}

/** Whether a kind of client would connect. */
export interface ClientResult {
  readonly id: string;
  readonly name: string;
  readonly windows: WindowsId;
  readonly connects: boolean;
  readonly version: TlsVersion | null;
  readonly suite: string | null;
  /** Why not; null when it connects. */
  readonly reason: string | null;
  /** What was taken for granted about the client; null where its behaviour is certain. */
  readonly assumption: string | null;
}

export interface ProjectResult {
  readonly file: string;
  readonly connects: 'yes' | 'no' | 'unknown';
  readonly reason: string;
  /** The one value of the workspace to change; null where nothing of it has to. */
  readonly fix: { readonly title: string; readonly file: string; readonly line: number } | null;
}

/** The answer to one request without a token. */
export interface SignInResult {
  /** HTTP status; null when no HTTP answer came. */
  readonly status: number | null;
  /** URL of the authority that the answer names. */
  readonly authority: string | null;
  /** Schemes of authentication that the answer offers, such as `Bearer` or `Negotiate`. */
  readonly schemes: readonly string[];
}

/** Whether another host could be reached over TLS the same way. */
export interface ControlResult {
  readonly host: string;
  readonly reached: boolean;
}
