import {
  isMachineHive,
  netFrameworkValues,
  type RegistryView,
  type RuntimeGeneration,
  type RuntimeKey,
  readRuntimeKey,
} from '../facts/registry-keys.ts';
import { lastWrites, numberOf, type RegistryWrite } from './registry-writes.ts';

/** A value of .NET Framework that is really written: right hive, key, name and type. */
export interface RuntimeValue {
  readonly generation: RuntimeGeneration;
  readonly view: RegistryView;
  readonly name: (typeof netFrameworkValues)[number];
  readonly number: number;
  readonly write: RegistryWrite;
}

/** A quick look before a text is read. */
export const runtimeValueWords = /\\\.?NET ?Framework/i;

/** The values that are left when everything has been written: later writes win, deletions count. */
export function runtimeValues(writes: readonly RegistryWrite[]): RuntimeValue[] {
  const last = lastWrites(writes, (write) => {
    const place = placeOf(write);
    const name = place && knownName(write.name);
    return name && `${place.generation} ${place.view} ${name}`;
  });
  return [...last.values()].flatMap((write) => {
    const place = placeOf(write);
    const name = knownName(write.name);
    const number = numberOf(write);
    return place && name && number !== undefined ? [{ ...place, name, number, write }] : [];
  });
}

/** The other view of the same value, where it stays as it was: half a fix, or half a mistake. */
export function valuesOfOneView(values: readonly RuntimeValue[]): RuntimeValue[] {
  return values.filter(
    (value) =>
      value.number !== 0 &&
      !values.some(
        (other) => other.name === value.name && other.generation === value.generation && other.view !== value.view,
      ),
  );
}

/** The key of .NET Framework that a write goes to; a switch of the command wins over the path. */
export function runtimeKeyOf({ path, view }: RegistryWrite): RuntimeKey | undefined {
  const key = readRuntimeKey(path);
  return key && view ? { ...key, view } : key;
}

function placeOf(write: RegistryWrite): { generation: RuntimeGeneration; view: RegistryView } | undefined {
  const key = runtimeKeyOf(write);
  return key?.generation !== undefined && isMachineHive(key.hive)
    ? { generation: key.generation, view: key.view }
    : undefined;
}

function knownName(name: string): (typeof netFrameworkValues)[number] | undefined {
  return netFrameworkValues.find((known) => known.toLowerCase() === name.toLowerCase());
}
