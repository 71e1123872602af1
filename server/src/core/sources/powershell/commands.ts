import { type Cursor, isBlank, isDash, isDoubleQuote, isLineEnd, isSingleQuote } from './cursor.ts';
import { readPostfix, readValue } from './expressions.ts';
import { addText, readDoubleQuoted, readEscape, readSingleQuoted, readVariable } from './literals.ts';
import type { Command, CommandElement, Expression } from './nodes.ts';
import { type Reader, readGroup } from './reader.ts';

/** A command with what follows it, up to the end of the line, a separator or a bracket that was opened before. */
export function readCommand(reader: Reader): Command {
  const { cursor } = reader;
  const start = cursor.position;
  const operator = cursor.match(/[.&](?=[\s$("'{`\u2018-\u201E]|\.{1,2}[\\/])/y)?.[0];
  const invocation = operator === '.' || operator === '&' ? operator : undefined;
  if (invocation) {
    cursor.position++;
    cursor.skipBlanks();
  }
  const name = readArgument(reader);
  const elements: CommandElement[] = [];
  for (let before = -1; before !== cursor.position; ) {
    before = cursor.position;
    cursor.skipBlanks();
    if (isCommandEnd(cursor)) {
      break;
    }
    readElement(reader, elements);
  }
  return { kind: 'command', range: { start, end: lastEnd(cursor, start) }, invocation, name, elements };
}

/** Behind the last character that is no blank. */
function lastEnd(cursor: Cursor, start: number): number {
  let end = cursor.position;
  while (end > start && isBlank(cursor.text[end - 1] ?? '')) {
    end--;
  }
  return end;
}

function isCommandEnd(cursor: Cursor): boolean {
  const char = cursor.peek();
  return char === '' || isLineEnd(char) || ';|&)}'.includes(char);
}

function readElement(reader: Reader, elements: CommandElement[]): void {
  const { cursor } = reader;
  const start = cursor.position;
  if (cursor.match(/--%(?=\s)/y)) {
    readVerbatim(cursor, elements);
    return;
  }
  const redirection = cursor.match(/(?:[1-6*]?>>?(?:&[12])?|<)/y)?.[0];
  if (redirection !== undefined) {
    cursor.position += redirection.length;
    cursor.skipBlanks();
    if (!redirection.includes('&') && !isCommandEnd(cursor)) {
      readArgument(reader);
    }
    return;
  }
  const parameter = isDash(cursor.peek())
    ? cursor.match(/[-\u2013-\u2015](?<name>[\p{L}_?][^\s{}();,|&.[:"'=]*)(?<colon>:?)/uy)
    : null;
  if (parameter && !/^[-\u2013-\u2015][\p{L}_?][^\s:]*=/u.test(parameter[0] + cursor.peek(parameter[0].length))) {
    cursor.position += parameter[0].length;
    const range = { start, end: start + 1 + (parameter.groups?.['name']?.length ?? 0) };
    let value: Expression | undefined;
    if (parameter.groups?.['colon'] === ':') {
      cursor.skipBlanks();
      value = isCommandEnd(cursor) ? undefined : readList(reader);
    }
    elements.push({ kind: 'parameter', name: parameter.groups?.['name'] ?? '', range, value });
    return;
  }
  elements.push({ kind: 'argument', value: readList(reader) });
}

/** Everything behind `--%` is handed over as it stands. */
function readVerbatim(cursor: Cursor, elements: CommandElement[]): void {
  cursor.position += 3;
  const rest = cursor.match(/[^\r\n|]*/y)?.[0] ?? '';
  for (const { 0: word, index } of rest.matchAll(/"[^"]*"?|[^\s"]+/g)) {
    const start = cursor.position + index;
    elements.push({
      kind: 'argument',
      value: {
        kind: 'string',
        range: { start, end: start + word.length },
        form: 'word',
        parts: [word.replaceAll('"', '')],
      },
    });
  }
  cursor.position += rest.length;
}

/** One argument, or several joined by commas. */
function readList(reader: Reader): Expression {
  const { cursor } = reader;
  const first = readArgument(reader);
  const items = [first];
  for (;;) {
    const before = cursor.position;
    cursor.skipBlanks();
    if (cursor.peek() !== ',') {
      cursor.position = before;
      break;
    }
    cursor.position++;
    cursor.skipLines();
    if (isCommandEnd(cursor)) {
      break;
    }
    items.push(readArgument(reader));
  }
  return items.length === 1
    ? first
    : { kind: 'list', range: { start: first.range.start, end: items.at(-1)?.range.end ?? 0 }, items };
}

function readArgument(reader: Reader): Expression {
  const { cursor } = reader;
  const start = cursor.position;
  const char = cursor.peek();
  if (isSingleQuote(char) || isDoubleQuote(char) || char === '(' || char === '{' || char === '@') {
    const value = readValue(reader);
    if (value) {
      return char === '{' ? value : readPostfix(reader, value);
    }
  }
  if (char === '$') {
    const value = readValue(reader);
    const whole = value && readPostfix(reader, value);
    if (whole && !isWordPart(cursor.peek())) {
      return whole;
    }
    if (whole) {
      return readWord(reader, start, [whole]);
    }
  }
  return readWord(reader, start, []);
}

/** A word without quotes around it; quotes and variables may stand inside. */
function readWord(reader: Reader, start: number, parts: (string | Expression)[]): Expression {
  const { cursor } = reader;
  for (;;) {
    const char = cursor.peek();
    if (char === '`') {
      if (isLineEnd(cursor.peek(1))) {
        break;
      }
      addText(parts, readEscape(cursor));
    } else if (isSingleQuote(char)) {
      readSingleQuoted(cursor).parts.forEach((part) => {
        addPart(parts, part);
      });
    } else if (isDoubleQuote(char)) {
      readDoubleQuoted(cursor, () => readGroup(reader, 2)).parts.forEach((part) => {
        addPart(parts, part);
      });
    } else if (char === '$') {
      const value = cursor.peek(1) === '(' ? readGroup(reader, 2) : readVariable(cursor);
      if (value) {
        parts.push(value);
      } else {
        addText(parts, char);
        cursor.position++;
      }
    } else {
      const text = cursor.match(/[^\s`'"$;|&(){},\u2018-\u201E]+/y)?.[0];
      if (text === undefined) {
        break;
      }
      addText(parts, text);
      cursor.position += text.length;
    }
  }
  if (cursor.position === start && !isCommandEnd(cursor)) {
    cursor.position++;
  }
  return { kind: 'string', range: { start, end: cursor.position }, form: 'word', parts };
}

function addPart(parts: (string | Expression)[], part: string | Expression): void {
  if (typeof part === 'string') {
    addText(parts, part);
  } else {
    parts.push(part);
  }
}

function isWordPart(char: string): boolean {
  return char !== '' && !/[\s;|&(){},]/.test(char);
}
