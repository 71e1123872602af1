import { compareVersions } from '../facts/dotnet-frameworks.ts';
import { offeredVersions, supportedWindows } from '../facts/net-tls-defaults.ts';
import { type SimulatedClient, simulatedClients } from '../facts/tls-clients.ts';
import { schannelDefaults } from '../facts/tls-windows.ts';
import type { WindowsOffer } from '../verdict/process-verdict.ts';
import type { SimulatedConnection } from './connect-matrix.ts';

interface Framework {
  readonly identifier: string;
  readonly version: string;
}

/** The ids of the simulated clients that offer the same on a Windows version, those of the framework's family first. */
export function clientsLike(framework: Framework, offer: WindowsOffer): string[] {
  const system = schannelDefaults.find(({ id }) => id === offer.id);
  const isSame = ({ versions, strongCrypto, windows }: SimulatedClient) =>
    system !== undefined &&
    (windows === undefined || windows.includes(offer.id)) &&
    strongCrypto === offer.strongCrypto &&
    (versions === 'system') === offer.systemDefault &&
    offeredVersions(versions, system).join() === offer.protocols.join();
  const alike = simulatedClients.filter((client) => !otherPrograms.test(client.id) && isSame(client));
  const family = familyOf(framework);
  return alike
    .map(({ id }) => id)
    .sort((a, b) => Number(b.startsWith(family)) - Number(a.startsWith(family)) || closeness(b) - closeness(a));
}

/** Clients that are no programs of a workspace. */
const otherPrograms = /^(?:powershell-5|vshost)/;

/** A row without settings is closer than one with them. */
function closeness(id: string): number {
  return -id.length;
}

function familyOf({ identifier, version }: Framework): string {
  if (identifier === '.NETCoreApp') {
    // PowerShell 7 runs on modern .NET, and both leave the choice to Windows.
    return 'powershell-7';
  }
  if (compareVersions(version, '4.0') < 0) {
    return 'net-3.5';
  }
  if (compareVersions(version, '4.6') < 0) {
    return 'net-4.5.2';
  }
  return compareVersions(version, '4.7') < 0 ? 'net-4.6.2' : 'net-4.8';
}

export function connectsEverywhere(id: string, clients: readonly SimulatedConnection[]): boolean {
  return supportedWindows.every((windows) =>
    clients.some((client) => client.id === id && client.windows === windows && client.connects),
  );
}

/** Clients of .NET Framework by rising target, with the advice to move there. */
const remedies: readonly (readonly [client: string, advice: string])[] = [
  ['net-3.5', ''],
  ['net-4.5.2', 'Retarget it to .NET Framework 4.0 or later.'],
  ['net-4.6.2', 'Retarget it to .NET Framework 4.6.2 or later.'],
  ['net-4.8', 'Retarget it to .NET Framework 4.7 or later.'],
];

/** The lowest higher target with which the same server was seen to answer. */
export function remedyFor(framework: Framework, clients: readonly SimulatedConnection[]): string {
  const family = familyOf(framework);
  const own = remedies.findIndex(([id]) => id === family);
  const higher = own < 0 ? [] : remedies.slice(own + 1);
  const remedy = higher.find(([id]) => connectsEverywhere(id, clients));
  return remedy?.[1] ?? 'No later target connects either: the server has to change.';
}
