import type { Code } from './code.ts';
import { tokenKinds } from './tokens.ts';

/** The value of a string without holes; undefined for every other token. */
export function stringValue(code: Code, i: number): string | undefined {
  if (code.kind(i) !== tokenKinds.string) {
    return undefined;
  }
  const written = code.word(i);
  const prefix = /^[$@]*/.exec(written)?.[0] ?? '';
  const body = written.slice(prefix.length);
  if (code.language === 'visual-basic') {
    return body.replace(/^["\u201c\u201d]|["\u201c\u201d][cC]?$/g, '').replace(/["\u201c\u201d]{2}/g, '"');
  }
  const quotes = /^"{3,}/.exec(body)?.[0];
  if (quotes !== undefined && !prefix.includes('@')) {
    const end = body.endsWith(quotes) && body.length >= quotes.length * 2 ? body.length - quotes.length : body.length;
    return code.language === 'csharp' ? rawText(body.slice(quotes.length, end)) : body.slice(quotes.length, end);
  }
  const inner = body.replace(/^"|"$/g, '');
  if (prefix.includes('@')) {
    return inner.replaceAll('""', '"');
  }
  return withoutBraces(inner.replace(escapes, replaceEscape), prefix.includes('$'));
}

/** The offset in the file of a part of a string's value, where nothing in it is escaped; undefined where something is. */
export function stringOffset(code: Code, i: number): number | undefined {
  const value = stringValue(code, i);
  const at = value === undefined ? -1 : code.word(i).indexOf(value);
  return at < 0 ? undefined : code.start(i) + at;
}

/** The value of a whole number; undefined for fractions and everything else. */
export function numberValue(code: Code, i: number): number | undefined {
  if (code.kind(i) !== tokenKinds.number) {
    return undefined;
  }
  const written = code.word(i).replaceAll('_', '').toLowerCase();
  const prefixed = /^(?:0|&)([xhob])([\da-f]+)/.exec(written);
  if (prefixed) {
    const base = { x: 16, h: 16, o: 8, b: 2 }[prefixed[1] as 'x' | 'h' | 'o' | 'b'];
    const digits = base === 16 ? prefixed[2] : /^[0-7]+/.exec(prefixed[2] ?? '')?.[0];
    const value = Number.parseInt(digits ?? '', base);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const decimal = /^(\d+)(?:[uslnyi]|ul|lu|us|ui)*[&%]?$/.exec(written);
  return decimal ? Number(decimal[1]) : undefined;
}

const escapes = /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{1,4})|([\s\S]))/g;
const letters: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  0: '\0',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

function replaceEscape(_: string, four?: string, eight?: string, some?: string, letter?: string): string {
  const hex = four ?? eight ?? some;
  if (hex !== undefined) {
    const point = Number.parseInt(hex, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '';
  }
  return letters[letter ?? ''] ?? letter ?? '';
}

function withoutBraces(text: string, isInterpolated: boolean): string {
  return isInterpolated ? text.replaceAll('{{', '{').replaceAll('}}', '}') : text;
}

/** A raw string of several lines loses the blanks before its last quotes on every line. */
function rawText(text: string): string {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.length < 2) {
    return text;
  }
  const indent = lines.at(-1) ?? '';
  return lines
    .slice(1, -1)
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()))
    .join('\n');
}
