import { type Cursor, isDoubleQuote, isSingleQuote } from './cursor.ts';
import type { Block, Expression, GroupExpression, Statement } from './nodes.ts';

/** What the parts of the parser share, and how they call each other. */
export interface Reader {
  readonly cursor: Cursor;
  /** Brackets, casts and signs around the present place. */
  depth: number;
  /** Inside the arguments of a method, where a comma separates them. */
  hasCommasApart: boolean;
  /** Statements up to a closing bracket, which is left, or to the end. */
  readStatements(): Statement[];
  /** A statement without what separates it from the next. */
  readStatement(): Statement;
  /** `{ ... }`; the cursor stands on the brace. */
  readBlock(): Block;
  readExpression(): Expression;
}

/** Deeper brackets are skipped: nobody writes them, and a stack is finite. */
const maximumDepth = 100;

/** So many links of one chain of operators or members are understood. */
export const maximumChain = 400;

/** Reads one level deeper, or calls `skip` where that would be too deep. */
export function nested<T>(reader: Reader, read: () => T, skip: () => T): T {
  if (reader.depth >= maximumDepth) {
    const start = reader.cursor.position;
    const result = skip();
    reader.cursor.problem('too-deep', start);
    return result;
  }
  const { hasCommasApart } = reader;
  reader.depth++;
  reader.hasCommasApart = false;
  const result = read();
  reader.depth--;
  reader.hasCommasApart = hasCommasApart;
  return result;
}

/** `(...)`, `$(...)` or `@(...)`; the cursor stands on the first character. */
export function readGroup(reader: Reader, openLength: 1 | 2): GroupExpression {
  const { cursor } = reader;
  const start = cursor.position;
  const read = () => {
    cursor.position += openLength;
    const statements = reader.readStatements();
    if (cursor.peek() === ')') {
      cursor.position++;
    }
    return statements;
  };
  const skip = () => {
    cursor.position += openLength - 1;
    skipBrackets(cursor);
    return [];
  };
  const statements = nested(reader, read, skip);
  return { kind: 'group', range: { start, end: cursor.position }, statements };
}

/** Skips what an opening bracket at the cursor encloses, without recursion. */
export function skipBrackets(cursor: Cursor): void {
  /** `(` stands for every bracket, `"` for a text with holes. */
  const open: ('(' | '"')[] = [];
  while (!cursor.isAtEnd) {
    const char = cursor.peek();
    if (open.at(-1) === '"') {
      if (char === '$' && cursor.peek(1) === '(') {
        open.push('(');
        cursor.position++;
      } else if (char === '`') {
        cursor.position++;
      } else if (isDoubleQuote(char)) {
        open.pop();
      }
      cursor.position++;
      continue;
    }
    if (char === '#' || (char === '<' && cursor.peek(1) === '#')) {
      cursor.skipBlanks();
      continue;
    }
    cursor.position++;
    if ('([{'.includes(char)) {
      open.push('(');
    } else if (')]}'.includes(char)) {
      open.pop();
      if (open.length === 0) {
        return;
      }
    } else if (char === '`') {
      cursor.position++;
    } else if (isDoubleQuote(char)) {
      open.push('"');
    } else if (isSingleQuote(char)) {
      const end = cursor.match(/[^'\u2018-\u201B]*/y)?.[0].length ?? 0;
      cursor.position += end + 1;
    }
  }
}
