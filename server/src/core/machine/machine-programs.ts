import { compareVersions } from '../facts/dotnet-frameworks.ts';
import { netSetupKey } from '../facts/machine-keys.ts';
import { type RegistryView, type RuntimeGeneration, runtimeKeyPath } from '../facts/registry-keys.ts';
import type { TlsVersion } from '../facts/tls-versions.ts';
import { acceptedSuites, offeredSuites } from './check-cipher-suites.ts';
import { type Machine, numberAt } from './machine.ts';
import type { MachinePrograms } from './machine-report.ts';
import { schannelClient } from './schannel-client.ts';

/** Targets that behave alike. */
const groups: readonly { from: string; to: string; generation: RuntimeGeneration }[] = [
  { from: '2.0', to: '3.5', generation: '2' },
  { from: '4.0', to: '4.5.2', generation: '4' },
  { from: '4.6', to: '4.6.2', generation: '4' },
  { from: '4.7', to: '4.8.1', generation: '4' },
];

const obsolete: readonly TlsVersion[] = ['SSL 3.0', 'TLS 1.0'];
const upTo12: readonly TlsVersion[] = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2'];

/**
 * What programs offer with HttpWebRequest and HttpClient when neither their code nor their configuration says anything
 * about TLS.
 * Sources: https://learn.microsoft.com/dotnet/framework/network-programming/tls and
 * https://github.com/microsoft/referencesource (System/net/System/Net/ServicePointManager.cs)
 */
export function machinePrograms(machine: Machine): MachinePrograms[] {
  return groups.flatMap(({ from, to, generation }) => {
    if ((generation === '2' && machine.hasClr2 === false) || !canRun(machine, from)) {
      return [];
    }
    return machine.views.map((view): MachinePrograms => {
      const bits = view === 'wow64' || machine.views.length === 1 ? 32 : 64;
      const protocols = protocolsOf(machine, from, generation, view);
      const isCertain = generation === '4' || !isSystem(machine, generation, view, from);
      return {
        from,
        to,
        bits,
        protocols: protocols ?? null,
        // The runtime of 2.0 to 3.5 reads SystemDefaultTlsVersions only after an update, which the registry does not tell.
        connects: isCertain ? connects(machine, protocols) : null,
      };
    });
  });
}

/** A program does not start on a runtime that is older than its target. */
function canRun({ dotNet, registry }: Machine, from: string): boolean {
  return (
    compareVersions(from, '4.0') < 0 ||
    (dotNet === undefined ? !registry.isCovered(netSetupKey) : compareVersions(from, dotNet) <= 0)
  );
}

function protocolsOf(
  machine: Machine,
  from: string,
  generation: RuntimeGeneration,
  view: RegistryView,
): readonly TlsVersion[] | undefined {
  const key = runtimeKeyPath(generation, view);
  if (!machine.registry.isCovered(key)) {
    return undefined;
  }
  const { systemDefault, available } = schannelClient(machine);
  const strongCrypto = numberAt(machine.registry, key, 'SchUseStrongCrypto');
  const isNew = compareVersions(from, '4.7') >= 0;
  if (isSystem(machine, generation, view, from)) {
    const isOldRuntime = generation === '4' && machine.dotNet && compareVersions(machine.dotNet, '4.7') < 0;
    // Runtimes before 4.7 know the value only after an update.
    return isOldRuntime ? undefined : systemDefault;
  }
  const isStrong =
    generation === '4' && (strongCrypto === undefined ? compareVersions(from, '4.6') >= 0 : strongCrypto !== 0);
  const asked = isStrong || isNew ? upTo12 : obsolete;
  return available && asked.filter((version) => available.includes(version));
}

/** Whether programs leave the choice to Windows. */
function isSystem({ registry }: Machine, generation: RuntimeGeneration, view: RegistryView, from: string): boolean {
  const value = numberAt(registry, runtimeKeyPath(generation, view), 'SystemDefaultTlsVersions');
  return value === undefined ? compareVersions(from, '4.7') >= 0 : value !== 0;
}

function connects(machine: Machine, protocols: readonly TlsVersion[] | undefined): boolean | null {
  const suites = offeredSuites(machine);
  if (!protocols) {
    return null;
  }
  if (!protocols.some((version) => version === 'TLS 1.2' || version === 'TLS 1.3')) {
    return false;
  }
  return suites ? acceptedSuites(suites).length > 0 : null;
}
