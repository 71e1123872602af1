import type { TextRange } from '../model/finding.ts';

/** A registry file as the registry editor imports it. */
export interface RegistryFile {
  /** False where the first line is no signature: then nothing would be imported. */
  readonly hasSignature: boolean;
  readonly keys: readonly RegistryKey[];
}

/** One `[...]` section. The same key may have several. */
export interface RegistryKey {
  /** As written, without brackets and without the sign of deletion. */
  readonly path: string;
  /** Of the path. */
  readonly range: TextRange;
  /** From the bracket to behind the last line that belongs to the section. */
  readonly sectionRange: TextRange;
  readonly isDeleted: boolean;
  readonly values: readonly RegistryValue[];
}

/** `"name"=data`. */
export interface RegistryValue {
  /** Unescaped; empty for the default value `@`. */
  readonly name: string;
  /** Without quotes. */
  readonly nameRange: TextRange;
  /** The data as written, continuation lines included. */
  readonly dataRange: TextRange;
  /** The whole line or lines, without the last line end. */
  readonly range: TextRange;
  readonly data: RegistryData;
}

export type RegistryData =
  | { readonly type: 'dword'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'multi-string'; readonly value: readonly string[] }
  | { readonly type: 'other'; readonly value: string }
  | { readonly type: 'deleted' }
  | { readonly type: 'malformed' };

/**
 * Reads a registry file of version 5 or 4 (`REGEDIT4`). Comments, deletions, continuation lines and default values are
 * understood; lines that are nothing of this are skipped, as the registry editor skips them.
 * Source: https://support.microsoft.com/topic/how-to-add-modify-or-delete-registry-subkeys-and-values-by-using-a-reg-file-9c7f37cf-a5e9-e1cd-c4fa-2a26218a1a23
 */
export function readRegistryFile(text: string): RegistryFile {
  const keys: { key: RegistryKey; values: RegistryValue[]; end: number }[] = [];
  let hasSignature = false;
  let isFirst = true;
  let isAnsi = false;
  for (const line of logicalLines(text)) {
    if (isFirst) {
      hasSignature = /^\uFEFF?(?:Windows Registry Editor Version 5\.00|REGEDIT4)\s*$/.test(line.text);
      isAnsi = line.text.includes('REGEDIT4');
      isFirst = false;
    }
    const section = /^\s*\[(-?)(.*)\]/.exec(line.text);
    if (section) {
      const path = section[2] ?? '';
      const start = line.start + line.text.indexOf('[') + 1 + (section[1]?.length ?? 0);
      const values: RegistryValue[] = [];
      const range = { start, end: start + path.length };
      const key = {
        path,
        range,
        sectionRange: { start: line.start, end: line.end },
        isDeleted: section[1] === '-',
        values,
      };
      keys.push({ key, values, end: line.end });
      continue;
    }
    const value = readValue(line, isAnsi);
    const owner = keys.at(-1);
    if (value && owner) {
      owner.values.push(value);
      owner.end = line.end;
    }
  }
  return {
    hasSignature,
    keys: keys.map(({ key, end }) => ({ ...key, sectionRange: { start: key.sectionRange.start, end } })),
  };
}

interface Line {
  /** Without its end; lines that go on are one. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Only hexadecimal data goes on in the next line, behind a backslash. */
function* logicalLines(text: string): Generator<Line> {
  const pattern = /[^\r\n]*/y;
  for (let start = 0; start <= text.length; ) {
    pattern.lastIndex = start;
    let end = start + (pattern.exec(text)?.[0].length ?? 0);
    const isHex = /^\s*(?:"(?:[^"\\]|\\.)*"|@)\s*=\s*hex/i.test(text.slice(start, end));
    while (isHex && text[end - 1] === '\\' && end < text.length) {
      const next = skipLineEnd(text, end);
      pattern.lastIndex = next;
      end = next + (pattern.exec(text)?.[0].length ?? 0);
    }
    yield { text: text.slice(start, end), start, end };
    start = skipLineEnd(text, end);
    if (start === end) {
      return;
    }
  }
}

function skipLineEnd(text: string, offset: number): number {
  if (text[offset] === '\r' && text[offset + 1] === '\n') {
    return offset + 2;
  }
  return text[offset] === '\r' || text[offset] === '\n' ? offset + 1 : offset;
}

function readValue({ text, start }: Line, isAnsi: boolean): RegistryValue | undefined {
  const head = /^(\s*)(?:"((?:[^"\\]|\\.)*)"|(@))(\s*=\s*)/.exec(text);
  if (!head) {
    return undefined;
  }
  const [whole, lead = '', quoted, isDefault] = head;
  const nameStart = start + lead.length + (isDefault ? 0 : 1);
  const nameEnd = nameStart + (isDefault ? 1 : (quoted?.length ?? 0));
  const written = text.slice(whole.length);
  const raw = written.startsWith('"')
    ? (/^"(?:[^"\\]|\\.)*"?/.exec(written)?.[0] ?? '')
    : written.replace(/\s*(?:;[^\r\n]*)?$/, '');
  const dataStart = start + whole.length;
  return {
    name: isDefault ? '' : withoutEscapes(quoted ?? ''),
    nameRange: { start: nameStart, end: nameEnd },
    dataRange: { start: dataStart, end: dataStart + raw.length },
    range: { start: start + lead.length, end: dataStart + raw.length },
    data: readData(raw, isAnsi),
  };
}

function readData(raw: string, isAnsi: boolean): RegistryData {
  if (raw === '-') {
    return { type: 'deleted' };
  }
  const text = /^"((?:[^"\\]|\\.)*)"$/.exec(raw);
  if (text) {
    return { type: 'string', value: withoutEscapes(text[1] ?? '') };
  }
  const dword = /^dword:\s*([0-9a-f]{1,8})$/i.exec(raw);
  if (dword?.[1]) {
    return { type: 'dword', value: Number.parseInt(dword[1], 16) };
  }
  const hex = /^hex(?:\(([0-9a-f]+)\))?:([\s\S]*)$/i.exec(raw);
  if (!hex) {
    return { type: 'malformed' };
  }
  return readHex(hex[1]?.toLowerCase() ?? '3', bytesOf(hex[2] ?? ''), isAnsi);
}

function bytesOf(text: string): number[] {
  return Array.from(text.matchAll(/[0-9a-f]{1,2}/gi), ([byte]) => Number.parseInt(byte, 16));
}

/** Types by their number: 1 and 2 are texts, 4 a number, 7 a list of texts. Old files have a byte for each character. */
function readHex(type: string, bytes: readonly number[], isAnsi: boolean): RegistryData {
  if (type === '4' && bytes.length === 4) {
    const [a = 0, b = 0, c = 0, d = 0] = bytes;
    return { type: 'dword', value: a + b * 0x100 + c * 0x10000 + d * 0x1000000 };
  }
  const text = isAnsi ? bytes.map((byte) => String.fromCharCode(byte)).join('') : textOf(bytes);
  if (type === '7') {
    return { type: 'multi-string', value: text.split('\0').filter(Boolean) };
  }
  return type === '1' || type === '2'
    ? { type: 'string', value: text.replace(/\0.*$/s, '') }
    : { type: 'other', value: type };
}

function textOf(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    text += String.fromCharCode((bytes[i] ?? 0) + (bytes[i + 1] ?? 0) * 0x100);
  }
  return text;
}

function withoutEscapes(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}
