/**
 * Conditions: parser. The grammar follows
 * https://github.com/dotnet/msbuild/tree/main/src/Build/Evaluation/Conditionals (Scanner.cs, Parser.cs).
 */
import { type Expression, parseExpression } from './expression.ts';

export type Condition = OrCondition | AndCondition | NotCondition | Comparison | CallCondition | Operand | Malformed;

export interface OrCondition {
  readonly kind: 'or';
  readonly terms: readonly Condition[];
}

export interface AndCondition {
  readonly kind: 'and';
  readonly terms: readonly Condition[];
}

export interface NotCondition {
  readonly kind: 'not';
  readonly operand: Condition;
}

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

export interface Comparison {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: Condition;
  readonly right: Condition;
}

/** `Exists(...)` or `HasTrailingSlash(...)`; other names are refused when they are evaluated. */
export interface CallCondition {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly Operand[];
}

/** A text, quoted or not. */
export interface Operand {
  readonly kind: 'operand';
  readonly value: Expression;
  readonly isQuoted: boolean;
}

/** A condition that MSBuild refuses. */
export interface Malformed {
  readonly kind: 'malformed';
  readonly code: string;
  readonly explanation: string;
  /** Index in the condition's text. */
  readonly offset: number;
}

/** Parses a condition. Never throws. */
export function parseCondition(source: string): Condition {
  const parser = new ConditionParser(source);
  return parser.parse();
}

const maximumDepth = 200;

class ConditionParser {
  readonly #source: string;
  #position = 0;
  #depth = 0;
  #failure: Malformed | undefined;

  constructor(source: string) {
    this.#source = source;
  }

  parse(): Condition {
    const condition = this.#parseOr();
    this.#skipBlanks();
    if (!this.#failure && this.#position < this.#source.length) {
      this.#fail('MSB4092', `"${this.#source.slice(this.#position, this.#position + 40)}" is not expected here`);
    }
    return this.#failure ?? condition;
  }

  #parseOr(): Condition {
    const terms = [this.#parseAnd()];
    while (!this.#failure && this.#takeWord('or')) {
      terms.push(this.#parseAnd());
    }
    return terms.length === 1 ? (terms[0] as Condition) : { kind: 'or', terms };
  }

  #parseAnd(): Condition {
    const terms = [this.#parseRelation()];
    while (!this.#failure && this.#takeWord('and')) {
      terms.push(this.#parseRelation());
    }
    return terms.length === 1 ? (terms[0] as Condition) : { kind: 'and', terms };
  }

  #parseRelation(): Condition {
    const left = this.#parseFactor();
    this.#skipBlanks();
    const operator = /^(==|!=|<=|>=|<|>)/.exec(this.#source.slice(this.#position, this.#position + 2))?.[0];
    if (this.#failure || !operator) {
      return left;
    }
    this.#position += operator.length;
    const right = this.#parseFactor();
    return { kind: 'comparison', operator: operator as ComparisonOperator, left, right };
  }

  #parseFactor(): Condition {
    this.#skipBlanks();
    const char = this.#source[this.#position];
    if (char === undefined) {
      return this.#fail('MSB4090', 'the condition ends too early');
    }
    if (char === '(') {
      return this.#parseGroup();
    }
    if (char === '!' && this.#source[this.#position + 1] !== '=') {
      this.#position++;
      return this.#nest(() => ({ kind: 'not', operand: this.#parseFactor() }));
    }
    const word = /^[A-Za-z_][\w-]*/.exec(this.#source.slice(this.#position, this.#position + 200))?.[0];
    if (word && this.#opensCall(word.length)) {
      return this.#parseCall(word);
    }
    return this.#parseOperand();
  }

  #parseGroup(): Condition {
    this.#position++;
    return this.#nest(() => {
      const inner = this.#parseOr();
      this.#skipBlanks();
      if (!this.#failure && this.#source[this.#position] !== ')') {
        return this.#fail('MSB4092', 'a closing parenthesis is missing');
      }
      this.#position++;
      return inner;
    });
  }

  #nest(parse: () => Condition): Condition {
    if (this.#depth >= maximumDepth) {
      return this.#fail('too-deep', 'the condition is nested too deeply');
    }
    this.#depth++;
    const condition = parse();
    this.#depth--;
    return condition;
  }

  #opensCall(length: number): boolean {
    return /^\s*\(/.test(this.#source.slice(this.#position + length, this.#position + length + 20));
  }

  #parseCall(name: string): Condition {
    this.#position = this.#source.indexOf('(', this.#position) + 1;
    const operands: Operand[] = [];
    for (;;) {
      this.#skipBlanks();
      if (this.#source[this.#position] === ')') {
        this.#position++;
        return { kind: 'call', name, arguments: operands };
      }
      const operand = this.#parseOperand();
      if (operand.kind !== 'operand') {
        return operand;
      }
      operands.push(operand);
      this.#skipBlanks();
      if (this.#source[this.#position] === ',') {
        this.#position++;
      } else if (this.#source[this.#position] !== ')') {
        return this.#fail('MSB4092', 'a closing parenthesis is missing');
      }
    }
  }

  #parseOperand(): Operand | Malformed {
    const char = this.#source[this.#position];
    if (char === "'") {
      return this.#parseQuoted();
    }
    if ((char === '$' || char === '@' || char === '%') && this.#source[this.#position + 1] === '(') {
      return this.#parseReference();
    }
    const text = /^(?:0[xX][0-9a-fA-F]+|[+-]?\.?\d[\d.]*|[A-Za-z_]\w*)/.exec(this.#source.slice(this.#position));
    if (!text) {
      return this.#fail('MSB4092', `"${this.#source.slice(this.#position, this.#position + 40)}" is not expected here`);
    }
    this.#position += text[0].length;
    return { kind: 'operand', value: parseExpression(text[0]), isQuoted: false };
  }

  #parseQuoted(): Operand | Malformed {
    const end = this.#source.indexOf("'", this.#position + 1);
    if (end < 0) {
      return this.#fail('MSB4101', 'a quote is not closed');
    }
    const text = this.#source.slice(this.#position + 1, end);
    this.#position = end + 1;
    return { kind: 'operand', value: parseExpression(text), isQuoted: true };
  }

  /** `$(...)` outside quotes: it ends with its parenthesis, whatever is quoted inside. */
  #parseReference(): Operand | Malformed {
    const start = this.#position;
    let depth = 0;
    for (let i = start + 1; i < this.#source.length; i++) {
      const char = this.#source[i];
      if (char === '(') {
        depth++;
      } else if (char === ')' && --depth === 0) {
        this.#position = i + 1;
        return { kind: 'operand', value: parseExpression(this.#source.slice(start, i + 1)), isQuoted: false };
      }
    }
    return this.#fail('MSB4091', 'a reference has no closing parenthesis');
  }

  #takeWord(word: string): boolean {
    this.#skipBlanks();
    const end = this.#position + word.length;
    if (
      this.#source.slice(this.#position, end).toLowerCase() !== word ||
      /\w/.test(this.#source[end] ?? ' ') // "order" is no "or"
    ) {
      return false;
    }
    this.#position = end;
    return true;
  }

  #skipBlanks(): void {
    while (/\s/.test(this.#source[this.#position] ?? '')) {
      this.#position++;
    }
  }

  #fail(code: string, explanation: string): Malformed {
    this.#failure ??= { kind: 'malformed', code, explanation, offset: this.#position };
    this.#position = this.#source.length;
    return this.#failure;
  }
}
