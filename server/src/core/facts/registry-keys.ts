/**
 * Places in the registry that decide about TLS. Names of keys and values are compared without regard to letter case.
 * Sources: https://learn.microsoft.com/dotnet/framework/network-programming/tls (values of .NET Framework) and
 * https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings (Schannel)
 */
export const netFrameworkValues = ['SchUseStrongCrypto', 'SystemDefaultTlsVersions'] as const;

/** Keys of .NET Framework by the generation of the runtime, without the hive and the view. */
export const runtimeKeys = { '4': 'v4.0.30319', '2': 'v2.0.50727' } as const;

export type RuntimeGeneration = keyof typeof runtimeKeys;
export type RegistryView = 'native' | 'wow64';

/** The parts of the path of a key of .NET Framework. */
export interface RuntimeKey {
  readonly hive: string;
  readonly view: RegistryView;
  /** The last part as written, such as `v4.0.30319`. */
  readonly version: string;
  readonly generation: RuntimeGeneration | undefined;
}

/** Reads the path of a key of .NET Framework; undefined for every other key. */
export function readRuntimeKey(path: string): RuntimeKey | undefined {
  const match = /^([^\\]+)\\SOFTWARE\\(?:(Wow6432Node)\\)?Microsoft\\\.NETFramework(?:\\([^\\]+))?$/i.exec(path.trim());
  if (!match) {
    return undefined;
  }
  const version = match[3] ?? '';
  const generation = (Object.keys(runtimeKeys) as RuntimeGeneration[]).find(
    (key) => runtimeKeys[key] === version.toLowerCase(),
  );
  return { hive: match[1] ?? '', view: match[2] ? 'wow64' : 'native', version, generation };
}

/** The full path of a key of .NET Framework. */
export function runtimeKeyPath(generation: RuntimeGeneration, view: RegistryView): string {
  const node = view === 'wow64' ? 'Wow6432Node\\' : '';
  return `HKEY_LOCAL_MACHINE\\SOFTWARE\\${node}Microsoft\\.NETFramework\\${runtimeKeys[generation]}`;
}

/** True for the hive of the machine, in every spelling; with a colon it is a drive of PowerShell. */
export function isMachineHive(hive: string): boolean {
  return /^(?:HKEY_LOCAL_MACHINE|HKLM:?)$/i.test(hive);
}

/** The part of a path behind the key of Schannel, such as `Protocols\TLS 1.2\Client`; undefined for other keys. */
export function readSchannelKey(path: string): string | undefined {
  const match =
    /^(?:HKEY_LOCAL_MACHINE|HKLM:?)\\SYSTEM\\(?:CurrentControlSet|ControlSet\d{3})\\Control\\SecurityProviders\\SCHANNEL\\(.+)$/i.exec(
      path.trim(),
    );
  return match?.[1];
}

/** True for the keys that hold the order of cipher suites: the policy's, and the machine's own. */
export function isCipherSuiteKey(path: string): boolean {
  return (
    /\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002$/i.test(path.trim()) ||
    /\\SYSTEM\\(?:CurrentControlSet|ControlSet\d{3})\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002$/i.test(
      path.trim(),
    )
  );
}

/**
 * Bits of `DefaultSecureProtocols`, the protocols of programs that use WinHTTP and do not choose themselves.
 * Sources: https://learn.microsoft.com/windows/win32/winhttp/option-flags (WINHTTP_OPTION_SECURE_PROTOCOLS) and
 * https://support.microsoft.com/kb/3140245
 */
export const winHttpProtocols: readonly (readonly [bit: number, name: string, isCurrent: boolean])[] = [
  [0x8, 'SSL 2.0', false],
  [0x20, 'SSL 3.0', false],
  [0x80, 'TLS 1.0', false],
  [0x200, 'TLS 1.1', false],
  [0x800, 'TLS 1.2', true],
  [0x2000, 'TLS 1.3', true],
];

/** The view of the key of WinHTTP that a path names; undefined for every other key. */
export function readWinHttpKey(path: string): RegistryView | undefined {
  const match =
    /^(?:HKEY_LOCAL_MACHINE|HKLM:?)\\SOFTWARE\\(?:(Wow6432Node)\\)?Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp$/i.exec(
      path.trim(),
    );
  return match ? (match[1] ? 'wow64' : 'native') : undefined;
}

/** The full path of the key of WinHTTP. */
export function winHttpKeyPath(view: RegistryView): string {
  const node = view === 'wow64' ? 'Wow6432Node\\' : '';
  return `HKEY_LOCAL_MACHINE\\SOFTWARE\\${node}Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp`;
}

/**
 * Algorithms of Schannel without which no suite that Dataverse accepts is left, as groups of which one member has to
 * stay: keys below `SCHANNEL`, in lower case.
 * Sources: https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings,
 * https://learn.microsoft.com/troubleshoot/windows-server/certificates-and-public-key-infrastructure-pki/restrict-cryptographic-algorithms-protocols-schannel
 * and https://learn.microsoft.com/power-platform/admin/server-cipher-tls-requirements
 */
export const neededAlgorithms: readonly { readonly keys: readonly string[]; readonly names: string }[] = [
  { keys: ['keyexchangealgorithms\\ecdh'], names: 'ECDH' },
  { keys: ['ciphers\\aes 128/128', 'ciphers\\aes 256/256'], names: 'AES' },
  { keys: ['hashes\\sha256', 'hashes\\sha384'], names: 'SHA-256 and SHA-384' },
];
