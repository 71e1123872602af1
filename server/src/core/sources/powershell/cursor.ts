import type { TextRange } from '../../model/finding.ts';
import type { ScriptProblem } from './nodes.ts';

/**
 * A place in a script, and what may be skipped there.
 * Source: https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-02
 */
export class Cursor {
  readonly text: string;
  position = 0;
  readonly comments: TextRange[] = [];
  readonly problems: ScriptProblem[] = [];

  /** Blanks at the begin of each line that do not belong to the script. */
  readonly indentation: number;

  constructor(text: string, indentation = 0) {
    this.text = text;
    this.indentation = indentation;
    this.position = text.startsWith('\uFEFF') ? 1 : 0;
  }

  get isAtEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** The character here, or one further on; empty behind the end. */
  peek(distance = 0): string {
    return this.text[this.position + distance] ?? '';
  }

  startsWith(word: string): boolean {
    return this.text.startsWith(word, this.position);
  }

  /** What a sticky pattern finds exactly here. */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.position;
    return pattern.exec(this.text);
  }

  /** Skips blanks, continued lines and comments, but no line end. */
  skipBlanks(): void {
    for (;;) {
      const char = this.peek();
      if (isBlank(char)) {
        this.position++;
      } else if (char === '`' && isLineEnd(this.peek(1))) {
        this.position++;
        this.#skipLineEnd();
      } else if (char === '#') {
        this.#skipLineComment();
      } else if (char === '<' && this.peek(1) === '#') {
        this.#skipBlockComment();
      } else {
        return;
      }
    }
  }

  /** Skips line ends as well. */
  skipLines(): void {
    for (;;) {
      this.skipBlanks();
      if (!isLineEnd(this.peek())) {
        return;
      }
      this.position++;
    }
  }

  /** A place to come back to with {@link back}. */
  mark(): CursorMark {
    return { position: this.position, comments: this.comments.length, problems: this.problems.length };
  }

  /** Forgets what was read since a mark. */
  back(mark: CursorMark): void {
    this.position = mark.position;
    this.comments.length = mark.comments;
    this.problems.length = mark.problems;
  }

  problem(kind: ScriptProblem['kind'], start: number): void {
    if (this.problems.length < maximumProblems) {
      this.problems.push({ kind, range: { start, end: this.position } });
    }
  }

  #skipLineEnd(): void {
    this.position += this.peek() === '\r' && this.peek(1) === '\n' ? 2 : 1;
  }

  #skipLineComment(): void {
    const start = this.position;
    const found = this.match(/[^\r\n]*/y);
    this.position += found?.[0].length ?? 0;
    this.comments.push({ start, end: this.position });
  }

  #skipBlockComment(): void {
    const start = this.position;
    const end = this.text.indexOf('#>', start + 2);
    this.position = end < 0 ? this.text.length : end + 2;
    this.comments.push({ start, end: this.position });
    if (end < 0) {
      this.problem('unfinished', start);
    }
  }
}

/** How far a script was read. */
export interface CursorMark {
  readonly position: number;
  readonly comments: number;
  readonly problems: number;
}

/** Nobody reads more of them. */
const maximumProblems = 100;

export function isBlank(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\f' || char === '\v' || char === '\u00A0' || char === '\u0085';
}

export function isLineEnd(char: string): boolean {
  return char === '\n' || char === '\r';
}

/** Typographic quotes count as the plain ones. */
export function isSingleQuote(char: string): boolean {
  return char !== '' && "'\u2018\u2019\u201A\u201B".includes(char);
}

export function isDoubleQuote(char: string): boolean {
  return char !== '' && '"\u201C\u201D\u201E'.includes(char);
}

/** Typographic dashes count as the plain one. */
export function isDash(char: string): boolean {
  return char !== '' && '-\u2013\u2014\u2015'.includes(char);
}
