import type { Code } from './code.ts';
import type { Scope, ScopeKind, Structure } from './structure.ts';
import { tokenKinds } from './tokens.ts';

const typeWords: ReadonlySet<string> = new Set([
  'class',
  'struct',
  'interface',
  'record',
  'enum',
  'namespace',
  'extension',
]);
const conditionalWords: ReadonlySet<string> = new Set(['if', 'for', 'foreach', 'while', 'switch', 'catch', 'when']);
const blockWords: ReadonlySet<string> = new Set(['using', 'lock', 'fixed', 'checked', 'unchecked']);
const accessors: ReadonlySet<string> = new Set(['get', 'set', 'init', 'add', 'remove']);
const expressionWords: ReadonlySet<string> = new Set([
  'new',
  'return',
  'await',
  'throw',
  'in',
  'is',
  'as',
  'with',
  'stackalloc',
  'and',
  'or',
  'not',
]);

/** A statement is searched for its start so far: longer ones are data. */
const maximumSteps = 5000;

export function csharpStructure(code: Code): Structure {
  return new CSharpStructure(code);
}

class CSharpStructure implements Structure {
  readonly #code: Code;
  readonly #braces = new Map<number, Scope>();

  constructor(code: Code) {
    this.#code = code;
  }

  scopesOf(i: number): readonly Scope[] {
    const scopes: Scope[] = [];
    let at = i;
    for (
      let open = this.#code.around(i), depth = 0;
      depth < maximumSteps;
      at = open, open = this.#code.around(open), depth++
    ) {
      const statement = this.#bodyWithoutBraces(at, open);
      if (statement) {
        scopes.push(statement);
      }
      if (open < 0) {
        return scopes;
      }
      if (this.#code.is(open, '{')) {
        scopes.push(this.#scopeOf(open));
      }
    }
    return scopes;
  }

  statementStart(i: number): number {
    const code = this.#code;
    let at = i;
    for (let steps = 0; steps < maximumSteps; steps++) {
      const open = code.around(at);
      if (at === 0 || at - 1 === open) {
        const isOutside = open < 0 || (code.is(open, '{') && !this.#isPartOfValue(open));
        if (isOutside) {
          return at;
        }
        at = open;
      } else if (this.#endsStatement(at - 1)) {
        return at;
      } else {
        at = code.before(at - 1) + 1;
      }
    }
    return at;
  }

  #isPartOfValue(open: number): boolean {
    const { kind } = this.#scopeOf(open);
    return kind === 'initializer' || kind === 'arms';
  }

  statementEnd(i: number): number {
    const code = this.#code;
    const first = this.statementStart(i);
    const close = code.partner(code.around(first));
    const end = close < 0 ? code.length : close;
    let last = first;
    for (let at = first; at < end && !code.isEnd(at); at = code.after(at)) {
      last = code.after(at) - 1;
      if (code.is(at, '{') && !this.#isPartOfExpression(at)) {
        return last;
      }
    }
    return last;
  }

  #isPartOfExpression(open: number): boolean {
    const { kind } = this.#scopeOf(open);
    return kind === 'initializer' || kind === 'arms' || kind === 'lambda';
  }

  /** True for a token behind which a new statement begins. */
  #endsStatement(i: number): boolean {
    const code = this.#code;
    if (code.is(i, ';')) {
      return true;
    }
    if (code.is(i, '}')) {
      const open = code.partner(i);
      return open < 0 || !this.#isPartOfExpression(open);
    }
    if (code.is(i, ')')) {
      const word = code.partner(i) - 1;
      return code.isOneOf(word, conditionalWords) || (code.isOneOf(word, blockWords) && !code.is(i + 1, '.'));
    }
    if (code.is(i, ':')) {
      return this.#isLabel(i);
    }
    if (code.is(i, ']')) {
      return this.#isAttribute(code.partner(i));
    }
    return code.is(i, 'else') || code.is(i, 'do') || code.is(i, 'try') || code.is(i, 'finally');
  }

  /** `case X:` and `default:`, in which no question mark stands. */
  #isLabel(colon: number): boolean {
    const code = this.#code;
    for (let i = colon - 1; i >= 0 && i > colon - 40; i = code.before(i)) {
      if (code.is(i, 'case') || (code.is(i, 'default') && i === colon - 1)) {
        return true;
      }
      if (code.isEnd(i) || code.is(i, '?') || code.is(i, '{') || code.is(i, '}')) {
        return false;
      }
    }
    return false;
  }

  #isAttribute(open: number): boolean {
    const code = this.#code;
    return (
      open >= 0 &&
      (open === 0 || code.isEnd(open - 1) || code.is(open - 1, '{') || code.is(open - 1, '}') || code.is(open - 1, ']'))
    );
  }

  /** The body of `if (...) statement;` and of members and lambdas behind `=>`, for a token directly in `open`. */
  #bodyWithoutBraces(i: number, open: number): Scope | undefined {
    const code = this.#code;
    const limit = Math.max(open, i - 400);
    for (let at = i; at > limit + 1; ) {
      const previous = at - 1;
      if (code.isEnd(previous) || code.is(previous, '}') || code.is(previous, '{')) {
        return undefined;
      }
      const header = code.is(previous, ')') ? code.partner(previous) - 1 : -1;
      if (code.isOneOf(header, conditionalWords) || code.is(previous, 'else') || code.is(previous, 'do')) {
        return { kind: 'conditional', name: undefined, first: at, end: i + 1 };
      }
      if (code.is(previous, '=>')) {
        return this.#arrowScope(previous, open, i);
      }
      if (code.is(previous, ',') && open >= 0) {
        return undefined;
      }
      at = code.partner(previous) >= 0 && code.partner(previous) < previous ? code.partner(previous) : previous;
    }
    return undefined;
  }

  #arrowScope(arrow: number, open: number, i: number): Scope {
    const isInType = open < 0 || (this.#code.is(open, '{') && this.#scopeOf(open).kind === 'type');
    if (!isInType) {
      const isArm = this.#code.is(open, '{') && this.#scopeOf(open).kind === 'arms';
      return { kind: isArm ? 'arms' : 'lambda', name: undefined, first: arrow + 1, end: i + 1 };
    }
    const isLambda = this.#initializedBefore(arrow);
    return { kind: isLambda ? 'lambda' : 'member', name: this.#memberName(arrow), first: arrow + 1, end: i + 1 };
  }

  /** True for `Field = x => ...`. */
  #initializedBefore(arrow: number): boolean {
    const code = this.#code;
    for (let i = arrow - 1; i >= 0 && !code.isEnd(i) && !code.is(i, '{') && !code.is(i, '}'); i = code.before(i)) {
      if (code.is(i, '=')) {
        return true;
      }
    }
    return false;
  }

  #scopeOf(open: number): Scope {
    const found = this.#braces.get(open);
    if (found) {
      return found;
    }
    // A brace directly behind another one is what that one is: the outermost of a row comes first.
    let first = open;
    while (this.#code.is(first - 1, '{') && !this.#braces.has(first - 1)) {
      first--;
    }
    for (let at = first; at < open; at++) {
      this.#enter(at);
    }
    return this.#enter(open);
  }

  #enter(open: number): Scope {
    const partner = this.#code.partner(open);
    const end = partner < 0 ? this.#code.length : partner;
    const { kind, name } = this.#classify(open);
    const scope: Scope = { kind, name, first: open + 1, end };
    this.#braces.set(open, scope);
    return scope;
  }

  #classify(open: number): { kind: ScopeKind; name: string | undefined } {
    const code = this.#code;
    const last = open - 1;
    const plain = (kind: ScopeKind) => ({ kind, name: undefined });
    if (last < 0) {
      return plain('block');
    }
    if (code.is(last, '=>')) {
      return plain('lambda');
    }
    if (code.is(last, 'else') || code.is(last, 'do')) {
      return plain('conditional');
    }
    if (code.is(last, 'try')) {
      return { kind: 'block', name: 'try' };
    }
    if (
      code.isEnd(last) ||
      code.is(last, '{') ||
      code.is(last, '}') ||
      code.is(last, 'finally') ||
      code.is(last, 'unsafe') ||
      code.is(last, ':')
    ) {
      return code.is(last, '{') && this.#isValueBrace(last) ? plain('initializer') : plain('block');
    }
    if (code.is(last, 'catch')) {
      return plain('conditional');
    }
    if (code.is(last, 'delegate')) {
      return plain('lambda');
    }
    if (code.is(last, 'switch')) {
      return plain('arms');
    }
    if (code.isOneOf(last, accessors)) {
      return { kind: 'member', name: this.#memberName(code.around(open)) };
    }
    if (code.is(last, ')')) {
      return this.#classifyCall(open, code.partner(last));
    }
    const type = this.#typeName(open);
    if (type !== undefined) {
      return { kind: 'type', name: type };
    }
    if (code.kind(last) === tokenKinds.operator && !code.is(last, '>') && !code.is(last, ']') && !code.is(last, '?')) {
      return plain('initializer');
    }
    return this.#classifyHeader(open);
  }

  /** Braces in an initializer, as of a dictionary's entries. */
  #isValueBrace(open: number): boolean {
    return this.#scopeOf(open).kind === 'initializer';
  }

  #classifyCall(open: number, parenthesis: number): { kind: ScopeKind; name: string | undefined } {
    const code = this.#code;
    const word = parenthesis - 1;
    if (code.isOneOf(word, conditionalWords)) {
      return { kind: 'conditional', name: undefined };
    }
    if (code.isOneOf(word, blockWords)) {
      return { kind: 'block', name: undefined };
    }
    if (code.is(word, 'delegate')) {
      return { kind: 'lambda', name: undefined };
    }
    const type = this.#typeName(open);
    if (type !== undefined) {
      return { kind: 'type', name: type };
    }
    return this.#classifyHeader(open);
  }

  /** The name of the type that a header declares. */
  #typeName(open: number): string | undefined {
    const code = this.#code;
    for (let i = open - 1; i >= 0; i = code.before(i)) {
      if (code.isEnd(i) || code.is(i, '{') || code.is(i, '}') || code.is(i, '=') || code.is(i, '=>')) {
        return undefined;
      }
      if (code.isOneOf(i, typeWords) && code.isName(i + 1)) {
        return code.is(i + 1, 'class') || code.is(i + 1, 'struct') ? code.name(i + 2) : code.name(i + 1);
      }
    }
    return undefined;
  }

  /** A method, a constructor, a property, or values in braces behind `new X` and the like. */
  #classifyHeader(open: number): { kind: ScopeKind; name: string | undefined } {
    const code = this.#code;
    const around = code.around(open);
    const isInExpression = around >= 0 && !code.is(around, '{');
    let isExpression = isInExpression;
    for (let i = open - 1; i > around && !isExpression; i = code.before(i)) {
      if (code.isEnd(i) || code.is(i, '}') || code.is(i, '{') || this.#endsStatement(i)) {
        break;
      }
      isExpression = code.is(i, '=') || code.is(i, '=>') || code.isOneOf(i, expressionWords);
    }
    return isExpression ? { kind: 'initializer', name: undefined } : { kind: 'member', name: this.#memberName(open) };
  }

  /** `Main` of `static void Main(string[] args)`, `Name` of `string Name`, before a brace or an arrow. */
  #memberName(before: number): string | undefined {
    const code = this.#code;
    let name: string | undefined;
    for (let i = before - 1; i >= 0; i = code.before(i)) {
      if (code.isEnd(i) || code.is(i, '{') || code.is(i, '}')) {
        break;
      }
      if (
        code.is(i, ')') &&
        code.isName(code.partner(i) - 1) &&
        !code.is(code.partner(i) - 1, 'base') &&
        !code.is(code.partner(i) - 1, 'this')
      ) {
        name = code.name(code.partner(i) - 1);
      } else if (name === undefined && code.isName(i)) {
        name = code.name(i);
      }
    }
    return name;
  }
}
