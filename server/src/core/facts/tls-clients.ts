import type { TlsVersion } from './tls-versions.ts';
import type { WindowsId } from './tls-windows.ts';

/** A kind of client whose first message the probe can imitate. */
export interface SimulatedClient {
  /** Framework and settings, such as `net-4.5.2-strong-crypto`. */
  readonly id: string;
  readonly name: string;
  /** The versions it asks for by name, or `system` where it leaves the choice to Windows. */
  readonly versions: readonly TlsVersion[] | 'system';
  /** Whether it passes SCH_USE_STRONG_CRYPTO, which leaves weak suites out. */
  readonly strongCrypto: boolean;
  /** Windows versions where this row holds; all when absent. */
  readonly windows?: readonly WindowsId[];
  /** What is taken for granted without a primary source, told beside the result; null where the row is certain. */
  readonly assumption: string | null;
}

const ssl3AndTls10: readonly TlsVersion[] = ['SSL 3.0', 'TLS 1.0'];
const tls10ToTls12: readonly TlsVersion[] = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2'];
const olderWindows: readonly WindowsId[] = ['7', '8.1', 'server-2008r2', 'server-2012r2'];
const newerWindows: readonly WindowsId[] = ['10', '11', 'server-2016', 'server-2019', 'server-2022', 'server-2025'];

/**
 * Clients by what they would offer to HttpWebRequest's server. "-strong-crypto" is SchUseStrongCrypto = 1 and
 * "-system-default" SystemDefaultTlsVersions = 1 in the registry view of the process. The name of a row covers its
 * older neighbours with the same defaults.
 *
 * Defaults of .NET Framework and what the two values change:
 * https://learn.microsoft.com/dotnet/framework/network-programming/tls and
 * https://github.com/microsoft/referencesource (System/sys/AppContextDefaultValues.Defaults.cs,
 * System/net/System/Net/ServicePointManager.cs, System/net/System/Net/_SecureChannel.cs).
 * PowerShell 7: https://learn.microsoft.com/powershell/scripting/whats-new/differences-from-windows-powershell .
 * Hosting process: https://support.microsoft.com/kb/4051700 .
 */
export const simulatedClients: readonly SimulatedClient[] = [
  {
    id: 'net-3.5',
    name: '.NET Framework 2.0 - 3.5',
    versions: ssl3AndTls10,
    strongCrypto: false,
    assumption: null,
  },
  {
    id: 'net-3.5-system-default',
    name: '.NET Framework 2.0 - 3.5, system default',
    versions: 'system',
    strongCrypto: false,
    assumption: 'needs the update of 2016 that makes .NET Framework 3.5 read this value',
  },
  {
    id: 'net-4.5.2',
    name: '.NET Framework 4.0 - 4.5.2',
    versions: ssl3AndTls10,
    strongCrypto: false,
    assumption: null,
  },
  {
    id: 'net-4.5.2-strong-crypto',
    name: '.NET Framework 4.0 - 4.5.2, strong crypto',
    versions: tls10ToTls12,
    strongCrypto: true,
    assumption: null,
  },
  {
    id: 'net-4.5.2-system-default',
    name: '.NET Framework 4.0 - 4.5.2, system default',
    versions: 'system',
    strongCrypto: false,
    assumption: null,
  },
  {
    id: 'net-4.6.2',
    name: '.NET Framework 4.6 - 4.6.2',
    versions: tls10ToTls12,
    strongCrypto: true,
    assumption: null,
  },
  {
    id: 'net-4.6.2-system-default',
    name: '.NET Framework 4.6 - 4.6.2, system default',
    versions: 'system',
    strongCrypto: true,
    assumption: null,
  },
  {
    id: 'net-4.8',
    name: '.NET Framework 4.7 - 4.8.1',
    versions: 'system',
    strongCrypto: true,
    assumption: null,
  },
  {
    id: 'powershell-5.1',
    name: 'Windows PowerShell 5.1',
    versions: 'system',
    strongCrypto: true,
    windows: newerWindows,
    assumption: 'the default of 5.1 differs by build and host; taken here: what the system offers',
  },
  {
    id: 'powershell-5.1',
    name: 'Windows PowerShell 5.1',
    versions: ssl3AndTls10,
    strongCrypto: false,
    windows: olderWindows,
    assumption: 'the default of 5.1 differs by build and host; taken here: the oldest, SSL 3.0 and TLS 1.0',
  },
  {
    id: 'powershell-7',
    name: 'PowerShell 7',
    versions: 'system',
    strongCrypto: true,
    windows: newerWindows,
    assumption: null,
  },
  {
    id: 'vshost-2015',
    name: 'Visual Studio 2015 hosting process',
    versions: ssl3AndTls10,
    strongCrypto: false,
    assumption: null,
  },
];
