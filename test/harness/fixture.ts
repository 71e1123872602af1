import { readdirSync, readFileSync } from 'node:fs';
import {
  applyEditsToBytes,
  type DecodedText,
  decodeBytes,
  type Severity,
  type TextEdit,
} from '../../server/src/core/index.ts';

/** What a marker says: which rule reports where, and optionally how and with which words. */
export interface Expectation {
  readonly path: string;
  /** One-based, in the file without its markers. */
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly rule: string;
  readonly severity: Severity | undefined;
  readonly text: string;
}

/** One file of a case, markers removed. */
export interface FixtureFile extends DecodedText {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Fixture {
  readonly name: string;
  readonly files: readonly FixtureFile[];
  readonly expectations: readonly Expectation[];
  /** Bytes of the `.fixed` twins by the path of the file that they belong to. */
  readonly fixed: ReadonlyMap<string, Uint8Array>;
  /** The same for `.confirmed` twins: with the fixes that a person has to choose. */
  readonly confirmed: ReadonlyMap<string, Uint8Array>;
}

/** Where the files of a case stand in memory. */
export const fixtureRoot = '/case';

/** Reads a case folder. Throws for files that are no text: such cases are tests of their own. */
export function readFixture(folder: string): Fixture {
  const files: FixtureFile[] = [];
  const expectations: Expectation[] = [];
  const fixed = new Map<string, Uint8Array>();
  const confirmed = new Map<string, Uint8Array>();
  for (const name of readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [`${entry.parentPath}/${entry.name}`.slice(folder.length + 1)] : [],
  )) {
    const bytes = new Uint8Array(readFileSync(`${folder}/${name}`));
    const path = `${fixtureRoot}/${name}`;
    if (name.endsWith('.fixed')) {
      fixed.set(path.slice(0, -'.fixed'.length), bytes);
      continue;
    }
    if (name.endsWith('.confirmed')) {
      confirmed.set(path.slice(0, -'.confirmed'.length), bytes);
      continue;
    }
    const file = readMarked(path, bytes);
    files.push(file.file);
    expectations.push(...file.expectations);
  }
  return { name: folder.slice(folder.lastIndexOf('/') + 1), files, expectations, fixed, confirmed };
}

const marker =
  /^[ \t]*(?:<!--|\/\/|#|'|;)[ \t]*(\^+|@(\d+)-(\d+))[ \t]+([a-z][a-z0-9-]*)(?:[ \t]+(error|warning|information|hint))?[ \t]*([^\r\n]*?)[ \t]*(?:-->)?[ \t]*(?:\r\n|\n|\r|$)/gm;

function readMarked(path: string, bytes: Uint8Array): { file: FixtureFile; expectations: Expectation[] } {
  const decoded = decodeBytes(bytes);
  if ('notText' in decoded) {
    throw new Error(`${path} is not text`);
  }
  const removals: TextEdit[] = [];
  const expectations: Expectation[] = [];
  for (const match of decoded.text.matchAll(marker)) {
    const before = decoded.text.slice(0, match.index);
    const line = Math.max(1, lineCount(before) - removals.length);
    const caret = match[0].indexOf('^');
    const isCaret = match[2] === undefined;
    expectations.push({
      path,
      line,
      column: isCaret ? caret + 1 : Number(match[2]),
      endColumn: isCaret ? caret + 1 + (match[1]?.length ?? 0) : Number(match[3]),
      rule: match[4] ?? '',
      severity: match[5] as Severity | undefined,
      text: match[6] ?? '',
    });
    removals.push({ range: { start: match.index, end: match.index + match[0].length }, newText: '' });
  }
  const cleanBytes = removals.length === 0 ? bytes : applyEditsToBytes(bytes, decoded, removals);
  const clean = decodeBytes(cleanBytes);
  if ('notText' in clean) {
    throw new Error(`${path} is not text without its markers`);
  }
  return { file: { ...clean, path, bytes: cleanBytes }, expectations };
}

/** Lines before a text that ends with a line end. */
function lineCount(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
