import {
  type DefaultsInput,
  isAccepted,
  obsoleteProtocols,
  offeredVersions,
  type ProtocolChoice,
  type RuntimeRegistry,
  type SchannelVersion,
  type TlsSwitches,
  tlsDefaults,
  wcfTransportDefault,
} from '../facts/net-tls-defaults.ts';
import type { RuntimeGeneration } from '../facts/registry-keys.ts';
import { type TlsVersion, tlsVersions } from '../facts/tls-versions.ts';
import type { SchannelDefaults } from '../facts/tls-windows.ts';
import type { TlsApi } from './process-verdict.ts';

/** What of a process decides about TLS: its target, its configuration, its code. */
export interface ProcessSettings {
  /** `modern` for .NET, which has none of the switches and follows Windows. */
  readonly runtime: DefaultsInput['clr'] | 'modern';
  readonly switches: TlsSwitches;
  /** The switches that configuration or code sets: they outweigh the registry. */
  readonly setSwitches: readonly (keyof TlsSwitches)[];
  /** Whether `encryptionPolicy` allows connections without encryption, which takes the strong suites' flag away. */
  readonly allowsNoEncryption: boolean;
  /** What the code does to ServicePointManager.SecurityProtocol, in its order. */
  readonly changes: readonly ProtocolChange[];
  /** What code names for SslStream, and configuration or code for the transports of WCF; null for the default. */
  readonly sslStream: ProtocolChoice | null;
  readonly wcfTransport: ProtocolChoice | null;
}

/** One change of the allowed protocols. */
export interface ProtocolChange {
  readonly effect: 'replaces' | 'adds' | 'removes' | 'toggles';
  readonly protocols: ProtocolChoice;
}

/** What a machine's registry says; empty for Windows as it comes. */
export interface MachineSettings {
  readonly runtime: Partial<Readonly<Record<RuntimeGeneration, RuntimeRegistry>>>;
  readonly schannel: Partial<Readonly<Record<TlsVersion, SchannelVersion>>>;
  /** The switches below `.NETFramework\AppContext`, which the configuration of a process overrides. */
  readonly switches: Partial<TlsSwitches>;
  /** True where a policy leaves no cipher suite that the service accepts. */
  readonly hasNoSuite: boolean;
}

export const plainMachine: MachineSettings = { runtime: {}, schannel: {}, switches: {}, hasNoSuite: false };

/** What one API asks Windows for. */
export interface ApiChoice {
  readonly protocols: ProtocolChoice;
  readonly strongCrypto: boolean;
}

/** What an API of a process asks Windows for, before Windows decides. */
export function apiChoice(settings: ProcessSettings, machine: MachineSettings, api: TlsApi): ApiChoice {
  if (settings.runtime === 'modern') {
    return { protocols: (api === 'sslstream' ? settings.sslStream : null) ?? 'system', strongCrypto: true };
  }
  const clr = settings.runtime;
  const defaults = tlsDefaults({
    clr,
    switches: settings.switches,
    registry: machine.runtime[clr === 2 ? '2' : '4'] ?? {},
  });
  const strongCrypto = defaults.strongCrypto && !settings.allowsNoEncryption;
  switch (api) {
    case 'sslstream':
      return { protocols: settings.sslStream ?? defaults.protocols, strongCrypto };
    case 'wcf-tcp':
      return { protocols: settings.wcfTransport ?? wcfTransportDefault(clr, settings.switches), strongCrypto };
    case 'wcf-message':
      return settings.switches.wcfMessageOwn || clr === 2
        ? { protocols: obsoleteProtocols, strongCrypto }
        : { protocols: applyChanges(defaults.protocols, settings.changes), strongCrypto };
    default:
      return { protocols: applyChanges(defaults.protocols, settings.changes), strongCrypto };
  }
}

/**
 * The value after the code's changes. The system's default is 0: what is added to it stands alone, and nothing can be
 * removed from it.
 * Source: https://github.com/microsoft/referencesource (System/net/System/Net/ServicePointManager.cs)
 */
export function applyChanges(start: ProtocolChoice, changes: readonly ProtocolChange[]): ProtocolChoice {
  let value = start;
  for (const { effect, protocols } of changes) {
    if (effect === 'replaces') {
      value = protocols;
      continue;
    }
    const present = value === 'system' ? [] : value;
    const named = protocols === 'system' ? [] : protocols;
    const isIn = (version: TlsVersion) => {
      const was = present.includes(version);
      const is = named.includes(version);
      return effect === 'adds' ? was || is : effect === 'removes' ? was && !is : was !== is;
    };
    const next = tlsVersions.filter(isIn);
    value = next.length === 0 ? 'system' : next;
  }
  return value;
}

/** What really is offered on a Windows version. */
export function offerOf(
  settings: ProcessSettings,
  machine: MachineSettings,
  api: TlsApi,
  windows: SchannelDefaults,
): TlsVersion[] {
  return offeredVersions(apiChoice(settings, machine, api).protocols, windows, machine.schannel);
}

/** Whether the service would answer. */
export function connects(
  settings: ProcessSettings,
  machine: MachineSettings,
  api: TlsApi,
  windows: SchannelDefaults,
): boolean {
  return !machine.hasNoSuite && isAccepted(offerOf(settings, machine, api, windows));
}
