import type { TextRange } from '../../model/finding.ts';
import type { TlsUse, UsePlace } from '../../model/protocol-use.ts';
import type { Block, Expression, FunctionStatement, Statement } from './nodes.ts';
import type { Connection, ScriptFile, TlsState } from './reading.ts';
import type { TypeNames } from './type-names.ts';
import { type Value, Variables } from './value.ts';

/** What changes while a script runs. */
export interface Machine {
  variables: Variables;
  state: TlsState;
  /** True behind the first command that connects. */
  hasConnected: boolean;
  /** True behind `exit`, `return` and `throw`. */
  isDone: boolean;
}

/** Where a piece of a script runs. */
export interface Scope {
  readonly file: ScriptFile;
  readonly types: TypeNames;
  readonly machine: Machine;
  readonly where: UsePlace;
  /** True in a function that nobody calls here. */
  readonly isForOthers: boolean;
  /** True where the same lines run for each of several values. */
  readonly isRepeated: boolean;
}

/** A function of the script, with the file that defines it. */
export interface KnownFunction {
  readonly statement: FunctionStatement;
  readonly file: ScriptFile;
  isCalled: boolean;
}

/** What the parts of the interpreter share, and how they call each other. */
export interface Run {
  evaluate(expression: Expression, scope: Scope): Value;
  runStatement(statement: Statement, scope: Scope): Value;
  runBlock(block: Block, scope: Scope): Value;
  /** Runs a block in a scope of its own, whose effects on the process stay. */
  callBlock(block: Block, scope: Scope, bound: ReadonlyMap<string, Value>): Value;
  callFunction(
    name: string,
    scope: Scope,
    bound: (known: KnownFunction) => ReadonlyMap<string, Value>,
  ): Value | undefined;
  /** Runs another script as `.`, `&` or `Import-Module` do; undefined says that its name is not known. */
  load(name: string | undefined, scope: Scope): void;
  use(use: TlsUse, scope: Scope): void;
  connect(connection: Pick<Connection, 'range' | 'command' | 'host'>, scope: Scope): void;
  /** Notes what a line allows from now on. */
  allow(state: TlsState, range: TextRange, scope: Scope): void;
}

/** A machine for one way that the script may take. */
export function branchOf(machine: Machine): Machine {
  return { ...machine, variables: machine.variables.branch(), isDone: false };
}

/** Goes on where several ways meet; those that ended do not count. */
export function joinBranches(machine: Machine, branches: readonly Machine[]): void {
  const alive = branches.filter(({ isDone }) => !isDone);
  if (alive.length === 0) {
    machine.isDone = branches.length > 0;
    return;
  }
  machine.state = alive.map(({ state }) => state).reduce(joinStates);
  machine.hasConnected = alive.some(({ hasConnected }) => hasConnected);
  machine.variables.join(alive.map(({ variables }) => variables));
}

function joinStates(a: TlsState, b: TlsState): TlsState {
  return a === b ? a : 'maybe';
}

/** A place that not every run of the script comes to. */
export function conditional(scope: Scope, machine: Machine, isGuarded = false): Scope {
  const { where } = scope;
  return { ...scope, machine, where: { ...where, isConditional: true, isGuarded: where.isGuarded || isGuarded } };
}

/** A machine whose variables end with a function, and whose process is the same. */
export function innerMachine(machine: Machine): Machine {
  return { ...machine, variables: new Variables(machine.variables), isDone: false };
}
