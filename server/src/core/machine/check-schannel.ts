import { schannelClientKey, schannelKey } from '../facts/machine-keys.ts';
import { neededAlgorithms, readSchannelKey } from '../facts/registry-keys.ts';
import { tlsVersions } from '../facts/tls-versions.ts';
import { nearMiss } from '../text/near-miss.ts';
import { formatNames } from './format-names.ts';
import { type Machine, numberAt, valueAt } from './machine.ts';
import type { MachineCheck, MachineLevel, MachineState } from './machine-report.ts';
import { protocolSwitch, schannelClient } from './schannel-client.ts';

const createFiles =
  'Create a registry file with the option for Schannel: "Create Registry File" (dynamics-tls registry --schannel).';

/** Schannel: protocols of clients, and algorithms without which no cipher suite of Dataverse is left. */
export function checkSchannel(machine: Machine): MachineCheck[] {
  return [checkTls12(machine), checkOthers(machine), ...checkNames(machine), ...checkAlgorithms(machine)];
}

function checkTls12(machine: Machine): MachineCheck {
  const { registry, windows, schannel } = machine;
  const key = schannelClientKey('TLS 1.2');
  const { enabled, disabledByDefault } = protocolSwitch(machine, 'TLS 1.2');
  const isWrongType = ['Enabled', 'DisabledByDefault'].some(
    (name) => registry.value(key, name) !== undefined && numberAt(registry, key, name) === undefined,
  );
  const judged = ((): { state: MachineState; level: MachineLevel; text: string; next: string | null } => {
    if (enabled === false) {
      return {
        state: 'off',
        level: 'bad',
        text: 'Windows refuses TLS 1.2 to every program, also to those that ask for it by name.',
        next: createFiles,
      };
    }
    if (disabledByDefault === true) {
      return {
        state: enabled === true ? 'half' : 'off',
        level: 'bad',
        text: 'Windows offers TLS 1.2 only to programs that ask for it by name. All that leave the choice to Windows, as .NET Framework 4.7 and later does, go without.',
        next: createFiles,
      };
    }
    if (isWrongType) {
      return {
        state: 'misspelt',
        level: 'weak',
        text: 'A value has the wrong type: Schannel expects a REG_DWORD.',
        next: createFiles,
      };
    }
    if (disabledByDefault === false) {
      return { state: 'complete', level: 'good', text: 'TLS 1.2 is offered to all programs.', next: null };
    }
    if (!registry.isCovered(schannelKey) && enabled === undefined) {
      return {
        state: 'not-read',
        level: 'note',
        text: 'The file does not have the keys of Schannel.',
        next: `Export ${schannelKey} as well.`,
      };
    }
    if (!schannel) {
      return {
        state: 'default',
        level: 'note',
        text: 'Not set: the default of Windows holds. From Windows 8 and Server 2012 on that is on, before it is off.',
        next: null,
      };
    }
    return schannel.systemDefault.includes('TLS 1.2')
      ? { state: 'default', level: 'good', text: `Not set: TLS 1.2 is on by default in ${windows?.name}.`, next: null }
      : {
          state: 'default',
          level: 'bad',
          text: `Not set: ${windows?.name} knows TLS 1.2 and offers it only to programs that ask for it by name. Programs for .NET Framework 4.7 and later leave the choice to Windows and do not connect.`,
          next: createFiles,
        };
  })();
  return {
    id: 'schannel-tls-1.2',
    area: 'schannel',
    title: 'TLS 1.2 of Windows (Schannel, client)',
    ...judged,
    values: ['Enabled', 'DisabledByDefault'].map((name) => valueAt(registry, key, name)),
  };
}

/** All other protocols in one row: what is left of them matters to nobody who connects to Dataverse. */
function checkOthers(machine: Machine): MachineCheck {
  const { registry } = machine;
  const others = tlsVersions.filter((version) => version !== 'TLS 1.2');
  const values = ['SSL 2.0', ...others].flatMap((version) =>
    ['Enabled', 'DisabledByDefault']
      .map((name) => valueAt(registry, schannelClientKey(version), name))
      .filter(({ data }) => data !== null),
  );
  const { systemDefault } = schannelClient(machine);
  const offered = systemDefault && formatNames(systemDefault);
  const state = values.length > 0 ? 'complete' : registry.isCovered(schannelKey) ? 'default' : 'not-read';
  const first = { complete: 'Set', default: 'Not set', 'not-read': 'The file does not have the keys' }[state];
  return {
    id: 'schannel-other-protocols',
    area: 'schannel',
    title: 'Other protocols of Windows (Schannel, client)',
    state,
    level: state === 'not-read' ? 'note' : 'good',
    text: `${first}.${offered ? ` Programs that leave the choice to Windows offer ${offered}.` : ''} Dynamics 365 and Dataverse online accept TLS 1.2 and 1.3 only.`,
    next: null,
    values,
  };
}

/** Keys below `Protocols` whose name is nearly that of a protocol: `TLS1.2`, `TLS 1.2 `, `Clients`. */
function checkNames({ registry }: MachineOnly): MachineCheck[] {
  const known = [
    'SSL 2.0',
    'PCT 1.0',
    'Multi-Protocol Unified Hello',
    'DTLS 1.0',
    'DTLS 1.2',
    'DTLS 1.3',
    ...tlsVersions,
  ];
  const found = new Map<string, { key: string; meant: string }>();
  for (const key of registry.keys()) {
    const [, protocol, role] = /^Protocols\\([^\\]+)(?:\\([^\\]+))?$/i.exec(readSchannelKey(key) ?? '') ?? [];
    if (protocol === undefined) {
      continue;
    }
    const meant = known.some((name) => name.toLowerCase() === protocol.toLowerCase())
      ? role !== undefined && !/^(?:client|server)$/i.test(role) && nearMiss(role, ['Client', 'Server'])
      : nearMiss(protocol, ['TLS 1.2', 'TLS 1.3'], 1);
    if (meant) {
      found.set(key, { key, meant });
    }
  }
  return [...found.values()].map(({ key, meant }, i) => ({
    id: `schannel-misspelt-${i + 1}`,
    area: 'schannel',
    title: 'A key of Schannel that nobody reads',
    state: 'misspelt',
    level: 'weak',
    text: `The last part of the key is not spelt as Schannel reads it. Did you mean "${meant}"?`,
    next: createFiles,
    values: [...registry.values()].filter((value) => value.key === key).map(({ name }) => valueAt(registry, key, name)),
  }));
}

type MachineOnly = Pick<Machine, 'registry'>;

/** Of each group one algorithm has to stay. Without a value, Windows has it. */
function checkAlgorithms({ registry }: MachineOnly): MachineCheck[] {
  return neededAlgorithms.flatMap(({ keys, names }): MachineCheck[] => {
    const places = keys.map((key) => `${schannelKey}\\${key}`);
    const off = places.filter((key) => numberAt(registry, key, 'Enabled') === 0);
    if (off.length < places.length) {
      return [];
    }
    return [
      {
        id: `schannel-${names.split(' ')[0]?.toLowerCase()}`,
        area: 'schannel',
        title: `${names} of Windows (Schannel)`,
        state: 'off',
        level: 'bad',
        text: `Without ${names}, Windows has no cipher suite that Dataverse accepts: every connection fails, also with TLS 1.2.`,
        next: 'Delete the value "Enabled", or set it to ffffffff.',
        values: off.map((key) => valueAt(registry, key, 'Enabled')),
      },
    ];
  });
}
