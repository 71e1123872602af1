/**
 * Conditions: evaluation to true, false or unknown. The order of the attempts (empty, number, boolean, text) follows
 * https://github.com/dotnet/msbuild/tree/main/src/Build/Evaluation/Conditionals (MultipleComparisonExpressionNode.cs,
 * NumericComparisonExpressionNode.cs).
 */
import type { Comparison, ComparisonOperator, Condition, Operand } from './condition.ts';
import { splitList, unescapeText } from './escapes.ts';
import type { Expression } from './expression.ts';
import { alternativesOf, hasSymbol, reasonsOf, symbolReasons, type Value } from './value.ts';
import { compareVersions, type DotnetVersion, parseBoolean, parseNumber, parseVersion } from './versions.ts';

/** True, false, unknown with its reasons, or refused by MSBuild. */
export type Outcome = boolean | UnknownOutcome | RefusedOutcome;

export interface UnknownOutcome {
  readonly kind: 'unknown';
  readonly reasons: readonly string[];
}

export interface RefusedOutcome {
  readonly kind: 'refused';
  readonly code: string;
  readonly explanation: string;
}

/** What a condition asks of the evaluation around it. */
export interface ConditionContext {
  /** Expands a text; escapes stay. */
  expand(expression: Expression): Value;
  /** Whether something is at a path; undefined when that is not known. */
  exists(path: string): boolean | undefined;
  /** What is known of a text with symbols that is compared with another one; undefined: nothing. */
  compareSymbols(operator: ComparisonOperator, left: string, right: string): boolean | undefined;
}

/** Evaluates a condition. */
export function evaluateCondition(condition: Condition, context: ConditionContext): Outcome {
  switch (condition.kind) {
    case 'or':
      return combine(condition.terms, true, context);
    case 'and':
      return combine(condition.terms, false, context);
    case 'not':
      return negate(evaluateCondition(condition.operand, context));
    case 'comparison':
      return evaluateComparison(condition, context);
    case 'call':
      return evaluateCall(condition.name, condition.arguments, context);
    case 'operand':
      return evaluateOperand(condition, context);
    case 'malformed':
      return refused(condition.code, condition.explanation);
  }
}

/** `and` and `or` stop at the first term that decides; an unknown term before it does not matter. */
function combine(terms: readonly Condition[], deciding: boolean, context: ConditionContext): Outcome {
  const reasons: string[] = [];
  let isUnknown = false;
  for (const term of terms) {
    const outcome = evaluateCondition(term, context);
    if (outcome === deciding) {
      return deciding;
    }
    if (typeof outcome === 'boolean') {
      continue;
    }
    if (outcome.kind === 'refused') {
      // Real MSBuild may have stopped at the unknown term before it reached this one.
      return isUnknown ? unknownOutcome([...reasons, outcome.explanation]) : outcome;
    }
    isUnknown = true;
    reasons.push(...outcome.reasons);
  }
  return isUnknown ? unknownOutcome(reasons) : !deciding;
}

function negate(outcome: Outcome): Outcome {
  return typeof outcome === 'boolean' ? !outcome : outcome;
}

function evaluateOperand(operand: Operand, context: ConditionContext): Outcome {
  const value = context.expand(operand.value);
  const boolean = isPlain(value) ? parseBoolean(unescapeText(value)) : undefined;
  if (boolean !== undefined) {
    return boolean;
  }
  return forEachAlternative([value], ([text = '']) => {
    if (hasSymbol(text)) {
      return undefined;
    }
    const boolean = parseBoolean(unescapeText(text));
    return boolean ?? refused('MSB4113', `"${unescapeText(text)}" is neither true nor false`);
  });
}

function isPlain(value: Value): value is string {
  return typeof value === 'string' && !hasSymbol(value);
}

function evaluateCall(name: string, operands: readonly Operand[], context: ConditionContext): Outcome {
  const [operand] = operands;
  const lowerName = name.toLowerCase();
  if (lowerName !== 'exists' && lowerName !== 'hastrailingslash') {
    return refused('MSB4091', `a condition has no function "${name}"`);
  }
  if (operands.length !== 1 || !operand) {
    return refused('MSB4091', `"${name}" takes one argument`);
  }
  const value = context.expand(operand.value);
  return forEachAlternative([value], ([text = '']) =>
    lowerName === 'exists'
      ? existsAll(text, context)
      : splitList(text).length > 1
        ? refused('MSB4095', `"${name}" takes one path, not the list "${unescapeText(text)}"`)
        : // A symbol stands for a folder or a version: only the text behind it has a known end.
          /[\\/]$/.test(unescapeText(text)),
  );
}

/** A list exists when every part does; an empty path does not. */
function existsAll(text: string, context: ConditionContext): boolean | undefined {
  const parts = splitList(text);
  if (parts.length === 0) {
    return false;
  }
  let result: boolean | undefined = true;
  for (const part of parts) {
    const exists = context.exists(unescapeText(part));
    if (exists === false) {
      return false;
    }
    result = exists === undefined ? undefined : result;
  }
  return result;
}

function evaluateComparison(comparison: Comparison, context: ConditionContext): Outcome {
  const { left, right, operator } = comparison;
  if (left.kind === 'malformed' || right.kind === 'malformed') {
    return evaluateCondition(left.kind === 'malformed' ? left : right, context);
  }
  if (left.kind !== 'operand' || right.kind !== 'operand') {
    return compareOutcomes(comparison, context);
  }
  const leftValue = context.expand(left.value);
  const rightValue = context.expand(right.value);
  if (isPlain(leftValue) && isPlain(rightValue)) {
    return compareTexts(operator, unescapeText(leftValue), unescapeText(rightValue));
  }
  const values = [leftValue, rightValue];
  return forEachAlternative(values, ([a = '', b = '']) => {
    if (hasSymbol(a) || hasSymbol(b)) {
      return compareWithSymbols(operator, a, b, context);
    }
    return compareTexts(operator, unescapeText(a), unescapeText(b));
  });
}

/** `Exists('a') == 'true'` and the like: the result of a call counts as the word. */
function compareOutcomes(comparison: Comparison, context: ConditionContext): Outcome {
  const words: string[] = [];
  for (const side of [comparison.left, comparison.right]) {
    if (side.kind === 'operand') {
      const value = context.expand(side.value);
      if (typeof value !== 'string') {
        return unknownOutcome(value.reasons);
      }
      words.push(unescapeText(value));
      continue;
    }
    const outcome = evaluateCondition(side, context);
    if (typeof outcome !== 'boolean') {
      return outcome;
    }
    words.push(outcome ? 'true' : 'false');
  }
  return compareTexts(comparison.operator, words[0] ?? '', words[1] ?? '');
}

/** Symbols are never empty; beyond that only the evaluation around knows more. */
function compareWithSymbols(
  operator: ComparisonOperator,
  left: string,
  right: string,
  context: ConditionContext,
): boolean | undefined {
  const isEquality = operator === '==' || operator === '!=';
  if (isEquality && (left === '' || right === '')) {
    return operator === '!=';
  }
  if (isEquality && left.toLowerCase() === right.toLowerCase()) {
    return operator === '==';
  }
  return context.compareSymbols(operator, left, right);
}

/** Compares two unescaped texts. */
export function compareTexts(operator: ComparisonOperator, left: string, right: string): Outcome {
  if (operator === '==' || operator === '!=') {
    return areEqual(left, right) === (operator === '==');
  }
  const leftNumber = parseNumber(left);
  const rightNumber = parseNumber(right);
  const leftVersion = parseVersion(left);
  const rightVersion = parseVersion(right);
  for (const [text, number, version] of [
    [left, leftNumber, leftVersion],
    [right, rightNumber, rightVersion],
  ] as const) {
    if (number === undefined && version === undefined) {
      return refused('MSB4086', `"${text}" is neither a number nor a version`);
    }
  }
  if (leftNumber !== undefined && rightNumber !== undefined) {
    return holds(operator, leftNumber - rightNumber);
  }
  if (leftVersion && rightVersion) {
    return holds(operator, compareVersions(leftVersion, rightVersion));
  }
  return holds(operator, compareMixed(leftNumber, leftVersion, rightNumber, rightVersion));
}

function areEqual(left: string, right: string): boolean {
  if (left === right && left !== 'NaN') {
    return true;
  }
  if (left === '' || right === '') {
    return false;
  }
  const leftNumber = parseNumber(left);
  const rightNumber = parseNumber(right);
  if (leftNumber !== undefined && rightNumber !== undefined) {
    return leftNumber === rightNumber;
  }
  const leftBoolean = parseBoolean(left);
  const rightBoolean = parseBoolean(right);
  if (leftBoolean !== undefined && rightBoolean !== undefined) {
    return leftBoolean === rightBoolean;
  }
  return left.toLowerCase() === right.toLowerCase();
}

/** A number against a version looks at the major part only, and is lower when that is the same. */
function compareMixed(
  leftNumber: number | undefined,
  leftVersion: DotnetVersion | undefined,
  rightNumber: number | undefined,
  rightVersion: DotnetVersion | undefined,
): number {
  if (leftNumber !== undefined && rightVersion) {
    return leftNumber === rightVersion[0] ? -1 : leftNumber - rightVersion[0];
  }
  if (leftVersion && rightNumber !== undefined) {
    return leftVersion[0] === rightNumber ? 1 : leftVersion[0] - rightNumber;
  }
  return 0;
}

function holds(operator: ComparisonOperator, difference: number): boolean {
  switch (operator) {
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    case '==':
      return difference === 0;
    case '!=':
      return difference !== 0;
  }
}

/** Decides for every combination of the texts that the values may have; unknown when the answers differ. */
function forEachAlternative(
  values: readonly Value[],
  decide: (texts: readonly string[]) => Outcome | undefined,
): Outcome {
  const [one, other] = values;
  if (typeof one === 'string' && (values.length === 1 || typeof other === 'string')) {
    const texts = values as readonly string[];
    return decide(texts) ?? unknownOutcome(texts.flatMap(symbolReasons));
  }
  let combinations: string[][] = [[]];
  const reasons = values.flatMap((value) => reasonsOf(value));
  for (const value of values) {
    const texts = alternativesOf(value);
    if (!texts || combinations.length * texts.length > 64) {
      return unknownOutcome(reasons);
    }
    combinations = combinations.flatMap((head) => texts.map((text) => [...head, text]));
  }
  let result: Outcome | undefined;
  for (const texts of combinations) {
    const outcome = decide(texts);
    if (outcome === undefined) {
      return unknownOutcome([...reasons, ...texts.flatMap(symbolReasons)]);
    }
    if (result !== undefined && result !== outcome) {
      return unknownOutcome(reasons);
    }
    result = outcome;
  }
  return result ?? unknownOutcome(reasons);
}

function unknownOutcome(reasons: readonly string[]): UnknownOutcome {
  return { kind: 'unknown', reasons: reasons.length > 0 ? [...new Set(reasons)] : ['a part of it is not known'] };
}

function refused(code: string, explanation: string): RefusedOutcome {
  return { kind: 'refused', code, explanation };
}
