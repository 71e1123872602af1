import type { TextRange } from '../../model/finding.ts';

/** A PowerShell script, as deep as rules need it. */
export interface PowerShellScript {
  readonly body: Block;
  readonly comments: readonly TextRange[];
  /** What the reader gave up on; the rest of the script is read all the same. */
  readonly problems: readonly ScriptProblem[];
}

/** `unfinished`: a string, comment or here-string without an end; `too-deep`: brackets inside brackets inside brackets. */
export interface ScriptProblem {
  readonly kind: 'unfinished' | 'too-deep';
  readonly range: TextRange;
}

/** The statements of a script, a function or a script block. */
export interface Block {
  readonly range: TextRange;
  readonly parameters: ParameterBlock | undefined;
  readonly statements: readonly Statement[];
}

/** `param (...)` with the attributes before it. */
export interface ParameterBlock {
  readonly range: TextRange;
  readonly parameters: readonly Parameter[];
}

/** One parameter, in lower case without `$`. */
export interface Parameter {
  readonly name: string;
  readonly range: TextRange;
  readonly defaultValue: Statement | undefined;
}

export type Statement =
  | PipelineStatement
  | AssignmentStatement
  | IfStatement
  | TryStatement
  | LoopStatement
  | SwitchStatement
  | FunctionStatement
  | FlowStatement
  | NamedBlock
  | UsingStatement;

/** Commands and expressions, joined by `|`, `&&` or `||`. */
export interface PipelineStatement {
  readonly kind: 'pipeline';
  readonly range: TextRange;
  readonly elements: readonly PipelineElement[];
}

export type PipelineElement = Command | { readonly kind: 'expression'; readonly expression: Expression };

/** `name -parameter value argument`. */
export interface Command {
  readonly kind: 'command';
  readonly range: TextRange;
  /** `.` runs a script in the present scope, `&` runs what an expression names. */
  readonly invocation: '.' | '&' | undefined;
  readonly name: Expression;
  readonly elements: readonly CommandElement[];
}

export type CommandElement =
  | {
      readonly kind: 'parameter';
      /** As written, without the dash. */
      readonly name: string;
      readonly range: TextRange;
      /** What follows a colon. */
      readonly value: Expression | undefined;
    }
  | { readonly kind: 'argument'; readonly value: Expression };

export interface AssignmentStatement {
  readonly kind: 'assignment';
  readonly range: TextRange;
  readonly target: Expression;
  /** `=`, `+=`, `-=`, `*=`, `/=`, `%=` or `??=`. */
  readonly operator: string;
  readonly operatorRange: TextRange;
  readonly value: Statement;
}

export interface IfStatement {
  readonly kind: 'if';
  readonly range: TextRange;
  readonly clauses: readonly { readonly condition: readonly Statement[]; readonly body: Block }[];
  readonly otherwise: Block | undefined;
}

export interface TryStatement {
  readonly kind: 'try';
  readonly range: TextRange;
  readonly body: Block;
  readonly catches: readonly Block[];
  readonly finally: Block | undefined;
}

/** `for`, `foreach`, `while`, `do`. */
export interface LoopStatement {
  readonly kind: 'loop';
  readonly range: TextRange;
  /** Runs at least once. */
  readonly isDo: boolean;
  /** For `foreach`. */
  readonly variable: Expression | undefined;
  readonly head: readonly Statement[];
  readonly body: Block;
}

export interface SwitchStatement {
  readonly kind: 'switch';
  readonly range: TextRange;
  readonly subject: readonly Statement[];
  readonly cases: readonly { readonly isDefault: boolean; readonly body: Block }[];
}

/** `function`, `filter`, `workflow`, and a method of a class. */
export interface FunctionStatement {
  readonly kind: 'function';
  readonly range: TextRange;
  readonly name: string;
  readonly body: Block;
  /** Of a class: it runs when somebody calls it, under a name that is not known here. */
  readonly isMethod: boolean;
}

/** `return`, `throw`, `exit`, `break`, `continue`. */
export interface FlowStatement {
  readonly kind: 'flow';
  readonly range: TextRange;
  readonly keyword: string;
  readonly value: Statement | undefined;
}

/** `begin`, `process`, `end`, `clean`, `dynamicparam`, `trap`, `data`. */
export interface NamedBlock {
  readonly kind: 'named-block';
  readonly range: TextRange;
  readonly name: string;
  readonly body: Block;
}

/** `using namespace X`, `using module X`, `using assembly X`. */
export interface UsingStatement {
  readonly kind: 'using';
  readonly range: TextRange;
  readonly what: string;
  readonly name: string;
}

export type Expression =
  | StringExpression
  | { readonly kind: 'number'; readonly range: TextRange; readonly value: number }
  | VariableExpression
  | TypeExpression
  | {
      readonly kind: 'cast';
      readonly range: TextRange;
      readonly type: TypeExpression;
      readonly operand: Expression;
    }
  | MemberExpression
  | CallExpression
  | {
      readonly kind: 'index';
      readonly range: TextRange;
      readonly target: Expression;
      readonly index: Expression;
    }
  | BinaryExpression
  | {
      readonly kind: 'unary';
      readonly range: TextRange;
      /** In lower case without the dash: `bnot`, `not`, `-`, `++`. */
      readonly operator: string;
      readonly operand: Expression;
    }
  | { readonly kind: 'list'; readonly range: TextRange; readonly items: readonly Expression[] }
  | GroupExpression
  | HashExpression
  | { readonly kind: 'block'; readonly range: TextRange; readonly body: Block }
  | { readonly kind: 'unknown'; readonly range: TextRange };

/** A quoted text, a here-string, or an unquoted word of a command. */
export interface StringExpression {
  readonly kind: 'string';
  readonly range: TextRange;
  readonly form: 'single' | 'double' | 'here' | 'word';
  /** Texts with their escapes undone, and what is put in between. */
  readonly parts: readonly (string | Expression)[];
}

/** A name in lower case, without `$` and without its scope. */
export interface VariableExpression {
  readonly kind: 'variable';
  readonly range: TextRange;
  readonly name: string;
  /** `env`, `script`, `global` and so on; empty where none is written. */
  readonly scope: string;
  /** `@name` hands a table over as parameters. */
  readonly isSplatted: boolean;
}

/** `[Name]`, `[Name[]]`; also an attribute, which means nothing here. */
export interface TypeExpression {
  readonly kind: 'type';
  readonly range: TextRange;
  /** As written, without brackets and without arguments. */
  readonly name: string;
  readonly isAttribute: boolean;
}

export interface MemberExpression {
  readonly kind: 'member';
  readonly range: TextRange;
  readonly target: Expression;
  /** Empty where it is computed. */
  readonly name: string;
  readonly nameRange: TextRange;
  readonly isStatic: boolean;
}

export interface CallExpression {
  readonly kind: 'call';
  readonly range: TextRange;
  readonly target: Expression;
  readonly name: string;
  readonly nameRange: TextRange;
  readonly isStatic: boolean;
  readonly arguments: readonly Expression[];
}

export interface BinaryExpression {
  readonly kind: 'binary';
  readonly range: TextRange;
  /** In lower case without the dash: `bor`, `+`, `eq`. */
  readonly operator: string;
  readonly operatorRange: TextRange;
  readonly left: Expression;
  readonly right: Expression;
}

/** `(...)`, `$(...)`, `@(...)`. */
export interface GroupExpression {
  readonly kind: 'group';
  readonly range: TextRange;
  readonly statements: readonly Statement[];
}

/** `@{ key = value }`. */
export interface HashExpression {
  readonly kind: 'hash';
  readonly range: TextRange;
  readonly entries: readonly { readonly key: Expression; readonly value: Statement | undefined }[];
}
