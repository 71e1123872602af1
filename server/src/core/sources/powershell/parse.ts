import { readCommand } from './commands.ts';
import { Cursor, isDash, isLineEnd } from './cursor.ts';
import { readExpression } from './expressions.ts';
import type {
  AssignmentStatement,
  Block,
  Expression,
  PipelineElement,
  PipelineStatement,
  PowerShellScript,
  Statement,
} from './nodes.ts';
import { readParameterBlock } from './parameters.ts';
import { nested, type Reader, skipBrackets } from './reader.ts';
import { readKeywordStatement } from './statements.ts';

/**
 * Reads a script of any PowerShell as deep as rules need it. It never throws, and takes time in proportion to the
 * text: what is unfinished ends with the text, what is nested too deeply is skipped, and both are named as problems.
 * `indentation` is that of a script inside of another file: here-strings end behind it.
 * Source: https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-15
 */
export function parsePowerShell(text: string, indentation = 0): PowerShellScript {
  const reader = new ScriptReader(text, indentation);
  const { cursor } = reader;
  const statements: Statement[] = [];
  const start = cursor.position;
  const parameters = readParameterBlock(reader);
  while (!cursor.isAtEnd) {
    statements.push(...reader.readStatements());
    // A bracket that closes nothing.
    cursor.position++;
  }
  const range = { start, end: text.length };
  return { body: { range, parameters, statements }, comments: cursor.comments, problems: cursor.problems };
}

class ScriptReader implements Reader {
  readonly cursor: Cursor;
  depth = 0;
  hasCommasApart = false;

  constructor(text: string, indentation: number) {
    this.cursor = new Cursor(text, indentation);
  }

  readStatements(): Statement[] {
    const { cursor } = this;
    const statements: Statement[] = [];
    for (;;) {
      cursor.skipLines();
      const char = cursor.peek();
      if (char === '' || char === ')' || char === '}' || char === ']') {
        return statements;
      }
      const before = cursor.position;
      if (char === ';' || char === '|' || char === ',' || (char === '&' && cursor.peek(1) === '&')) {
        cursor.position++;
      } else {
        statements.push(this.readStatement());
      }
      if (cursor.position === before) {
        cursor.position++;
      }
    }
  }

  readStatement(): Statement {
    this.cursor.skipBlanks();
    return readKeywordStatement(this) ?? readPipeline(this);
  }

  readBlock(): Block {
    const { cursor } = this;
    const start = cursor.position;
    if (cursor.peek() !== '{') {
      return { range: { start, end: start }, parameters: undefined, statements: [] };
    }
    const read = (): Omit<Block, 'range'> => {
      cursor.position++;
      const parameters = readParameterBlock(this);
      const statements = this.readStatements();
      while (!cursor.isAtEnd && cursor.peek() !== '}') {
        cursor.position++;
        statements.push(...this.readStatements());
      }
      cursor.position += cursor.isAtEnd ? 0 : 1;
      return { parameters, statements };
    };
    const skip = (): Omit<Block, 'range'> => {
      skipBrackets(cursor);
      return { parameters: undefined, statements: [] };
    };
    const content = nested(this, read, skip);
    return { range: { start, end: cursor.position }, ...content };
  }

  readExpression(): Expression {
    return readExpression(this);
  }
}

function readPipeline(reader: Reader): PipelineStatement | AssignmentStatement {
  const { cursor } = reader;
  const start = cursor.position;
  const elements: PipelineElement[] = [];
  for (;;) {
    if (beginsExpression(cursor)) {
      const expression = readExpression(reader);
      cursor.skipBlanks();
      const operator = elements.length === 0 ? cursor.match(/(?:\?\?|[-+*/%\u2013-\u2015])?=/y)?.[0] : undefined;
      if (operator !== undefined) {
        return readAssignment(reader, expression, operator);
      }
      elements.push({ kind: 'expression', expression });
      skipRedirections(reader);
    } else {
      elements.push(readCommand(reader));
    }
    if (!readJoint(cursor)) {
      return { kind: 'pipeline', range: { start, end: cursor.position }, elements };
    }
  }
}

function readAssignment(reader: Reader, target: Expression, operator: string): AssignmentStatement {
  const { cursor } = reader;
  const operatorRange = { start: cursor.position, end: cursor.position + operator.length };
  cursor.position = operatorRange.end;
  cursor.skipLines();
  const { start } = target.range;
  const value = nested(
    reader,
    () => reader.readStatement(),
    (): Statement => ({ kind: 'pipeline', range: { start: cursor.position, end: cursor.position }, elements: [] }),
  );
  return {
    kind: 'assignment',
    range: { start, end: value.range.end },
    target,
    operator: isDash(operator[0] ?? '') ? '-=' : operator,
    operatorRange,
    value,
  };
}

/** `|`, `&&`, `||`; the next element may stand in the next line, or the sign itself may. */
function readJoint(cursor: Cursor): boolean {
  cursor.skipBlanks();
  const behind = cursor.position;
  const joint = cursor.match(/\|\||&&|\|/y)?.[0];
  if (joint !== undefined) {
    cursor.position += joint.length;
    cursor.skipLines();
    return !cursor.isAtEnd;
  }
  if (cursor.peek() === '&') {
    cursor.position++;
    return false;
  }
  if (!isLineEnd(cursor.peek())) {
    return false;
  }
  const next = cursor.match(/\s*\|\|?(?=\s)/y);
  cursor.position = next ? cursor.position + next[0].length : behind;
  if (next) {
    cursor.skipLines();
  }
  return next !== null;
}

function skipRedirections(reader: Reader): void {
  const { cursor } = reader;
  for (;;) {
    const sign = cursor.match(/[1-6*]?>>?(?:&[12])?/y)?.[0];
    if (sign === undefined) {
      return;
    }
    cursor.position += sign.length;
    cursor.skipBlanks();
    const target = cursor.match(/[^\s;|&)}]+/y)?.[0] ?? '';
    cursor.position += sign.includes('&') ? 0 : target.length;
    cursor.skipBlanks();
  }
}

/** Everything else is the name of a command. */
function beginsExpression(cursor: Cursor): boolean {
  const char = cursor.peek();
  if (/[$([{'"@!,\u2018-\u201E]/.test(char)) {
    return true;
  }
  if (/[\d.]/.test(char)) {
    return (
      cursor.match(/(?:0x[0-9a-f]+|\d+(?:\.\d+)?|\.\d+)[lysnud]{0,2}(?:[kmgtp]b)?(?=[\s;|)}\]&,.*/%+=<>-]|$)/iy) !==
      null
    );
  }
  return (
    char === '+' ||
    (isDash(char) && cursor.match(/[-\u2013-\u2015](?:[-\s$(\d]|b?not\b|[ic]?split\b|join\b)/iy) !== null)
  );
}
