import { findSwitch } from '../facts/appcontext-switches.ts';
import {
  isCipherSuiteKey,
  isMachineHive,
  neededAlgorithms,
  netFrameworkValues,
  readSchannelKey,
  readWinHttpKey,
  runtimeKeys,
  winHttpProtocols,
} from '../facts/registry-keys.ts';
import { cipherSuites } from '../facts/tls-cipher-suites.ts';
import type { Severity, TextRange } from '../model/finding.ts';
import type { RegistryData } from '../sources/registry-file.ts';
import { nearMiss } from '../text/near-miss.ts';
import { runtimeKeyOf, runtimeValues, runtimeValueWords, valuesOfOneView } from './registry-tls.ts';
import { lastWrites, numberOf, type RegistryWrite } from './registry-writes.ts';

/** What is wrong with one of several changes to the registry. The message is a key of its group in {@link registryMessages}. */
export interface RegistryProblem {
  readonly severity: Severity;
  readonly message: string;
  readonly values: Readonly<Record<string, string>>;
  readonly write: RegistryWrite;
  /** The part of the write that has to be another one. */
  readonly range: TextRange;
  /** What the part should be where that is certain: a number for data, a text for names and keys. */
  readonly goal: number | string | undefined;
}

/** The wordings of the rules about the registry, by the judgements below. */
export const registryMessages = {
  disabled: {
    SchUseStrongCrypto:
      'SchUseStrongCrypto is switched off for all programs of this machine: those for 4.6 to 4.6.2 fall back to SSL 3.0 and TLS 1.0, older ones stay there.',
    SystemDefaultTlsVersions:
      'SystemDefaultTlsVersions is switched off for all programs of this machine: they do not follow the protocols of Windows.',
  },
  switches: {
    switch: 'With {name} set to true for all programs of this machine, {effect}.',
  },
  incomplete: {
    native:
      '{name} is set in the native view only. On 64-bit Windows, 32-bit programs read the key below Wow6432Node and stay as they were.',
    wow64:
      '{name} is set below Wow6432Node only, which 32-bit programs read. 64-bit programs read the key without it and stay as they were.',
  },
  ineffective: {
    type: '{name} has to be a dword: a value of another type is ignored.',
    hive: 'The runtime reads {name} from HKEY_LOCAL_MACHINE only, so it has no effect in {hive}.',
    version: 'The runtime reads {name} from the keys v4.0.30319 and v2.0.50727 only, so it has no effect in "{key}".',
    key: 'The key is spelt in another way than the one that the runtime reads (Microsoft\\.NETFramework), so {name} has no effect.',
    misspelt: 'No setting of the runtime has the name "{name}". It looks like {meant}.',
    'switch-type': '{name} has to be a text, true or false: a value of another type is ignored.',
    protocol: 'Schannel reads no protocol with the name "{key}", so {name} has no effect. It looks like TLS 1.2.',
    'schannel-type': '{name} has to be a dword: Schannel ignores a value of another type.',
    'schannel-name': 'Schannel reads no value with the name "{name}". It looks like {meant}.',
  },
  clientProtocol: {
    enabled: 'Windows refuses TLS 1.2 to every program of this machine, also to those that ask for it by name.',
    default:
      'Windows offers TLS 1.2 only to programs that ask for it by name. All that leave the choice to Windows do without.',
    half: 'TLS 1.2 is enabled and disabled by default at once: Windows offers it only to programs that ask for it by name.',
  },
  cipherSuites: {
    suites:
      'None of these {count} cipher suites is accepted by Dataverse, which wants ECDHE with AES and SHA-2 (such as TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384): every connection fails, also with TLS 1.2.',
    algorithm:
      'Without {names}, Windows has no cipher suite that Dataverse accepts: every connection fails, also with TLS 1.2.',
  },
  winHttp: {
    native:
      '{name} is set in the native view only. On 64-bit Windows, 32-bit programs read the key below Wow6432Node and stay as they were.',
    wow64:
      '{name} is set below Wow6432Node only, which 32-bit programs read. 64-bit programs read the key without it and stay as they were.',
    type: '{name} has to be a dword.',
    'winhttp-obsolete':
      'Programs that use WinHTTP and do not choose themselves offer only {protocols} with this value, and Dynamics 365 and Dataverse online refuse all of them. It does not concern HttpWebRequest and HttpClient of .NET Framework.',
    'winhttp-also-obsolete':
      'With this value, programs that use WinHTTP offer {protocols} besides what Dynamics 365 and Dataverse online accept.',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** .NET Framework's own values that are switched off. */
export function disabledRuntimeValues(writes: readonly RegistryWrite[]): RegistryProblem[] {
  return runtimeValues(writes)
    .filter(({ number }) => number === 0)
    .map(({ name, write }) => problem('error', name, write, write.dataRange, {}, 1));
}

/**
 * AppContext switches that are set for all programs of the machine.
 * Source: https://github.com/microsoft/referencesource (mscorlib/system/AppContext/AppContextDefaultValues.DesktopOverrides.cs)
 */
export function disabledSwitches(writes: readonly RegistryWrite[]): RegistryProblem[] {
  const last = lastWrites(writes, (write) => (isAppContextKey(write) ? `${write.path} ${write.name}` : undefined));
  return [...last.values()].flatMap((write) => {
    const known = findSwitch(write.name);
    return known?.severity && write.data.type === 'string' && /^true$/i.test(write.data.value.trim())
      ? [
          problem(
            known.severity,
            'switch',
            write,
            write.dataRange,
            { name: known.name, effect: known.effect },
            '"false"',
          ),
        ]
      : [];
  });
}

function isAppContextKey(write: RegistryWrite): boolean {
  const key = runtimeKeyOf(write);
  return key !== undefined && isMachineHive(key.hive) && key.version.toLowerCase() === 'appcontext';
}

/** .NET Framework's own values that help only 32-bit or only 64-bit programs. */
export function incompleteRuntimeValues(writes: readonly RegistryWrite[]): RegistryProblem[] {
  return valuesOfOneView(runtimeValues(writes)).map(({ name, view, write }) =>
    problem('warning', view, write, write.nameRange, { name }, undefined),
  );
}

/** Values that mean to help and go to a place that .NET Framework does not read. */
export function ineffectiveRuntimeValues(writes: readonly RegistryWrite[]): RegistryProblem[] {
  const found = new Map<string, RegistryProblem>();
  for (const write of writes) {
    const wrong = write.change === 'set' ? judgeRuntimeWrite(write) : undefined;
    if (wrong) {
      // A wrong key is told once for all its values.
      const key = `${wrong.range.start} ${wrong.range.end}`;
      found.set(key, found.get(key) ?? wrong);
    }
  }
  return [...found.values()];
}

function judgeRuntimeWrite(write: RegistryWrite): RegistryProblem | undefined {
  const { path, name, nameRange, dataRange, data } = write;
  if (isAppContextKey(write)) {
    const isMeant = findSwitch(name) !== undefined && data.type === 'dword' && data.value === 0;
    return isMeant ? problem('warning', 'switch-type', write, dataRange, { name }, '"false"') : undefined;
  }
  const isExact = netFrameworkValues.some((known) => known.toLowerCase() === name.toLowerCase());
  const meant = isExact ? name : nearMiss(name, netFrameworkValues);
  if (meant === undefined || !runtimeValueWords.test(path) || !isMeantToHelp(data)) {
    return undefined;
  }
  const place = runtimeKeyOf(write);
  if (!place || !isMachineHive(place.hive) || place.generation === undefined) {
    return wrongKey(write, meant);
  }
  if (!isExact) {
    return problem('warning', 'misspelt', write, nameRange, { name, meant }, meant);
  }
  return data.type === 'dword' ? undefined : problem('warning', 'type', write, dataRange, { name }, 1);
}

/** What is deleted, or switched off, does no harm where nobody reads it. */
function isMeantToHelp(data: RegistryData): boolean {
  return data.type === 'dword'
    ? data.value !== 0
    : data.type === 'string'
      ? data.value.trim() === '1'
      : data.type === 'other';
}

function wrongKey(write: RegistryWrite, name: string): RegistryProblem | undefined {
  const place = runtimeKeyOf(write);
  const { start } = write.pathRange;
  const end = start + write.path.length;
  if (!place) {
    const written = /Microsoft\\(\.?NET ?Framework(?:64)?)(?=\\v[24])/i.exec(write.path);
    const from = start + (written?.index ?? 0) + 'Microsoft\\'.length;
    const range = { start: from, end: from + (written?.[1]?.length ?? 0) };
    const isOtherSpelling = written !== null && !/^\.NETFramework$/i.test(written[1] ?? '');
    return isOtherSpelling ? problem('warning', 'key', write, range, { name }, '.NETFramework') : undefined;
  }
  if (!isMachineHive(place.hive)) {
    const isCurrentUser = /^(?:HKEY_CURRENT_USER|HKCU)$/i.test(place.hive);
    const range = { start, end: start + place.hive.length };
    const goal = isCurrentUser ? 'HKEY_LOCAL_MACHINE' : undefined;
    return problem('warning', 'hive', write, range, { name, hive: place.hive }, goal);
  }
  const trimmed = end - (write.path.length - write.path.trimEnd().length);
  const generation = /^v?([24])/i.exec(place.version)?.[1] as keyof typeof runtimeKeys | undefined;
  const range = place.version === '' ? write.pathRange : { start: trimmed - place.version.length, end: trimmed };
  return problem(
    'warning',
    'version',
    write,
    range,
    { name, key: place.version },
    generation && runtimeKeys[generation],
  );
}

/**
 * Values that mean to switch TLS 1.2 on and that Schannel does not read.
 * Source: https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings
 */
export function ineffectiveSchannelValues(writes: readonly RegistryWrite[]): RegistryProblem[] {
  const found = new Map<number, RegistryProblem>();
  for (const write of writes) {
    const wrong = write.change === 'set' ? judgeSchannelWrite(write) : undefined;
    if (wrong) {
      found.set(wrong.range.start, found.get(wrong.range.start) ?? wrong);
    }
  }
  return [...found.values()];
}

const schannelNames = ['Enabled', 'DisabledByDefault'] as const;

function judgeSchannelWrite(write: RegistryWrite): RegistryProblem | undefined {
  const place = /^Protocols\\([^\\]+)\\Client$/i.exec(readSchannelKey(write.path) ?? '');
  const protocol = place?.[1] ?? '';
  const { name, nameRange, dataRange, data } = write;
  const isExact = schannelNames.some((known) => known.toLowerCase() === name.toLowerCase());
  const meant = isExact ? name : nearMiss(name, schannelNames);
  if (meant === undefined || !/^TLS[\s._v-]*1[._-]?2$/i.test(protocol)) {
    return undefined;
  }
  if (!/^TLS 1\.2$/i.test(protocol)) {
    const start = write.pathRange.start + write.path.lastIndexOf(`\\${protocol}\\`) + 1;
    const range = { start, end: start + protocol.length };
    return problem('warning', 'protocol', write, range, { name, key: protocol }, 'TLS 1.2');
  }
  if (!isExact) {
    return problem('warning', 'schannel-name', write, nameRange, { name, meant }, meant);
  }
  return data.type === 'string' && /^\s*[01]\s*$/.test(data.value)
    ? problem('warning', 'schannel-type', write, dataRange, { name }, Number(data.value.trim()))
    : undefined;
}

/**
 * TLS 1.2 switched off for clients, in whole or by default. Every value that has to change is in the list; only the
 * first is worth a finding.
 * Source: https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings
 */
export function disabledClientProtocol(writes: readonly RegistryWrite[]): RegistryProblem[] {
  const last = lastWrites(writes, ({ path, name }) => {
    const isClient = /^Protocols\\TLS 1\.2\\Client$/i.test(readSchannelKey(path) ?? '');
    return isClient && /^(?:enabled|disabledbydefault)$/i.test(name) ? name.toLowerCase() : undefined;
  });
  const enabled = last.get('enabled');
  const disabledByDefault = last.get('disabledbydefault');
  const found: RegistryProblem[] = [];
  if (enabled && numberOf(enabled) === 0) {
    found.push(problem('error', 'enabled', enabled, enabled.dataRange, {}, 1));
  }
  if (disabledByDefault && (numberOf(disabledByDefault) ?? 0) !== 0) {
    const isHalf = enabled !== undefined && numberOf(enabled) !== 0;
    const severity = enabled ? 'warning' : 'error';
    found.push(problem(severity, isHalf ? 'half' : 'default', disabledByDefault, disabledByDefault.dataRange, {}, 0));
  }
  return found;
}

/** Orders of cipher suites, and algorithms switched off, that leave nothing that Dataverse accepts. */
export function unusableCipherSuites(writes: readonly RegistryWrite[]): RegistryProblem[] {
  const orders = lastWrites(writes, ({ path, name }) =>
    isCipherSuiteKey(path) && /^functions$/i.test(name) ? path.trim().toLowerCase() : undefined,
  );
  const found: RegistryProblem[] = [];
  for (const write of orders.values()) {
    const suites = suitesOf(write.data);
    if (suites.length > 0 && !suites.some(isAccepted)) {
      found.push(problem('error', 'suites', write, write.dataRange, { count: String(suites.length) }, undefined));
    }
  }
  const switches = lastWrites(writes, ({ path, name }) =>
    /^enabled$/i.test(name) ? readSchannelKey(path)?.toLowerCase() : undefined,
  );
  for (const { keys, names } of neededAlgorithms) {
    const off = keys.map((key) => switches.get(key)).filter((write) => write && numberOf(write) === 0);
    const first = off[0];
    if (first && off.length === keys.length) {
      found.push(problem('error', 'algorithm', first, first.dataRange, { names }, 0xffffffff));
    }
  }
  return found;
}

/** A list of texts, or one text with commas. */
function suitesOf(data: RegistryData): string[] {
  const texts = data.type === 'multi-string' ? data.value : data.type === 'string' ? data.value.split(',') : [];
  return texts.map((text) => text.trim()).filter(Boolean);
}

const accepted: ReadonlySet<string> = new Set(
  cipherSuites.filter(({ dataverse }) => dataverse).map(({ name }) => name),
);

/** Up to Windows 8.1, names end with the curve: TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256. */
function isAccepted(suite: string): boolean {
  return accepted.has(suite.toUpperCase().replace(/_P\d{3}$/, ''));
}

/** Protocols of WinHTTP: none that the service accepts, obsolete ones besides, one view only, a wrong type. */
export function winHttpProblems(writes: readonly RegistryWrite[]): RegistryProblem[] {
  const viewOf = (write: RegistryWrite) => {
    const view = readWinHttpKey(write.path);
    return view && (write.view ?? view);
  };
  const last = lastWrites(writes, (write) =>
    /^DefaultSecureProtocols$/i.test(write.name) ? viewOf(write) : undefined,
  );
  const found: RegistryProblem[] = [];
  for (const [view, write] of last) {
    const mask = numberOf(write);
    const values = { name: write.name };
    if (mask === undefined) {
      if (write.data.type !== 'malformed') {
        found.push(problem('warning', 'type', write, write.dataRange, values, 0x800));
      }
    } else if (mask !== 0) {
      found.push(...judgeMask(write, mask));
      if (last.size === 1 && (mask & currentBits) !== 0) {
        found.push(problem('warning', view, write, write.nameRange, values, undefined));
      }
    }
  }
  return found;
}

const currentBits = winHttpProtocols.reduce((bits, [bit, , isCurrent]) => (isCurrent ? bits | bit : bits), 0);

/** TLS 1.1 beside TLS 1.2 is what Microsoft's own pages recommend. */
function judgeMask(write: RegistryWrite, mask: number): RegistryProblem[] {
  const obsolete = winHttpProtocols.filter(([bit, , isCurrent]) => !isCurrent && (mask & bit) !== 0);
  const isUsable = (mask & currentBits) !== 0;
  const protocols = obsolete.map(([, name]) => name).join(', ');
  if (!isUsable && obsolete.length > 0) {
    return [problem('error', 'winhttp-obsolete', write, write.dataRange, { protocols }, 0x800)];
  }
  return obsolete.some(([bit]) => bit < 0x200)
    ? [problem('information', 'winhttp-also-obsolete', write, write.dataRange, { protocols }, undefined)]
    : [];
}

function problem(
  severity: Severity,
  message: RegistryProblem['message'],
  write: RegistryWrite,
  range: TextRange,
  values: RegistryProblem['values'],
  goal: RegistryProblem['goal'],
): RegistryProblem {
  return { severity, message, values, write, range, goal };
}
