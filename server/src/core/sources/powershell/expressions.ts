import { type Cursor, isBlank, isDash, isDoubleQuote, isLineEnd, isSingleQuote } from './cursor.ts';
import { readDoubleQuoted, readHereString, readSingleQuoted, readVariable } from './literals.ts';
import type { Expression, HashExpression, Statement, StringExpression, TypeExpression } from './nodes.ts';
import { maximumChain, nested, type Reader, readGroup, skipBrackets } from './reader.ts';

/** An expression as after `=`: operators by their precedence, `? :` last. */
export function readExpression(reader: Reader): Expression {
  const { cursor } = reader;
  const left = readBinary(reader, 1);
  cursor.skipBlanks();
  if (cursor.peek() !== '?' || cursor.peek(1) === '?') {
    return left;
  }
  const operatorRange = { start: cursor.position, end: ++cursor.position };
  cursor.skipLines();
  const yes = readBinary(reader, 1);
  cursor.skipLines();
  const items = [yes];
  if (cursor.peek() === ':') {
    cursor.position++;
    cursor.skipLines();
    items.push(readBinary(reader, 1));
  }
  const range = { start: yes.range.start, end: cursor.position };
  return {
    kind: 'binary',
    range: { start: left.range.start, end: cursor.position },
    operator: '?:',
    operatorRange,
    left,
    right: { kind: 'list', range, items },
  };
}

/**
 * Binary operators from weak to strong.
 * Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_operator_precedence
 */
const precedence: Readonly<Record<string, number>> = {
  and: 1,
  or: 1,
  xor: 1,
  '??': 2,
  band: 2,
  bor: 2,
  bxor: 2,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  f: 6,
  '..': 7,
};

const namedOperator =
  /[-\u2013-\u2015](?:(?:[ic]?(?:eq|ne|ge|gt|le|lt|like|notlike|match|notmatch|replace|contains|notcontains|in|notin|split))|and|or|xor|band|bor|bxor|shl|shr|isnot|is|as|join|f)(?![\w-])/iy;

function readBinary(reader: Reader, minimum: number): Expression {
  const { cursor } = reader;
  let left = readCommaList(reader);
  for (let links = 0; ; links++) {
    cursor.skipBlanks();
    const written = cursor.match(namedOperator)?.[0] ?? cursor.match(/\?\?(?!=)|\.\.|[-+*/%\u2013-\u2015](?!=)/y)?.[0];
    if (written === undefined) {
      return left;
    }
    const operator = operatorName(written);
    const strength = precedence[operator] ?? 3;
    if (strength < minimum) {
      return left;
    }
    const operatorRange = { start: cursor.position, end: cursor.position + written.length };
    cursor.position = operatorRange.end;
    cursor.skipLines();
    const right = nestedOperand(reader, () => readBinary(reader, strength + 1));
    const range = { start: left.range.start, end: right.range.end };
    left =
      links < maximumChain
        ? { kind: 'binary', range, operator, operatorRange, left, right }
        : { kind: 'unknown', range };
  }
}

/** `-icontains` is `contains`; typographic dashes are plain ones. */
function operatorName(written: string): string {
  if (written.length <= 2 && !/[a-z]/i.test(written)) {
    return isDash(written) ? '-' : written;
  }
  const name = written.slice(1).toLowerCase();
  return /^[ic](?=(?:eq|ne|ge|gt|le|lt|like|match|not|replace|contains|in|split))/.test(name) && name !== 'in'
    ? name.slice(1)
    : name;
}

/** A level for operands that do not open a bracket: they keep what a comma means. */
function nestedOperand(reader: Reader, read: () => Expression): Expression {
  const { hasCommasApart, cursor } = reader;
  return nested(
    reader,
    () => {
      reader.hasCommasApart = hasCommasApart;
      return read();
    },
    () => {
      const start = cursor.position;
      cursor.position = Math.min(cursor.position + 1, cursor.text.length);
      return { kind: 'unknown', range: { start, end: cursor.position } };
    },
  );
}

function readCommaList(reader: Reader): Expression {
  const { cursor } = reader;
  const first = readUnary(reader);
  cursor.skipBlanks();
  if (reader.hasCommasApart || cursor.peek() !== ',') {
    return first;
  }
  const items = [first];
  while (cursor.peek() === ',') {
    cursor.position++;
    cursor.skipLines();
    items.push(readUnary(reader));
    cursor.skipBlanks();
  }
  return { kind: 'list', range: { start: first.range.start, end: items.at(-1)?.range.end ?? 0 }, items };
}

function readUnary(reader: Reader): Expression {
  const { cursor } = reader;
  cursor.skipBlanks();
  const start = cursor.position;
  const written = cursor.match(
    /[-\u2013-\u2015](?:not|bnot|[ic]?split|join)(?![\w-])|--|\+\+|[-+!,\u2013-\u2015]/iy,
  )?.[0];
  if (written === undefined || (/^[-\u2013-\u2015]$/.test(written) && /[a-z]/i.test(cursor.peek(1)))) {
    return readPrimary(reader);
  }
  cursor.position += written.length;
  cursor.skipLines();
  const operand = nestedOperand(reader, () => readUnary(reader));
  const operator = written.length > 2 ? written.slice(1).toLowerCase() : isDash(written) ? '-' : written;
  const range = { start, end: operand.range.end };
  return operator === ','
    ? { kind: 'list', range, items: [operand] }
    : { kind: 'unary', range, operator: operator === '!' ? 'not' : operator, operand };
}

function readPrimary(reader: Reader): Expression {
  const { cursor } = reader;
  const start = cursor.position;
  if (cursor.peek() === '[') {
    const type = readType(reader);
    cursor.skipBlanks();
    const isCast = cursor.position >= type.range.end && startsOperand(cursor) && !cursor.startsWith('::');
    if (isCast) {
      const operand = nestedOperand(reader, () => readUnary(reader));
      return type.isAttribute ? operand : { kind: 'cast', range: { start, end: operand.range.end }, type, operand };
    }
    return readPostfix(reader, type);
  }
  const value = readValue(reader);
  return value ? readPostfix(reader, value) : skipUnknown(reader);
}

/** Begins a value behind a type in brackets. A dash and a letter begin an operator. */
function startsOperand(cursor: Cursor): boolean {
  const char = cursor.peek();
  return (
    /[$@([{"'\d\u2018-\u201E!]/.test(char) ||
    (isDash(char) && /[\d$(]/.test(cursor.peek(1))) ||
    cursor.match(/[-\u2013-\u2015](?:bnot|not|join|split)\b/iy) !== null
  );
}

/** A value that does not begin with a type: a text, a number, a variable, something in brackets. */
export function readValue(reader: Reader): Expression | undefined {
  const { cursor } = reader;
  const char = cursor.peek();
  if (isSingleQuote(char)) {
    return readSingleQuoted(cursor);
  }
  if (isDoubleQuote(char)) {
    return readText(reader, readDoubleQuoted);
  }
  switch (char) {
    case '$':
      return cursor.peek(1) === '(' ? readGroup(reader, 2) : readVariable(cursor);
    case '(':
      return readGroup(reader, 1);
    case '{': {
      const start = cursor.position;
      const body = reader.readBlock();
      return { kind: 'block', range: { start, end: cursor.position }, body };
    }
    case '@':
      return readAt(reader);
    default:
      return readNumber(cursor);
  }
}

/** A text with holes: what is in a hole is code again. */
function readText(
  reader: Reader,
  read: (cursor: Cursor, readSubexpression: () => Expression) => StringExpression,
): StringExpression {
  return read(reader.cursor, () => readGroup(reader, 2));
}

function readAt(reader: Reader): Expression | undefined {
  const { cursor } = reader;
  const next = cursor.peek(1);
  if (next === '(') {
    return readGroup(reader, 2);
  }
  if (next === '{') {
    return readHash(reader);
  }
  const hereString = readHereString(cursor, () => readGroup(reader, 2));
  if (hereString) {
    return hereString;
  }
  const start = cursor.position;
  const splatted = cursor.match(/@(?:(?<scope>\w+):)?(?<name>[\p{L}_][\p{L}\p{Nd}_]*)/uy);
  if (!splatted) {
    return undefined;
  }
  cursor.position += splatted[0].length;
  const { scope = '', name = '' } = splatted.groups ?? {};
  return {
    kind: 'variable',
    range: { start, end: cursor.position },
    name: name.toLowerCase(),
    scope: scope.toLowerCase(),
    isSplatted: true,
  };
}

function readHash(reader: Reader): HashExpression {
  const { cursor } = reader;
  const start = cursor.position;
  const entries: { key: Expression; value: Statement | undefined }[] = [];
  const read = () => {
    cursor.position += 2;
    for (;;) {
      skipSeparators(cursor);
      if (cursor.isAtEnd || cursor.peek() === '}') {
        cursor.position += cursor.isAtEnd ? 0 : 1;
        return;
      }
      const before = cursor.position;
      const key = readKey(reader);
      cursor.skipBlanks();
      if (cursor.peek() === '=') {
        cursor.position++;
        cursor.skipLines();
        entries.push({ key, value: reader.readStatement() });
      } else if (cursor.position === before) {
        cursor.position++;
      }
    }
  };
  const skip = () => {
    cursor.position++;
    skipBrackets(cursor);
  };
  nested(reader, read, skip);
  return { kind: 'hash', range: { start, end: cursor.position }, entries };
}

/** A name without quotes, or an expression. */
function readKey(reader: Reader): Expression {
  const { cursor } = reader;
  const start = cursor.position;
  const word = cursor.match(/[\p{L}_][\p{L}\p{Nd}_.-]*/uy)?.[0];
  if (word === undefined) {
    return readUnary(reader);
  }
  cursor.position += word.length;
  return { kind: 'string', range: { start, end: cursor.position }, form: 'word', parts: [word] };
}

function skipSeparators(cursor: Cursor): void {
  cursor.skipLines();
  while (cursor.peek() === ';') {
    cursor.position++;
    cursor.skipLines();
  }
}

/**
 * Numbers with their suffixes and multipliers.
 * Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_numeric_literals
 */
export function readNumber(cursor: Cursor): Expression | undefined {
  const found = cursor.match(/(?<hex>0x[0-9a-f]+)|(?<binary>0b[01]+)|(?<decimal>\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+)/iy);
  if (!found) {
    return undefined;
  }
  const start = cursor.position;
  cursor.position += found[0].length;
  cursor.position += cursor.match(/(?:u?[lysn]|u|d)?(?:[kmgtp]b)?(?![\w])/iy)?.[0].length ?? 0;
  const value = Number(found[0]);
  return Number.isNaN(value) || /\w/.test(cursor.peek())
    ? { kind: 'unknown', range: { start, end: cursor.position } }
    : { kind: 'number', range: { start, end: cursor.position }, value };
}

/** `[Name]`; the cursor stands on the bracket. Brackets that hold no name come back with an empty one. */
export function readType(reader: Reader): TypeExpression {
  const { cursor } = reader;
  const start = cursor.position;
  const head = cursor.match(/\[\s*(?<name>[\p{L}_][\p{L}\p{Nd}_.+`]*)\s*/uy);
  const name = head?.groups?.['name'] ?? '';
  const next = head ? (cursor.text[start + head[0].length] ?? '') : '';
  if (head && (next === '' || !'([,='.includes(next))) {
    // A bracket that is still being typed takes nothing with it.
    cursor.position += head[0].trimEnd().length;
    if (next === ']') {
      cursor.position = start + head[0].length + 1;
    }
  } else {
    skipBrackets(cursor);
  }
  return { kind: 'type', range: { start, end: cursor.position }, name, isAttribute: next === '(' };
}

/** Members, calls and indexes behind a value. */
export function readPostfix(reader: Reader, value: Expression): Expression {
  let target = value;
  for (let links = 0; ; links++) {
    const next = readLink(reader, target);
    if (!next) {
      return target;
    }
    target = links < maximumChain ? next : { kind: 'unknown', range: next.range };
  }
}

function readLink(reader: Reader, target: Expression): Expression | undefined {
  const { cursor } = reader;
  const { start } = target.range;
  const step = cursor.match(/::|\?\.(?=[\p{L}_$"'(])|\.(?=[\p{L}_$"'({]|\s*\n\s*[\p{L}_])|\?\[|\[|\+\+|--/uy)?.[0];
  switch (step) {
    case undefined:
      return undefined;
    case '++':
    case '--':
      cursor.position += 2;
      return { kind: 'unary', range: { start, end: cursor.position }, operator: step, operand: target };
    case '[':
    case '?[':
      cursor.position += step.length - 1;
      return readIndex(reader, target);
    default:
      cursor.position += step.length;
      return readMember(reader, target, step === '::');
  }
}

function readIndex(reader: Reader, target: Expression): Expression {
  const { cursor } = reader;
  const read = () => {
    cursor.position++;
    cursor.skipLines();
    const index = reader.readExpression();
    cursor.skipLines();
    if (cursor.peek() === ']') {
      cursor.position++;
    }
    return index;
  };
  const skip = (): Expression => {
    skipBrackets(cursor);
    return { kind: 'unknown', range: { start: cursor.position, end: cursor.position } };
  };
  const index = nested(reader, read, skip);
  return { kind: 'index', range: { start: target.range.start, end: cursor.position }, target, index };
}

function readMember(reader: Reader, target: Expression, isStatic: boolean): Expression {
  const { cursor } = reader;
  cursor.skipLines();
  const { start } = target.range;
  const nameStart = cursor.position;
  const word = cursor.match(/[\p{L}_][\p{L}\p{Nd}_]*/uy)?.[0];
  let name = word ?? '';
  if (word === undefined) {
    const computed = readValue(reader);
    name = computed?.kind === 'string' && typeof computed.parts[0] === 'string' ? computed.parts[0] : '';
  } else {
    cursor.position += word.length;
  }
  const nameRange = { start: nameStart, end: cursor.position };
  if (cursor.peek() !== '(') {
    return { kind: 'member', range: { start, end: cursor.position }, target, name, nameRange, isStatic };
  }
  const list = readArguments(reader);
  return {
    kind: 'call',
    range: { start, end: cursor.position },
    target,
    name,
    nameRange,
    isStatic,
    arguments: list,
  };
}

function readArguments(reader: Reader): Expression[] {
  const { cursor } = reader;
  const list: Expression[] = [];
  const read = () => {
    cursor.position++;
    reader.hasCommasApart = true;
    for (;;) {
      cursor.skipLines();
      if (cursor.isAtEnd || cursor.peek() === ')') {
        cursor.position += cursor.isAtEnd ? 0 : 1;
        return;
      }
      const before = cursor.position;
      if (cursor.peek() === ',') {
        cursor.position++;
      } else {
        list.push(reader.readExpression());
      }
      if (cursor.position === before) {
        cursor.position++;
      }
    }
  };
  nested(reader, read, () => skipBrackets(cursor));
  return list;
}

/** Something that is no expression: one character of it is passed, but never a bracket's end. */
function skipUnknown(reader: Reader): Expression {
  const { cursor } = reader;
  const start = cursor.position;
  const char = cursor.peek();
  if (char !== '' && !isBlank(char) && !isLineEnd(char) && !')]};,|&'.includes(char)) {
    cursor.position += cursor.match(/[\p{L}_][\p{L}\p{Nd}_-]*/uy)?.[0].length ?? 1;
  }
  return { kind: 'unknown', range: { start, end: cursor.position } };
}
