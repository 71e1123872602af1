import {
  type Directive,
  directiveAt,
  isAtLineStart,
  type LexedFile,
  lineEnd,
  operatorEnd,
  type TokenKind,
  TokenList,
  tokenKinds,
} from './tokens.ts';

interface OpenString {
  readonly isTriple: boolean;
  readonly isVerbatim: boolean;
  readonly dollars: number;
  depth: number;
}

/**
 * Reads F#. Never throws; the work is proportional to the length of the text.
 * Source: https://fsharp.org/specs/language-spec/
 */
export function lexFSharp(text: string): LexedFile {
  return new FSharpLexer(text).run();
}

const name = /``[^`\r\n]+``|[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Pc}\p{Mn}\p{Mc}\p{Cf}']*/uy;
const number = /0[xX][\da-fA-F_]+\w*|0[oO][0-7_]+\w*|0[bB][01_]+\w*|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?[a-zA-Z]*/y;
const directive = /#[ \t]*(if|else|endif)\b/y;
const anyDirective = /#[ \t]*(?:if|else|endif|nowarn|light|line|r|load|I|help|quit|time)\b/y;
const character = /^'(?:\\(?:[\\"'abfnrtv0]|\d{3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|[^\\\n\r]{1,2})'/u;
const operators = [
  '|||',
  '&&&',
  '^^^',
  '~~~',
  '<<<',
  '>>>',
  ':?>',
  '<|>',
  '|>',
  '<|',
  '<-',
  '->',
  ':>',
  ':?',
  ':=',
  '::',
  '<>',
  '<=',
  '>=',
  '&&',
  '||',
  '..',
];

class FSharpLexer {
  readonly #text: string;
  readonly #tokens = new TokenList();
  readonly #directives: Directive[] = [];
  readonly #unfinished: number[] = [];
  readonly #open: OpenString[] = [];
  /** Columns of the statements that the present one is a part of; the last is its own. */
  readonly #columns: number[] = [];
  #lineStart = 0;
  #isNewLine = true;

  constructor(text: string) {
    this.#text = text;
  }

  run(): LexedFile {
    const text = this.#text;
    for (let i = 0; i < text.length; ) {
      i = this.#next(i, text.charCodeAt(i));
    }
    return { text, tokens: this.#tokens, directives: this.#directives, unfinished: this.#unfinished };
  }

  #next(i: number, code: number): number {
    const text = this.#text;
    if (code === 10 || code === 13) {
      this.#lineStart = i + 1;
      this.#isNewLine = true;
      return i + 1;
    }
    if (code <= 32 || code === 0xfeff) {
      return i + 1;
    }
    if (code === 47 && text[i + 1] === '/') {
      return lineEnd(text, i);
    }
    if (code === 40 && text[i + 1] === '*' && text[i + 2] !== ')') {
      return this.#comment(i);
    }
    anyDirective.lastIndex = i;
    if (code === 35 && isAtLineStart(text, i) && anyDirective.test(text)) {
      return this.#directive(i);
    }
    this.#offside(i);
    if (code === 34 || ((code === 36 || code === 64) && /^[$@]+"/.test(text.slice(i, i + 12)))) {
      return this.#string(i);
    }
    if (code === 39) {
      const match = character.exec(text.slice(i, i + 14));
      return match ? this.#push(tokenKinds.part, i, i + match[0].length) : i + 1;
    }
    if (code >= 48 && code <= 57) {
      number.lastIndex = i;
      return this.#push(tokenKinds.number, i, number.test(text) ? number.lastIndex : i + 1);
    }
    name.lastIndex = i;
    if (name.test(text)) {
      return this.#push(tokenKinds.name, i, name.lastIndex);
    }
    return this.#operator(i, code);
  }

  #push(kind: TokenKind, start: number, end: number): number {
    this.#tokens.push(kind, start, end);
    return end;
  }

  /**
   * A line that begins at the column of an earlier statement, or left of it, ends that statement; one that begins with
   * an operator goes on with it.
   */
  #offside(i: number): void {
    if (!this.#isNewLine) {
      return;
    }
    this.#isNewLine = false;
    const column = i - this.#lineStart;
    const goesOn = /^(?:\|\|\||&&&|\^\^\^|\|>|\|\||&&|[)\]}+*,.]|:[>?])/.test(this.#text.slice(i, i + 3));
    const last = this.#columns.at(-1);
    if (goesOn || last === undefined || column > last) {
      if (!goesOn) {
        this.#columns.push(column);
      }
      return;
    }
    this.#tokens.push(tokenKinds.end, i, i);
    while (this.#columns.length > 0 && (this.#columns.at(-1) ?? 0) > column) {
      this.#columns.pop();
    }
    if (this.#columns.at(-1) !== column) {
      this.#columns.push(column);
    }
  }

  /** Comments nest, and strings in them are strings. */
  #comment(start: number): number {
    const text = this.#text;
    const step = /\(\*(?!\))|\*\)|"""[\s\S]*?"""|@"[^"]*"|"(?:[^"\\]+|\\[\s\S])*"/g;
    step.lastIndex = start;
    let depth = 0;
    for (let match = step.exec(text); match; match = step.exec(text)) {
      depth += match[0] === '(*' ? 1 : match[0] === '*)' ? -1 : 0;
      if (depth === 0) {
        return step.lastIndex;
      }
    }
    this.#unfinished.push(start);
    return text.length;
  }

  #directive(i: number): number {
    const end = lineEnd(this.#text, i);
    const found = directiveAt(this.#text, i, end, directive);
    if (found) {
      this.#directives.push(found);
    }
    return end;
  }

  #operator(i: number, code: number): number {
    const hole = this.#open.at(-1);
    if (hole && code === 123) {
      hole.depth++;
    } else if (hole && code === 125) {
      if (hole.depth === 0) {
        this.#open.pop();
        this.#push(tokenKinds.holeClose, i, i);
        const end = i + Math.max(1, hole.dollars);
        return this.#stringBody(end, end, hole, true);
      }
      hole.depth--;
    }
    return this.#push(tokenKinds.operator, i, operatorEnd(this.#text, i, operators));
  }

  #string(start: number): number {
    let i = start;
    let dollars = 0;
    let isVerbatim = false;
    for (; this.#text[i] !== '"'; i++) {
      dollars += this.#text[i] === '$' ? 1 : 0;
      isVerbatim ||= this.#text[i] === '@';
    }
    const isTriple = this.#text.startsWith('"""', i);
    return this.#stringBody(start, isTriple ? i + 3 : i + 1, { isTriple, isVerbatim, dollars, depth: 0 }, false);
  }

  #stringBody(start: number, i: number, { isTriple, isVerbatim, dollars }: OpenString, isLater: boolean): number {
    const text = this.#text;
    const kind = isLater ? tokenKinds.part : tokenKinds.string;
    for (let at = i; at < text.length; ) {
      const letter = text[at];
      if (letter === '"') {
        if (isTriple && !text.startsWith('"""', at)) {
          at++;
        } else if (!isTriple && isVerbatim && text[at + 1] === '"') {
          at += 2;
        } else {
          let end = isTriple ? at + 3 : at + 1;
          while (isTriple && text[end] === '"') {
            end++;
          }
          return this.#push(kind, start, end);
        }
      } else if (letter === '\\' && !isTriple && !isVerbatim) {
        at += 2;
      } else if (letter === '{' && dollars > 0) {
        let end = at;
        while (text[end] === '{') {
          end++;
        }
        const isHole = dollars > 1 ? end - at >= dollars : (end - at) % 2 === 1;
        at = end;
        if (isHole) {
          this.#push(tokenKinds.part, start, at);
          this.#push(tokenKinds.holeOpen, at, at);
          this.#open.push({ isTriple, isVerbatim, dollars, depth: 0 });
          return at;
        }
      } else {
        at++;
      }
    }
    this.#unfinished.push(start);
    return this.#push(kind, start, text.length);
  }
}
