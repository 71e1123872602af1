import { findSwitch } from '../facts/appcontext-switches.ts';
import { type SchannelVersion, switchNames, type TlsSwitches } from '../facts/net-tls-defaults.ts';
import { isMachineHive, readSchannelKey } from '../facts/registry-keys.ts';
import { type TlsVersion, tlsVersions } from '../facts/tls-versions.ts';
import type { TextRange } from '../model/finding.ts';
import { unusableCipherSuites } from '../workspace/judge-registry.ts';
import { type RuntimeValue, runtimeValues, valuesOfOneView } from '../workspace/registry-tls.ts';
import { lastWrites, numberOf, type RegistryWrite } from '../workspace/registry-writes.ts';
import type { MachineSettings } from './process-settings.ts';

/** What changes to the registry make of a machine, as far as it concerns TLS. */
export interface WrittenRegistry {
  readonly machine: MachineSettings;
  /** The values that count, those that harm first, then those that help, then those in one view only. */
  readonly values: readonly WrittenValue[];
  /** True where a value that helps stands in one view only, so that it does not count for all programs. */
  readonly isHalf: boolean;
}

/** One value that counts. */
export interface WrittenValue {
  readonly name: string;
  readonly range: TextRange;
  readonly isHelp: boolean;
}

/** A quick look before a text is read. */
export const machineRegistryWords = /\\\.NETFramework|SecurityProviders\\+SCHANNEL|\\SSL\\00010002|NetFramework\\v/i;

/** The effective values of a machine on which the changes were made. */
export function writtenRegistry(writes: readonly RegistryWrite[]): WrittenRegistry {
  const runtime = runtimeValues(writes);
  const half = valuesOfOneView(runtime);
  // A value that is switched off harms in one view as well; one that helps has to stand in both.
  const effective = runtime.filter((value) => !half.includes(value));
  const schannel = readSchannel(writes);
  const switches = readAppContext(writes);
  const suites = unusableCipherSuites(writes);
  const values: WrittenValue[] = [
    ...effective.map(({ name, number, write }) => ({ name, range: write.range, isHelp: number !== 0 })),
    ...schannel.map(({ version, setting, write }) => ({
      name: `the client's part of ${version}`,
      range: write.range,
      isHelp: !setting.isRefused && setting.isDisabledByDefault !== true,
    })),
    ...switches.map(({ isOff, write }) => ({ name: write.name, range: write.range, isHelp: !isOff })),
    ...suites.map(({ write }) => ({ name: 'the cipher suites', range: write.range, isHelp: false })),
    ...half.map(({ name, write }) => ({ name, range: write.range, isHelp: true })),
  ];
  return {
    machine: {
      runtime: { '2': runtimeOf(effective, '2'), '4': runtimeOf(effective, '4') },
      schannel: Object.fromEntries(schannel.map(({ version, setting }) => [version, setting])),
      switches: Object.fromEntries(switches.map(({ key, isOff }) => [key, isOff])),
      hasNoSuite: suites.length > 0,
    },
    values,
    isHalf: half.length > 0,
  };
}

function runtimeOf(values: readonly RuntimeValue[], generation: RuntimeValue['generation']) {
  const own = values.filter((value) => value.generation === generation);
  const numberFor = (name: RuntimeValue['name']) => {
    const numbers = own.filter((value) => value.name === name).map(({ number }) => number);
    return numbers.length === 0 ? {} : { [name]: numbers.includes(0) ? 0 : (numbers[0] ?? 0) };
  };
  return { ...numberFor('SchUseStrongCrypto'), ...numberFor('SystemDefaultTlsVersions') };
}

interface SchannelEntry {
  readonly version: TlsVersion;
  readonly setting: SchannelVersion;
  readonly write: RegistryWrite;
}

/**
 * The client's part of each protocol. A missing value leaves the default of Windows.
 * Source: https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings
 */
function readSchannel(writes: readonly RegistryWrite[]): SchannelEntry[] {
  return tlsVersions.flatMap((version) => {
    const last = lastWrites(writes, ({ path, name }) => {
      const key = readSchannelKey(path)?.toLowerCase();
      return key === `protocols\\${version.toLowerCase()}\\client` ? name.toLowerCase() : undefined;
    });
    const enabled = last.get('enabled');
    const byDefault = last.get('disabledbydefault');
    const write = enabled ?? byDefault;
    const number = numberOf(byDefault);
    const setting = {
      isRefused: numberOf(enabled) === 0,
      isDisabledByDefault: number === undefined ? undefined : number !== 0,
    };
    return write ? [{ version, setting, write }] : [];
  });
}

/**
 * `[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\.NETFramework\AppContext]`: switches as texts.
 * Source: https://github.com/microsoft/referencesource (mscorlib/system/AppContext/
 * AppContextDefaultValues.DesktopOverrides.cs)
 */
function readAppContext(writes: readonly RegistryWrite[]) {
  const last = lastWrites(writes, ({ path, name }) => {
    const match = /^([^\\]+)\\SOFTWARE\\Microsoft\\\.NETFramework\\AppContext$/i.exec(path.trim());
    return match && isMachineHive(match[1] ?? '') ? findSwitch(name)?.name : undefined;
  });
  return switchKeys.flatMap((key) => {
    const write = last.get(switchNames[key]);
    const text = write?.data.type === 'string' ? write.data.value.trim().toLowerCase() : '';
    return write && /^(?:true|false)$/.test(text) ? [{ key, isOff: text === 'true', write }] : [];
  });
}

const switchKeys = Object.keys(switchNames) as (keyof TlsSwitches)[];
