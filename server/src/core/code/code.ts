import type { TextRange } from '../model/finding.ts';
import { type LexedFile, tokenKinds } from './tokens.ts';

/** The languages that are read here. */
export type CodeLanguage = 'csharp' | 'visual-basic' | 'fsharp';

const partners: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/**
 * The tokens of a file that one build compiles, with their brackets. Everything that looks for meaning works on this:
 * indexes of tokens in, offsets out. `-1` stands for no token.
 */
export class Code {
  readonly language: CodeLanguage;
  readonly text: string;
  readonly length: number;
  readonly #kinds: readonly number[];
  readonly #starts: readonly number[];
  readonly #ends: readonly number[];
  /** The other bracket of a pair; -1 for all other tokens and for brackets without one. */
  readonly #partner: Int32Array;
  /** The bracket that a token stands in. */
  readonly #around: Int32Array;

  constructor(language: CodeLanguage, { text, tokens }: LexedFile, dead: readonly TextRange[]) {
    this.language = language;
    this.text = text;
    if (dead.length === 0) {
      this.#kinds = tokens.kinds;
      this.#starts = tokens.starts;
      this.#ends = tokens.ends;
    } else {
      const kinds: number[] = [];
      const starts: number[] = [];
      const ends: number[] = [];
      let region = 0;
      for (let i = 0; i < tokens.length; i++) {
        const start = tokens.starts[i] ?? 0;
        while (region < dead.length && (dead[region]?.end ?? 0) <= start) {
          region++;
        }
        if (start < (dead[region]?.start ?? Number.POSITIVE_INFINITY)) {
          kinds.push(tokens.kinds[i] ?? 0);
          starts.push(start);
          ends.push(tokens.ends[i] ?? 0);
        }
      }
      this.#kinds = kinds;
      this.#starts = starts;
      this.#ends = ends;
    }
    this.length = this.#kinds.length;
    this.#partner = new Int32Array(this.length).fill(-1);
    this.#around = new Int32Array(this.length).fill(-1);
    this.#matchBrackets();
  }

  kind(i: number): number {
    return this.#kinds[i] ?? 0;
  }

  start(i: number): number {
    return this.#starts[i] ?? this.text.length;
  }

  end(i: number): number {
    return this.#ends[i] ?? this.text.length;
  }

  /** The text of a token as written; empty outside of the file. */
  word(i: number): string {
    return i < 0 || i >= this.length ? '' : this.text.slice(this.start(i), this.end(i));
  }

  /** A name without the marks that allow a keyword as a name. */
  name(i: number): string {
    return this.kind(i) === tokenKinds.name ? this.word(i).replace(/^@|^\[|\]$|``/g, '') : '';
  }

  isName(i: number): boolean {
    return this.kind(i) === tokenKinds.name;
  }

  /** True for a word or an operator; letter case counts where the language says so. */
  is(i: number, text: string): boolean {
    const length = this.end(i) - this.start(i);
    const kind = this.kind(i);
    if (i < 0 || length !== text.length || kind === tokenKinds.string || kind === tokenKinds.part) {
      return false;
    }
    return this.same(this.word(i), text);
  }

  /** True for one of some words. */
  isOneOf(i: number, texts: ReadonlySet<string>): boolean {
    const kind = this.kind(i);
    if (kind === tokenKinds.string || kind === tokenKinds.part) {
      return false;
    }
    const word = this.word(i);
    return texts.has(this.language === 'visual-basic' ? word.toLowerCase() : word);
  }

  /** Compares two names as the language does. */
  same(a: string, b: string): boolean {
    return this.language === 'visual-basic' ? a.toLowerCase() === b.toLowerCase() : a === b;
  }

  /** The other bracket of a pair. */
  partner(i: number): number {
    return this.#partner[i] ?? -1;
  }

  /** The opening bracket around a token; for a bracket, the one around the pair. */
  around(i: number): number {
    return this.#around[i] ?? -1;
  }

  /** The token behind one, or behind the pair that it opens. */
  after(i: number): number {
    const partner = this.partner(i);
    return partner > i ? partner + 1 : i + 1;
  }

  /** The token before one, or before the pair that it closes. */
  before(i: number): number {
    const partner = this.partner(i);
    return partner >= 0 && partner < i ? partner - 1 : i - 1;
  }

  isEnd(i: number): boolean {
    return i < 0 || i >= this.length || this.kind(i) === tokenKinds.end || this.is(i, ';');
  }

  /** The range of a row of tokens, the last included. */
  range(first: number, last: number): TextRange {
    return { start: this.start(first), end: this.end(Math.max(first, last)) };
  }

  /** The first token at or behind an offset. */
  tokenAt(offset: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.end(middle) <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Brackets that have no partner are left alone, so that one typing error costs only what stands inside it. */
  #matchBrackets(): void {
    const open: number[] = [];
    const counts: Record<string, number> = { '(': 0, '[': 0, '{': 0, hole: 0 };
    const close = (i: number, opener: string) => {
      while (counts[opener] !== 0 && open.length > 0) {
        const start = open.pop() as number;
        const word = this.#opener(start);
        counts[word] = (counts[word] ?? 0) - 1;
        if (word === opener) {
          this.#partner[start] = i;
          this.#partner[i] = start;
          this.#around[i] = this.#around[start] ?? -1;
          return;
        }
      }
    };
    for (let i = 0; i < this.length; i++) {
      this.#around[i] = open.at(-1) ?? -1;
      const opener = this.#opener(i);
      if (opener !== '') {
        open.push(i);
        counts[opener] = (counts[opener] ?? 0) + 1;
      } else if (this.kind(i) === tokenKinds.holeClose) {
        close(i, 'hole');
      } else if (this.kind(i) === tokenKinds.operator) {
        const partner = partners[this.word(i)];
        if (partner !== undefined) {
          close(i, partner);
        }
      }
    }
  }

  #opener(i: number): string {
    if (this.kind(i) === tokenKinds.holeOpen) {
      return 'hole';
    }
    const word = this.kind(i) === tokenKinds.operator ? this.word(i) : '';
    return word === '(' || word === '[' || word === '{' ? word : '';
  }
}
