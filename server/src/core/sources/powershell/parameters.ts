import { readExpression, readType } from './expressions.ts';
import { readVariable } from './literals.ts';
import type { Parameter, ParameterBlock, Statement } from './nodes.ts';
import { nested, type Reader, skipBrackets } from './reader.ts';

/** `[CmdletBinding()] param (...)` at the begin of a block; undefined, and nothing read, where there is none. */
export function readParameterBlock(reader: Reader): ParameterBlock | undefined {
  const { cursor } = reader;
  const before = cursor.mark();
  const usings = /(?:using\s+(?:namespace|module|assembly)\b[^\r\n;]*;?)/iy;
  cursor.skipLines();
  for (let using = cursor.match(usings); using; using = cursor.match(usings)) {
    // Statements of their own; whoever reads statements comes back to them.
    cursor.position += using[0].length;
    cursor.skipLines();
  }
  while (cursor.peek() === '[' && readType(reader).isAttribute) {
    cursor.skipLines();
  }
  const start = cursor.position;
  const head = cursor.match(/param(?=[\s(#<`])/iy);
  if (head) {
    cursor.position += head[0].length;
    cursor.skipLines();
  }
  if (!head || cursor.peek() !== '(') {
    cursor.back(before);
    return undefined;
  }
  return readParameters(reader, start);
}

/** `($a, [int] $b = 1)`; the cursor stands on the bracket. */
export function readParameters(reader: Reader, start: number): ParameterBlock {
  const { cursor } = reader;
  const parameters: Parameter[] = [];
  const read = () => {
    cursor.position++;
    while (!cursor.isAtEnd && cursor.peek() !== ')') {
      const at = cursor.position;
      if (cursor.peek() === '[') {
        readType(reader);
      } else if (cursor.peek() === '$') {
        readParameter(reader, parameters);
      }
      if (cursor.position === at) {
        cursor.position++;
      }
      cursor.skipLines();
    }
    cursor.position += cursor.isAtEnd ? 0 : 1;
  };
  nested(reader, read, () => skipBrackets(cursor));
  return { range: { start, end: cursor.position }, parameters };
}

function readParameter(reader: Reader, parameters: Parameter[]): void {
  const { cursor } = reader;
  const variable = readVariable(cursor);
  cursor.skipLines();
  let defaultValue: Statement | undefined;
  if (cursor.peek() === '=') {
    cursor.position++;
    cursor.skipLines();
    reader.hasCommasApart = true;
    const expression = readExpression(reader);
    defaultValue = { kind: 'pipeline', range: expression.range, elements: [{ kind: 'expression', expression }] };
  }
  if (variable) {
    parameters.push({ name: variable.name, range: variable.range, defaultValue });
  }
}
