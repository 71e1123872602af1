/** Expands expressions: property references and functions. */
import { escapeText, unescapeText } from './escapes.ts';
import type { Argument, Call, CallPart, Expression, Part } from './expression.ts';
import { pathTolerantIntrinsics } from './intrinsics.ts';
import { callStatic, type FunctionContext } from './static-members.ts';
import { callMember } from './string-members.ts';
import { FunctionRefused, FunctionUnknown, type TypedValue, toText } from './typed-value.ts';
import { boundedText, concatenate, hasSymbol, symbolReasons, UnknownValue, type Value } from './value.ts';

/** What an expansion asks of the evaluation around it. */
export interface ExpansionContext {
  /** The value of a property, with escapes; the key is the name in lower case. */
  read(key: string, name: string): Value;
  readonly functions: FunctionContext;
  /** Told when MSBuild would refuse the expression. */
  refuse(code: string, explanation: string): void;
}

/** The value of an expression, with escapes. */
export function expand(expression: Expression, context: ExpansionContext): Value {
  if (expression.literal !== undefined) {
    return expression.literal;
  }
  const { parts } = expression;
  const only = parts[0];
  if (parts.length === 1 && only) {
    return expandPart(only, context);
  }
  let text = '';
  for (const [index, part] of parts.entries()) {
    const value = expandPart(part, context);
    if (typeof value !== 'string') {
      const rest = parts.slice(index + 1).map((next) => expandPart(next, context));
      return concatenate([text, value, ...rest]);
    }
    text += value;
  }
  return boundedText(text);
}

function expandPart(part: Part, context: ExpansionContext): Value {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'property':
      return context.read(part.key, part.name);
    case 'registry':
      return new UnknownValue(['the registry of the machine that builds is not known']);
    case 'faulty':
      context.refuse(part.code, part.explanation);
      return new UnknownValue([`MSBuild refuses an expression: ${part.explanation}`]);
    case 'call':
      return expandCall(part, context);
  }
}

function expandCall(part: CallPart, context: ExpansionContext): Value {
  try {
    return toValue(evaluateCall(part, context), part);
  } catch (error) {
    if (error instanceof UnknownInput) {
      return error.value;
    }
    if (error instanceof FunctionUnknown) {
      return new UnknownValue([error.message]);
    }
    if (error instanceof FunctionRefused) {
      context.refuse(error.code, error.message);
      return new UnknownValue([`MSBuild refuses a function: ${error.message}`]);
    }
    throw error;
  }
}

/** An input of a function is unknown, and so is its result. No Error: thrown often, and its stack is of no use. */
class UnknownInput {
  readonly value: UnknownValue;

  constructor(value: UnknownValue) {
    // A function may give the same result for all inputs, so that the alternatives of the input are not those of the
    // result.
    this.value = new UnknownValue(value.reasons);
  }
}

/** Results are escaped again, except what the escaping functions themselves return. */
function toValue(result: TypedValue, part: CallPart): Value {
  const last = part.calls.at(-1)?.name.toLowerCase();
  if (part.type?.toLowerCase() === 'msbuild' && (last === 'escape' || last === 'unescape')) {
    return toText(result);
  }
  if (typeof result === 'string') {
    return escapeSymbolText(result);
  }
  return Array.isArray(result) ? result.map((item) => escapeText(toText(item))).join(';') : toText(result);
}

function escapeSymbolText(text: string): string {
  return hasSymbol(text)
    ? text.replace(/(\uE000[^\uE001]*\uE001)|[%*?@$();']/g, (c, s?: string) => s ?? escapeText(c))
    : escapeText(text);
}

function evaluateCall(part: CallPart, context: ExpansionContext): TypedValue {
  let result: TypedValue;
  let calls: readonly Call[] = part.calls;
  if (part.property) {
    result = unescapeText(known(context.read(part.property.key, part.property.name)));
  } else {
    const [first] = calls;
    if (!first || part.type === undefined) {
      throw new FunctionRefused('a function name is missing');
    }
    result = callFirst(part.type, first, context);
    calls = calls.slice(1);
  }
  for (const call of calls) {
    rejectSymbols(result);
    const args = call.arguments?.map((argument) => evaluateArgument(argument, context));
    args?.forEach(rejectSymbols);
    result = callMember(result, call.name, args);
  }
  return result;
}

function callFirst(type: string, call: Call, context: ExpansionContext): TypedValue {
  const args = call.arguments?.map((argument) => evaluateArgument(argument, context));
  const typeKey = type.toLowerCase();
  const acceptsSymbols =
    typeKey === 'system.io.path' ||
    (typeKey === 'msbuild' && pathTolerantIntrinsics.has(call.name.toLowerCase())) ||
    (typeKey === 'system.string' && /^(isnullorempty|copy|new|concat)$/i.test(call.name));
  if (!acceptsSymbols) {
    args?.forEach(rejectSymbols);
  }
  return callStatic(type, call.name, args, context.functions);
}

function rejectSymbols(value: TypedValue): void {
  if (typeof value === 'string' && hasSymbol(value)) {
    throw new FunctionUnknown(symbolReasons(value).join('; '));
  }
}

/** An argument that is one function call keeps its type (a list stays a list). */
function evaluateArgument(argument: Argument, context: ExpansionContext): TypedValue {
  if (argument === null) {
    return null;
  }
  const [only] = argument.parts;
  if (argument.parts.length === 1 && only?.kind === 'call') {
    return evaluateCall(only, context);
  }
  return unescapeText(known(expand(argument, context)));
}

function known(value: Value): string {
  if (typeof value === 'string') {
    return value;
  }
  throw new UnknownInput(value);
}
