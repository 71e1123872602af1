import {
  isMachineHive,
  netFrameworkValues,
  type RegistryView,
  type RuntimeGeneration,
  readRuntimeKey,
} from '../facts/registry-keys.ts';
import { type RegistryKey, type RegistryValue, readRegistryFile } from '../sources/registry-file.ts';

/** A value of .NET Framework that a registry file really writes: right hive, key, name and type. */
export interface RuntimeValue {
  readonly generation: RuntimeGeneration;
  readonly view: RegistryView;
  readonly name: (typeof netFrameworkValues)[number];
  readonly number: number;
  readonly key: RegistryKey;
  readonly value: RegistryValue;
}

/** A quick look before a registry file is read. */
export const runtimeValueWords = /\\\.?NET ?Framework/i;

/** The values that are left when the whole file has been imported: later lines win, deletions count. */
export function runtimeValues(text: string): RuntimeValue[] {
  const values = new Map<string, RuntimeValue>();
  for (const key of readRegistryFile(text).keys) {
    const place = readRuntimeKey(key.path);
    if (!place || !isMachineHive(place.hive) || place.generation === undefined) {
      continue;
    }
    const prefix = `${place.generation} ${place.view} `;
    if (key.isDeleted) {
      for (const name of netFrameworkValues) {
        values.delete(prefix + name);
      }
    }
    for (const value of key.isDeleted ? [] : key.values) {
      const name = netFrameworkValues.find((known) => known.toLowerCase() === value.name.toLowerCase());
      if (name === undefined) {
        continue;
      }
      values.delete(prefix + name);
      if (value.data.type === 'dword') {
        const { generation, view } = place;
        values.set(prefix + name, { generation, view, name, number: value.data.value, key, value });
      }
    }
  }
  return [...values.values()];
}
