import { tlsSwitches } from './appcontext-switches.ts';
import { compareVersions, frameworkReleases } from './dotnet-frameworks.ts';
import type { TlsVersion } from './tls-versions.ts';
import type { SchannelDefaults, WindowsId } from './tls-windows.ts';

/** The versions that a client asks for by name, or `system` where it leaves the choice to Windows. */
export type ProtocolChoice = readonly TlsVersion[] | 'system';

/** The values of the switches about TLS that hold in a process; `true` is the old behaviour. */
export interface TlsSwitches {
  readonly strongCryptoOff: boolean;
  readonly systemDefaultOff: boolean;
  readonly wcfMessageOwn: boolean;
  readonly wcfSystemDefaultOff: boolean;
}

export const switchNames: Readonly<Record<keyof TlsSwitches, string>> = {
  strongCryptoOff: 'Switch.System.Net.DontEnableSchUseStrongCrypto',
  systemDefaultOff: 'Switch.System.Net.DontEnableSystemDefaultTlsVersions',
  wcfMessageOwn: 'Switch.System.ServiceModel.DisableUsingServicePointManagerSecurityProtocols',
  wcfSystemDefaultOff: 'Switch.System.ServiceModel.DontEnableSystemDefaultTlsVersions',
};

/**
 * The switches that a process has by its target alone: that of the nearest release at or below it.
 * Sources: https://github.com/microsoft/referencesource (System/sys/AppContextDefaultValues.Defaults.cs,
 * System.ServiceModel/System/ServiceModel/AppContextDefaultValues.Default.cs)
 */
export function defaultSwitches(version: string): TlsSwitches {
  const release = frameworkReleases.findLast((candidate) => compareVersions(candidate.version, version) <= 0);
  const isOld = (key: keyof TlsSwitches) => {
    const upTo = tlsSwitches.find(({ name }) => name === switchNames[key])?.defaultUpTo ?? '0';
    return compareVersions(release?.version ?? '0', upTo) <= 0;
  };
  return {
    strongCryptoOff: isOld('strongCryptoOff'),
    systemDefaultOff: isOld('systemDefaultOff'),
    wcfMessageOwn: isOld('wcfMessageOwn'),
    wcfSystemDefaultOff: isOld('wcfSystemDefaultOff'),
  };
}

/** The values of .NET Framework in the registry; undefined where they are not set, as Windows comes. */
export interface RuntimeRegistry {
  readonly SchUseStrongCrypto?: number;
  readonly SystemDefaultTlsVersions?: number;
}

/** What decides the defaults of a process. */
export interface DefaultsInput {
  /** The runtime: 2 for the targets 1.0 to 3.5. */
  readonly clr: 2 | 4;
  readonly switches: TlsSwitches;
  /** Of the key of the process's runtime. */
  readonly registry: RuntimeRegistry;
}

export interface TlsDefaults {
  /** ServicePointManager.SecurityProtocol before anybody sets it; the default of SslStream is the same. */
  readonly protocols: ProtocolChoice;
  /** Whether weak suites are left out (SCH_USE_STRONG_CRYPTO). */
  readonly strongCrypto: boolean;
}

export const obsoleteProtocols: readonly TlsVersion[] = ['SSL 3.0', 'TLS 1.0'];
export const protocolsUpTo12: readonly TlsVersion[] = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2'];

/**
 * What ServicePointManager and SslStream start with.
 *
 * Whether the process follows Windows is looked at first. Strong crypto chooses the list of a process that does not;
 * one that does (a target of 4.7 or later, unless that is switched off as well) only loses the flag, whether a switch or
 * the registry turned it off. So does LoadSecureProtocolConfiguration in the System.dll of .NET Framework 4.8.
 * Sources: https://github.com/microsoft/referencesource (System/net/System/Net/ServicePointManager.cs) and
 * https://learn.microsoft.com/dotnet/framework/network-programming/tls
 */
export function tlsDefaults({ clr, switches, registry }: DefaultsInput): TlsDefaults {
  const systemDefault = registry.SystemDefaultTlsVersions;
  if (clr === 2) {
    // SchUseStrongCrypto helps 2.0 to 3.5 only where the code names TLS 1.2 itself.
    return { protocols: systemDefault === 1 ? 'system' : obsoleteProtocols, strongCrypto: false };
  }
  const strongCrypto = switches.strongCryptoOff ? registry.SchUseStrongCrypto === 1 : registry.SchUseStrongCrypto !== 0;
  const followsWindows = switches.systemDefaultOff ? systemDefault === 1 : systemDefault !== 0;
  if (followsWindows) {
    return { protocols: 'system', strongCrypto };
  }
  return { protocols: strongCrypto ? protocolsUpTo12 : obsoleteProtocols, strongCrypto };
}

/**
 * What the transports of WCF with a list of their own (netTcp, sslStreamSecurity) start with. On a runtime of 4.6 or
 * later every target of 4.0 and later gets TLS 1.0 to 1.2; the list of 3.5 is fixed.
 * Sources: https://github.com/microsoft/referencesource
 * (System.ServiceModel/System/ServiceModel/Channels/TransportDefaults.cs) and
 * https://learn.microsoft.com/dotnet/framework/network-programming/tls
 */
export function wcfTransportDefault(clr: 2 | 4, switches: TlsSwitches): ProtocolChoice {
  if (clr === 2) {
    return obsoleteProtocols;
  }
  return switches.wcfSystemDefaultOff ? protocolsUpTo12 : 'system';
}

/** What a machine's registry says to Schannel about one version, where it says anything. */
export interface SchannelVersion {
  /** Refused to everybody. */
  readonly isRefused: boolean;
  /** Not offered unless a program names it; undefined where Windows decides. */
  readonly isDisabledByDefault: boolean | undefined;
}

/** What Windows makes of a choice: the versions that really are offered, oldest first. */
export function offeredVersions(
  choice: ProtocolChoice,
  windows: Pick<SchannelDefaults, 'available' | 'systemDefault'>,
  schannel: Partial<Readonly<Record<TlsVersion, SchannelVersion>>> = {},
): TlsVersion[] {
  return windows.available.filter((version) => {
    const own = schannel[version];
    if (own?.isRefused) {
      return false;
    }
    return choice === 'system'
      ? own?.isDisabledByDefault === undefined
        ? windows.systemDefault.includes(version)
        : !own.isDisabledByDefault
      : choice.includes(version);
  });
}

/** Dynamics 365 and Dataverse online accept these and nothing older. */
export function isAccepted(versions: readonly TlsVersion[]): boolean {
  return versions.includes('TLS 1.2') || versions.includes('TLS 1.3');
}

/**
 * Windows versions in support, with their names: a process has to connect on each of them.
 * Source: https://learn.microsoft.com/lifecycle/products/
 */
export const supportedWindows: readonly WindowsId[] = [
  '10',
  '11',
  'server-2016',
  'server-2019',
  'server-2022',
  'server-2025',
];
