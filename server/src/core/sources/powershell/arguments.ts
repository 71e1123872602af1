import type { TextRange } from '../../model/finding.ts';
import type { Command, Expression } from './nodes.ts';
import type { Value } from './value.ts';

/** A value that a command gets, under the full name of its parameter where that is known. */
export interface BoundArgument {
  readonly value: Value;
  /** Of the parameter where it is named, else of the value. */
  readonly nameRange: TextRange;
  readonly valueRange: TextRange;
}

/** What a command takes: full names in lower case. */
export interface Signature {
  readonly parameters: readonly string[];
  /** The parameters that values without a name go to, in their order. */
  readonly positional: readonly string[];
  readonly switches: readonly string[];
}

/**
 * Sorts the arguments of a command by its parameters. Names may be shortened as far as they stay clear; a table that is
 * splatted counts with its entries. What goes to no parameter has a number as its name.
 */
export function bindArguments(
  { elements }: Command,
  signature: Signature,
  evaluate: (expression: Expression) => Value,
): ReadonlyMap<string, BoundArgument> {
  const bound = new Map<string, BoundArgument>();
  const loose: BoundArgument[] = [];
  for (let index = 0; index < elements.length; index++) {
    const element = elements[index];
    if (element?.kind === 'argument') {
      bindLoose(element.value, evaluate, signature, bound, loose);
    } else if (element?.kind === 'parameter') {
      const name = fullName(element.name, signature);
      const next = elements[index + 1];
      const isSwitch = signature.switches.includes(name);
      const value = element.value ?? (!isSwitch && next?.kind === 'argument' ? next.value : undefined);
      index += element.value === undefined && value !== undefined ? 1 : 0;
      bound.set(name, {
        value: value ? evaluate(value) : { kind: 'boolean', value: true },
        nameRange: element.range,
        valueRange: value?.range ?? element.range,
      });
    }
  }
  const free = signature.positional.filter((name) => !bound.has(name));
  for (const [index, argument] of loose.entries()) {
    bound.set(free[index] ?? String(index), argument);
  }
  return bound;
}

function bindLoose(
  expression: Expression,
  evaluate: (expression: Expression) => Value,
  signature: Signature,
  bound: Map<string, BoundArgument>,
  loose: BoundArgument[],
): void {
  const value = evaluate(expression);
  const { range } = expression;
  if (expression.kind !== 'variable' || !expression.isSplatted) {
    loose.push({ value, nameRange: range, valueRange: range });
  } else if (value.kind === 'table') {
    for (const [name, entry] of value.entries) {
      bound.set(fullName(name, signature), {
        value: entry.value,
        nameRange: entry.keyRange,
        valueRange: entry.keyRange,
      });
    }
  }
}

function fullName(written: string, { parameters, switches }: Signature): string {
  const name = written.toLowerCase();
  const all = [...parameters, ...switches];
  if (all.includes(name)) {
    return name;
  }
  const meant = all.filter((full) => full.startsWith(name));
  return meant.length === 1 ? (meant[0] ?? name) : name;
}

/** The text of a value; of a list that of its only entry. */
export function textOf(value: Value | undefined): string | undefined {
  if (value?.kind === 'text') {
    return value.value;
  }
  if (value?.kind === 'number') {
    return String(value.value);
  }
  return value?.kind === 'list' && value.items.length === 1 ? textOf(value.items[0]) : undefined;
}
