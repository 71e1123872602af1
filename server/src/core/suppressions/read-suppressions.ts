import { suppressionWord } from '../facts/suppression-word.ts';
import type { TextRange } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import { LineIndex } from '../text/lines.ts';
import { type Comment, commentSyntax } from './comment-syntax.ts';

/** What a comment silences: findings of its own line, of the line below, or of the whole file. */
export type SuppressionReach = 'line' | 'next-line' | 'file';

/** A rule that a comment names. */
export interface NamedRule {
  readonly id: string;
  readonly range: TextRange;
}

/** One comment `dynamics-tls-disable-REACH RULE[, RULE...] [until YYYY-MM-DD] [: reason]`. */
export interface Suppression {
  /** Null for a word that begins like one of the three and is none of them. */
  readonly reach: SuppressionReach | null;
  /** `dynamics-tls-disable-line` and so on, as written. */
  readonly keyword: string;
  readonly keywordRange: TextRange;
  /** The whole comment. */
  readonly range: TextRange;
  readonly rules: readonly NamedRule[];
  /** The last day on which it counts, as written; null when it has no end. */
  readonly until: { readonly date: string; readonly range: TextRange; readonly isDate: boolean } | null;
  /** Empty when there is none. */
  readonly reason: string;
  /** Zero-based lines on which the comment begins, and that it speaks of. */
  readonly line: number;
  readonly coveredLine: number;
}

/** What stands for a reason in a comment that was just inserted; it counts as none. */
export const placeholderReason = 'say why';

/** The suppressions of a file, in order. A text in a string, or in the middle of a comment, is none. */
export function readSuppressions(path: FilePath, text: string, ruleIds: ReadonlySet<string>): Suppression[] {
  const syntax = text.includes(suppressionWord) ? commentSyntax(path) : undefined;
  if (!syntax) {
    return [];
  }
  const lines = new LineIndex(text);
  const found = syntax.comments(text).flatMap((comment) => readComment(text, comment, ruleIds) ?? []);
  const firstLines = found.map(({ range }) => lines.positionAt(range.start).line);
  const lastLines = found.map(({ range }) => lines.positionAt(Math.max(range.start, range.end - 1)).line);
  return found.map((suppression, i) => {
    const line = firstLines[i] ?? 0;
    return {
      ...suppression,
      line,
      coveredLine: suppression.reach === 'next-line' ? nextLine(i, firstLines, lastLines) : line,
    };
  });
}

/** Comments that stand below each other speak of the same line: the first one that is none of them. */
function nextLine(index: number, firstLines: readonly number[], lastLines: readonly number[]): number {
  let line = (lastLines[index] ?? 0) + 1;
  for (let i = index + 1; i < firstLines.length && firstLines[i] === line; i++) {
    line = (lastLines[i] ?? 0) + 1;
  }
  return line;
}

/** A bound for what is read of one comment: enough for some rules and a reason. */
const maximumLength = 2000;

function readComment(
  text: string,
  { range, content }: Comment,
  ruleIds: ReadonlySet<string>,
): Omit<Suppression, 'line' | 'coveredLine'> | undefined {
  const body = text.slice(content.start, Math.min(content.end, content.start + maximumLength));
  const head = /^[\s*]*(dynamics-tls-disable(?:-[a-z-]+)?)(?![\w-])/.exec(body);
  const keyword = head?.[1];
  if (!head || keyword === undefined) {
    return undefined;
  }
  const keywordStart = content.start + head[0].length - keyword.length;
  const scanner = new Scanner(body, head[0].length, content.start);
  const rules = readRules(scanner, ruleIds);
  const until = readUntil(scanner);
  return {
    reach: reaches[keyword] ?? null,
    keyword,
    keywordRange: { start: keywordStart, end: keywordStart + keyword.length },
    range,
    rules,
    until,
    reason: readReason(scanner),
  };
}

const reaches: Readonly<Record<string, SuppressionReach>> = {
  'dynamics-tls-disable-line': 'line',
  'dynamics-tls-disable-next-line': 'next-line',
  'dynamics-tls-disable-file': 'file',
};

/** Takes words off the front of a comment. */
class Scanner {
  readonly #text: string;
  readonly #offset: number;
  #at: number;

  constructor(text: string, at: number, offset: number) {
    this.#text = text;
    this.#at = at;
    this.#offset = offset;
  }

  /** Takes what a sticky pattern matches here; its first group is the word. */
  take(pattern: RegExp): { readonly word: string; readonly range: TextRange } | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (!match) {
      return undefined;
    }
    const word = match[1] ?? '';
    const start = this.#offset + match.index + match[0].indexOf(word);
    this.#at += match[0].length;
    return { word, range: { start, end: start + word.length } };
  }

  rest(): string {
    return this.#text.slice(this.#at);
  }

  /** Goes back to before what was taken last. */
  mark(): () => void {
    const at = this.#at;
    return () => {
      this.#at = at;
    };
  }
}

/** Ids between commas. A blank separates as well, where what follows is a rule. */
function readRules(scanner: Scanner, ruleIds: ReadonlySet<string>): NamedRule[] {
  const rules: NamedRule[] = [];
  for (let isFirst = true; ; isFirst = false) {
    const back = scanner.mark();
    const hasComma = scanner.take(/[ \t\r\n]*(,)/y) !== undefined;
    const found = scanner.take(/[ \t\r\n]*([A-Za-z][\w-]*)/y);
    if (!found || !(isFirst || hasComma || ruleIds.has(found.word)) || found.word === 'until') {
      back();
      return rules;
    }
    rules.push({ id: found.word, range: found.range });
  }
}

function readUntil(scanner: Scanner): Suppression['until'] {
  const back = scanner.mark();
  if (!scanner.take(/[ \t\r\n,]*(until)\b/y)) {
    return null;
  }
  const date = scanner.take(/[ \t\r\n]*([^\s:]+)/y);
  if (!date) {
    back();
    return null;
  }
  return { date: date.word, range: date.range, isDate: isDate(date.word) };
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) {
    return false;
  }
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}

function readReason(scanner: Scanner): string {
  const reason = scanner
    .rest()
    .replace(/^[\s,]*(?::|--?|\u2013|\u2014)?/, '')
    .replace(/\s*[\r\n]+[\s*]*/g, ' ')
    .trim();
  return reason === placeholderReason ? '' : reason;
}
