import type { TextRange } from '../../model/finding.ts';
import type { ProtocolPlace } from '../../model/protocol-use.ts';
import type { Block } from './nodes.ts';

/** What is known of a value before the script runs. */
export type Value =
  | { readonly kind: 'text'; readonly value: string; readonly range: TextRange }
  | { readonly kind: 'number'; readonly value: number; readonly range: TextRange }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'type'; readonly name: string }
  | { readonly kind: 'protocols'; readonly protocols: ProtocolValue }
  | { readonly kind: 'table'; readonly entries: ReadonlyMap<string, TableEntry> }
  | { readonly kind: 'block'; readonly body: Block; readonly range: TextRange }
  | { readonly kind: 'object'; readonly type: string }
  | { readonly kind: 'unknown' };

export interface TableEntry {
  readonly value: Value;
  readonly keyRange: TextRange;
}

/**
 * Protocols as a formula: what is allowed at present without `removed`, with `added`, and with `toggled` turned round.
 * `none` is a value of its own (then `added` is all of it), `all` everything but `removed`.
 */
export interface ProtocolValue {
  readonly base: 'none' | 'current' | 'all' | 'unknown';
  readonly added: number;
  readonly removed: number;
  readonly toggled: number;
  readonly places: readonly ProtocolPlace[];
}

export const unknownValue: Value = { kind: 'unknown' };

/** The variables of one scope, and of those around it. Names are in lower case. */
export class Variables {
  readonly #outer: Variables | undefined;
  readonly #own = new Map<string, Value>();
  readonly root: Variables;

  constructor(outer?: Variables) {
    this.#outer = outer;
    this.root = outer?.root ?? this;
  }

  get(name: string): Value | undefined {
    for (let scope: Variables | undefined = this; scope; scope = scope.#outer) {
      const value = scope.#own.get(name);
      if (value) {
        return value;
      }
    }
    return undefined;
  }

  set(name: string, value: Value): void {
    this.#own.set(name, value);
  }

  /** A scope for one way that the script may take. */
  branch(): Variables {
    return new Variables(this);
  }

  /** Takes over what the ways have in common: where they differ, nobody knows. */
  join(branches: readonly Variables[]): void {
    const names = new Set(branches.flatMap((branch) => [...branch.#own.keys()]));
    for (const name of names) {
      const values = branches.map((branch) => branch.get(name));
      this.set(
        name,
        values.every((value) => value !== undefined && value === values[0])
          ? (values[0] ?? unknownValue)
          : unknownValue,
      );
    }
  }
}
