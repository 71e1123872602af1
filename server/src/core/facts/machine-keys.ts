import type { RegistryView } from './registry-keys.ts';

/**
 * Keys that say what TLS programs of a Windows machine speak, besides those of .NET Framework and Schannel in
 * `registry-keys.ts`. Paths are full, without a backslash at the end.
 */
const machine = 'HKEY_LOCAL_MACHINE';

function software(view: RegistryView): string {
  return `${machine}\\SOFTWARE\\${view === 'wow64' ? 'Wow6432Node\\' : ''}`;
}

/** Installed versions: https://learn.microsoft.com/dotnet/framework/install/how-to-determine-which-versions-are-installed */
export const netSetupKey = `${software('native')}Microsoft\\NET Framework Setup\\NDP`;

/** The parent of the keys of the two runtimes. */
export function netFrameworkKey(view: RegistryView): string {
  return `${software(view)}Microsoft\\.NETFramework`;
}

/** Keys that people write to where {@link netFrameworkKey} is meant; nobody reads them. */
export const misspeltNetFrameworkKeys: readonly string[] = (['native', 'wow64'] as const)
  .flatMap((view) =>
    ['.NET Framework', 'NETFramework', 'NET Framework', '.NETFramework64'].map(
      (name) => `${software(view)}Microsoft\\${name}`,
    ),
  )
  .concat('HKEY_CURRENT_USER\\SOFTWARE\\Microsoft\\.NETFramework');

/** Schannel: https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings */
export const schannelKey = `${machine}\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL`;

/** Client's part of a protocol in Schannel. */
export function schannelClientKey(protocol: string): string {
  return `${schannelKey}\\Protocols\\${protocol}\\Client`;
}

/**
 * Order of the cipher suites: the policy "SSL Cipher Suite Order" first, then the machine's own list.
 * Source: https://learn.microsoft.com/windows-server/security/tls/manage-tls
 */
export const cipherSuiteKeys = {
  policy: `${software('native')}Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002`,
  local: `${machine}\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002`,
} as const;

/** The parent of WinHTTP's key, and the machine's own Internet Settings. */
export function internetSettingsKey(view: RegistryView): string {
  return `${software(view)}Microsoft\\Windows\\CurrentVersion\\Internet Settings`;
}

/** WinHTTP: https://support.microsoft.com/kb/3140245 */
export function winHttpKey(view: RegistryView): string {
  return `${internetSettingsKey(view)}\\WinHttp`;
}

/**
 * Where `SecureProtocols` of Internet Explorer and of what builds on WinINet may stand: policies of the machine and of
 * the user, the user's own choice, the machine's.
 * Source: https://support.microsoft.com/kb/3140245
 */
export const secureProtocolsKeys: readonly string[] = [
  `${software('native')}Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings`,
  'HKEY_CURRENT_USER\\SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings',
  'HKEY_CURRENT_USER\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings',
  internetSettingsKey('native'),
  internetSettingsKey('wow64'),
];

/** The version of Windows; far too large to be exported as a whole. */
export const windowsVersionKey = `${software('native')}Microsoft\\Windows NT\\CurrentVersion`;

/** Everything that "Check This Machine" exports with reg.exe: parents, so that misspelt names below are seen. */
export const machineExportKeys: readonly string[] = [
  netSetupKey,
  netFrameworkKey('native'),
  netFrameworkKey('wow64'),
  ...misspeltNetFrameworkKeys,
  schannelKey,
  cipherSuiteKeys.policy,
  cipherSuiteKeys.local,
  ...secureProtocolsKeys,
];
