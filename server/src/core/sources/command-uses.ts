import { classifyHost } from '../facts/dynamics-hosts.ts';
import type { TextRange } from '../model/finding.ts';
import { type Known, known, unknown } from '../model/known.ts';
import type { ProtocolName, ProtocolUse, RegistryWriteData, TlsUse, UsePlace } from '../model/protocol-use.ts';
import type { CommandLine, CommandWord } from './command-lines.ts';
import { findDynamicsUrls } from './dynamics-urls.ts';

/**
 * What a command does about TLS: `reg add` whatever it is for, programs that load something only where they speak to
 * Dynamics 365 or Dataverse online.
 */
export function usesOfCommand(command: CommandLine, where: UsePlace): TlsUse[] {
  const { words } = command;
  // What stands in front of a command that runs another one.
  const index = words.findIndex(
    ({ value }) => !/^(?:call|sudo|@?echo|start|cmd(?:\.exe)?|\/[ck])$/i.test(value) && !/^\w+=/.test(value),
  );
  const isPrinted = words.slice(0, Math.max(index, 0)).some(({ value }) => /^@?echo$/i.test(value));
  const name = words[index]?.value
    .replace(/^@/, '')
    .replace(/^.*[\\/]/, '')
    .toLowerCase()
    .replace(/\.exe$/, '');
  const read = name === undefined || isPrinted ? undefined : programs[name];
  return read ? read({ ...command, words: words.slice(index + 1) }, where) : [];
}

type ReadCommand = (command: CommandLine, where: UsePlace) => TlsUse[];

const programs: Readonly<Record<string, ReadCommand>> = { reg: readReg, curl: readCurl, wget: readWget };

/**
 * `reg add KEY /v NAME /t TYPE /d DATA /reg:32`.
 * Source: https://learn.microsoft.com/windows-server/administration/windows-commands/reg-add
 */
function readReg({ words, range }: CommandLine, where: UsePlace): TlsUse[] {
  const [verb, key] = words;
  const isDeletion = verb?.value.toLowerCase() === 'delete';
  const name = optionOf(words, /^[/-]v$/i);
  const data = optionOf(words, /^[/-]d$/i);
  if (!key || !name || !(isDeletion || verb?.value.toLowerCase() === 'add')) {
    return [];
  }
  const type = optionOf(words, /^[/-]t$/i)?.value.toUpperCase() ?? 'REG_SZ';
  const view = words.find(({ value }) => /^[/-]reg:(?:32|64)$/i.test(value))?.value.slice(-2);
  return [
    {
      kind: 'registry-write',
      key: literal(key),
      name: literal(name),
      data: isDeletion ? known({ type: 'deleted' }) : dataOf(type, data?.value),
      view: view === undefined ? undefined : view === '32' ? 'wow64' : 'native',
      keyRange: innerRange(key),
      nameRange: innerRange(name),
      dataRange: data ? innerRange(data) : range,
      range,
      where,
    },
  ];
}

function literal({ value }: CommandWord): Known<string> {
  return /[%$!]/.test(value) ? unknown('it is known at run time only') : known(value);
}

function dataOf(type: string, data: string | undefined): Known<RegistryWriteData> {
  if (data === undefined || /[%$!]/.test(data)) {
    return unknown('the data is known at run time only');
  }
  if (type === 'REG_DWORD') {
    const number = Number(data);
    return Number.isInteger(number) && data.trim() !== ''
      ? known({ type: 'dword', value: number >>> 0 })
      : unknown('the data is no number');
  }
  return known(type === 'REG_SZ' || type === 'REG_EXPAND_SZ' ? { type: 'string', value: data } : { type: 'other' });
}

/** The word behind an option. */
function optionOf(words: readonly CommandWord[], name: RegExp): CommandWord | undefined {
  const index = words.findIndex(({ value }) => name.test(value));
  return index < 0 ? undefined : words[index + 1];
}

/** Without quotes around the whole word. */
function innerRange({ value, range }: CommandWord): TextRange {
  const quotes = range.end - range.start - value.length;
  return quotes === 2 ? { start: range.start + 1, end: range.end - 1 } : range;
}

/** Versions of curl's options. `--tlsv1.0` and the like only say from where on. */
const versions: Readonly<Record<string, readonly ProtocolName[]>> = {
  '1.0': ['TLS 1.0'],
  '1.1': ['TLS 1.0', 'TLS 1.1'],
};

/**
 * Source: https://curl.se/docs/manpage.html (--tls-max, --insecure)
 */
function readCurl({ words, range }: CommandLine, where: UsePlace): TlsUse[] {
  if (!speaksToDynamics(words)) {
    return [];
  }
  const uses: TlsUse[] = [];
  const maximum = words.findIndex(({ value }) => /^--tls-max(?:=|$)/.test(value));
  const written = words[maximum]?.value.includes('=') ? words[maximum] : words[maximum + 1];
  const protocols = maximum < 0 ? undefined : versions[written?.value.replace(/^--tls-max=/, '') ?? ''];
  const isFrom11 = words.some(({ value }) => value === '--tlsv1.1');
  if (protocols && written && words[maximum]) {
    const span = { start: words[maximum].range.start, end: written.range.end };
    uses.push(pin(isFrom11 ? protocols.slice(1) : protocols, range, span, where));
  }
  const insecure = words.find(
    ({ value }) => value === '--insecure' || (/^-[a-zA-Z]*k[a-zA-Z]*$/.test(value) && isShortFlags(value)),
  );
  return insecure ? [...uses, unchecked(range, insecure.range, where)] : uses;
}

/** Several options behind one dash; one that takes a value ends them. */
function isShortFlags(value: string): boolean {
  const index = value.indexOf('k');
  return !/[AbcCdDeEFhHKmoPQrtTuUwxXyYz]/.test(value.slice(1, index));
}

/** Source: https://www.gnu.org/software/wget/manual/wget.html (HTTPS options) */
function readWget({ words, range }: CommandLine, where: UsePlace): TlsUse[] {
  if (!speaksToDynamics(words)) {
    return [];
  }
  const uses: TlsUse[] = [];
  for (const word of words) {
    const name = /^--secure-protocol=(.+)$/i.exec(word.value)?.[1]?.toLowerCase();
    const protocol = name === undefined ? undefined : wgetProtocols[name];
    if (protocol) {
      uses.push(pin([protocol], range, word.range, where));
    }
    if (word.value === '--no-check-certificate') {
      uses.push(unchecked(range, word.range, where));
    }
  }
  return uses;
}

const wgetProtocols: Readonly<Record<string, ProtocolName>> = {
  sslv2: 'SSL 2.0',
  sslv3: 'SSL 3.0',
  tlsv1: 'TLS 1.0',
  tlsv1_1: 'TLS 1.1',
};

function speaksToDynamics(words: readonly CommandWord[]): boolean {
  return words.some(({ value }) =>
    findDynamicsUrls(value).some(({ authority }) => classifyHost(authority.replace(/:\d+$/, '')).kind === 'dataverse'),
  );
}

function pin(
  protocols: readonly ProtocolName[],
  range: TextRange,
  valueRange: TextRange,
  where: UsePlace,
): ProtocolUse {
  return {
    kind: 'protocol',
    api: 'handler',
    effect: 'replaces',
    protocols: known(protocols),
    isSystemDefault: false,
    form: 'argument',
    range,
    valueRange,
    places: protocols.map((protocol) => ({ protocol, range: valueRange })),
    timing: { kind: 'unremarkable' },
    where,
  };
}

function unchecked(range: TextRange, valueRange: TextRange, where: UsePlace): TlsUse {
  return { kind: 'certificate-check', form: 'option', scope: 'client', range, valueRange, where };
}
