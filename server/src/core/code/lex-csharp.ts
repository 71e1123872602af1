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

/** An interpolated string that is open around the code of one of its holes. */
interface OpenString {
  /** Quotes of a raw string; 0 for every other one. */
  readonly quotes: number;
  /** Dollar signs. */
  readonly dollars: number;
  readonly isVerbatim: boolean;
  /** Braces of the code in the hole that are open. */
  depth: number;
}

/**
 * Reads C#. Never throws; the work is proportional to the length of the text.
 * Source: https://learn.microsoft.com/dotnet/csharp/language-reference/language-specification/lexical-structure
 */
export function lexCSharp(text: string): LexedFile {
  return new CSharpLexer(text).run();
}

const nameStart = /[\p{L}\p{Nl}_]/u;
const name = /@?[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Pc}\p{Mn}\p{Mc}\p{Cf}]*/uy;
const number = /0[xX][\da-fA-F_]+[uUlL]*|0[bB][01_]+[uUlL]*|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?[uUlLfFdDmM]*/y;
const directive = /#[ \t]*(if|elif|else|endif|define|undef)\b/y;
const operators = [
  '??=',
  '>>=',
  '<<=',
  '=>',
  '==',
  '!=',
  '<=',
  '>=',
  '&&',
  '||',
  '|=',
  '&=',
  '^=',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '??',
  '?.',
  '::',
  '->',
  '++',
  '--',
  '..',
];

class CSharpLexer {
  readonly #text: string;
  readonly #tokens = new TokenList();
  readonly #directives: Directive[] = [];
  readonly #unfinished: number[] = [];
  readonly #open: OpenString[] = [];

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
    if (code <= 32 || code === 0xfeff) {
      return i + 1;
    }
    if (code === 47 && (text[i + 1] === '/' || text[i + 1] === '*')) {
      return this.#comment(i);
    }
    if (code === 35 && isAtLineStart(text, i)) {
      return this.#directive(i);
    }
    if (code === 34 || ((code === 36 || code === 64) && /^[$@]+"/.test(text.slice(i, i + 12)))) {
      return this.#string(i);
    }
    if (code === 39) {
      return this.#character(i);
    }
    if (code >= 48 && code <= 57) {
      number.lastIndex = i;
      return this.#push(tokenKinds.number, i, number.test(text) ? number.lastIndex : i + 1);
    }
    if (code === 64 || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code > 127) {
      name.lastIndex = i;
      if (nameStart.test(text[code === 64 ? i + 1 : i] ?? '') && name.test(text)) {
        return this.#push(tokenKinds.name, i, name.lastIndex);
      }
    }
    return this.#operator(i, code);
  }

  #push(kind: TokenKind, start: number, end: number): number {
    this.#tokens.push(kind, start, end);
    return end;
  }

  #comment(i: number): number {
    if (this.#text[i + 1] === '/') {
      return lineEnd(this.#text, i);
    }
    const end = this.#text.indexOf('*/', i + 2);
    if (end < 0) {
      this.#unfinished.push(i);
      return this.#text.length;
    }
    return end + 2;
  }

  /** Everything else that begins with `#` is free text to the end of its line. */
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
        return this.#closeHole(i, hole);
      }
      hole.depth--;
    }
    return this.#push(tokenKinds.operator, i, operatorEnd(this.#text, i, operators));
  }

  #closeHole(i: number, hole: OpenString): number {
    this.#open.pop();
    const end = i + Math.max(1, hole.quotes > 0 ? hole.dollars : 1);
    this.#push(tokenKinds.holeClose, i, i);
    return this.#stringBody(end, end, hole, true);
  }

  #string(start: number): number {
    let i = start;
    let dollars = 0;
    let isVerbatim = false;
    for (; this.#text[i] !== '"'; i++) {
      dollars += this.#text[i] === '$' ? 1 : 0;
      isVerbatim ||= this.#text[i] === '@';
    }
    const quotes = runLength(this.#text, i, '"');
    if (!isVerbatim && quotes >= 3) {
      return this.#stringBody(start, i + quotes, { quotes, dollars, isVerbatim, depth: 0 }, false);
    }
    return this.#stringBody(start, i + 1, { quotes: 0, dollars, isVerbatim, depth: 0 }, false);
  }

  /** The text of a string from `i`, up to its end or to the code of a hole. */
  #stringBody(start: number, i: number, { quotes, dollars, isVerbatim }: OpenString, isLater: boolean): number {
    const text = this.#text;
    const kind = isLater ? tokenKinds.part : tokenKinds.string;
    for (let at = i; at < text.length; ) {
      const character = text[at];
      if (character === '"') {
        const run = quotes > 0 ? runLength(text, at, '"') : 1;
        if (quotes > 0 && run < quotes) {
          at += run;
        } else if (isVerbatim && text[at + 1] === '"') {
          at += 2;
        } else {
          return this.#push(kind, start, at + run);
        }
      } else if (character === '\\' && quotes === 0 && !isVerbatim) {
        at += 2;
      } else if ((character === '\n' || character === '\r') && quotes === 0 && !isVerbatim) {
        this.#unfinished.push(start);
        return this.#push(kind, start, at);
      } else if (character === '{' && dollars > 0) {
        const run = runLength(text, at, '{');
        const isHole = quotes > 0 ? run >= dollars : run % 2 === 1;
        at += run;
        if (isHole) {
          this.#push(tokenKinds.part, start, at);
          this.#push(tokenKinds.holeOpen, at, at);
          this.#open.push({ quotes, dollars, isVerbatim, depth: 0 });
          return at;
        }
      } else {
        at++;
      }
    }
    this.#unfinished.push(start);
    return this.#push(kind, start, text.length);
  }

  #character(i: number): number {
    const match = /^'(?:\\[^\r\n]{1,9}?|[^'\\\r\n]{1,2})'/u.exec(this.#text.slice(i, i + 14));
    return match ? this.#push(tokenKinds.part, i, i + match[0].length) : i + 1;
  }
}

/** How often a character is repeated from an offset on. */
function runLength(text: string, offset: number, character: string): number {
  let end = offset;
  while (text[end] === character) {
    end++;
  }
  return end - offset;
}
