import type { TextRange } from '../model/finding.ts';

/**
 * What a token is. `part` is a character, or a piece of an interpolated string, whose holes stand between `holeOpen` and
 * `holeClose` (both without text). `end` is the end of a statement in languages where a line end can be one.
 */
export const tokenKinds = {
  name: 1,
  number: 2,
  string: 3,
  part: 4,
  operator: 5,
  end: 6,
  holeOpen: 7,
  holeClose: 8,
} as const;

export type TokenKind = (typeof tokenKinds)[keyof typeof tokenKinds];

/** Tokens of a file in three flat lists: a file of millions of them must not become millions of objects. */
export class TokenList {
  readonly kinds: number[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  get length(): number {
    return this.kinds.length;
  }

  push(kind: TokenKind, start: number, end: number): void {
    this.kinds.push(kind);
    this.starts.push(start);
    this.ends.push(end);
  }
}

/** A line of the preprocessor. */
export interface Directive {
  readonly kind: 'if' | 'elif' | 'else' | 'endif' | 'define' | 'undef';
  /** Condition or symbol, without comments. */
  readonly text: string;
  readonly range: TextRange;
}

/** A file as its language's lexer sees it. Comments are gone; both branches of `#if` are there. */
export interface LexedFile {
  readonly text: string;
  readonly tokens: TokenList;
  readonly directives: readonly Directive[];
  /** Where a string, a comment or a branch of the preprocessor begins that never ends. */
  readonly unfinished: readonly number[];
}

/**
 * The directive of C# and F# on a line that ends at `end`, by a sticky pattern whose first group is its word; undefined
 * for a line that begins with `#` and is free text.
 */
export function directiveAt(text: string, start: number, end: number, pattern: RegExp): Directive | undefined {
  pattern.lastIndex = start;
  const word = pattern.exec(text)?.[1];
  const rest = text.slice(pattern.lastIndex, end).replace(/\/\/.*$/, '');
  return word === undefined ? undefined : { kind: word as Directive['kind'], text: rest.trim(), range: { start, end } };
}

/** The end of the line that an offset stands in, without its line end. */
export function lineEnd(text: string, offset: number): number {
  for (let i = offset; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13) {
      return i;
    }
  }
  return text.length;
}

/** True where only blanks stand between the line's start and an offset. */
export function isAtLineStart(text: string, offset: number): boolean {
  for (let i = offset - 1; i >= 0; i--) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13) {
      return true;
    }
    if (code !== 32 && code !== 9 && code !== 0xfeff) {
      return false;
    }
  }
  return true;
}

/** The longest operator of a list, longest first, that stands at an offset; the one character where none does. */
export function operatorEnd(text: string, offset: number, operators: readonly string[]): number {
  const found = operators.find((operator) => text.startsWith(operator, offset));
  return offset + (found?.length ?? 1);
}
