import type { Code } from './code.ts';
import { csharpStructure } from './structure-csharp.ts';
import { fsharpStructure } from './structure-fsharp.ts';
import { visualBasicStructure } from './structure-visual-basic.ts';

/**
 * What a stretch of code is.
 * `conditional`: it does not always run, or not once (branches, loops). `initializer`: braces of values, part of an
 * expression. `arms`: the cases of a `switch` expression or a `match`. `block`: everything that just holds statements.
 */
export type ScopeKind = 'type' | 'member' | 'lambda' | 'conditional' | 'initializer' | 'arms' | 'block';

export interface Scope {
  readonly kind: ScopeKind;
  /** Of a type or a member; `try` for what an exception does not leave. */
  readonly name: string | undefined;
  /** Tokens: the first and the one behind the last of what is inside. */
  readonly first: number;
  readonly end: number;
}

/** Where statements begin and end, and what they stand in. */
export interface Structure {
  /** What a token stands in, innermost first. */
  scopesOf(i: number): readonly Scope[];
  /** The first token of the statement that a token is part of. */
  statementStart(i: number): number;
  /** The last token of that statement, the sign that ends it not included. */
  statementEnd(i: number): number;
}

export function structureOf(code: Code): Structure {
  switch (code.language) {
    case 'csharp':
      return csharpStructure(code);
    case 'visual-basic':
      return visualBasicStructure(code);
    default:
      return fsharpStructure(code);
  }
}

/** The member around a token; lambdas belong to the member that they stand in. */
export function memberAt(structure: Structure, i: number): Scope | undefined {
  return structure.scopesOf(i).find(({ kind }) => kind === 'member');
}

/** True for a statement that its member does not always run. */
export function isConditional(structure: Structure, i: number): boolean {
  for (const { kind } of structure.scopesOf(i)) {
    if (kind === 'member' || kind === 'type') {
      return false;
    }
    if (kind === 'conditional' || kind === 'lambda' || kind === 'arms') {
      return true;
    }
  }
  return false;
}
