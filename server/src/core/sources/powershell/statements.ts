import { readType } from './expressions.ts';
import { readVariable } from './literals.ts';
import type { Block, Expression, FunctionStatement, NamedBlock, Statement } from './nodes.ts';
import { readParameterBlock, readParameters } from './parameters.ts';
import { nested, type Reader, readGroup, skipBrackets } from './reader.ts';

/** A statement that begins with a keyword; undefined for all others. */
export function readKeywordStatement(reader: Reader): Statement | undefined {
  const { cursor } = reader;
  const label = cursor.match(/:[\p{L}_][\p{L}\p{Nd}_]*\s+(?=(?:for|foreach|while|do|switch)\b)/iuy);
  cursor.position += label?.[0].length ?? 0;
  const start = cursor.position;
  const word = cursor.match(/[a-z]+(?![\p{L}\p{Nd}_-])/iuy)?.[0];
  const read = word === undefined ? undefined : keywords.get(word.toLowerCase());
  if (word === undefined || read === undefined) {
    return undefined;
  }
  cursor.position += word.length;
  const statement = read(reader, start, word.toLowerCase());
  if (!statement) {
    cursor.position = start;
  }
  return statement;
}

type ReadStatement = (reader: Reader, start: number, word: string) => Statement | undefined;

const keywords: ReadonlyMap<string, ReadStatement> = new Map<string, ReadStatement>([
  ['if', readIf],
  ['try', readTry],
  ['for', readLoop],
  ['while', readLoop],
  ['foreach', readForEach],
  ['do', readDo],
  ['switch', readSwitch],
  ['function', readFunction],
  ['filter', readFunction],
  ['workflow', readFunction],
  ['configuration', readFunction],
  ['class', readClass],
  ['enum', readEnum],
  ['return', readFlow],
  ['throw', readFlow],
  ['exit', readFlow],
  ['break', readFlow],
  ['continue', readFlow],
  ['using', readUsing],
  ['param', readLateParameters],
  ...['begin', 'process', 'end', 'clean', 'dynamicparam', 'trap', 'data'].map((name): [string, ReadStatement] => [
    name,
    readNamedBlock,
  ]),
]);

function readIf(reader: Reader, start: number): Statement | undefined {
  const { cursor } = reader;
  const clauses: { condition: readonly Statement[]; body: Block }[] = [];
  const condition = readCondition(reader);
  if (!condition) {
    return undefined;
  }
  clauses.push({ condition, body: readBody(reader) });
  let otherwise: Block | undefined;
  while (!otherwise && readContinuation(reader, /else(?:if)?(?![\w-])/iy)) {
    if (/if$/i.test(cursor.text.slice(start, cursor.position))) {
      clauses.push({ condition: readCondition(reader) ?? [], body: readBody(reader) });
    } else {
      otherwise = readBody(reader);
    }
  }
  return { kind: 'if', range: { start, end: cursor.position }, clauses, otherwise };
}

function readTry(reader: Reader, start: number): Statement | undefined {
  const { cursor } = reader;
  if (!isBefore(reader, '{')) {
    return undefined;
  }
  const body = readBody(reader);
  const catches: Block[] = [];
  while (readContinuation(reader, /catch(?![\w-])/iy)) {
    cursor.skipLines();
    while (cursor.peek() === '[' || cursor.peek() === ',') {
      if (cursor.peek() === '[') {
        readType(reader);
      } else {
        cursor.position++;
      }
      cursor.skipLines();
    }
    catches.push(readBody(reader));
  }
  const last = readContinuation(reader, /finally(?![\w-])/iy) ? readBody(reader) : undefined;
  return { kind: 'try', range: { start, end: cursor.position }, body, catches, finally: last };
}

/** `for (a; b; c) {}` and `while (a) {}`. */
function readLoop(reader: Reader, start: number): Statement | undefined {
  const head = readCondition(reader);
  return head && loopOf(reader, start, head, undefined);
}

function readForEach(reader: Reader, start: number): Statement | undefined {
  const { cursor } = reader;
  cursor.skipLines();
  cursor.position += cursor.match(/-\w+\s*(?:\d+\s*)?(?=[(-])/y)?.[0].length ?? 0;
  if (cursor.peek() !== '(') {
    return undefined;
  }
  let variable: Expression | undefined;
  const read = () => {
    cursor.position++;
    cursor.skipLines();
    variable = readVariable(cursor);
    cursor.skipLines();
    cursor.position += cursor.match(/in\b/iy)?.[0].length ?? 0;
    const statements = reader.readStatements();
    cursor.position += cursor.peek() === ')' ? 1 : 0;
    return statements;
  };
  const head = nested(reader, read, (): Statement[] => {
    skipBrackets(cursor);
    return [];
  });
  return loopOf(reader, start, head, variable);
}

function loopOf(
  reader: Reader,
  start: number,
  head: readonly Statement[],
  variable: Expression | undefined,
): Statement {
  const body = readBody(reader);
  return { kind: 'loop', range: { start, end: reader.cursor.position }, isDo: false, variable, head, body };
}

function readDo(reader: Reader, start: number): Statement | undefined {
  if (!isBefore(reader, '{')) {
    return undefined;
  }
  const body = readBody(reader);
  const head = readContinuation(reader, /(?:while|until)(?![\w-])/iy) ? (readCondition(reader) ?? []) : [];
  const range = { start, end: reader.cursor.position };
  return { kind: 'loop', range, isDo: true, variable: undefined, head, body };
}

function readSwitch(reader: Reader, start: number): Statement | undefined {
  const { cursor } = reader;
  cursor.skipLines();
  for (let flag = cursor.match(/-\w+\s*/y); flag; flag = cursor.match(/-\w+\s*/y)) {
    cursor.position += flag[0].length;
  }
  const subject = cursor.peek() === '(' ? readGroup(reader, 1).statements : [];
  if (subject.length === 0) {
    // A file, with or without quotes.
    cursor.position += cursor.match(/[^\s{}();]+/y)?.[0].length ?? 0;
  }
  cursor.skipLines();
  if (cursor.peek() !== '{') {
    return undefined;
  }
  const cases: { isDefault: boolean; body: Block }[] = [];
  const read = () => {
    cursor.position++;
    for (cursor.skipLines(); !cursor.isAtEnd && cursor.peek() !== '}'; cursor.skipLines()) {
      const before = cursor.position;
      readCase(reader, cases);
      if (cursor.position === before) {
        cursor.position++;
      }
    }
    cursor.position += cursor.isAtEnd ? 0 : 1;
  };
  nested(reader, read, () => skipBrackets(cursor));
  return { kind: 'switch', range: { start, end: cursor.position }, subject, cases };
}

function readCase(reader: Reader, cases: { isDefault: boolean; body: Block }[]): void {
  const { cursor } = reader;
  const word = cursor.match(/[^\s{}();'"$@\u2018-\u201E]+/y)?.[0] ?? '';
  if (word !== '') {
    cursor.position += word.length;
  } else if (cursor.peek() === '{') {
    reader.readBlock();
  } else {
    reader.readExpression();
  }
  cursor.skipLines();
  if (cursor.peek() === '{') {
    cases.push({ isDefault: word.toLowerCase() === 'default', body: reader.readBlock() });
  }
}

function readFunction(reader: Reader, start: number): Statement | undefined {
  const { cursor } = reader;
  cursor.skipBlanks();
  const written = cursor.match(/[^\s{}();|&]+/y)?.[0];
  if (written === undefined) {
    return undefined;
  }
  cursor.position += written.length;
  cursor.skipLines();
  const parameters = cursor.peek() === '(' ? readParameters(reader, cursor.position) : undefined;
  cursor.skipLines();
  if (cursor.peek() !== '{') {
    return undefined;
  }
  const body = reader.readBlock();
  const name = written.replace(/^(?:global|script|local|private):/i, '').toLowerCase();
  return {
    kind: 'function',
    range: { start, end: cursor.position },
    name,
    body: parameters ? { ...body, parameters } : body,
    isMethod: false,
  };
}

/** Of a class, only the methods are looked at. */
function readClass(reader: Reader, start: number): Statement | undefined {
  const { cursor } = reader;
  const head = cursor.match(/\s+[\p{L}_][\p{L}\p{Nd}_]*[^{};()]*(?=\{)/uy);
  if (!head) {
    return undefined;
  }
  cursor.position += head[0].length;
  const methods: FunctionStatement[] = [];
  const bodyStart = cursor.position;
  nested(
    reader,
    () => readMembers(reader, methods),
    () => skipBrackets(cursor),
  );
  const range = { start, end: cursor.position };
  const body: Block = { range: { start: bodyStart, end: range.end }, parameters: undefined, statements: methods };
  return { kind: 'named-block', range, name: 'class', body };
}

function readMembers(reader: Reader, methods: FunctionStatement[]): void {
  const { cursor } = reader;
  cursor.position++;
  for (cursor.skipLines(); !cursor.isAtEnd && cursor.peek() !== '}'; cursor.skipLines()) {
    const start = cursor.position;
    const char = cursor.peek();
    if (char === '{') {
      const body = reader.readBlock();
      methods.push({ kind: 'function', range: { start, end: cursor.position }, name: '', body, isMethod: true });
    } else if (char === '[') {
      readType(reader);
    } else if (char === '(') {
      skipBrackets(cursor);
    } else if (char === '=') {
      cursor.position++;
      cursor.skipLines();
      reader.readExpression();
    } else {
      cursor.position += cursor.match(/[$\p{L}_][\p{L}\p{Nd}_]*/uy)?.[0].length ?? 1;
    }
    if (cursor.position === start) {
      cursor.position++;
    }
  }
  cursor.position += cursor.isAtEnd ? 0 : 1;
}

function readEnum(reader: Reader, start: number): Statement | undefined {
  const { cursor } = reader;
  const head = cursor.match(/\s+[\p{L}_][\p{L}\p{Nd}_]*[^{};()]*(?=\{)/uy);
  if (!head) {
    return undefined;
  }
  cursor.position += head[0].length;
  const bodyStart = cursor.position;
  skipBrackets(cursor);
  const range = { start, end: cursor.position };
  const body: Block = { range: { start: bodyStart, end: range.end }, parameters: undefined, statements: [] };
  return { kind: 'named-block', range, name: 'enum', body };
}

function readFlow(reader: Reader, start: number, keyword: string): Statement {
  const { cursor } = reader;
  cursor.skipBlanks();
  const hasValue = !/[\r\n;|)}]/.test(cursor.peek()) && !cursor.isAtEnd;
  const value = hasValue
    ? nested(
        reader,
        () => reader.readStatement(),
        () => undefined,
      )
    : undefined;
  return { kind: 'flow', range: { start, end: cursor.position }, keyword, value };
}

function readUsing(reader: Reader, start: number): Statement | undefined {
  const { cursor } = reader;
  const found = cursor.match(/[ \t]+(?<what>namespace|module|assembly)[ \t]+(?<name>[^\r\n;#]+)/iy);
  if (!found) {
    return undefined;
  }
  cursor.position += found[0].length;
  const { what = '', name = '' } = found.groups ?? {};
  return {
    kind: 'using',
    range: { start, end: cursor.position },
    what: what.toLowerCase(),
    name: name.trim().replace(/^(['"])(.*)\1$/, '$2'),
  };
}

/** A `param` that stands where none may: its defaults are not looked at. */
function readLateParameters(reader: Reader, start: number): Statement | undefined {
  reader.cursor.position = start;
  const parameters = readParameterBlock(reader);
  return parameters && { kind: 'pipeline', range: parameters.range, elements: [] };
}

function readNamedBlock(reader: Reader, start: number, name: string): NamedBlock | undefined {
  const { cursor } = reader;
  cursor.skipLines();
  if (name === 'trap' && cursor.peek() === '[') {
    readType(reader);
    cursor.skipLines();
  }
  if (name === 'data') {
    cursor.position += cursor.match(/[\w-]+\s*(?:-\w+\s+[^{]*)?(?=\{)/y)?.[0].length ?? 0;
  }
  if (cursor.peek() !== '{') {
    return undefined;
  }
  const body = reader.readBlock();
  return { kind: 'named-block', range: { start, end: cursor.position }, name, body };
}

/** `( ... )`; undefined where no bracket follows. */
function readCondition(reader: Reader): readonly Statement[] | undefined {
  return isBefore(reader, '(') ? readGroup(reader, 1).statements : undefined;
}

function readBody(reader: Reader): Block {
  reader.cursor.skipLines();
  return reader.readBlock();
}

/** Goes on behind line ends where a part of the same statement follows, and stays in front of them where none does. */
function readContinuation(reader: Reader, pattern: RegExp): boolean {
  const { cursor } = reader;
  const before = cursor.mark();
  cursor.skipLines();
  const found = cursor.match(pattern);
  if (!found) {
    cursor.back(before);
    return false;
  }
  cursor.position += found[0].length;
  return true;
}

function isBefore(reader: Reader, char: string): boolean {
  reader.cursor.skipLines();
  return reader.cursor.peek() === char;
}
