import { type Cursor, isDoubleQuote, isLineEnd, isSingleQuote } from './cursor.ts';
import type { Expression, StringExpression, VariableExpression } from './nodes.ts';

/** Reads `$(...)` at the cursor, which stands on the dollar sign. */
export type ReadSubexpression = () => Expression;

/** `'...'`: a quote inside is doubled. */
export function readSingleQuoted(cursor: Cursor): StringExpression {
  const start = cursor.position++;
  let value = '';
  let from = cursor.position;
  for (; !cursor.isAtEnd; cursor.position++) {
    if (isSingleQuote(cursor.peek())) {
      value += cursor.text.slice(from, cursor.position);
      if (!isSingleQuote(cursor.peek(1))) {
        cursor.position++;
        return stringOf('single', start, cursor, [value]);
      }
      from = ++cursor.position;
    }
  }
  cursor.problem('unfinished', start);
  return stringOf('single', start, cursor, [value + cursor.text.slice(from)]);
}

/** `"..."`: with escapes, variables and `$(...)`. */
export function readDoubleQuoted(cursor: Cursor, readSubexpression: ReadSubexpression): StringExpression {
  const start = cursor.position++;
  const parts: (string | Expression)[] = [];
  while (!cursor.isAtEnd) {
    if (isDoubleQuote(cursor.peek())) {
      if (!isDoubleQuote(cursor.peek(1))) {
        cursor.position++;
        return stringOf('double', start, cursor, parts);
      }
      addText(parts, '"');
      cursor.position += 2;
    } else {
      readPart(cursor, parts, readSubexpression, plainInQuotes);
    }
  }
  cursor.problem('unfinished', start);
  return stringOf('double', start, cursor, parts);
}

/** `@'...'@` or `@"..."@`; undefined where the line goes on behind the quote. It ends at the begin of a line only. */
export function readHereString(cursor: Cursor, readSubexpression: ReadSubexpression): StringExpression | undefined {
  const head = cursor.match(/@(['"\u2018-\u201E])[ \t]*(?:\r\n|\n|\r)/y);
  if (!head) {
    return undefined;
  }
  const start = cursor.position;
  const isExpanded = isDoubleQuote(head[1] ?? '');
  const isEnd = isExpanded ? isDoubleQuote : isSingleQuote;
  // The line end in front of the first line may be the one in front of the end.
  cursor.position += head[0].length - 1;
  const bodyStart = start + head[0].length;
  const parts: (string | Expression)[] = [];
  while (!cursor.isAtEnd) {
    const lineEnd = cursor.match(/\r\n|\n|\r/y)?.[0].length ?? 0;
    const after = cursor.position + lineEnd + (lineEnd > 0 ? indentationAt(cursor, cursor.position + lineEnd) : 0);
    if (lineEnd > 0 && isEnd(cursor.text[after] ?? '') && cursor.text[after + 1] === '@') {
      cursor.position = after + 2;
      return stringOf('here', start, cursor, parts);
    }
    if (lineEnd > 0) {
      if (after > bodyStart) {
        addText(parts, cursor.text.slice(cursor.position, after));
      }
      cursor.position = after;
    } else if (isExpanded) {
      readPart(cursor, parts, readSubexpression, plainInHereString);
    } else {
      addText(parts, take(cursor, /[^\r\n]+/y));
    }
  }
  cursor.problem('unfinished', start);
  return stringOf('here', start, cursor, parts);
}

/** Blanks that the surrounding file puts in front of each line. */
function indentationAt(cursor: Cursor, from: number): number {
  let length = 0;
  while (length < cursor.indentation && cursor.text[from + length] === ' ') {
    length++;
  }
  return length;
}

/** One variable, escape, hole, or stretch of plain text of an expandable text. */
export function readPart(
  cursor: Cursor,
  parts: (string | Expression)[],
  readSubexpression: ReadSubexpression,
  plain: RegExp,
): void {
  const char = cursor.peek();
  if (char === '`') {
    addText(parts, readEscape(cursor));
  } else if (char === '$' && cursor.peek(1) === '(') {
    parts.push(readSubexpression());
  } else {
    const variable = char === '$' ? readVariable(cursor) : undefined;
    if (variable) {
      parts.push(variable);
    } else {
      addText(parts, take(cursor, plain) || (cursor.text[cursor.position++] ?? ''));
    }
  }
}

const plainInQuotes = /[^`$"\u201C-\u201E]+/y;
const plainInHereString = /[^`$\r\n]+/y;

/** `$name`, `$scope:name`, `${any name}`, `$_`, `$?`; undefined for a dollar sign that names nothing. */
export function readVariable(cursor: Cursor): VariableExpression | undefined {
  const start = cursor.position;
  const found = cursor.match(variablePattern);
  if (!found) {
    return undefined;
  }
  cursor.position += found[0].length;
  const { braced, scope = '', name = '' } = found.groups ?? {};
  const inBraces = braced === undefined ? undefined : /^(?:(\w+):)?([\s\S]*)$/.exec(braced.replace(/`(.)/gs, '$1'));
  return {
    kind: 'variable',
    range: { start, end: cursor.position },
    name: (inBraces?.[2] ?? name).toLowerCase(),
    scope: (inBraces?.[1] ?? scope).toLowerCase(),
    isSplatted: false,
  };
}

const variablePattern =
  /\$(?:\{(?<braced>(?:[^}`]|`[\s\S])*)\}|(?:(?<scope>\p{L}\w*):(?=[\p{L}\w?]))?(?<name>[\p{L}\p{Nd}_?]+|[$^]))/uy;

/** Adds to the last text, or begins one. */
export function addText(parts: (string | Expression)[], text: string): void {
  const last = parts.length - 1;
  if (typeof parts[last] === 'string') {
    parts[last] += text;
  } else if (text !== '') {
    parts.push(text);
  }
}

/** What a backtick and the character behind it mean. */
export function readEscape(cursor: Cursor): string {
  const char = cursor.peek(1);
  if (char === '\r' && cursor.peek(2) === '\n') {
    cursor.position += 3;
    return '';
  }
  cursor.position += 2;
  return isLineEnd(char) ? '' : (escapes[char] ?? char);
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1B',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function take(cursor: Cursor, pattern: RegExp): string {
  const found = cursor.match(pattern)?.[0] ?? '';
  cursor.position += found.length;
  return found;
}

function stringOf(
  form: StringExpression['form'],
  start: number,
  cursor: Cursor,
  parts: readonly (string | Expression)[],
): StringExpression {
  return { kind: 'string', range: { start, end: cursor.position }, form, parts };
}
