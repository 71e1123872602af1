import { findSwitch } from '../facts/appcontext-switches.ts';
import { compareVersions, requiredVersion } from '../facts/dotnet-frameworks.ts';
import { netFrameworkKey, netSetupKey } from '../facts/machine-keys.ts';
import {
  netFrameworkValues,
  type RegistryView,
  type RuntimeGeneration,
  runtimeKeyPath,
} from '../facts/registry-keys.ts';
import { type Machine, numberAt, valueAt } from './machine.ts';
import type { MachineCheck, MachineLevel, MachineState } from './machine-report.ts';
import { misplacedValues } from './misplaced-values.ts';

const createFiles = 'Create the values with "Create Registry File" (dynamics-tls registry).';

/** .NET Framework: what is installed, and the values of both runtimes in both views. */
export function checkDotNet(machine: Machine): MachineCheck[] {
  return [
    checkInstalled(machine),
    ...(['4', '2'] as const).flatMap((generation) =>
      generation === '2' && machine.hasClr2 === false
        ? []
        : netFrameworkValues.map((name) => checkValue(machine, generation, name)),
    ),
    ...checkMisplaced(machine),
    ...checkSwitches(machine),
  ];
}

function checkInstalled({ registry, dotNet }: Machine): MachineCheck {
  const key = `${netSetupKey}\\v4\\Full`;
  const check = {
    id: 'dotnet-installed',
    area: 'dotnet',
    title: 'Installed .NET Framework',
    values: [valueAt(registry, key, 'Release')],
  } as const;
  if (!registry.isCovered(key)) {
    return { ...check, state: 'not-read', level: 'note', text: 'The file does not say what is installed.', next: null };
  }
  if (dotNet === undefined) {
    return {
      ...check,
      state: 'default',
      level: 'note',
      text: '.NET Framework 4 is not installed. Programs for 2.0 to 3.5 do not offer TLS 1.2 by themselves.',
      next: 'Install .NET Framework 4.8.',
    };
  }
  if (compareVersions(dotNet, requiredVersion) < 0) {
    const switches = compareVersions(dotNet, '4.6') < 0 ? ' It does not know AppContext switches either.' : '';
    return {
      ...check,
      state: 'half',
      level: 'weak',
      text: `.NET Framework ${dotNet} is installed. Programs for ${requiredVersion} or later, as Dynamics 365 requires, do not start on it.${switches}`,
      next: 'Install .NET Framework 4.8.',
    };
  }
  return { ...check, state: 'complete', level: 'good', text: `.NET Framework ${dotNet} is installed.`, next: null };
}

/** What a value does, by name. */
const meanings = {
  SchUseStrongCrypto: {
    '4': {
      set: 'Programs for 4.0 to 4.5.2 offer TLS 1.0 to 1.2, too.',
      off: 'Programs for 4.6 to 4.6.2 fall back to SSL 3.0 and TLS 1.0, and older ones stay there.',
      unset: 'Programs for 4.5.2 and older offer only SSL 3.0 and TLS 1.0; those for 4.6 and later are not affected.',
      offLevel: 'bad',
    },
    '2': {
      set: 'Programs for 2.0 to 3.5 use strong cryptography where their code asks for a version of TLS itself.',
      off: 'It changes nothing for programs that do not set a version of TLS themselves.',
      unset: 'Programs for 2.0 to 3.5 offer only SSL 3.0 and TLS 1.0, unless their code asks for more.',
      offLevel: 'note',
    },
  },
  SystemDefaultTlsVersions: {
    '4': {
      set: 'All programs follow the protocols of Windows.',
      off: 'Programs for 4.7 and later do not follow the protocols of Windows and stop at TLS 1.2.',
      unset: 'Programs for 4.7 and later follow the protocols of Windows; older ones do not.',
      offLevel: 'weak',
    },
    '2': {
      set: 'Programs for 2.0 to 3.5 follow the protocols of Windows, if the update that makes them read this value is installed.',
      off: 'Programs for 2.0 to 3.5 offer only SSL 3.0 and TLS 1.0, as without the value.',
      unset: 'Programs for 2.0 to 3.5 do not follow the protocols of Windows.',
      offLevel: 'note',
    },
  },
} as const satisfies Record<
  string,
  Record<RuntimeGeneration, { set: string; off: string; unset: string; offLevel: MachineLevel }>
>;

const viewNames: Readonly<Record<RegistryView, string>> = { native: '64-bit', wow64: '32-bit' };

function checkValue(
  { registry, views }: Machine,
  generation: RuntimeGeneration,
  name: (typeof netFrameworkValues)[number],
): MachineCheck {
  const meaning = meanings[name][generation];
  const places = views.map((view) => {
    const key = runtimeKeyPath(generation, view);
    const data = registry.value(key, name)?.data;
    return { view, key, data, number: numberAt(registry, key, name), isRead: registry.isCovered(key) };
  });
  const off = places.filter(({ number }) => number === 0);
  const on = places.filter(({ number }) => number !== undefined && number !== 0);
  const wrongType = places.filter(({ data, number }) => data !== undefined && number === undefined);
  const unread = places.filter(({ isRead }) => !isRead);
  const judged = ((): { state: MachineState; level: MachineLevel; text: string; next: string | null } => {
    if (off.length > 0) {
      return {
        state: 'off',
        level: meaning.offLevel,
        text: `Switched off${forViews(off, places)}. ${meaning.off}`,
        next: createFiles,
      };
    }
    if (wrongType.length > 0) {
      return {
        state: 'misspelt',
        level: 'weak',
        text: `The value has the wrong type${forViews(wrongType, places)} and is ignored: it has to be a REG_DWORD.`,
        next: createFiles,
      };
    }
    if (on.length === places.length) {
      return { state: 'complete', level: 'good', text: meaning.set, next: null };
    }
    if (unread.length > 0) {
      return {
        state: 'not-read',
        level: 'note',
        text: `The file does not have the key${forViews(unread, places)}.${on.length > 0 ? ` It is set${forViews(on, places)}.` : ''}`,
        next: `Export ${unread.map(({ key }) => key).join(' and ')} as well.`,
      };
    }
    return on.length > 0
      ? {
          state: 'half',
          level: 'weak',
          text: `Set${forViews(on, places)} only. ${meaning.set} All others stay as they were.`,
          next: createFiles,
        }
      : { state: 'default', level: 'note', text: `Not set. ${meaning.unset}`, next: null };
  })();
  return {
    id: `dotnet-${generation}-${name === 'SchUseStrongCrypto' ? 'strong-crypto' : 'system-default'}`,
    area: 'dotnet',
    title: `${name} of .NET Framework ${generation === '4' ? '4' : '2.0 to 3.5'}`,
    ...judged,
    values: places.map(({ key }) => valueAt(registry, key, name)),
  };
}

function forViews(some: readonly { view: RegistryView }[], all: readonly unknown[]): string {
  return some.length === all.length ? '' : ` for ${some.map(({ view }) => viewNames[view]).join(' and ')} programs`;
}

/** Values under other names, in other keys, in another hive: somebody meant to help, and nobody reads it. */
function checkMisplaced({ registry }: Machine): MachineCheck[] {
  return misplacedValues(registry).map(({ value, reason }, i) => ({
    id: `dotnet-misplaced-${i + 1}`,
    area: 'dotnet',
    title: `${value.name} where the runtime does not read it`,
    state: 'misspelt',
    level: 'weak',
    text: reason,
    next: createFiles,
    values: [valueAt(registry, value.key, value.name)],
  }));
}

/** Switches that an administrator set for all programs: texts below the key AppContext. */
function checkSwitches({ registry, views }: Machine): MachineCheck[] {
  return views.flatMap((view) => {
    const key = `${netFrameworkKey(view)}\\AppContext`;
    return [...registry.values()]
      .filter((value) => value.key.toLowerCase() === key.toLowerCase())
      .flatMap(({ name, data }): MachineCheck[] => {
        const known = findSwitch(name);
        const isOn = data.type === 'string' && /^true$/i.test(data.value.trim());
        if (!known || known.severity === null || !isOn) {
          return [];
        }
        return [
          {
            id: `appcontext-${view}-${name.split('.').at(-1)?.toLowerCase() ?? ''}`,
            area: 'dotnet',
            title: `AppContext switch ${name}`,
            state: 'off',
            level: known.severity === 'error' ? 'bad' : 'weak',
            text: `The switch is set for all programs of the machine that do not set it themselves: ${known.effect}.`,
            next: 'Delete the value, or set it to "false".',
            values: [valueAt(registry, key, name)],
          },
        ];
      });
  });
}
