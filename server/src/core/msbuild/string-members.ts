/** Members of `System.String`, `System.Version`, lists and numbers that are called on a value. */
import {
  FunctionRefused,
  FunctionUnknown,
  type MatchValue,
  type TypedValue,
  toInteger,
  toText,
  type VersionValue,
} from './typed-value.ts';
import { compareVersions, formatVersion, parseVersion } from './versions.ts';

/** Calls a member on a value. `args` is undefined for a property. Throws where .NET would, or where it is not known. */
export function callMember(target: TypedValue, name: string, args: readonly TypedValue[] | undefined): TypedValue {
  const member = name.toLowerCase();
  if (member === 'tostring' && (args === undefined || args.length === 0)) {
    return toText(target);
  }
  if (member === 'gettype' || member === 'gethashcode') {
    throw new FunctionUnknown(`"${name}" is not supported`);
  }
  if (typeof target === 'string') {
    return callStringMember(target, member, args);
  }
  if (target === null) {
    throw new FunctionRefused(`"${name}" is called on nothing`);
  }
  if (typeof target === 'object' && 'kind' in target) {
    return target.kind === 'version' ? callVersionMember(target, member, args) : callMatchMember(target, member, args);
  }
  if (typeof target === 'object') {
    return callListMember(target, member, args);
  }
  return callScalarMember(target, member, args);
}

type StringMember = (text: string, args: readonly TypedValue[]) => TypedValue;

const stringMembers: Readonly<Record<string, StringMember>> = {
  length: (text) => text.length,
  substring: (text, args) =>
    substring(text, toInteger(args[0]), args[1] === undefined ? undefined : toInteger(args[1])),
  replace: (text, args) => replace(text, args),
  trim: (text, args) => trim(text, args, true, true),
  trimstart: (text, args) => trim(text, args, true, false),
  trimend: (text, args) => trim(text, args, false, true),
  toupper: (text) => text.toUpperCase(),
  toupperinvariant: (text) => text.toUpperCase(),
  tolower: (text) => text.toLowerCase(),
  tolowerinvariant: (text) => text.toLowerCase(),
  startswith: (text, args) => withComparison(text, args, (a, b) => a.startsWith(b)),
  endswith: (text, args) => withComparison(text, args, (a, b) => a.endsWith(b)),
  contains: (text, args) => withComparison(text, args, (a, b) => a.includes(b)),
  equals: (text, args) => withComparison(text, args, (a, b) => a === b),
  indexof: (text, args) => indexOf(text, args),
  lastindexof: (text, args) => lastIndexOf(text, args),
  indexofany: (text, args) => firstIndex(text, toText(args[0] ?? '')),
  lastindexofany: (text, args) => lastIndex(text, toText(args[0] ?? '')),
  split: (text, args) => split(text, args),
  padleft: (text, args) => text.padStart(toInteger(args[0]), args[1] === undefined ? ' ' : toText(args[1]).charAt(0)),
  padright: (text, args) => text.padEnd(toInteger(args[0]), args[1] === undefined ? ' ' : toText(args[1]).charAt(0)),
  insert: (text, args) => {
    const at = inside(toInteger(args[0]), text.length);
    return text.slice(0, at) + toText(args[1] ?? '') + text.slice(at);
  },
  remove: (text, args) => {
    const at = inside(toInteger(args[0]), text.length);
    return text.slice(0, at) + (args[1] === undefined ? '' : text.slice(at + toInteger(args[1])));
  },
  compareto: (text, args) => ordinalSign(text, toText(args[0] ?? '')),
  get_chars: (text, args) => charAt(text, toInteger(args[0])),
  get_item: (text, args) => charAt(text, toInteger(args[0])),
  normalize: (text) => text.normalize(),
  tochararray: (text) => [...text],
  clone: (text) => text,
  tostring: (text) => text,
};

function callStringMember(text: string, member: string, args: readonly TypedValue[] | undefined): TypedValue {
  const call = Object.hasOwn(stringMembers, member) ? stringMembers[member] : undefined;
  if (!call) {
    throw new FunctionUnknown(`the string function "${member}" is not supported`);
  }
  if ((args === undefined) !== (member === 'length')) {
    throw new FunctionRefused(`"${member}" is not used as it should be`);
  }
  return call(text, args ?? []);
}

function substring(text: string, start: number, length: number | undefined): string {
  const end = length === undefined ? text.length : start + length;
  if (start < 0 || start > text.length || end < start || end > text.length) {
    throw new FunctionRefused('the index is outside the text');
  }
  return text.slice(start, end);
}

function replace(text: string, args: readonly TypedValue[]): string {
  const from = toText(args[0] ?? '');
  if (from === '') {
    throw new FunctionRefused('an empty text cannot be replaced');
  }
  if (args.length > 2) {
    return replaceIgnoringCase(text, from, toText(args[1] ?? ''), ignoresCase(args[2]));
  }
  return text.replaceAll(from, () => toText(args[1] ?? ''));
}

function replaceIgnoringCase(text: string, from: string, to: string, ignoreCase: boolean): string {
  const pattern = new RegExp(from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), ignoreCase ? 'gi' : 'g');
  return text.replace(pattern, () => to);
}

function trim(text: string, args: readonly TypedValue[], atStart: boolean, atEnd: boolean): string {
  if (args.length > 1) {
    throw new FunctionRefused('a trim takes one text with all its characters');
  }
  const chars = args.map(toText).join('');
  const isTrimmed = (char: string): boolean => (chars === '' ? /\s/.test(char) : chars.includes(char));
  let start = 0;
  let end = text.length;
  while (atStart && start < end && isTrimmed(text.charAt(start))) {
    start++;
  }
  while (atEnd && end > start && isTrimmed(text.charAt(end - 1))) {
    end--;
  }
  return text.slice(start, end);
}

function withComparison<T extends TypedValue>(
  text: string,
  args: readonly TypedValue[],
  test: (a: string, b: string) => T,
): T {
  const other = toText(args[0] ?? '');
  return ignoresCase(args[1]) ? test(text.toLowerCase(), other.toLowerCase()) : test(text, other);
}

/** `StringComparison.OrdinalIgnoreCase`, with or without its type, or the boolean `ignoreCase`. */
function ignoresCase(argument: TypedValue | undefined): boolean {
  return argument !== undefined && /ignorecase$|^true$/i.test(toText(argument));
}

function indexOf(text: string, args: readonly TypedValue[]): number {
  const start = args[1] !== undefined && /^\d+$/.test(toText(args[1])) ? toInteger(args[1]) : undefined;
  if (start !== undefined) {
    return text.indexOf(toText(args[0] ?? ''), inside(start, text.length));
  }
  return withComparison(text, args, (a, b) => a.indexOf(b));
}

/** With a start, the search goes backwards from there, and what is found ends at or before it. */
function lastIndexOf(text: string, args: readonly TypedValue[]): number {
  const start = args[1] !== undefined && /^\d+$/.test(toText(args[1])) ? toInteger(args[1]) : undefined;
  if (start !== undefined) {
    const wanted = toText(args[0] ?? '');
    return text.slice(0, inside(start, text.length) + 1).lastIndexOf(wanted);
  }
  return withComparison(text, args, (a, b) => a.lastIndexOf(b));
}

function firstIndex(text: string, chars: string): number {
  return [...text].findIndex((char) => chars.includes(char));
}

function lastIndex(text: string, chars: string): number {
  return [...text].findLastIndex((char) => chars.includes(char));
}

function split(text: string, args: readonly TypedValue[]): readonly string[] {
  const removesEmpty = args.some((argument) => /RemoveEmptyEntries/i.test(toText(argument)));
  const separators = args
    .map(toText)
    .filter((argument) => !/RemoveEmptyEntries|StringSplitOptions/i.test(argument))
    .join('');
  const parts: string[] = [];
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const char = text[i];
    const isSeparator = char === undefined || (separators === '' ? /\s/.test(char) : separators.includes(char));
    if (isSeparator) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return removesEmpty ? parts.filter((part) => part !== '') : parts;
}

function inside(index: number, length: number): number {
  if (index < 0 || index > length) {
    throw new FunctionRefused('the index is outside the text');
  }
  return index;
}

function charAt(text: string, index: number): string {
  if (index < 0 || index >= text.length) {
    throw new FunctionRefused('the index is outside the text');
  }
  return text.charAt(index);
}

function ordinalSign(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function callVersionMember(version: VersionValue, member: string, args: readonly TypedValue[] | undefined): TypedValue {
  const index = ['major', 'minor', 'build', 'revision'].indexOf(member);
  if (index >= 0 && args === undefined) {
    return version.parts[index] as number;
  }
  if (member === 'tostring' && args?.length === 1) {
    return versionText(version, toInteger(args[0]));
  }
  if (member === 'compareto' || member === 'equals') {
    const other = parseVersion(toText(args?.[0] ?? ''));
    const difference = other ? compareVersions(version.parts, other) : 1;
    return member === 'equals' ? difference === 0 : Math.sign(difference);
  }
  throw new FunctionUnknown(`the version function "${member}" is not supported`);
}

function versionText(version: VersionValue, count: number): string {
  const parts = version.parts.filter((part) => part >= 0);
  if (count < 0 || count > parts.length) {
    throw new FunctionRefused(`the version ${formatVersion(version.parts)} has no ${count} parts`);
  }
  return parts.slice(0, count).join('.');
}

function callListMember(
  list: readonly TypedValue[],
  member: string,
  args: readonly TypedValue[] | undefined,
): TypedValue {
  if ((member === 'length' || member === 'count') && args === undefined) {
    return list.length;
  }
  if ((member === 'get_item' || member === 'getvalue' || member === 'get_value') && args) {
    const item = list[toInteger(args[0])];
    if (item === undefined) {
      throw new FunctionRefused('the index is outside the list');
    }
    return item;
  }
  throw new FunctionUnknown(`the list function "${member}" is not supported`);
}

function callMatchMember(match: MatchValue, member: string, args: readonly TypedValue[] | undefined): TypedValue {
  if (args === undefined) {
    if (member === 'success') {
      return match.isSuccess;
    }
    if (member === 'value') {
      return match.value;
    }
    if (member === 'length') {
      return match.value.length;
    }
    if (member === 'groups') {
      return match;
    }
  }
  if (member === 'get_item' && args) {
    const wanted = toText(args[0] ?? '');
    const group = /^\d+$/.test(wanted) ? match.groups[Number(wanted)] : match.names[wanted];
    return group ?? { kind: 'match', isSuccess: false, isGroup: true, value: '', groups: [], names: {} };
  }
  if (member === 'result') {
    throw new FunctionUnknown('"Result" is not supported');
  }
  throw new FunctionUnknown(`the match function "${member}" is not supported`);
}

function callScalarMember(
  value: number | boolean,
  member: string,
  args: readonly TypedValue[] | undefined,
): TypedValue {
  if (member === 'compareto' && args) {
    return Math.sign(Number(value) - Number(toText(args[0] ?? '')));
  }
  if (member === 'equals' && args) {
    return toText(value).toLowerCase() === toText(args[0] ?? '').toLowerCase();
  }
  if (member === 'tostring' && args && typeof value === 'number') {
    return formatNumber(value, toText(args[0] ?? ''));
  }
  throw new FunctionUnknown(`the function "${member}" of a number is not supported`);
}

/** The standard formats D and X, and a row of zeros. */
function formatNumber(value: number, format: string): string {
  const standard = /^([dDxX])(\d*)$/.exec(format);
  const width = standard ? Number(standard[2] || 0) : /^0+$/.test(format) ? format.length : -1;
  if (width < 0 || width > 99 || !Number.isInteger(value)) {
    throw new FunctionUnknown(`the number format "${format}" is not supported`);
  }
  const letter = standard?.[1] ?? 'D';
  if (letter === 'x' || letter === 'X') {
    const digits = (value < 0 ? 2 ** 32 + value : value).toString(16).padStart(width, '0');
    return letter === 'X' ? digits.toUpperCase() : digits;
  }
  return (value < 0 ? '-' : '') + String(Math.abs(value)).padStart(width, '0');
}
