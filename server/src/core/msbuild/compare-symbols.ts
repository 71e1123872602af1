import type { ComparisonOperator } from './condition.ts';
import { hasSymbol, symbol } from './value.ts';
import { parseNumber, parseVersion } from './versions.ts';

/** The oldest Visual Studio that is answered for: its MSBuild is the first whose tools version is `Current`. */
const oldestVisualStudio = 16;
const visualStudioVersion = symbol('VisualStudioVersion');

/**
 * What is known of a comparison with a text that depends on the machine. The version of Visual Studio is 16 or later;
 * two texts differ when what surrounds the symbols cannot be reconciled.
 */
export function compareSymbols(operator: ComparisonOperator, left: string, right: string): boolean | undefined {
  if (left === visualStudioVersion || right === visualStudioVersion) {
    const other = left === visualStudioVersion ? right : left;
    const isReversed = left !== visualStudioVersion;
    return hasSymbol(other) ? undefined : compareWithVisualStudio(operator, other, isReversed);
  }
  if (operator === '==' || operator === '!=') {
    return cannotBeEqual(left, right) ? operator === '!=' : undefined;
  }
  return undefined;
}

function compareWithVisualStudio(
  operator: ComparisonOperator,
  other: string,
  isReversed: boolean,
): boolean | undefined {
  const number = parseNumber(other) ?? parseVersion(other)?.[0];
  if (number === undefined) {
    return operator === '==' ? false : operator === '!=' ? true : undefined;
  }
  const isOlder = number < oldestVisualStudio;
  if (operator === '==' || operator === '!=') {
    return isOlder ? operator === '!=' : undefined;
  }
  const isVisualStudioHigher = isOlder || number === oldestVisualStudio ? true : undefined;
  if (isVisualStudioHigher === undefined || (number === oldestVisualStudio && isStrict(operator, isReversed))) {
    return undefined;
  }
  return isReversed ? operator.startsWith('<') : operator.startsWith('>');
}

/** With 16 itself, `>= 16` and `< 16` are known and `> 16` and `<= 16` are not. */
function isStrict(operator: ComparisonOperator, isReversed: boolean): boolean {
  return isReversed ? operator === '<' || operator === '>=' : operator === '>' || operator === '<=';
}

/** True when the texts around the symbols of one cannot make up the other, which has none. */
function cannotBeEqual(left: string, right: string): boolean {
  const [pattern, plain] = hasSymbol(left) ? [left, right] : [right, left];
  if (hasSymbol(plain)) {
    return false;
  }
  const start = pattern.slice(0, pattern.indexOf('\uE000')).toLowerCase();
  const end = pattern.slice(pattern.lastIndexOf('\uE001') + 1).toLowerCase();
  const text = plain.toLowerCase();
  return !text.startsWith(start) || !text.endsWith(end);
}
