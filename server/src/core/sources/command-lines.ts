import type { TextRange } from '../model/finding.ts';
import { escapePattern } from '../text/escape.ts';

/** One command of a batch file or a shell script, split as the shell splits it. */
export interface CommandLine {
  readonly words: readonly CommandWord[];
  readonly range: TextRange;
}

/** A word without its quotes and escapes; variables stay as written. */
export interface CommandWord {
  readonly value: string;
  /** With its quotes. */
  readonly range: TextRange;
}

export type ShellLanguage = 'batch' | 'shell';

/**
 * All commands of a text, in order, whether they run or not. Comments and here-documents are none. It never throws and
 * takes time in proportion to the text.
 * Sources: https://learn.microsoft.com/windows-server/administration/windows-commands/cmd and
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 */
export function splitCommands(text: string, language: ShellLanguage): CommandLine[] {
  return new Splitter(text, language).run();
}

class Splitter {
  readonly #text: string;
  readonly #isBatch: boolean;
  readonly #commands: CommandLine[] = [];
  #words: CommandWord[] = [];
  #position = 0;

  constructor(text: string, language: ShellLanguage) {
    this.#text = text;
    this.#isBatch = language === 'batch';
  }

  run(): CommandLine[] {
    while (this.#position < this.#text.length) {
      this.#step();
    }
    this.#end();
    return this.#commands;
  }

  #step(): void {
    const text = this.#text;
    const char = text[this.#position] ?? '';
    if (this.#isContinuation()) {
      return;
    }
    if (char === '\n' || char === '\r') {
      this.#end();
      this.#position++;
    } else if (/\s/.test(char)) {
      this.#position++;
    } else if (this.#isComment(char)) {
      this.#position = lineEnd(text, this.#position);
    } else if ('&|;(){}'.includes(char) && !(this.#isBatch && ';{}'.includes(char))) {
      this.#end();
      this.#position++;
    } else if (!this.#isBatch && text.startsWith('<<', this.#position)) {
      this.#skipHereDocument();
    } else {
      this.#readWord();
    }
  }

  /** The sign at the end of a line after which the command goes on. */
  #isContinuation(): boolean {
    const found = this.#match(this.#isBatch ? /\^[ \t]*(?:\r\n|\n|\r)/y : /\\(?:\r\n|\n|\r)/y);
    this.#position += found.length;
    return found !== '';
  }

  #isComment(char: string): boolean {
    if (!this.#isBatch) {
      return char === '#';
    }
    const isFirst = this.#words.length === 0;
    return isFirst && this.#match(/@?rem(?=[\s:;,=.]|$)|::/iy) !== '';
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#position;
    return pattern.exec(this.#text)?.[0] ?? '';
  }

  #readWord(): void {
    const start = this.#position;
    let value = '';
    for (;;) {
      const plain = this.#match(this.#isBatch ? /[^\s"^&|()<>]+/y : /[^\s"'\\&|;(){}<>`]+/y);
      value += plain;
      this.#position += plain.length;
      const char = this.#text[this.#position] ?? '';
      if (char === '"' || (char === "'" && !this.#isBatch)) {
        value += this.#readQuoted(char);
      } else if (char === (this.#isBatch ? '^' : '\\') && !/[\r\n]/.test(this.#text[this.#position + 1] ?? '\n')) {
        value += this.#text[this.#position + 1] ?? '';
        this.#position += 2;
      } else if (char === '{' && !this.#isBatch && value !== '') {
        // Inside of a word, braces are a part of it: `${name}`.
        value += char;
        this.#position++;
        const rest = this.#match(/[^\s}]*\}?/y);
        value += rest;
        this.#position += rest.length;
      } else {
        break;
      }
    }
    if (this.#position === start) {
      // A redirection, a backtick: it is no part of any word.
      this.#position++;
      return;
    }
    this.#words.push({ value, range: { start, end: this.#position } });
  }

  /** Up to the other quote; a batch file's text ends with its line. */
  #readQuoted(quote: string): string {
    const pattern = this.#isBatch ? /"([^"\r\n]*)"?/y : quote === '"' ? /"((?:[^"\\]|\\[\s\S])*)"?/y : /'([^']*)'?/y;
    pattern.lastIndex = this.#position;
    const found = pattern.exec(this.#text);
    this.#position += found?.[0].length ?? 1;
    const inner = found?.[1] ?? '';
    return quote === '"' && !this.#isBatch ? inner.replace(/\\(["\\$`])/g, '$1') : inner;
  }

  #skipHereDocument(): void {
    const head = this.#match(/<<-?\s*(?:"[^"\r\n]*"|'[^'\r\n]*'|[\w.-]+)?/y);
    this.#position += Math.max(head.length, 2);
    const word = head.replace(/^<<-?\s*/, '').replace(/["']/g, '');
    if (word === '' || head.startsWith('<<<')) {
      return;
    }
    const end = new RegExp(`^[ \\t]*${escapePattern(word)}[ \\t]*$`, 'm');
    const bodyStart = lineEnd(this.#text, this.#position);
    const found = end.exec(this.#text.slice(bodyStart));
    // Without its end it is none, or is still being typed.
    this.#position = found ? bodyStart + found.index + found[0].length : this.#position;
  }

  #end(): void {
    const first = this.#words[0];
    const last = this.#words.at(-1);
    if (first && last) {
      this.#commands.push({ words: this.#words, range: { start: first.range.start, end: last.range.end } });
    }
    this.#words = [];
  }
}

function lineEnd(text: string, from: number): number {
  const pattern = /[\r\n]/g;
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}
