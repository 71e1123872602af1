import {
  type Directive,
  isAtLineStart,
  type LexedFile,
  lineEnd,
  operatorEnd,
  type TokenKind,
  TokenList,
  tokenKinds,
} from './tokens.ts';

/**
 * Reads Visual Basic. Never throws; the work is proportional to the length of the text.
 * Source: https://learn.microsoft.com/dotnet/visual-basic/reference/language-specification/lexical-grammar
 */
export function lexVisualBasic(text: string): LexedFile {
  return new VisualBasicLexer(text).run();
}

const name =
  /\[[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Pc}]*\]|[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Pc}\p{Mn}\p{Mc}\p{Cf}]*/uy;
const number =
  /&[hH][\da-fA-F_]+[uUsSiIlL&%@!#]*|&[oO][0-7_]+[uUsSiIlL&%]*|&[bB][01_]+[uUsSiIlL&%]*|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?[uUsSiIlLdDfFrR&%@!#]*/y;
const directive = /#[ \t]*(if|elseif|else|end[ \t]*if|const)\b/iy;
const anyDirective = /#[ \t]*(?:if|elseif|else|end|const|region|externalsource|externalchecksum|disable|enable|r)\b/iy;
const date = /#[ \t]*\d[\d/:\- \tapmAPM]*#/y;
const operators = ['<<=', '>>=', '<>', '<=', '>=', ':=', '+=', '-=', '*=', '/=', '\\=', '^=', '&=', '?.', '<<', '>>'];

/** Behind these a statement goes on in the next line. */
const openEnded =
  /^(?:[({,=+\-*/\\^&.<>]|<>|<=|>=|:=|[-+*/\\^&]=|or|and|xor|not|orelse|andalso|is|isnot|like|mod|in|from|of)$/i;

class VisualBasicLexer {
  readonly #text: string;
  readonly #tokens = new TokenList();
  readonly #directives: Directive[] = [];
  readonly #unfinished: number[] = [];
  /** Braces that are open in the code of each hole of an interpolated string. */
  readonly #holes: number[] = [];

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
      return this.#lineEnd(i);
    }
    if (code <= 32 || code === 0xfeff) {
      return i + 1;
    }
    if (code === 39 || code === 0x2018 || code === 0x2019) {
      return lineEnd(text, i);
    }
    if (code === 35) {
      return this.#sharp(i);
    }
    if (isQuote(code) || (code === 36 && isQuote(text.charCodeAt(i + 1)))) {
      return this.#string(i, code === 36);
    }
    if ((code >= 48 && code <= 57) || (code === 38 && /^&[hob]/i.test(text.slice(i, i + 2)))) {
      number.lastIndex = i;
      if (number.test(text)) {
        return this.#push(tokenKinds.number, i, number.lastIndex);
      }
    }
    if (code === 91 || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code > 127) {
      return this.#name(i);
    }
    return this.#operator(i, code);
  }

  #push(kind: TokenKind, start: number, end: number): number {
    this.#tokens.push(kind, start, end);
    return end;
  }

  /** A line end is the end of a statement unless what stands before or behind it needs more. */
  #lineEnd(i: number): number {
    const last = this.#tokens.length - 1;
    const end = this.#text[i] === '\r' && this.#text[i + 1] === '\n' ? i + 2 : i + 1;
    if (last < 0 || this.#tokens.kinds[last] === tokenKinds.end) {
      return end;
    }
    const before = this.#text.slice(this.#tokens.starts[last], this.#tokens.ends[last]);
    const isText = this.#tokens.kinds[last] === tokenKinds.string || this.#tokens.kinds[last] === tokenKinds.part;
    const after = /^\s*(.?)/.exec(this.#text.slice(end, end + 200))?.[1] ?? '';
    if ((isText || !openEnded.test(before)) && !/[.)}]/.test(after)) {
      this.#push(tokenKinds.end, i, i);
    }
    return end;
  }

  #sharp(i: number): number {
    const text = this.#text;
    anyDirective.lastIndex = i;
    if (isAtLineStart(text, i) && anyDirective.test(text)) {
      const end = lineEnd(text, i);
      directive.lastIndex = i;
      const match = directive.exec(text);
      if (match) {
        const rest = text.slice(directive.lastIndex, end).replace(/'.*$/, '');
        this.#directives.push({ ...readDirective(match[1] ?? '', rest), range: { start: i, end } });
      }
      return end;
    }
    date.lastIndex = i;
    return date.test(text) ? this.#push(tokenKinds.part, i, date.lastIndex) : i + 1;
  }

  #name(i: number): number {
    const text = this.#text;
    name.lastIndex = i;
    if (!name.test(text)) {
      return this.#push(tokenKinds.operator, i, i + 1);
    }
    const end = name.lastIndex;
    const word = text.slice(i, end);
    if (word === '_' && /^[ \t]*(?:'[^\r\n]*)?(?:\r\n|\n|\r)/.test(text.slice(end, end + 200))) {
      const next = lineEnd(text, end);
      return text[next] === '\r' && text[next + 1] === '\n' ? next + 2 : next + 1;
    }
    const last = this.#tokens.length - 1;
    const isMember = last >= 0 && text[this.#tokens.starts[last] ?? 0] === '.';
    return /^rem$/i.test(word) && !isMember ? lineEnd(text, i) : this.#push(tokenKinds.name, i, end);
  }

  #operator(i: number, code: number): number {
    const hole = this.#holes.length - 1;
    if (hole >= 0 && code === 123) {
      this.#holes[hole] = (this.#holes[hole] ?? 0) + 1;
    } else if (hole >= 0 && code === 125) {
      if (this.#holes[hole] === 0) {
        this.#holes.pop();
        this.#push(tokenKinds.holeClose, i, i);
        return this.#stringBody(i + 1, i + 1, true, true);
      }
      this.#holes[hole] = (this.#holes[hole] ?? 0) - 1;
    }
    // A colon between statements ends the first of them.
    if (code === 58 && this.#text[i + 1] !== '=') {
      return this.#push(tokenKinds.end, i, i + 1);
    }
    return this.#push(tokenKinds.operator, i, operatorEnd(this.#text, i, operators));
  }

  #string(start: number, isInterpolated: boolean): number {
    return this.#stringBody(start, start + (isInterpolated ? 2 : 1), isInterpolated, false);
  }

  #stringBody(start: number, i: number, isInterpolated: boolean, isLater: boolean): number {
    const text = this.#text;
    const kind = isLater ? tokenKinds.part : tokenKinds.string;
    for (let at = i; at < text.length; ) {
      const code = text.charCodeAt(at);
      if (isQuote(code)) {
        if (!isQuote(text.charCodeAt(at + 1))) {
          const isCharacter = /^[cC](?!\w)/.test(text.slice(at + 1, at + 3));
          return this.#push(kind, start, isCharacter ? at + 2 : at + 1);
        }
        at += 2;
      } else if (isInterpolated && code === 123) {
        if (text.charCodeAt(at + 1) === 123) {
          at += 2;
          continue;
        }
        this.#push(tokenKinds.part, start, at + 1);
        this.#push(tokenKinds.holeOpen, at + 1, at + 1);
        this.#holes.push(0);
        return at + 1;
      } else {
        at++;
      }
    }
    this.#unfinished.push(start);
    return this.#push(kind, start, text.length);
  }
}

function readDirective(word: string, rest: string): Pick<Directive, 'kind' | 'text'> {
  const kind = word.toLowerCase().replace(/\s/g, '');
  switch (kind) {
    case 'elseif':
      return { kind: 'elif', text: rest.replace(/\bthen\s*$/i, '').trim() };
    case 'if':
      return { kind: 'if', text: rest.replace(/\bthen\s*$/i, '').trim() };
    case 'endif':
      return { kind: 'endif', text: '' };
    case 'const': {
      const [symbol = '', value = ''] = rest.split('=').map((part) => part.trim());
      return { kind: /^(?:false|0)$/i.test(value) ? 'undef' : 'define', text: symbol };
    }
    default:
      return { kind: 'else', text: '' };
  }
}

function isQuote(code: number): boolean {
  return code === 34 || code === 0x201c || code === 0x201d;
}
