import { installedVersion } from '../facts/dotnet-installed.ts';
import { netSetupKey, windowsVersionKey } from '../facts/machine-keys.ts';
import type { RegistryView } from '../facts/registry-keys.ts';
import { type SchannelDefaults, schannelDefaults, type WindowsId } from '../facts/tls-windows.ts';
import { type WindowsBuild, windowsOfBuild } from '../facts/windows-builds.ts';
import type { RegistryData } from '../sources/registry-file.ts';
import type { MachineValue } from './machine-report.ts';
import { type RegistryReading, RegistrySnapshot } from './registry-snapshot.ts';

/** What a host found out about a machine. */
export interface MachineReading extends RegistryReading {
  /** What the system itself says, or a person; null where only the registry can tell. */
  readonly windows: { readonly build: number; readonly isServer: boolean } | WindowsId | null;
  /** Whether Windows has a view for 32-bit programs of its own; null where only the registry can tell. */
  readonly is64Bit: boolean | null;
}

/** A machine as all checks look at it. */
export interface Machine {
  readonly registry: RegistrySnapshot;
  readonly windows: WindowsBuild | undefined;
  /** Undefined where the version of Windows is not known. */
  readonly schannel: SchannelDefaults | undefined;
  /** Views that programs of this machine read; both where it is not known. */
  readonly views: readonly RegistryView[];
  /** Newest .NET Framework 4. */
  readonly dotNet: string | undefined;
  readonly hasClr2: boolean | undefined;
}

export function readMachine(reading: MachineReading): Machine {
  const registry = RegistrySnapshot.read(reading);
  const windows = readWindows(reading.windows, registry);
  return {
    registry,
    windows,
    schannel: schannelDefaults.find(({ id }) => id === windows?.id),
    views: reading.is64Bit === false ? ['native'] : ['native', 'wow64'],
    dotNet: readDotNet(registry),
    hasClr2: readClr2(registry),
  };
}

function readWindows(given: MachineReading['windows'], registry: RegistrySnapshot): WindowsBuild | undefined {
  if (typeof given === 'string') {
    const row = schannelDefaults.find(({ id }) => id === given);
    return row && { id: row.id, name: row.name.replace(/^Server/, 'Windows Server'), build: 0 };
  }
  if (given) {
    return windowsOfBuild(given.build, given.isServer);
  }
  const text = (name: string) => {
    const data = registry.value(windowsVersionKey, name)?.data;
    return data?.type === 'string' ? data.value : undefined;
  };
  const build = Number(text('CurrentBuildNumber') ?? text('CurrentBuild'));
  const isServer = /server/i.test(text('InstallationType') ?? text('ProductName') ?? '');
  return Number.isInteger(build) ? windowsOfBuild(build, isServer) : undefined;
}

function readDotNet(registry: RegistrySnapshot): string | undefined {
  const release = numberAt(registry, `${netSetupKey}\\v4\\Full`, 'Release');
  if (release !== undefined) {
    return installedVersion(release);
  }
  return numberAt(registry, `${netSetupKey}\\v4\\Full`, 'Install') === 1 ? '4.0' : undefined;
}

function readClr2(registry: RegistrySnapshot): boolean | undefined {
  if (!registry.isCovered(netSetupKey)) {
    return undefined;
  }
  return ['v2.0.50727', 'v3.0', 'v3.5'].some((name) => numberAt(registry, `${netSetupKey}\\${name}`, 'Install') === 1);
}

/** A number, whatever form the export gives it; undefined for other types. */
export function numberAt(registry: RegistrySnapshot, key: string, name: string): number | undefined {
  const data = registry.value(key, name)?.data;
  return data?.type === 'dword' ? data.value : undefined;
}

/** A value with its place, for the report. */
export function valueAt(registry: RegistrySnapshot, key: string, name: string): MachineValue {
  const value = registry.value(key, name);
  return value ? { key: value.key, name: value.name, data: formatData(value.data) } : { key, name, data: null };
}

/** Data as a registry file writes it, lists of texts in readable form. */
export function formatData(data: RegistryData): string {
  switch (data.type) {
    case 'dword':
      return `dword:${data.value.toString(16).padStart(8, '0')}`;
    case 'string':
      return `"${data.value}"`;
    case 'multi-string':
      return data.value.join(', ');
    case 'other':
      return `hex(${data.value})`;
    default:
      return '-';
  }
}
