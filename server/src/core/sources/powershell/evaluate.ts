import { dirname } from '../../model/path.ts';
import { noteCall } from './effects.ts';
import type {
  CallExpression,
  Expression,
  HashExpression,
  MemberExpression,
  Statement,
  StringExpression,
} from './nodes.ts';
import { and, currentProtocols, minus, not, or, plus, protocolsByName, toProtocols, xor } from './protocol-value.ts';
import type { Run, Scope } from './run.ts';
import { securityProtocolType, servicePointManager, sslProtocols } from './type-names.ts';
import { type ProtocolValue, type TableEntry, unknownValue, type Value } from './value.ts';

/** What an expression stands for, as far as the script alone tells. Calls inside it have their effects. */
export function evaluateExpression(run: Run, expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'string':
      return evaluateString(run, expression, scope);
    case 'number':
      return { kind: 'number', value: expression.value, range: expression.range };
    case 'variable':
      return evaluateVariable(expression.name, expression.scope, expression.range.start, scope);
    case 'type':
      return { kind: 'type', name: expression.name };
    case 'block':
      return { kind: 'block', body: expression.body, range: expression.range };
    case 'group':
      return evaluateGroup(run, expression.statements, scope);
    case 'list':
      return { kind: 'list', items: expression.items.map((item) => run.evaluate(item, scope)) };
    case 'hash':
      return evaluateHash(run, expression, scope);
    case 'cast':
      return convert(run.evaluate(expression.operand, scope), expression.type.name, scope);
    case 'index':
      return indexOf(run.evaluate(expression.target, scope), run.evaluate(expression.index, scope));
    case 'unary':
      return evaluateUnary(expression.operator, run.evaluate(expression.operand, scope), scope);
    case 'binary':
      return evaluateBinary(run, expression, scope);
    case 'member':
      return evaluateMember(run, expression, scope);
    case 'call':
      return evaluateCall(run, expression, scope);
    case 'unknown':
      return unknownValue;
  }
}

/** Of several statements nobody knows what they give together. */
function evaluateGroup(run: Run, statements: readonly Statement[], scope: Scope): Value {
  const values = statements.map((statement) => run.runStatement(statement, scope));
  return values.length === 1 ? (values[0] ?? unknownValue) : unknownValue;
}

function evaluateString(run: Run, { parts, range, form }: StringExpression, scope: Scope): Value {
  let value = '';
  for (const part of parts) {
    const text: Value = typeof part === 'string' ? { kind: 'text', value: part, range } : run.evaluate(part, scope);
    if (text.kind === 'text') {
      value += text.value;
    } else if (text.kind === 'number') {
      value += String(text.value);
    } else {
      return unknownValue;
    }
  }
  return form === 'word' && /^\d+$/.test(value) && parts.length === 1
    ? { kind: 'number', value: Number(value), range }
    : form === 'word' && /^0x[0-9a-f]+$/i.test(value)
      ? { kind: 'number', value: Number(value), range }
      : { kind: 'text', value, range };
}

function evaluateVariable(name: string, scopeName: string, at: number, scope: Scope): Value {
  const { variables } = scope.machine;
  switch (name) {
    case 'true':
    case 'false':
      return { kind: 'boolean', value: name === 'true' };
    case 'null':
      return { kind: 'null' };
    case 'psscriptroot':
      return { kind: 'text', value: dirname(scope.file.path), range: { start: at, end: at } };
    case 'pscommandpath':
      return { kind: 'text', value: scope.file.path, range: { start: at, end: at } };
    default:
      if (scopeName === 'env') {
        return unknownValue;
      }
      return (scopeName === 'script' || scopeName === 'global' ? variables.root : variables).get(name) ?? unknownValue;
  }
}

function evaluateHash(run: Run, { entries }: HashExpression, scope: Scope): Value {
  const table = new Map<string, TableEntry>();
  for (const { key, value } of entries) {
    const name = run.evaluate(key, scope);
    const content = value ? run.runStatement(value, scope) : unknownValue;
    if (name.kind === 'text') {
      table.set(name.value.toLowerCase(), { value: content, keyRange: key.range });
    }
  }
  return { kind: 'table', entries: table };
}

/** `[Name] value`, `value -as [Name]`. */
export function convert(value: Value, type: string, scope: Scope): Value {
  const { types, file } = scope;
  if (types.is(type, securityProtocolType) || types.is(type, sslProtocols)) {
    return ofProtocols(toProtocols(value, file.text));
  }
  if (/^(?:type|system\.type)$/i.test(type)) {
    return value.kind === 'text' ? { kind: 'type', name: value.value } : unknownValue;
  }
  if (/^(?:system\.)?(?:bool|boolean|switch)$/i.test(type)) {
    return value.kind === 'number' ? { kind: 'boolean', value: value.value !== 0 } : value;
  }
  // Numbers, texts, lists and tables stay what they are for everything that is asked here.
  return value;
}

function indexOf(target: Value, index: Value): Value {
  if (target.kind === 'table' && index.kind === 'text') {
    return target.entries.get(index.value.toLowerCase())?.value ?? unknownValue;
  }
  return target.kind === 'list' && index.kind === 'number' ? (target.items[index.value] ?? unknownValue) : unknownValue;
}

function evaluateUnary(operator: string, value: Value, { file }: Scope): Value {
  if (operator === 'bnot') {
    const protocols = toProtocols(value, file.text);
    return ofProtocols(protocols && not(protocols));
  }
  if (operator === 'not') {
    return value.kind === 'boolean' ? { kind: 'boolean', value: !value.value } : unknownValue;
  }
  if (operator === 'join') {
    return joined(value, '');
  }
  return operator === '+' ? value : unknownValue;
}

function evaluateBinary(run: Run, expression: Extract<Expression, { kind: 'binary' }>, scope: Scope): Value {
  const left = run.evaluate(expression.left, scope);
  const right = run.evaluate(expression.right, scope);
  switch (expression.operator) {
    case 'bor':
    case 'band':
    case 'bxor':
    case '+':
    case '-':
      return combine(expression.operator, left, right, expression.range, scope);
    case 'as':
      return right.kind === 'type' ? convert(left, right.name, scope) : unknownValue;
    case 'join':
      return right.kind === 'text' ? joined(left, right.value) : unknownValue;
    case 'f':
      return formatted(left, right);
    default:
      return unknownValue;
  }
}

function combine(
  operator: string,
  left: Value,
  right: Value,
  range: { start: number; end: number },
  { file }: Scope,
): Value {
  if (operator === '+' && (left.kind === 'text' || left.kind === 'list' || left.kind === 'table')) {
    if (left.kind === 'list') {
      return { kind: 'list', items: [...left.items, ...(right.kind === 'list' ? right.items : [right])] };
    }
    return left.kind === 'text' && (right.kind === 'text' || right.kind === 'number')
      ? { kind: 'text', value: left.value + String(right.value), range }
      : unknownValue;
  }
  if (left.kind === 'number' && right.kind === 'number') {
    return { kind: 'number', value: arithmetic[operator]?.(left.value, right.value) ?? Number.NaN, range };
  }
  const a = toProtocols(left, file.text);
  const b = toProtocols(right, file.text);
  // What is added to or taken from a value that only the running process knows says little about the whole.
  if (!a || !b) {
    return unknownValue;
  }
  return ofProtocols(operations[operator]?.(a, b));
}

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  bor: (a, b) => a | b,
  band: (a, b) => a & b,
  bxor: (a, b) => a ^ b,
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
};

const operations: Readonly<Record<string, (a: ProtocolValue, b: ProtocolValue) => ProtocolValue | undefined>> = {
  bor: or,
  band: and,
  bxor: xor,
  '+': plus,
  '-': minus,
};

function ofProtocols(protocols: ProtocolValue | undefined): Value {
  return protocols ? { kind: 'protocols', protocols } : unknownValue;
}

function joined(value: Value, separator: string): Value {
  const items = value.kind === 'list' ? value.items : [value];
  const texts = items.flatMap((item) => (item.kind === 'text' ? [item] : []));
  const first = texts[0];
  const last = texts.at(-1);
  return first && last && texts.length === items.length
    ? {
        kind: 'text',
        value: texts.map((text) => text.value).join(separator),
        range: { start: first.range.start, end: last.range.end },
      }
    : unknownValue;
}

function formatted(format: Value, value: Value): Value {
  const items = value.kind === 'list' ? value.items : [value];
  if (format.kind !== 'text') {
    return unknownValue;
  }
  let isKnown = true;
  const text = format.value.replace(/\{(\d+)\}/g, (_, index: string) => {
    const item = items[Number(index)];
    if (item?.kind === 'text' || item?.kind === 'number') {
      return String(item.value);
    }
    isKnown = false;
    return '';
  });
  return isKnown ? { kind: 'text', value: text, range: format.range } : unknownValue;
}

function evaluateMember(run: Run, { target, name, range, isStatic }: MemberExpression, scope: Scope): Value {
  const owner = run.evaluate(target, scope);
  const member = name.toLowerCase();
  if (isStatic && owner.kind === 'type') {
    return staticMember(owner.name, member, range, scope);
  }
  if (owner.kind === 'table') {
    return owner.entries.get(member)?.value ?? unknownValue;
  }
  return owner.kind === 'protocols' && member === 'value__' ? owner : unknownValue;
}

function staticMember(type: string, member: string, range: { start: number; end: number }, { types }: Scope): Value {
  if (types.is(type, servicePointManager) && member === 'securityprotocol') {
    return { kind: 'protocols', protocols: currentProtocols };
  }
  if (types.is(type, securityProtocolType) || types.is(type, sslProtocols)) {
    return ofProtocols(protocolsByName(member, range));
  }
  return member === 'dangerousacceptanyservercertificatevalidator' ? { kind: 'object', type: member } : unknownValue;
}

function evaluateCall(run: Run, call: CallExpression, scope: Scope): Value {
  const owner = run.evaluate(call.target, scope);
  const values = call.arguments.map((argument) => run.evaluate(argument, scope));
  const name = call.name.toLowerCase();
  noteCall(run, call, owner, values, scope);
  if (owner.kind === 'block' && /^(?:invoke|invokereturnasis)$/.test(name)) {
    return run.callBlock(owner.body, scope, new Map());
  }
  for (const value of /^(?:foreach|where)$/.test(name) ? values : []) {
    if (value.kind === 'block') {
      run.callBlock(value.body, scope, new Map());
    }
  }
  if (owner.kind !== 'type' || !call.isStatic) {
    return unknownValue;
  }
  const type = owner.name.toLowerCase().replace(/^system\./, '');
  if (type === 'enum' && (name === 'toobject' || name === 'parse')) {
    return values[0]?.kind === 'type' && values[1] ? convert(values[1], values[0].name, scope) : unknownValue;
  }
  if (type === 'io.path' && name === 'combine') {
    return joined({ kind: 'list', items: values }, '/');
  }
  return name === 'new'
    ? { kind: 'object', type: owner.name.toLowerCase() }
    : { kind: 'object', type: `${owner.name.toLowerCase()}::${name}` };
}
