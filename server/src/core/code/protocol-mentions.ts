import { memberValue } from '../facts/protocol-numbers.ts';
import type { ProtocolUse } from '../model/protocol-use.ts';
import type { Code } from './code.ts';
import { chainText } from './names.ts';
import { chainStart, type FoundValue } from './protocol-assignments.ts';
import { constant } from './protocol-bits.ts';
import { isConditional, memberAt } from './structure.ts';
import { tokenKinds } from './tokens.ts';
import { bitOperator, type Evaluator, joinValues, knownValue, splitArguments } from './values.ts';
import { expressionEnd } from './variables.ts';

/** A file that names protocols more often than this is a table, not a program. */
const maximumMentions = 1000;

/**
 * Protocols that are named anywhere else: as arguments, defaults, results, elements. Comparisons, maps to and from
 * texts, tests and prints are no uses. `isTaken` tells which places belong to uses that are known already.
 */
export function readMentions(evaluator: Evaluator, isTaken: (offset: number) => boolean): FoundValue[] {
  const { code } = evaluator;
  const found: FoundValue[] = [];
  const collections = new Set<number>();
  let end = -1;
  let count = 0;
  for (let i = 0; i < code.length && count < maximumMentions; i++) {
    const first = i > end ? mentionAt(evaluator, i) : -1;
    if (first < 0) {
      continue;
    }
    count++;
    const expression = wholeExpression(code, first, i);
    end = expression.last;
    const value = evaluator.evaluate(expression.first, expression.last);
    const isOwn = value.places.length > 0 && !value.places.some(({ range }) => isTaken(range.start));
    const context =
      isOwn && value.unknown === undefined ? contextOf(evaluator, expression.first, expression.last) : undefined;
    if (context?.collection !== undefined) {
      if (!collections.has(context.collection)) {
        collections.add(context.collection);
        found.push(...collectionOf(evaluator, context.collection));
      }
    } else if (context) {
      found.push({ api: context.api, form: context.form, at: context.at, ...expression, value });
    }
  }
  return found;
}

/** The first token of a protocol that ends at a token: a member, or a cast of a number. */
function mentionAt(evaluator: Evaluator, i: number): number {
  const { code, names } = evaluator;
  if (code.kind(i) === tokenKinds.number) {
    const isCast =
      code.language === 'csharp' &&
      code.is(i - 1, ')') &&
      evaluator.protocolType(chainText(code, code.partner(i - 1) + 1) ?? '') !== undefined &&
      code.partner(i - 1) >= 0;
    return isCast ? code.partner(i - 1) : -1;
  }
  if (!code.isName(i) || code.is(i + 1, '.') || code.is(i + 1, '(')) {
    return code.isName(i) && code.is(i + 1, '.') && isMember(evaluator, i) ? chainStart(code, i) : -1;
  }
  if (isMember(evaluator, i)) {
    return chainStart(code, i);
  }
  const ignoresCase = code.language === 'visual-basic';
  const isStatic =
    names.staticImports.length > 0 &&
    !code.is(i - 1, '.') &&
    names.staticImports.some((name) => {
      const type = evaluator.protocolType(name);
      return type !== undefined && memberValue(type, code.name(i), ignoresCase) !== undefined;
    });
  return isStatic ? i : -1;
}

function isMember(evaluator: Evaluator, i: number): boolean {
  const { code } = evaluator;
  if (!code.is(i - 1, '.')) {
    return false;
  }
  const text = chainText(code, chainStart(code, i));
  if (text === undefined) {
    return false;
  }
  const [member = '', type = ''] = text.split('.').reverse();
  // The chain may go on behind the member.
  const own = text.endsWith(`.${code.name(i)}`)
    ? text.slice(0, -code.name(i).length - 1)
    : text.slice(0, text.lastIndexOf(`.${code.name(i)}`));
  const found = evaluator.protocolType(own);
  return (
    found !== undefined &&
    type !== '' &&
    member !== '' &&
    memberValue(found, code.name(i), code.language === 'visual-basic') !== undefined
  );
}

/** The expression of bits around a mention, with the parentheses and casts that only group it. */
function wholeExpression(code: Code, from: number, to: number): { readonly first: number; readonly last: number } {
  let first = from;
  let last = to;
  for (let steps = 0; steps < 1000; steps++) {
    if (bitOperator(code, last + 1)) {
      last = operandEnd(code, last + 2);
    } else if (bitOperator(code, first - 1) && !code.isEnd(first - 2)) {
      first = operandStart(code, first - 2);
    } else if (isComplement(code, first - 1)) {
      first--;
    } else if (isGroup(code, first, last)) {
      first--;
      last++;
    } else if (code.language === 'csharp' && code.is(first - 1, ')') && isCast(code, first - 1)) {
      first = code.partner(first - 1);
    } else {
      return { first, last };
    }
  }
  return { first, last };
}

function isComplement(code: Code, i: number): boolean {
  return code.is(i, '~') || code.is(i, '~~~') || (code.language === 'visual-basic' && code.is(i, 'Not'));
}

/** Parentheses around exactly the expression, which call nothing. */
function isGroup(code: Code, first: number, last: number): boolean {
  const open = first - 1;
  if (!code.is(open, '(') || code.partner(open) !== last + 1) {
    return false;
  }
  const before = open - 1;
  const isCall =
    (code.isName(before) &&
      !/^(?:return|in|and|or|not|andalso|orelse|xor|is|case|await|then|else)$/i.test(code.word(before))) ||
    code.is(before, '>') ||
    code.is(before, ']') ||
    code.is(before, '!');
  return !isCall && !(code.is(before, ')') && !isCast(code, before));
}

function isCast(code: Code, close: number): boolean {
  const open = code.partner(close);
  for (let i = open + 1; open >= 0 && i < close; i++) {
    if (!code.isName(i) && !code.is(i, '.') && !code.is(i, '::')) {
      return false;
    }
  }
  return open >= 0 && open + 1 < close && !code.isName(open - 1);
}

function operandEnd(code: Code, i: number): number {
  let at = i;
  while (
    isComplement(code, at) ||
    (code.is(at, '(') &&
      isCast(code, code.partner(at)) &&
      !code.isEnd(code.after(at)) &&
      (code.isName(code.after(at)) || code.is(code.after(at), '(') || code.kind(code.after(at)) === tokenKinds.number))
  ) {
    at = code.is(at, '(') ? code.after(at) : at + 1;
  }
  let end = code.after(at) - 1;
  while (code.is(end + 1, '.') || code.is(end + 1, '(') || code.is(end + 1, '[') || code.is(end + 1, '::')) {
    end = code.is(end + 1, '.') || code.is(end + 1, '::') ? end + 2 : code.after(end + 1) - 1;
  }
  return Math.min(end, code.length - 1);
}

function operandStart(code: Code, i: number): number {
  let at = i;
  for (;;) {
    if (code.partner(at) >= 0 && code.partner(at) < at) {
      at = code.partner(at);
      if (code.isName(at - 1)) {
        at--;
        continue;
      }
      return at;
    }
    if (code.is(at - 1, '.') || code.is(at - 1, '::')) {
      at -= 2;
      continue;
    }
    return at;
  }
}

/** All elements of a collection at once: it is one list of what is allowed. */
function collectionOf(evaluator: Evaluator, open: number): FoundValue[] {
  const { code } = evaluator;
  let value = knownValue(constant(0));
  for (const { first, last } of splitArguments(code, open)) {
    value = joinValues('or', value, evaluator.evaluate(first, last));
  }
  const last = code.partner(open) - 1;
  return value.unknown === undefined && last > open
    ? [{ api: 'value', form: 'collection', at: open, first: open + 1, last, value }]
    : [];
}

interface Context {
  /** The bracket of the collection that the expression is an element of. */
  readonly collection?: number;
  readonly api: FoundValue['api'];
  readonly form: ProtocolUse['form'];
  readonly at: number;
}

const comparisons: ReadonlySet<string> = new Set([
  '==',
  '!=',
  'is',
  'IsNot',
  'isnot',
  '<>',
  '<',
  '>',
  '<=',
  '>=',
  'case',
  'Case',
  'when',
  'not',
  'and',
  'or',
  '|',
  '->',
]);

/** What becomes of an expression; undefined where nothing is allowed or forbidden by it. */
function contextOf(evaluator: Evaluator, first: number, last: number): Context | undefined {
  const { code, structure } = evaluator;
  const before = first - 1;
  const after = last + 1;
  if (
    code.is(after, '.') ||
    code.is(after, '?.') ||
    code.isOneOf(after, comparisons) ||
    code.is(after, '=>') ||
    code.is(after, '?')
  ) {
    return undefined;
  }
  if (code.kind(before) === tokenKinds.holeOpen) {
    return undefined;
  }
  if (code.is(before, '->')) {
    return resultContext(evaluator, first);
  }
  if (code.isOneOf(before, comparisons)) {
    return undefined;
  }
  if (code.is(before, '??')) {
    return { api: 'value', form: 'default', at: first };
  }
  if (code.is(before, '=>') || code.is(before, 'return') || code.is(before, 'Return')) {
    return resultContext(evaluator, first);
  }
  if (code.is(before, '=') || code.is(before, '<-') || /^[|&^+]=$/.test(code.word(before))) {
    return assignedContext(evaluator, before);
  }
  const open = code.around(first);
  if (code.is(before, ':') || code.is(before, ':=')) {
    const isNamed = code.isName(before - 1) && (code.is(before - 2, '(') || code.is(before - 2, ','));
    return isNamed && code.is(open, '(') ? argumentContext(evaluator, open, first) : undefined;
  }
  const isElement = before === open || code.is(before, ',') || code.is(before, ';') || code.is(before, 'yield');
  if (open < 0 || !isElement) {
    const isLastOfFunction =
      code.language === 'fsharp' && structure.statementStart(first) === first && code.isEnd(after);
    return isLastOfFunction ? resultContext(evaluator, first) : undefined;
  }
  if (code.is(open, '(')) {
    return argumentContext(evaluator, open, first);
  }
  return elementContext(evaluator, open, first);
}

/** A result that depends on a question is a map from something else to a protocol. */
function resultContext({ structure }: Evaluator, first: number): Context | undefined {
  return isConditional(structure, first) || memberAt(structure, first) === undefined
    ? undefined
    : { api: 'value', form: 'return', at: first };
}

function assignedContext(evaluator: Evaluator, operator: number): Context | undefined {
  const { code, structure } = evaluator;
  const target = operator - 1;
  const open = code.around(operator);
  if (code.is(operator, '=') && isComparison(evaluator, operator)) {
    return undefined;
  }
  if (code.language !== 'fsharp' && code.is(open, '(')) {
    return isAttribute(code, open)
      ? { api: 'value', form: 'attribute', at: target }
      : { api: 'value', form: 'default', at: target };
  }
  const scope = structure.scopesOf(operator).find(({ kind }) => kind !== 'block' && kind !== 'conditional');
  if (scope?.kind === 'type' || scope === undefined) {
    return isConstantOrEnum(code, structure.statementStart(operator), operator)
      ? undefined
      : { api: 'value', form: 'default', at: target };
  }
  const isProperty =
    code.is(chainStart(code, target) - 1, '.') ||
    code.is(target - 1, '.') ||
    (scope.kind === 'initializer' && code.isName(target) && !code.is(target - 1, ']'));
  return isProperty && !code.is(target, ']') ? { api: 'value', form: 'assignment', at: target } : undefined;
}

/** In languages where `=` compares as well: true where it does not stand behind something that gets a value. */
function isComparison({ code, structure }: Evaluator, operator: number): boolean {
  if (code.language === 'csharp') {
    return false;
  }
  const first = structure.statementStart(operator);
  if (code.language === 'fsharp') {
    return isCompared(code, first, operator);
  }
  const words = code.text.slice(code.start(first), code.start(operator));
  if (/\bOptional\b[^,()]*$/i.test(words)) {
    return false;
  }
  return (
    /\b(?:If|ElseIf|While|Until|Return|When|Case|AndAlso|OrElse|IIf|Assert)\b/i.test(words) ||
    /[(=]/.test(words.replace(/\([^()]*\)/g, ''))
  );
}

/** F#: the nearest word before says what `=` is. */
function isCompared(code: Code, first: number, operator: number): boolean {
  const isNamed = code.is(code.around(operator), '(') && (code.is(operator - 2, '(') || code.is(operator - 2, ','));
  for (let i = operator - 1; i >= first && !isNamed; i = code.before(i)) {
    const word = code.word(i);
    if (/^(?:let|member|val|use|override|default|mutable|rec|and|static|\{|;)$/.test(word)) {
      return false;
    }
    if (/^(?:if|elif|while|when|not|return|then|else|=|->|<-|&&|\|\||\()$/.test(word)) {
      return true;
    }
  }
  return !isNamed;
}

/** Constants and members of enumerations are names for protocols, which others use. */
function isConstantOrEnum(code: Code, first: number, operator: number): boolean {
  for (let i = first; i < operator; i++) {
    if (/^(?:const|readonly|let|literal|val)$/i.test(code.word(i))) {
      return true;
    }
  }
  return operator - first === 1;
}

const tests =
  /^(?:Assert|Expect|Should|Be$|NotBe|BeEquivalent|Verify|Is|Are|Equals?$|NotEquals?$|Equal$|Same$|True$|False$|Throws|Contains|HasFlag|Compare|Match|InlineData|TestCase|DataRow|Theory|Arguments|MemberData|Values$|Setup|Returns|It$)/;
const prints =
  /^(?:Write|WriteLine|Log|Print|Debug|Trace|Info|Information|Warn|Warning|Error|Fail|Format|Append|AppendLine|ToString|Concat|Join|GetName|IsDefined|nameof|NameOf|typeof|GetType|printfn?|sprintf|failwithf?|Parse|TryParse|Convert|ToInt32)/;
const collects =
  /^(?:Add|AddRange|Append|Concat|Union|Except|Remove|Push|Enqueue|Insert|Any|All|Where|Select|TryAdd|Of|Create|ToList|Combine|KeyValuePair|Tuple|ValueTuple|Dictionary)$/;

function argumentContext(evaluator: Evaluator, open: number, first: number): Context | undefined {
  const { code } = evaluator;
  let name = open - 1;
  if (code.is(name, '>')) {
    while (name > 0 && name > open - 20 && !code.is(name, '<')) {
      name--;
    }
    name--;
  }
  if (
    !code.isName(name) ||
    /^(?:if|while|switch|for|foreach|return|in|when|lock|using|catch|and|or|not|elseif|select|case|then|else)$/i.test(
      code.word(name),
    )
  ) {
    return undefined;
  }
  if (isAttribute(code, open)) {
    return tests.test(code.name(name)) ? undefined : { api: 'value', form: 'attribute', at: name };
  }
  const callee = chainText(code, chainStart(code, name)) ?? code.name(name);
  if (callee.split('.').some((part) => tests.test(part) || prints.test(part))) {
    return undefined;
  }
  if (isHeader(evaluator, open) || isInTest(code, open)) {
    return undefined;
  }
  if (collects.test(code.name(name))) {
    return splitArguments(code, open).length > 1 ||
      /^(?:Remove|Except|Any|All|Where|Select|KeyValuePair|Tuple|ValueTuple)$/.test(code.name(name))
      ? undefined
      : { api: 'value', form: 'collection', at: first };
  }
  return { api: 'call', form: 'argument', at: name };
}

/** True inside of a call that looks at what happens, such as `Assert.Throws(() => ...)`. */
function isInTest(code: Code, open: number): boolean {
  for (let around = code.around(open), depth = 0; around >= 0 && depth < 8; around = code.around(around), depth++) {
    const callee = code.is(around, '(') ? (chainText(code, chainStart(code, around - 1)) ?? '') : '';
    if (callee.split('.').some((part) => tests.test(part))) {
      return true;
    }
  }
  return false;
}

/** True for the parentheses of a member's own parameters. */
function isHeader({ code, structure }: Evaluator, open: number): boolean {
  const close = code.partner(open);
  return close >= 0 && code.is(close + 1, '{') && structure.scopesOf(close + 2)[0]?.kind === 'member';
}

/** `[Name(...)]`, `<Name(...)>`, `[<Name(...)>]`. */
function isAttribute(code: Code, open: number): boolean {
  const first = chainStart(code, open - 1);
  const bracket = code.around(open);
  if (code.language === 'csharp') {
    const isInBrackets =
      code.is(bracket, '[') && !code.isName(bracket - 1) && !code.is(bracket - 1, ')') && !code.is(bracket - 1, '=');
    return isInBrackets && (code.is(first - 1, '[') || code.is(first - 1, ',') || code.is(first - 1, ':'));
  }
  return code.is(first - 1, '<') && (code.language === 'visual-basic' || code.is(first - 2, '['));
}

/** An element of a list; a pair with something else is a map. */
function elementContext(evaluator: Evaluator, open: number, first: number): Context | undefined {
  const { code } = evaluator;
  const isIndex =
    code.is(open, '[') &&
    (code.isName(open - 1) || code.is(open - 1, ')') || code.is(open - 1, ']')) &&
    !/^(?:return|in|yield|else|then)$/i.test(code.word(open - 1));
  // `[key] = value` in an initializer.
  const isKey = code.is(open, '[') && code.is(code.partner(open) + 1, '=');
  const isScope = code.is(open, '{') && evaluator.structure.scopesOf(first)[0]?.kind === 'arms';
  if (isIndex || isKey || isScope || code.kind(open) === tokenKinds.holeOpen) {
    return undefined;
  }
  const elements = splitArguments(code, open);
  const isList = elements.every(
    ({ first: from, last: to }) =>
      to < from || evaluator.evaluate(from, Math.min(to, expressionEnd(code, from))).unknown === undefined,
  );
  return isList ? { api: 'value', form: 'collection', at: first, collection: open } : undefined;
}
