import { isMachineHive, netFrameworkValues, readRuntimeKey, runtimeKeys } from '../facts/registry-keys.ts';
import type { Fix, TextEdit, TextRange } from '../model/finding.ts';
import { type RegistryData, type RegistryKey, readRegistryFile } from '../sources/registry-file.ts';
import { nearMiss } from '../text/near-miss.ts';
import { repairEdits } from '../workspace/registry-repair.ts';
import { runtimeValueWords } from '../workspace/registry-tls.ts';
import { defineRule, type FileContext } from './rule.ts';

/** Registry files that mean to help and write to a place that .NET Framework does not read. */
export const rule = defineRule({
  id: 'registry-tls-ineffective',
  title: 'A registry file sets a TLS default where .NET Framework does not read it',
  severity: 'warning',
  appliesTo: ['registry'],
  isFixable: true,
  messages: {
    type: '{name} has to be a dword: a value of another type is ignored.',
    hive: 'The runtime reads {name} from HKEY_LOCAL_MACHINE only, so it has no effect in {hive}.',
    version: 'The runtime reads {name} from the keys v4.0.30319 and v2.0.50727 only, so it has no effect in "{key}".',
    key: 'The key is spelt in another way than the one that the runtime reads (Microsoft\\.NETFramework), so {name} has no effect.',
    misspelt: 'No setting of the runtime has the name "{name}". Did you mean {meant}?',
  },
  check({ file, report }) {
    if (!file || !runtimeValueWords.test(file.text)) {
      return;
    }
    const wrong = readRegistryFile(file.text).keys.flatMap(findWrong);
    const edits = wrong.flatMap(({ range, newText }) => (newText === undefined ? [] : [{ range, newText }]));
    for (const { range, message, values, newText } of wrong) {
      report({
        at: { path: file.path, range },
        severity: 'warning',
        message,
        values,
        fixes: newText === undefined ? [] : [repairFix(file, edits)],
      });
    }
  },
});

/** A part of the file that has to be written in another way, and how where that is certain. */
interface Wrong {
  readonly range: TextRange;
  readonly message: string;
  readonly values: Readonly<Record<string, string>>;
  readonly newText: string | undefined;
}

function findWrong(key: RegistryKey): Wrong[] {
  if (key.isDeleted || !runtimeValueWords.test(key.path)) {
    return [];
  }
  const place = readRuntimeKey(key.path);
  const isRead = place && isMachineHive(place.hive) && place.generation !== undefined;
  const found: Wrong[] = [];
  for (const { name, nameRange, dataRange, data } of key.values) {
    const isExact = netFrameworkValues.some((known) => known.toLowerCase() === name.toLowerCase());
    const meant = isExact ? name : nearMiss(name, netFrameworkValues);
    if (meant === undefined || !isMeantToHelp(data)) {
      continue;
    }
    if (!isRead) {
      return wrongKey(key, meant);
    }
    if (!isExact) {
      found.push({ range: nameRange, message: 'misspelt', values: { name, meant }, newText: meant });
    } else if (data.type !== 'dword') {
      found.push({ range: dataRange, message: 'type', values: { name }, newText: 'dword:00000001' });
    }
  }
  return found;
}

/** What is deleted, or switched off, does no harm where nobody reads it. */
function isMeantToHelp(data: RegistryData): boolean {
  return data.type === 'dword'
    ? data.value !== 0
    : data.type === 'string'
      ? data.value.trim() === '1'
      : data.type === 'other';
}

function wrongKey(key: RegistryKey, name: string): Wrong[] {
  const place = readRuntimeKey(key.path);
  const { start, end } = key.range;
  if (!place) {
    const written = /Microsoft\\(\.?NET ?Framework(?:64)?)(?=\\v[24])/i.exec(key.path);
    const from = start + (written?.index ?? 0) + 'Microsoft\\'.length;
    const range = { start: from, end: from + (written?.[1]?.length ?? 0) };
    const isOtherSpelling = written !== null && !/^\.NETFramework$/i.test(written[1] ?? '');
    return isOtherSpelling ? [{ range, message: 'key', values: { name }, newText: '.NETFramework' }] : [];
  }
  if (!isMachineHive(place.hive)) {
    const isCurrentUser = /^(?:HKEY_CURRENT_USER|HKCU)$/i.test(place.hive);
    return [
      {
        range: { start, end: start + place.hive.length },
        message: 'hive',
        values: { name, hive: place.hive },
        newText: isCurrentUser ? 'HKEY_LOCAL_MACHINE' : undefined,
      },
    ];
  }
  const trimmed = end - (key.path.length - key.path.trimEnd().length);
  const generation = /^v?([24])/i.exec(place.version)?.[1] as keyof typeof runtimeKeys | undefined;
  return [
    {
      range: place.version === '' ? key.range : { start: trimmed - place.version.length, end: trimmed },
      message: 'version',
      values: { name, key: place.version },
      newText: generation && runtimeKeys[generation],
    },
  ];
}

/** Everything at once, in both views: a part alone would be half a fix. */
function repairFix(file: FileContext, edits: readonly TextEdit[]): Fix {
  return {
    title: { key: 'repair', template: 'Write the values where the runtime reads them', values: {} },
    isPreferred: true,
    bulk: 'safe',
    changes: [{ path: file.path, edits: repairEdits(file.text, edits) }],
    claims: [{ path: file.path, range: { start: 0, end: file.text.length } }],
  };
}
