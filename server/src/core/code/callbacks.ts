import type { TextRange } from '../model/finding.ts';
import type { Code } from './code.ts';
import { type Evaluator, splitArguments } from './values.ts';

/** What accepts every certificate: the code that does, and whether it is a built-in. */
export interface Accepting {
  readonly range: TextRange;
  readonly isBuiltIn: boolean;
}

const maximumDepth = 6;

/** The part of an expression that accepts every certificate; undefined for what checks anything, or is not known. */
export function acceptsEverything(evaluator: Evaluator, first: number, last: number, depth = 0): Accepting | undefined {
  const { code } = evaluator;
  if (last < first || depth > maximumDepth) {
    return undefined;
  }
  if (code.is(first, '(') && code.partner(first) === last) {
    return acceptsEverything(evaluator, first + 1, last - 1, depth + 1);
  }
  const lambda = lambdaBody(code, first, last);
  if (lambda) {
    return isAlwaysTrue(code, lambda.first, lambda.last)
      ? { range: code.range(first, lambda.end), isBuiltIn: false }
      : undefined;
  }
  if (code.is(last, ')')) {
    return acceptsWrapped(evaluator, first, last, depth);
  }
  const from = code.is(first, 'AddressOf') ? first + 1 : code.is(first, '(') ? code.after(first) : first;
  return isChain(code, from, last) ? acceptsNamed(evaluator, first, last, depth) : undefined;
}

/** `new RemoteCertificateValidationCallback(x)`, with or without `new`. */
function acceptsWrapped(evaluator: Evaluator, first: number, last: number, depth: number): Accepting | undefined {
  const { code } = evaluator;
  const open = code.partner(last);
  const isWrapper =
    open > first && /^(?:RemoteCertificateValidationCallback|Func|DirectCast|CType)$/i.test(wrapperName(code, open));
  const [argument] = isWrapper ? splitArguments(code, open) : [];
  return argument ? acceptsEverything(evaluator, argument.first, argument.last, depth + 1) : undefined;
}

function wrapperName(code: Code, open: number): string {
  let name = open - 1;
  for (let steps = 0; code.is(open - 1, '>') && steps < 40 && !code.is(name, '<'); steps++) {
    name--;
  }
  return code.name(code.is(name, '<') ? name - 1 : name);
}

/** A method of this file, a variable with one value, or the built-in validator. */
function acceptsNamed(evaluator: Evaluator, first: number, last: number, depth: number): Accepting | undefined {
  const { code } = evaluator;
  const name = code.name(last);
  const range = code.range(first, last);
  if (code.same(name, 'DangerousAcceptAnyServerCertificateValidator')) {
    return { range, isBuiltIn: true };
  }
  const body = methodBody(code, name);
  if (body) {
    return isAlwaysTrue(code, body.first, body.last) ? { range, isBuiltIn: false } : undefined;
  }
  // A variable is told where its value stands: that is what has to change.
  const definition = evaluator.definition(last);
  return definition && acceptsEverything(evaluator, definition.first, definition.last, depth + 1);
}

function isChain(code: Code, first: number, last: number): boolean {
  for (let i = first; i <= last; i++) {
    if (!code.isName(i) && !code.is(i, '.') && !code.is(i, '::')) {
      return false;
    }
  }
  return code.isName(last);
}

interface Body {
  readonly first: number;
  readonly last: number;
}

/** The body of a lambda or an anonymous method; `end` is its last token, which may stand on a later line. */
function lambdaBody(code: Code, first: number, last: number): (Body & { readonly end: number }) | undefined {
  for (let i = first; i <= last; i = code.after(i)) {
    if (code.is(i, '=>')) {
      return { first: i + 1, last, end: last };
    }
    if (code.language === 'csharp' && code.is(i, 'delegate')) {
      const brace = code.is(i + 1, '(') ? code.partner(i + 1) + 1 : i + 1;
      return { first: brace, last, end: last };
    }
    if (code.language === 'fsharp' && code.is(i, 'fun')) {
      const arrow = find(code, i, last, '->');
      return arrow < 0 ? undefined : { first: arrow + 1, last, end: last };
    }
    if (code.language === 'visual-basic' && code.is(i, 'Function') && code.is(i + 1, '(')) {
      const behind = code.partner(i + 1) + 1;
      if (behind <= last && !code.is(behind, 'As')) {
        return { first: behind, last, end: last };
      }
      const end = endOfFunction(code, behind);
      return { first: behind, last: end - 1, end: end + 1 };
    }
  }
  return undefined;
}

function find(code: Code, first: number, last: number, word: string): number {
  for (let i = first; i <= last; i++) {
    if (code.is(i, word)) {
      return i;
    }
  }
  return -1;
}

/** The word `End` of the function whose first line ends before a token. */
function endOfFunction(code: Code, from: number): number {
  let depth = 1;
  for (let i = from; i < code.length; i++) {
    if (code.is(i, 'End') && code.is(i + 1, 'Function')) {
      depth--;
      if (depth === 0) {
        return i;
      }
    } else if (code.is(i, 'Function') && code.is(i + 1, '(') && code.isEnd(code.partner(i + 1) + 1)) {
      depth++;
    }
  }
  return code.length - 1;
}

/** The body of a method or function of this file, whichever has the name; undefined for several of them. */
export function methodBody(code: Code, name: string): Body | undefined {
  const bodies: Body[] = [];
  for (let i = 1; i < code.length; i++) {
    if (!code.isName(i) || !code.same(code.name(i), name)) {
      continue;
    }
    const body = declaredBody(code, i);
    if (body) {
      bodies.push(body);
    }
  }
  return bodies.length === 1 ? bodies[0] : undefined;
}

function declaredBody(code: Code, i: number): Body | undefined {
  if (code.language === 'fsharp') {
    const isDeclared =
      code.is(i - 1, 'let') ||
      code.is(i - 1, 'private') ||
      (code.is(i - 1, '.') && code.is(i - 3, 'member')) ||
      code.is(i - 1, 'rec');
    const equals = isDeclared ? findBeforeEnd(code, i, '=') : -1;
    return equals < 0 || equals === i + 1 ? undefined : { first: equals + 1, last: endOfBlock(code, equals + 1) };
  }
  if (!code.is(i + 1, '(')) {
    return undefined;
  }
  const close = code.partner(i + 1);
  if (code.language === 'visual-basic') {
    if (!code.is(i - 1, 'Function')) {
      return undefined;
    }
    return { first: close + 1, last: endOfFunction(code, close + 1) - 1 };
  }
  const isDeclared = code.isName(i - 1) && !/^(?:return|new|await|else|throw|in)$/.test(code.word(i - 1));
  if (close < 0 || !(isDeclared || code.is(i - 1, '.') || code.is(i - 1, '?') || code.is(i - 1, ']'))) {
    return undefined;
  }
  if (code.is(close + 1, '{')) {
    return { first: close + 1, last: code.partner(close + 1) };
  }
  if (code.is(close + 1, '=>') && isDeclared) {
    let last = close + 2;
    while (last + 1 < code.length && !code.isEnd(last + 1)) {
      last = code.after(last + 1) - 1;
    }
    return { first: close + 2, last };
  }
  return undefined;
}

function findBeforeEnd(code: Code, from: number, word: string): number {
  for (let i = from; i < code.length && !code.isEnd(i); i = code.after(i)) {
    if (code.is(i, word)) {
      return i;
    }
  }
  return -1;
}

/** F#: the statements that stand further right than the line of the declaration. */
function endOfBlock(code: Code, first: number): number {
  const line = code.text.lastIndexOf('\n', code.start(first - 1)) + 1;
  const indent = /^[ \t]*/.exec(code.text.slice(line, line + 400))?.[0].length ?? 0;
  let last = first;
  for (let i = first; i < code.length; i++) {
    if (code.isEnd(i)) {
      const next = code.start(i + 1);
      const column = next - code.text.lastIndexOf('\n', next - 1) - 1;
      if (column <= indent) {
        return last;
      }
    } else {
      last = i;
    }
  }
  return last;
}

/** True for a body of which every way out gives `true`, and none throws. */
export function isAlwaysTrue(code: Code, first: number, last: number): boolean {
  if (first === last) {
    return code.is(first, 'true') || (code.language === 'visual-basic' && code.is(first, 'True'));
  }
  if (code.language === 'fsharp') {
    return isTrueAtEnd(code, first, last);
  }
  if (code.language === 'csharp' && !code.is(first, '{')) {
    return code.is(first, '(') && code.partner(first) === last && isAlwaysTrue(code, first + 1, last - 1);
  }
  let count = 0;
  for (let i = first; i <= last; i++) {
    if (/^throw$/i.test(code.word(i))) {
      return false;
    }
    const isInLambda = code.is(i, '=>') && code.is(i + 1, '{');
    if (isInLambda) {
      i = Math.max(i, code.partner(i + 1));
    } else if (/^return$/i.test(code.word(i))) {
      if (!/^true$/i.test(code.word(i + 1)) || !code.isEnd(i + 2)) {
        return false;
      }
      count++;
    }
  }
  return count > 0;
}

function isTrueAtEnd(code: Code, first: number, last: number): boolean {
  for (let i = first; i <= last; i++) {
    if (/^(?:if|match|raise|failwith|failwithf|function|try)$/.test(code.word(i))) {
      return false;
    }
  }
  return code.is(last, 'true') && (code.isEnd(last - 1) || first === last);
}
