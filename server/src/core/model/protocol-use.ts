import type { TextRange } from './finding.ts';
import type { Known } from './known.ts';

/**
 * What a line of code or of a script does about TLS: plain data that readers of every language give and rules judge.
 * Judged is what a line does, not which words stand in it: adding, replacing, removing and comparing the same name are
 * four different things.
 */
export type TlsUse = ProtocolUse | CertificateCheckUse | SwitchUse | RegistryWrite;

/** A protocol as the enumerations of .NET and the command lines of tools can name it, oldest first. */
export const protocolNames = ['SSL 2.0', 'SSL 3.0', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'] as const;

export type ProtocolName = (typeof protocolNames)[number];

/**
 * Who is told.
 * `service-point-manager`: the process, through `ServicePointManager.SecurityProtocol`. `handler`: `SslProtocols` of an
 * HttpClientHandler, SocketsHttpHandler or WinHttpHandler. `ssl-stream`: `AuthenticateAs...` and the options of
 * SslStream. `kestrel`: the web server of ASP.NET Core. `wcf`: a transport or binding element. `call`: an argument of
 * anything else, a tool's or cmdlet's option included. `value`: a value that is stored, returned or a default, and
 * whose use is not seen.
 */
export type ProtocolApi = 'service-point-manager' | 'handler' | 'ssl-stream' | 'kestrel' | 'wcf' | 'call' | 'value';

/**
 * What is done with the protocols.
 * `replaces`: from now on these and no others. `adds`, `removes`, `toggles`: to, from and in what is allowed at present.
 * `names`: nothing is allowed or forbidden by it (comparisons, maps to texts, tests, `nameof`).
 */
export type ProtocolEffect = 'replaces' | 'adds' | 'removes' | 'toggles' | 'names';

/** A use of protocols, one for each effect: `(x & ~Tls) | Tls12` removes and adds. */
export interface ProtocolUse {
  readonly kind: 'protocol';
  readonly api: ProtocolApi;
  readonly effect: ProtocolEffect;
  /** Oldest first; empty for the system's default alone; unknown for what only the running program knows. */
  readonly protocols: Known<readonly ProtocolName[]>;
  /** True where the value is the system's default (`SystemDefault`, `None`, 0) and nothing else. */
  readonly isSystemDefault: boolean;
  /**
   * How the value gets there. `assignment` and `argument` act; `default` is a default of a parameter, a field or a
   * property; `collection` one of several values; `attribute` and `return` speak for themselves.
   */
  readonly form: 'assignment' | 'argument' | 'return' | 'default' | 'collection' | 'attribute';
  /** The whole statement, with its `;` where it has one; for arguments the call. */
  readonly range: TextRange;
  /** The value that a fix replaces: the right side of an assignment, an argument. */
  readonly valueRange: TextRange;
  /** Where each protocol stands, constants followed to the place of use. */
  readonly places: readonly ProtocolPlace[];
  readonly timing: UseTiming;
  readonly where: UsePlace;
}

/** One protocol in the text. */
export interface ProtocolPlace {
  readonly protocol: ProtocolName;
  /** The name with its qualification, a number or a word in a string. */
  readonly range: TextRange;
}

/** `late` carries what came first: the first connection, or the request whose protocols are fixed already. */
export type UseTiming =
  | { readonly kind: 'unremarkable' }
  | { readonly kind: 'late'; readonly after: 'request-created' | 'connected'; readonly at: TextRange };

/** What surrounds a use. */
export interface UsePlace {
  /** True where only a debug build has the line (`#if DEBUG`). */
  readonly isDebugOnly: boolean;
  /** Preprocessor symbols that the line depends on, as written, for people. */
  readonly condition: readonly string[];
  /** Name of the method, property, function or script block; undefined outside of all. */
  readonly member: string | undefined;
  /** True inside `if`, `switch`, `try`, a loop or a lambda: the line does not always run. */
  readonly isConditional: boolean;
  /** True where an exception of the line is caught in the same member. */
  readonly isInTry: boolean;
  /** True for a line that is guarded by a test of the very protocols that it changes. */
  readonly isGuarded: boolean;
}

/** A place that decides whether the certificate of a server is looked at. Real checks are no use of this kind. */
export interface CertificateCheckUse {
  readonly kind: 'certificate-check';
  /**
   * `callback`: code that accepts everything. `accept-any`: a built-in or an option that does. `policy`: an
   * `ICertificatePolicy`. `wcf-mode`: `X509CertificateValidationMode.None`.
   */
  readonly form: 'callback' | 'accept-any' | 'policy' | 'wcf-mode' | 'option';
  /** What is switched off: all connections of the process, or those of one client. */
  readonly scope: 'process' | 'client';
  /** The statement, the option or the class. */
  readonly range: TextRange;
  /** What accepts: the lambda, the method's name, the option. */
  readonly valueRange: TextRange;
  readonly where: UsePlace;
}

/** `AppContext.SetSwitch("...", value)`. */
export interface SwitchUse {
  readonly kind: 'switch';
  readonly name: Known<string>;
  readonly value: Known<boolean>;
  readonly nameRange: TextRange;
  readonly valueRange: TextRange;
  readonly range: TextRange;
  readonly where: UsePlace;
}

/** A value that a line writes to the registry. */
export interface RegistryWrite {
  readonly kind: 'registry-write';
  /** With the hive, as `HKEY_LOCAL_MACHINE\SOFTWARE\...`; of a deletion as well. */
  readonly key: Known<string>;
  readonly name: Known<string>;
  readonly data: Known<RegistryWriteData>;
  /** The view that the line asks for itself (`RegistryView.Registry32`, `/reg:32`); undefined for the process's own. */
  readonly view: 'native' | 'wow64' | undefined;
  readonly keyRange: TextRange;
  readonly nameRange: TextRange;
  readonly dataRange: TextRange;
  readonly range: TextRange;
  readonly where: UsePlace;
}

export type RegistryWriteData =
  | { readonly type: 'dword'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'other' }
  | { readonly type: 'deleted' };
