import type { Severity } from '../model/finding.ts';

/**
 * Switches of .NET Framework that concern TLS. For all of them `true` means the old behaviour, and names are compared
 * letter by letter.
 * Sources: https://github.com/microsoft/referencesource (System/sys/AppContextDefaultValues.Defaults.cs,
 * System/sys/LocalAppContextSwitches.cs, System.ServiceModel/System/ServiceModel/AppContextDefaultValues.Default.cs)
 * and https://learn.microsoft.com/dotnet/framework/configure-apps/file-schema/runtime/appcontextswitchoverrides-element
 */
export interface TlsSwitch {
  readonly name: string;
  /** How bad `true` is; null where it does not decide which protocols are offered. */
  readonly severity: Severity | null;
  /** The highest target for which `true` is the default anyway, without `v`; null where it never is. */
  readonly defaultUpTo: string | null;
  /** What `true` does, as the end of a sentence. */
  readonly effect: string;
}

export const tlsSwitches: readonly TlsSwitch[] = [
  {
    name: 'Switch.System.Net.DontEnableSchUseStrongCrypto',
    severity: 'error',
    defaultUpTo: '4.5.2',
    effect:
      'the process offers weak cipher suites again, and only SSL 3.0 and TLS 1.0 where it does not follow Windows (targets below 4.7)',
  },
  {
    name: 'Switch.System.Net.DontEnableSystemDefaultTlsVersions',
    severity: 'warning',
    defaultUpTo: '4.6.2',
    effect: 'the process does not follow the protocols of Windows and stops at TLS 1.2',
  },
  {
    name: 'Switch.System.ServiceModel.DisableUsingServicePointManagerSecurityProtocols',
    severity: 'warning',
    defaultUpTo: '4.6.2',
    effect: 'message security of WCF offers only SSL 3.0 and TLS 1.0',
  },
  {
    name: 'Switch.System.ServiceModel.DontEnableSystemDefaultTlsVersions',
    severity: 'warning',
    defaultUpTo: '4.7',
    effect: 'transports of WCF do not follow the protocols of Windows and stop at TLS 1.2',
  },
  {
    name: 'Switch.System.Net.DontEnableTlsAlerts',
    severity: null,
    defaultUpTo: '4.6.2',
    effect: 'no alert is sent when a handshake fails',
  },
  {
    name: 'Switch.System.Net.DontEnableSchSendAuxRecord',
    severity: null,
    defaultUpTo: null,
    effect: 'records of TLS 1.0 are not split',
  },
  {
    name: 'Switch.System.Net.DontCheckCertificateEKUs',
    severity: null,
    defaultUpTo: null,
    effect: 'the usage that a certificate is made for is not checked',
  },
];

const byName: ReadonlyMap<string, TlsSwitch> = new Map(tlsSwitches.map((entry) => [entry.name, entry]));

/** The switch of exactly this name, or undefined. */
export function findSwitch(name: string): TlsSwitch | undefined {
  return byName.get(name);
}
