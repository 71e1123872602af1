import type { TextRange } from '../model/finding.ts';
import type { Directive, LexedFile } from './tokens.ts';

/** Symbols that a build defines; names are compared as the language does. */
export type SymbolSet = ReadonlySet<string>;

/** What is left out of a file for one set of symbols, in order and without overlaps. */
export function deadRanges({ text, directives }: LexedFile, symbols: SymbolSet, ignoresCase: boolean): TextRange[] {
  const defined = new Set(ignoresCase ? [...symbols].map((symbol) => symbol.toLowerCase()) : symbols);
  const isDefined = (symbol: string) => defined.has(ignoresCase ? symbol.toLowerCase() : symbol);
  const dead: TextRange[] = [];
  /** For each open `#if`: whether a branch was taken, and whether the present one is. */
  const open: { taken: boolean; live: boolean }[] = [];
  /** How many of the open branches are not taken. */
  let deadCount = 0;
  let deadFrom: number | undefined;
  const turn = (at: TextRange) => {
    const isLive = deadCount === 0;
    if (!isLive && deadFrom === undefined) {
      deadFrom = at.end;
    } else if (isLive && deadFrom !== undefined) {
      dead.push({ start: deadFrom, end: at.start });
      deadFrom = undefined;
    }
  };
  for (const directive of directives) {
    const top = open.at(-1);
    switch (directive.kind) {
      case 'if': {
        const live = evaluateCondition(directive.text, isDefined);
        open.push({ taken: live, live });
        deadCount += live ? 0 : 1;
        break;
      }
      case 'elif':
      case 'else': {
        if (top) {
          deadCount -= top.live ? 0 : 1;
          top.live = !top.taken && (directive.kind === 'else' || evaluateCondition(directive.text, isDefined));
          deadCount += top.live ? 0 : 1;
          top.taken ||= top.live;
        }
        break;
      }
      case 'endif':
        deadCount -= open.pop()?.live === false ? 1 : 0;
        break;
      default:
        if (deadCount === 0) {
          define(defined, directive, ignoresCase);
        }
    }
    turn(directive.range);
  }
  if (deadFrom !== undefined) {
    dead.push({ start: deadFrom, end: text.length });
  }
  return dead;
}

/** The symbols that conditions of a file name, without `true` and `false`. */
export function mentionedSymbols(directives: readonly Directive[]): string[] {
  const symbols = new Set<string>();
  for (const { kind, text } of directives) {
    if (kind === 'if' || kind === 'elif') {
      for (const [word] of text.matchAll(/[\p{L}_][\p{L}\p{Nd}_]*/gu)) {
        if (!/^(?:true|false|and|or|not|andalso|orelse)$/i.test(word)) {
          symbols.add(word);
        }
      }
    }
  }
  return [...symbols];
}

/** The conditions around an offset as written, outermost first; `else` stands for what did not hold before. */
export function conditionsAt(directives: readonly Directive[], offset: number): string[] {
  const open: string[] = [];
  for (const { kind, text, range } of directives) {
    if (range.start > offset) {
      break;
    }
    if (kind === 'if') {
      open.push(text);
    } else if (kind === 'elif' && open.length > 0) {
      open[open.length - 1] = text;
    } else if (kind === 'else' && open.length > 0) {
      open[open.length - 1] = `!(${open.at(-1)})`;
    } else if (kind === 'endif') {
      open.pop();
    }
  }
  return open;
}

function define(symbols: Set<string>, { kind, text }: Directive, ignoresCase: boolean): void {
  const symbol = ignoresCase ? text.toLowerCase() : text;
  if (kind === 'define') {
    symbols.add(symbol);
  } else {
    symbols.delete(symbol);
  }
}

const token = /\s*(?:(&&|\|\||[!()]|==|!=|<>|=)|([\p{L}_][\p{L}\p{Nd}_]*)|([^\s]))/uy;

/** Nobody writes conditions that are nested more deeply. */
const maximumDepth = 50;

/** A condition in the words of C#, F# or Visual Basic. What cannot be read is false. */
function evaluateCondition(text: string, isDefined: (symbol: string) => boolean): boolean {
  const words: string[] = [];
  token.lastIndex = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    words.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  let position = 0;
  const peek = () => words[position]?.toLowerCase();
  const either = (depth: number): boolean => {
    let value = both(depth);
    while (peek() === '||' || peek() === 'or' || peek() === 'orelse') {
      position++;
      const right = both(depth);
      value ||= right;
    }
    return value;
  };
  const both = (depth: number): boolean => {
    let value = compared(depth);
    while (peek() === '&&' || peek() === 'and' || peek() === 'andalso') {
      position++;
      const right = compared(depth);
      value &&= right;
    }
    return value;
  };
  const compared = (depth: number): boolean => {
    const left = single(depth);
    const operator = peek();
    if (operator === '==' || operator === '=') {
      position++;
      return left === single(depth);
    }
    if (operator === '!=' || operator === '<>') {
      position++;
      return left !== single(depth);
    }
    return left;
  };
  const single = (depth: number): boolean => {
    const word = words[position++];
    if (word === undefined || depth > maximumDepth) {
      return false;
    }
    if (word === '!' || word.toLowerCase() === 'not') {
      return !single(depth + 1);
    }
    if (word === '(') {
      const value = either(depth + 1);
      position++;
      return value;
    }
    const lower = word.toLowerCase();
    return lower === 'true' || (lower !== 'false' && isDefined(word));
  };
  return either(0);
}
