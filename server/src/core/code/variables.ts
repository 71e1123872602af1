import type { Code } from './code.ts';
import { stringValue } from './literals.ts';
import { constant } from './protocol-bits.ts';
import { isConditional, memberAt } from './structure.ts';
import { type Evaluator, joinValues, knownValue, oneOf, splitArguments, unknownValue, type Value } from './values.ts';

/** A place that gives a variable a value. */
interface Definition {
  /** The token of the variable's name. */
  readonly at: number;
  readonly kind: 'set' | 'or' | 'and' | 'xor' | 'each' | 'parsed' | 'opaque';
  readonly first: number;
  readonly last: number;
  readonly isConditional: boolean;
}

const maximumDepth = 12;
/** Variables with more definitions than this are somebody's state machine. */
const maximumDefinitions = 40;

/** Values of locals, fields and constants, as far as one file shows them. */
export class Variables {
  readonly #evaluator: Evaluator;
  readonly #occurrences = new Map<string, readonly number[]>();
  #depth = 0;

  constructor(evaluator: Evaluator) {
    this.#evaluator = evaluator;
  }

  /** The value of the variable that a token names, at that token. */
  value(i: number): Value {
    if (this.#depth >= maximumDepth) {
      return unknownValue('variables depend on each other too deeply');
    }
    this.#depth++;
    try {
      return this.#fold(this.#definitions(i));
    } finally {
      this.#depth--;
    }
  }

  /** The text of a constant. */
  text(i: number): string | undefined {
    const definition = this.onlyDefinition(i);
    if (!definition || this.#depth >= maximumDepth) {
      return undefined;
    }
    this.#depth++;
    try {
      return definition.first === definition.last
        ? (stringValue(this.#evaluator.code, definition.first) ??
            this.#evaluator.text(definition.first, definition.last))
        : this.#evaluator.text(definition.first, definition.last);
    } finally {
      this.#depth--;
    }
  }

  /** The one expression that a variable ever gets; undefined where there are several or none. */
  onlyDefinition(i: number): { readonly first: number; readonly last: number } | undefined {
    const [definition, ...others] = this.#definitions(i) ?? [];
    return definition?.kind === 'set' && others.length === 0 ? definition : undefined;
  }

  #fold(definitions: readonly Definition[] | undefined): Value {
    if (!definitions || definitions.length === 0) {
      return unknownValue('it is set elsewhere');
    }
    if (definitions.length > maximumDefinitions) {
      return unknownValue('it is set in too many places');
    }
    let value: Value = unknownValue('it is set elsewhere');
    let isFirst = true;
    for (const definition of definitions) {
      const next = this.#apply(value, definition);
      value = definition.isConditional && !isFirst ? oneOf([value, next]) : next;
      isFirst = false;
    }
    return value;
  }

  #apply(before: Value, { kind, first, last, at }: Definition): Value {
    switch (kind) {
      case 'set':
        return this.#evaluator.evaluate(first, last);
      case 'each':
        return this.elements(first, last);
      case 'parsed': {
        const { code } = this.#evaluator;
        const argument = splitArguments(code, code.around(at))[0];
        return this.#evaluator.parse('SecurityProtocolType', argument);
      }
      case 'opaque':
        return unknownValue('it is set elsewhere');
      default:
        return joinValues(kind, before, this.#evaluator.evaluate(first, last));
    }
  }

  /** All values of a collection at once. */
  elements(first: number, last: number): Value {
    const { code } = this.#evaluator;
    const open = findCollection(code, first, last);
    if (open < 0) {
      const definition = first === last && code.isName(first) ? this.onlyDefinition(first) : undefined;
      const isDeeper = definition && this.#depth < maximumDepth;
      if (!isDeeper) {
        return unknownValue('the collection is not known');
      }
      this.#depth++;
      try {
        return this.elements(definition.first, definition.last);
      } finally {
        this.#depth--;
      }
    }
    let joined: Value = knownValue(constant(0));
    for (const { first: from, last: to } of splitArguments(code, open)) {
      joined = joinValues('or', joined, this.#evaluator.evaluate(from, to));
    }
    return joined;
  }

  /** Where a variable gets its value before a place: in its own member, or else as a field. */
  #definitions(i: number): readonly Definition[] | undefined {
    const { code, structure } = this.#evaluator;
    const all = this.#named(code.name(i)).flatMap((at) =>
      at === i ? [] : (readDefinition(this.#evaluator, at) ?? []),
    );
    const member = memberAt(structure, i);
    const own = all.filter(({ at }) => {
      const other = memberAt(structure, at);
      return at < i && other !== undefined && other.first === member?.first;
    });
    if (own.length > 0) {
      return own;
    }
    if (member && this.#isParameter(i, member.first)) {
      return undefined;
    }
    const fields = all.filter(({ at }) => memberAt(structure, at) === undefined || code.language === 'fsharp');
    const elsewhere = all.filter(
      ({ at, kind }) =>
        !fields.some((field) => field.at === at) &&
        kind !== 'opaque' &&
        memberAt(structure, at)?.first !== member?.first,
    );
    return elsewhere.some(({ at }) => !isDeclaredAt(code, at)) ? undefined : fields;
  }

  /** True for a name between the parentheses of a member's header: only callers know its value. */
  #isParameter(i: number, first: number): boolean {
    const { code } = this.#evaluator;
    const open = code.is(first - 1, '{') || code.is(first - 1, '=>') ? code.partner(first - 2) : -1;
    return open >= 0 && this.#named(code.name(i)).some((at) => at > open && at < first);
  }

  #named(name: string): readonly number[] {
    const { code } = this.#evaluator;
    const key = code.language === 'visual-basic' ? name.toLowerCase() : name;
    const known = this.#occurrences.get(key);
    if (known) {
      return known;
    }
    const found: number[] = [];
    for (let at = 0; at < code.length; at++) {
      if (code.isName(at) && code.end(at) - code.start(at) >= name.length && code.same(code.name(at), name)) {
        found.push(at);
      }
    }
    this.#occurrences.set(key, found);
    return found;
  }
}

const compound: Readonly<Record<string, 'or' | 'and' | 'xor'>> = { '|=': 'or', '&=': 'and', '^=': 'xor', '+=': 'or' };

/** What an occurrence of a name defines, if it does. */
function readDefinition({ code, structure }: Evaluator, at: number): Definition | undefined {
  const isQualified = code.is(at - 1, '.') && !code.is(at - 2, 'this') && !code.is(at - 2, 'Me');
  if (isQualified) {
    return undefined;
  }
  let next = at + 1;
  if ((code.language === 'visual-basic' && code.is(next, 'As')) || (code.language === 'fsharp' && code.is(next, ':'))) {
    next++;
    while (code.isName(next) || code.is(next, '.')) {
      next++;
    }
  }
  const conditional = isConditional(structure, at);
  const definition = (kind: Definition['kind'], first: number): Definition => ({
    at,
    kind,
    first,
    last: expressionEnd(code, first),
    isConditional: conditional,
  });
  if (
    (code.is(at - 1, 'out') || code.is(at - 2, 'out') || code.is(at - 1, 'ByRef') || code.is(at - 1, '&')) &&
    code.is(code.around(at), '(')
  ) {
    const isParse = code.is(code.around(at) - 1, 'TryParse') || code.is(code.around(at) - 1, '>');
    return definition(isParse ? 'parsed' : 'opaque', at);
  }
  if (code.is(next, 'in') || code.is(next, 'In')) {
    return definition('each', next + 1);
  }
  const operator = code.word(next);
  if (Object.hasOwn(compound, operator) && code.language !== 'fsharp') {
    return definition(compound[operator] ?? 'or', next + 1);
  }
  const isSet =
    code.language === 'fsharp'
      ? code.is(next, '<-') ||
        (code.is(next, '=') &&
          (code.is(at - 1, 'let') ||
            code.is(at - 1, 'mutable') ||
            code.is(at - 1, 'use') ||
            code.is(at - 1, 'private')))
      : code.is(next, '=') && (code.language === 'csharp' || isVisualBasicTarget(code, at));
  return isSet ? definition('set', next + 1) : undefined;
}

/** True for a name at the start of a statement, or behind a word that declares. */
function isVisualBasicTarget(code: Code, at: number): boolean {
  const first = code.is(at - 1, '.') ? at - 2 : at;
  return (
    code.isEnd(first - 1) ||
    /^(?:Dim|Const|ReadOnly|Shared|Private|Public|Friend|Protected|Static|Then|Else|,)$/i.test(code.word(first - 1))
  );
}

function isDeclaredAt(code: Code, at: number): boolean {
  return code.isName(at - 1) && !code.isEnd(at - 1) && !code.is(at - 1, 'return') && !code.is(at - 1, 'else');
}

/** The last token of the expression that begins at a token. */
export function expressionEnd(code: Code, first: number): number {
  const around = code.around(first);
  const close = code.partner(around);
  const limit = around < 0 || close < 0 ? code.length : close;
  let last = first;
  for (let at = first; at < limit; at = code.after(at)) {
    const isOver =
      code.isEnd(at) ||
      (code.is(at, ',') && around >= 0 && !code.is(around, '{')) ||
      (code.is(at, ',') && (around < 0 || code.is(around, '{'))) ||
      (code.language === 'visual-basic' && (code.is(at, 'Then') || code.is(at, 'Else'))) ||
      (code.language === 'fsharp' &&
        (code.is(at, 'in') || code.is(at, 'then') || code.is(at, 'do') || code.is(at, 'else')) &&
        at > first &&
        !code.is(first, 'if'));
    if (isOver) {
      break;
    }
    last = Math.max(at, code.after(at) - 1);
  }
  return Math.min(last, limit - 1);
}

/** The bracket whose contents are the values of a collection; -1 for every other expression. */
function findCollection(code: Code, first: number, last: number): number {
  if (code.is(first, '{') || (code.is(first, '[') && code.partner(first) === last)) {
    return first;
  }
  if (code.is(first, 'new') || code.is(first, 'New')) {
    for (let i = first; i <= last; i = code.after(i)) {
      if (code.is(i, '{')) {
        return i;
      }
    }
  }
  return -1;
}
