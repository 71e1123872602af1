import type { TlsVersion } from '../facts/tls-versions.ts';
import type { WindowsId } from '../facts/tls-windows.ts';
import type { Location } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import type { Evidence } from '../workspace/model.ts';

/** Whether a process connects to a server that wants TLS 1.2 or later. */
export type Verdict = 'safe' | 'unsafe' | 'unknown' | 'not-affected';

/** In the order in which one of them outweighs the next. */
const order: readonly Verdict[] = ['unsafe', 'unknown', 'safe', 'not-affected'];

/** The worse of two verdicts. */
export function worseVerdict(a: Verdict, b: Verdict): Verdict {
  return order.indexOf(a) <= order.indexOf(b) ? a : b;
}

/** Who starts the process: `plugin-host` is a service or a tool that loads the project, `library` has its programs. */
export type ProcessKind = 'exe' | 'web' | 'test' | 'plugin-host' | 'script' | 'library';

/** `http` is HttpWebRequest, WebClient and HttpClient; `wcf-http` the bindings of WCF over HTTPS. */
export const tlsApis = ['http', 'sslstream', 'wcf-http', 'wcf-tcp', 'wcf-message'] as const;
export type TlsApi = (typeof tlsApis)[number];

/**
 * What a step of the reasoning does to the verdict. `decides`: the step that counts in the end. `raises` and `lowers`:
 * it speaks for a worse or a better verdict. `none`: it is told because a reader may expect that it counts.
 */
export type StepEffect = 'raises' | 'lowers' | 'decides' | 'none';

/** One step of the reasoning, with its place where there is one. */
export interface VerdictStep extends Evidence {
  readonly effect: StepEffect;
}

/** What a process offers on one Windows version, after Schannel's own defaults. */
export interface WindowsOffer {
  readonly id: WindowsId;
  readonly verdict: Verdict;
  /** Oldest first; empty where something else than the workspace decides. */
  readonly protocols: readonly TlsVersion[];
  /** Whether the process leaves the choice to Windows. */
  readonly systemDefault: boolean;
  /** Whether weak cipher suites are left out (SCH_USE_STRONG_CRYPTO). */
  readonly strongCrypto: boolean;
}

/** What one API of the process offers on Windows 10 and Server 2016. */
export interface ApiOffer {
  readonly id: TlsApi;
  readonly verdict: Verdict;
  readonly protocols: readonly TlsVersion[];
  readonly systemDefault: boolean;
  readonly strongCrypto: boolean;
  /** Whether it counts for the verdict: HttpWebRequest always does, another one if the process uses it online. */
  readonly counts: boolean;
}

/** The smallest change that makes a process safe. */
export interface ProcessFix {
  readonly title: string;
  /** The value to change, or where it has to be added. */
  readonly at: Location;
}

/** The verdict of one process, or of one target or configuration of it. */
export interface ProcessVerdict {
  /** Unique in the workspace, and the same after an edit that leaves target and configuration as they are. */
  readonly id: string;
  /** The project file; for a script its path, for a web site without a project its `web.config`. */
  readonly path: FilePath;
  /** The name of that file; for a web site that of its folder. */
  readonly name: string;
  readonly kind: ProcessKind;
  /** The long name of the project's target, where the project has several; null where it has one. */
  readonly target: string | null;
  /** `Debug|AnyCPU`: the first of {@link configurations}; null where all of them are alike. */
  readonly configuration: string | null;
  readonly configurations: readonly string[];
  /** The long name of the project's target, always; null for what has none and for one that is not known. */
  readonly framework: string | null;
  /** The worst over the Windows versions in support. */
  readonly verdict: Verdict;
  /** All Windows versions. */
  readonly windows: readonly WindowsOffer[];
  /** All of {@link tlsApis}. */
  readonly apis: readonly ApiOffer[];
  readonly because: readonly VerdictStep[];
  /** Null unless the process is unsafe. */
  readonly fix: ProcessFix | null;
  /** Where the process is shown: the value that decides its target, or the head of its project. */
  readonly at: Location;
  /** For a library: the programs that load it. */
  readonly programs: readonly FilePath[];
}
