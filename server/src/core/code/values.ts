import { memberValue, type protocolEnums, protocolsOf } from '../facts/protocol-numbers.ts';
import type { ProtocolPlace } from '../model/protocol-use.ts';
import type { Code } from './code.ts';
import { numberValue, stringOffset, stringValue } from './literals.ts';
import { chainText, type FileNames, type KnownType, resolveType } from './names.ts';
import { type Change, combine, complement, constant, present } from './protocol-bits.ts';
import type { Structure } from './structure.ts';
import { tokenKinds } from './tokens.ts';
import { Variables } from './variables.ts';

/** What an expression can be: one change, or several of which the running program chooses. */
export interface Value {
  readonly changes: readonly Change[];
  readonly places: readonly ProtocolPlace[];
  /** Why nothing more is known; undefined for a value that is known. */
  readonly unknown: string | undefined;
}

/** More alternatives than this are not kept apart. */
const maximumAlternatives = 8;
const maximumDepth = 60;

export function unknownValue(reason: string, places: readonly ProtocolPlace[] = []): Value {
  return { changes: [], places, unknown: reason };
}

export function knownValue(change: Change, places: readonly ProtocolPlace[] = []): Value {
  return { changes: [change], places, unknown: undefined };
}

/** One of several values, which the running program chooses. */
export function oneOf(values: readonly Value[]): Value {
  const unknown = values.find((value) => value.unknown !== undefined)?.unknown;
  const changes = new Map(values.flatMap((value) => value.changes).map((change) => [JSON.stringify(change), change]));
  const places = values.flatMap((value) => value.places);
  return unknown === undefined && changes.size <= maximumAlternatives
    ? { changes: [...changes.values()], places, unknown: undefined }
    : unknownValue(unknown ?? 'the running program chooses', places);
}

/** Joins two values by an operator of bits. */
export function joinValues(operator: 'or' | 'and' | 'xor', a: Value, b: Value): Value {
  const places = [...a.places, ...b.places];
  if (a.unknown !== undefined || b.unknown !== undefined) {
    return unknownValue(a.unknown ?? b.unknown ?? '', places);
  }
  const changes: Change[] = [];
  for (const left of a.changes) {
    for (const right of b.changes) {
      const change = combine(operator, left, right);
      if (!change || changes.length >= maximumAlternatives) {
        return unknownValue('the running program decides', places);
      }
      changes.push(change);
    }
  }
  return { changes, places, unknown: undefined };
}

const binary: Readonly<Record<string, { readonly operator: 'or' | 'and' | 'xor'; readonly rank: number }>> = {
  '|': { operator: 'or', rank: 1 },
  '^': { operator: 'xor', rank: 2 },
  '&': { operator: 'and', rank: 3 },
  '+': { operator: 'or', rank: 4 },
  xor: { operator: 'xor', rank: 1 },
  or: { operator: 'or', rank: 2 },
  orelse: { operator: 'or', rank: 2 },
  and: { operator: 'and', rank: 3 },
  '|||': { operator: 'or', rank: 1 },
  '^^^': { operator: 'xor', rank: 1 },
  '&&&': { operator: 'and', rank: 1 },
};

/** The operator of bits that a token is in its language. */
export function bitOperator(
  code: Code,
  i: number,
): { readonly operator: 'or' | 'and' | 'xor'; readonly rank: number } | undefined {
  if (code.kind(i) === tokenKinds.string || code.kind(i) === tokenKinds.part) {
    return undefined;
  }
  const word = code.word(i);
  const key = code.language === 'visual-basic' ? word.toLowerCase() : word;
  const isWord = /^[a-z]+$/.test(key);
  if (isWord !== (code.language === 'visual-basic' && key !== '+') && key !== '+') {
    return undefined;
  }
  if (key.length === 3 && !isWord ? code.language !== 'fsharp' : code.language === 'fsharp' && key !== '+') {
    return undefined;
  }
  return Object.hasOwn(binary, key) ? binary[key] : undefined;
}

/** Everything that is known of a file, for questions about its expressions. */
export class Evaluator {
  readonly code: Code;
  readonly names: FileNames;
  readonly structure: Structure;
  readonly #variables: Variables;
  #depth = 0;

  constructor(code: Code, names: FileNames, structure: Structure) {
    this.code = code;
    this.names = names;
    this.structure = structure;
    this.#variables = new Variables(this);
  }

  type(text: string): KnownType | undefined {
    return resolveType(text, this.names, this.code.language === 'visual-basic');
  }

  /** The enumeration of protocols that a name stands for. */
  protocolType(text: string): keyof typeof protocolEnums | undefined {
    const type = this.type(text);
    return type === 'SecurityProtocolType' || type === 'SslProtocols' ? type : undefined;
  }

  /** The value of the expression between two tokens, both included. */
  evaluate(first: number, last: number): Value {
    if (this.#depth > maximumDepth || last < first) {
      return unknownValue(last < first ? 'nothing is written' : 'the expression is too deep');
    }
    this.#depth++;
    try {
      return this.#choice(first, last);
    } finally {
      this.#depth--;
    }
  }

  /** Text of an expression that is made of strings and constants; undefined where anything else is in it. */
  text(first: number, last: number): string | undefined {
    let joined = '';
    for (let i = first; i <= last; i++) {
      const isJoint = (i - first) % 2 === 1;
      if (isJoint) {
        if (!this.code.is(i, '+') && !this.code.is(i, '&')) {
          return this.#textOfChain(first, last);
        }
        continue;
      }
      const part =
        stringValue(this.code, i) ??
        (this.code.isName(i) && !this.code.is(i + 1, '.') ? this.#variables.text(i) : undefined);
      if (part === undefined) {
        return this.#textOfChain(first, last);
      }
      joined += part;
    }
    return last < first ? undefined : joined;
  }

  #textOfChain(first: number, last: number): string | undefined {
    const isMember = this.code.isName(last) && this.code.is(last - 1, '.') && last - first <= 4;
    return isMember && this.code.isName(first) ? this.#variables.text(last) : undefined;
  }

  /** The definition of a variable that a token names, for those who look for something else than protocols. */
  definition(i: number): { readonly first: number; readonly last: number } | undefined {
    return this.#variables.onlyDefinition(i);
  }

  /** `a ? b : c`, `a ?? b`, and `if a then b else c`. */
  #choice(first: number, last: number): Value {
    const { code } = this;
    let question = -1;
    for (let i = first; i <= last; i = code.after(i)) {
      if (code.language === 'csharp' && code.is(i, '??')) {
        return oneOf([this.evaluate(first, i - 1), this.evaluate(i + 1, last)]);
      }
      if (code.language === 'csharp' && code.is(i, '?') && question < 0) {
        question = i;
      } else if (code.is(i, ':') && question >= 0) {
        return oneOf([this.evaluate(question + 1, i - 1), this.evaluate(i + 1, last)]);
      } else if (code.language === 'fsharp' && (code.is(i, '|>') || code.is(i, '<|'))) {
        return this.#piped(first, i, last);
      }
    }
    if (code.language === 'fsharp' && code.is(first, 'if')) {
      return this.#conditional(first, last);
    }
    const position = { at: first };
    const value = this.#operators(position, last, 0);
    return position.at > last ? value : unknownValue('the expression is not understood', value.places);
  }

  /** `3072 |> enum<SecurityProtocolType>`. */
  #piped(first: number, pipe: number, last: number): Value {
    const { code } = this;
    const [argument, name] = code.is(pipe, '|>') ? [[first, pipe - 1], pipe + 1] : [[pipe + 1, last], first];
    return code.is(name, 'enum') || code.is(name, 'int')
      ? this.evaluate(argument[0] ?? first, argument[1] ?? last)
      : unknownValue('a function decides');
  }

  #conditional(first: number, last: number): Value {
    const { code } = this;
    const then = this.#find(first, last, 'then');
    const otherwise = this.#find(first, last, 'else');
    return then < 0 || otherwise < 0
      ? unknownValue('a branch decides')
      : oneOf([
          this.evaluate(then + 1, otherwise - 1),
          code.is(otherwise + 1, 'if') ? unknownValue('a branch decides') : this.evaluate(otherwise + 1, last),
        ]);
  }

  #find(first: number, last: number, word: string): number {
    for (let i = first; i <= last; i = this.code.after(i)) {
      if (this.code.is(i, word)) {
        return i;
      }
    }
    return -1;
  }

  #operators(position: { at: number }, last: number, rank: number): Value {
    let left = this.#operand(position, last);
    for (;;) {
      const operator = position.at <= last ? bitOperator(this.code, position.at) : undefined;
      if (!operator || operator.rank <= rank) {
        return left;
      }
      position.at++;
      left = joinValues(operator.operator, left, this.#operators(position, last, operator.rank));
    }
  }

  #operand(position: { at: number }, last: number): Value {
    if (this.#depth > maximumDepth) {
      position.at = last + 1;
      return unknownValue('the expression is too deep');
    }
    this.#depth++;
    try {
      return this.#deeperOperand(position, last);
    } finally {
      this.#depth--;
    }
  }

  #deeperOperand(position: { at: number }, last: number): Value {
    const { code } = this;
    const i = position.at;
    if (i > last) {
      return unknownValue('the expression is not finished');
    }
    if (code.is(i, '~') || code.is(i, '~~~') || (code.language === 'visual-basic' && code.is(i, 'Not'))) {
      position.at++;
      const inner = this.#operand(position, last);
      const changes = inner.changes.map(complement);
      const isKnown = inner.unknown === undefined && changes.every((change) => change !== undefined);
      return isKnown
        ? { changes: changes.flatMap((change) => change ?? []), places: inner.places, unknown: undefined }
        : unknownValue(inner.unknown ?? 'the running program decides', inner.places);
    }
    if (code.is(i, '(')) {
      return this.#parenthesis(position, last);
    }
    const number = numberValue(code, i);
    if (number !== undefined) {
      position.at++;
      return knownValue(
        constant(number),
        protocolsOf(number).map((protocol) => ({ protocol, range: code.range(i, i) })),
      );
    }
    if (code.isName(i)) {
      return this.#name(position, last);
    }
    position.at = code.after(i);
    return unknownValue('the expression is not understood');
  }

  /** A cast keeps the number; other parentheses only group. */
  #parenthesis(position: { at: number }, last: number): Value {
    const { code } = this;
    const open = position.at;
    const close = code.partner(open);
    if (close < 0 || close > last) {
      position.at = last + 1;
      return unknownValue('a parenthesis is not closed');
    }
    position.at = close + 1;
    const behind = close + 1;
    const isType = code.language === 'csharp' && isTypeName(code, open + 1, close - 1);
    const isOperand =
      behind <= last &&
      (code.isName(behind) || code.kind(behind) === tokenKinds.number || code.is(behind, '(') || code.is(behind, '~'));
    if (isType && isOperand && !code.is(behind, 'is') && !code.is(behind, 'as')) {
      return this.#operand(position, last);
    }
    const inner = this.evaluate(open + 1, this.#withoutConversion(open + 1, close - 1));
    return this.#postfix(position, last, inner);
  }

  /** F#: `x :?> T` is x. */
  #withoutConversion(first: number, last: number): number {
    for (let i = first; i <= last; i = this.code.after(i)) {
      if (this.code.is(i, ':?>') || this.code.is(i, ':>')) {
        return i - 1;
      }
    }
    return last;
  }

  #name(position: { at: number }, last: number): Value {
    const { code } = this;
    const first = position.at;
    let end = code.is(first, 'global') && code.is(first + 1, '::') ? first + 2 : first;
    while (end + 2 <= last && code.is(end + 1, '.') && code.isName(end + 2)) {
      end += 2;
    }
    position.at = end + 1;
    const text = chainText(code, first) ?? code.name(first);
    const call = this.#call(text, position, last);
    if (call) {
      return call;
    }
    const value = this.#chain(text, first, end);
    return this.#postfix(position, last, value);
  }

  /** What is called or indexed is another value; an array's element is one of its values. */
  #postfix(position: { at: number }, last: number, value: Value): Value {
    const { code } = this;
    let isSame = true;
    while (
      position.at <= last &&
      (code.is(position.at, '(') ||
        code.is(position.at, '[') ||
        code.is(position.at, '.') ||
        code.is(position.at, '?.') ||
        code.is(position.at, '!'))
    ) {
      isSame &&= code.is(position.at, '!');
      position.at = code.after(position.at);
      if (code.is(position.at - 1, '.') || code.is(position.at - 1, '?.')) {
        position.at++;
      }
    }
    return isSame ? value : unknownValue('a call decides', value.places);
  }

  #chain(text: string, first: number, end: number): Value {
    const { code } = this;
    const dot = text.lastIndexOf('.');
    const member = text.slice(dot + 1);
    const ignoresCase = code.language === 'visual-basic';
    if (dot >= 0) {
      const owner = text.slice(0, dot);
      const type = this.protocolType(owner);
      const value = type && memberValue(type, member, ignoresCase);
      if (value !== undefined) {
        return this.#member(value, first, end);
      }
      if (code.same(member, 'SecurityProtocol') && this.type(owner) === 'ServicePointManager') {
        return knownValue(present);
      }
      const isField = ['this', 'me', 'self', 'x', '_'].includes(owner.toLowerCase()) || this.names.declared.has(owner);
      return isField ? this.#variables.value(end) : unknownValue('it is set elsewhere');
    }
    if (code.is(first, 'default')) {
      return knownValue(constant(0));
    }
    for (const imported of this.names.staticImports) {
      const type = this.protocolType(imported);
      const value = type && memberValue(type, member, ignoresCase);
      if (value !== undefined) {
        return this.#member(value, first, end);
      }
      if (code.same(member, 'SecurityProtocol') && this.type(imported) === 'ServicePointManager') {
        return knownValue(present);
      }
    }
    return this.#variables.value(end);
  }

  #member(value: number, first: number, end: number): Value {
    const range = this.code.range(first, end);
    return knownValue(
      constant(value),
      protocolsOf(value).map((protocol) => ({ protocol, range })),
    );
  }

  /** Calls that give a value back: parsing and converting. */
  #call(text: string, position: { at: number }, last: number): Value | undefined {
    const { code } = this;
    const word = text.toLowerCase();
    const dot = text.lastIndexOf('.');
    const isEnum = dot >= 0 && this.type(text.slice(0, dot)) === 'Enum';
    let open = position.at;
    let generic: string | undefined;
    if (code.is(open, '<') && code.isName(open + 1)) {
      generic = chainText(code, open + 1);
      while (open <= last && !code.is(open, '>')) {
        open++;
      }
      open++;
    }
    if (code.language === 'fsharp' && /^(?:enum|int|unbox|box)$|enumofvalue$/.test(word)) {
      position.at = open;
      return this.#operand(position, last);
    }
    if (!code.is(open, '(') || code.partner(open) < 0 || code.partner(open) > last) {
      return undefined;
    }
    const parameters = splitArguments(code, open);
    const argument = (index: number): Value => {
      const found = parameters[index];
      return found ? this.evaluate(found.first, found.last) : unknownValue('an argument is missing');
    };
    const done = (value: Value): Value => {
      position.at = code.partner(open) + 1;
      if (code.is(position.at, ':?>') || code.is(position.at, ':>') || code.is(position.at, 'as')) {
        position.at = last + 1;
      }
      return value;
    };
    if (code.language === 'visual-basic') {
      if (['ctype', 'directcast', 'trycast', 'cint', 'clng', 'cuint'].includes(word)) {
        return done(argument(0));
      }
      if (word === 'if' && parameters.length === 3) {
        return done(oneOf([argument(1), argument(2)]));
      }
    }
    if (word === 'default') {
      return done(knownValue(constant(0)));
    }
    if (isEnum && /\.toobject$/.test(word)) {
      return this.#isOwnEnum(parameters[0], generic) ? done(argument(1)) : undefined;
    }
    if (isEnum && /\.parse$/.test(word)) {
      const index = generic === undefined ? 1 : 0;
      const type = generic === undefined ? this.#typeArgument(parameters[0]) : this.protocolType(generic);
      return type === undefined ? undefined : done(this.parse(type, parameters[index]));
    }
    return undefined;
  }

  #isOwnEnum(parameter: Argument | undefined, generic: string | undefined): boolean {
    return (generic === undefined ? this.#typeArgument(parameter) : this.protocolType(generic)) !== undefined;
  }

  /** `typeof(T)`, `GetType(T)`, `typeof<T>`. */
  #typeArgument(parameter: Argument | undefined): keyof typeof protocolEnums | undefined {
    const { code } = this;
    if (!parameter || !/^(?:typeof|gettype)$/i.test(code.word(parameter.first))) {
      return undefined;
    }
    const name = chainText(code, parameter.first + 2);
    return name === undefined ? undefined : this.protocolType(name);
  }

  /** A text as `Enum.Parse` reads it: names or numbers between commas. */
  parse(type: keyof typeof protocolEnums, parameter: Argument | undefined): Value {
    const text = parameter && this.text(parameter.first, parameter.last);
    if (!parameter || text === undefined) {
      return unknownValue('the text is not known');
    }
    const offset = parameter.first === parameter.last ? stringOffset(this.code, parameter.first) : undefined;
    const places: ProtocolPlace[] = [];
    let total = 0;
    for (const match of text.matchAll(/[^,]+/g)) {
      const word = match[0].trim();
      const value = /^\d+$/.test(word) ? Number(word) : memberValue(type, word, true);
      if (value === undefined) {
        return unknownValue(`"${word}" is no protocol`, places);
      }
      total |= value;
      const start = offset === undefined ? 0 : offset + match.index + match[0].indexOf(word);
      const range =
        offset === undefined ? this.code.range(parameter.first, parameter.last) : { start, end: start + word.length };
      places.push(...protocolsOf(value).map((protocol) => ({ protocol, range })));
    }
    return knownValue(constant(total), places);
  }
}

/** One argument of a call: its tokens, and its name where it has one. */
export interface Argument {
  readonly name: string | undefined;
  readonly first: number;
  readonly last: number;
}

/** The arguments between two parentheses. */
export function splitArguments(code: Code, open: number): Argument[] {
  const close = code.partner(open);
  const found: Argument[] = [];
  for (let first = open + 1; close >= 0 && first < close; ) {
    let at = first;
    while (at < close && !code.is(at, ',') && !(code.language === 'fsharp' && code.is(at, ';'))) {
      at = code.after(at);
    }
    const isNamed =
      code.isName(first) &&
      (code.is(first + 1, ':=') ||
        (code.language === 'csharp' && code.is(first + 1, ':')) ||
        (code.language === 'fsharp' && code.is(first + 1, '=')));
    found.push(
      isNamed ? { name: code.name(first), first: first + 2, last: at - 1 } : { name: undefined, first, last: at - 1 },
    );
    first = at + 1;
  }
  return found;
}

function isTypeName(code: Code, first: number, last: number): boolean {
  if (last < first) {
    return false;
  }
  for (let i = first; i <= last; i++) {
    const isRight = code.isName(i) || code.is(i, '.') || code.is(i, '::') || (code.is(i, '?') && i === last);
    if (!isRight) {
      return false;
    }
  }
  return true;
}
