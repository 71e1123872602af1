import type { TextRange } from '../../model/finding.ts';
import type { FilePath } from '../../model/path.ts';
import type { TlsUse, UsePlace } from '../../model/protocol-use.ts';
import { maximumRepetitions, runCommand } from './command-effects.ts';
import { memberOf, noteAssignment } from './effects.ts';
import { convert, evaluateExpression } from './evaluate.ts';
import type {
  AssignmentStatement,
  Block,
  Expression,
  IfStatement,
  LoopStatement,
  PipelineStatement,
  Statement,
  TryStatement,
} from './nodes.ts';
import type { Connection, LateSetting, ScriptFile, ScriptReading, TlsState } from './reading.ts';
import {
  branchOf,
  conditional,
  innerMachine,
  joinBranches,
  type KnownFunction,
  type Machine,
  type Run,
  type Scope,
} from './run.ts';
import { resolveScript } from './script-paths.ts';
import { TypeNames } from './type-names.ts';
import { type TableEntry, unknownValue, type Value, Variables } from './value.ts';

/** Gives scripts by their path; undefined where there is none to be had. */
export type LoadScript = (path: FilePath) => ScriptFile | undefined;

/**
 * Follows a script the way it runs, and notes what it does about TLS. Both ways of a condition are followed, functions
 * where they are called, other scripts where they are loaded. What depends on anything outside is unknown.
 */
export function runScript(file: ScriptFile, load: LoadScript): ScriptReading {
  return new Interpreter(file, load).run();
}

/** Steps that a script may take: enough for thousands of lines, and an end for what calls itself in circles. */
const maximumSteps = 100_000;

const maximumCalls = 40;

class Interpreter implements Run {
  readonly #main: ScriptFile;
  readonly #load: LoadScript;
  readonly #uses = new Map<string, TlsUse>();
  readonly #connections: Connection[] = [];
  readonly #lateSettings: LateSetting[] = [];
  readonly #loaded = new Set<FilePath>();
  readonly #functions = new Map<string, KnownFunction>();
  /** Functions and scripts that are running. */
  readonly #running = new Set<unknown>();
  #loadsUnknown = false;
  #steps = 0;

  constructor(main: ScriptFile, load: LoadScript) {
    this.#main = main;
    this.#load = load;
  }

  run(): ScriptReading {
    const machine: Machine = { variables: new Variables(), state: 'unset', hasConnected: false, isDone: false };
    this.#runFile(this.#main, machine, topLevel);
    const finalState = machine.state;
    // What is defined and not called here, others call when the script has run.
    for (const known of [...this.#functions.values()]) {
      if (!known.isCalled) {
        const scope = this.#scopeOf(known.file, innerMachine(machine), topLevel);
        this.#runFunction(known, { ...scope, isForOthers: true }, new Map());
      }
    }
    return {
      uses: [...this.#uses.values()],
      connections: this.#connections,
      lateSettings: this.#lateSettings,
      finalState,
      loaded: this.#loaded,
      loadsUnknown: this.#loadsUnknown,
      isComplete: this.#steps <= maximumSteps,
    };
  }

  evaluate(expression: Expression, scope: Scope): Value {
    return this.#isOut() ? unknownValue : evaluateExpression(this, expression, scope);
  }

  runStatement(statement: Statement, scope: Scope): Value {
    if (this.#isOut() || scope.machine.isDone) {
      return unknownValue;
    }
    switch (statement.kind) {
      case 'pipeline':
        return this.#runPipeline(statement, scope);
      case 'assignment':
        return this.#runAssignment(statement, scope);
      case 'if':
        return this.#runIf(statement, scope);
      case 'try':
        return this.#runTry(statement, scope);
      case 'loop':
        return this.#runLoop(statement, scope);
      case 'switch': {
        this.#runAll(statement.subject, scope);
        const branches = statement.cases.map(({ body }) => this.#runBranch(body, scope, false));
        const isComplete = statement.cases.some(({ isDefault }) => isDefault);
        joinBranches(scope.machine, isComplete ? branches : [...branches, branchOf(scope.machine)]);
        return unknownValue;
      }
      case 'named-block':
        if (statement.name === 'trap' || statement.name === 'class') {
          this.#runBranch(statement.body, scope, false);
          return unknownValue;
        }
        return this.runBlock(statement.body, scope);
      case 'function':
        if (statement.isMethod) {
          this.#runFunction({ statement, file: scope.file, isCalled: true }, scope, new Map());
        }
        return unknownValue;
      case 'flow': {
        const value = statement.value ? this.runStatement(statement.value, scope) : unknownValue;
        scope.machine.isDone = /^(?:return|throw|exit)$/.test(statement.keyword);
        return value;
      }
      case 'using':
        if (statement.what === 'module' && /[\\/]/.test(statement.name)) {
          this.load(statement.name, scope);
        }
        return unknownValue;
    }
  }

  runBlock(block: Block, scope: Scope): Value {
    for (const statement of block.statements) {
      if (statement.kind === 'function' && !statement.isMethod && !scope.isForOthers) {
        this.#functions.set(statement.name, { statement, file: scope.file, isCalled: false });
      }
    }
    return this.#runAll(block.statements, scope);
  }

  callBlock(block: Block, scope: Scope, bound: ReadonlyMap<string, Value>): Value {
    if (this.#running.has(block) || this.#running.size >= maximumCalls) {
      return unknownValue;
    }
    this.#running.add(block);
    const machine = innerMachine(scope.machine);
    for (const [name, value] of bound) {
      machine.variables.set(name, value);
    }
    for (const { name, defaultValue } of block.parameters?.parameters ?? []) {
      if (!bound.has(name)) {
        const value = defaultValue ? this.runStatement(defaultValue, { ...scope, machine }) : unknownValue;
        machine.variables.set(name, defaultValue ? mayBeOther(value) : value);
      }
    }
    const value = this.runBlock(block, { ...scope, machine });
    scope.machine.state = machine.state;
    scope.machine.hasConnected = machine.hasConnected;
    this.#running.delete(block);
    return value;
  }

  callFunction(
    name: string,
    scope: Scope,
    bound: (known: KnownFunction) => ReadonlyMap<string, Value>,
  ): Value | undefined {
    const known = this.#functions.get(name);
    if (!known) {
      return undefined;
    }
    known.isCalled ||= !scope.isForOthers;
    return this.#runFunction(known, scope, bound(known));
  }

  load(name: string | undefined, scope: Scope): void {
    const path = name === undefined ? undefined : resolveScript(scope.file.path, name);
    const found = path === undefined || this.#running.has(path) ? undefined : this.#load(path);
    if (!found || path === undefined) {
      this.#loadsUnknown = true;
      // What cannot be seen may do it.
      this.allow('maybe', scope.file.script.body.range, scope);
      return;
    }
    this.#loaded.add(path);
    this.#running.add(path);
    this.#runFile(found, scope.machine, scope.where);
    this.#running.delete(path);
  }

  use(use: TlsUse, scope: Scope): void {
    if (scope.file !== this.#main) {
      return;
    }
    const key = useKey(use);
    const before = this.#uses.get(key);
    if (!before) {
      this.#uses.set(key, use);
    } else if (before.kind === 'protocol' && use.kind === 'protocol' && !isSame(before, use)) {
      // The same line for several values: what it does depends on who calls it.
      this.#uses.set(key, {
        ...before,
        protocols: { known: false, reasons: ['the line runs for several values'] },
        isSystemDefault: false,
        places: [],
      });
    }
  }

  connect(connection: Pick<Connection, 'range' | 'command' | 'host'>, scope: Scope): void {
    const { machine, isForOthers, file } = scope;
    this.#connections.push({ ...connection, path: file.path, state: machine.state, isForOthers });
    machine.hasConnected = true;
    if (connection.command.setsTls !== 'no' && machine.state === 'unset') {
      machine.state = connection.command.setsTls === 'newer-versions' ? 'maybe' : 'modern';
    }
  }

  allow(state: TlsState, range: TextRange, scope: Scope): void {
    const { machine, file } = scope;
    if (state === 'maybe' && machine.state !== 'unset') {
      return;
    }
    if (state === 'modern' && !scope.isForOthers && machine.hasConnected) {
      this.#lateSettings.push({ path: file.path, range });
    }
    machine.state = state;
  }

  #isOut(): boolean {
    return ++this.#steps > maximumSteps;
  }

  #scopeOf(file: ScriptFile, machine: Machine, where: UsePlace): Scope {
    const namespaces = file.script.body.statements.flatMap((statement) =>
      statement.kind === 'using' && statement.what === 'namespace' ? [statement.name] : [],
    );
    return { file, types: new TypeNames(namespaces), machine, where, isForOthers: false, isRepeated: false };
  }

  #runFile(file: ScriptFile, machine: Machine, where: UsePlace): void {
    const scope = this.#scopeOf(file, machine, where);
    for (const { name, defaultValue } of file.script.body.parameters?.parameters ?? []) {
      const value = defaultValue ? this.runStatement(defaultValue, scope) : unknownValue;
      machine.variables.set(name, mayBeOther(value));
    }
    this.runBlock(file.script.body, scope);
  }

  #runFunction(known: KnownFunction, scope: Scope, bound: ReadonlyMap<string, Value>): Value {
    const { statement, file } = known;
    const types = file === scope.file ? scope.types : this.#scopeOf(file, scope.machine, scope.where).types;
    const where = { ...scope.where, member: statement.name || undefined };
    return this.callBlock(statement.body, { ...scope, file, types, where }, bound);
  }

  #runAll(statements: readonly Statement[], scope: Scope): Value {
    let value: Value = unknownValue;
    for (const statement of statements) {
      value = this.runStatement(statement, scope);
    }
    return value;
  }

  #runPipeline({ elements }: PipelineStatement, scope: Scope): Value {
    let value: Value | undefined;
    for (const element of elements) {
      value =
        element.kind === 'expression'
          ? this.evaluate(element.expression, scope)
          : runCommand(this, element, value, scope);
    }
    return value ?? unknownValue;
  }

  #runAssignment(statement: AssignmentStatement, scope: Scope): Value {
    const value = this.runStatement(statement.value, scope);
    const { target } = statement;
    const member = memberOf(target);
    if (member) {
      noteAssignment(this, statement, member, value, scope);
      this.#setEntry(member.target, member.name, member.nameRange, value, scope);
    } else if (target.kind === 'index') {
      const key = this.evaluate(target.index, scope);
      this.#setEntry(target.target, key.kind === 'text' ? key.value : '', target.index.range, value, scope);
    } else {
      this.#setVariable(target, statement.operator, value, scope);
    }
    return value;
  }

  #setVariable(target: Expression, operator: string, value: Value, scope: Scope): void {
    if (target.kind === 'list') {
      for (const item of target.items) {
        this.#setVariable(item, '??=', unknownValue, scope);
      }
    } else if (target.kind === 'cast') {
      this.#setVariable(target.operand, operator, convert(value, target.type.name, scope), scope);
    } else if (target.kind === 'variable' && target.scope !== 'env') {
      const { variables } = scope.machine;
      const owner = target.scope === 'script' || target.scope === 'global' ? variables.root : variables;
      const old = owner.get(target.name);
      owner.set(target.name, operator === '=' ? value : added(old, operator, value));
    }
  }

  /** `$table.name = value`, `$table['name'] = value`. */
  #setEntry(target: Expression, name: string, keyRange: TextRange, value: Value, scope: Scope): void {
    const table = target.kind === 'variable' ? this.evaluate(target, scope) : unknownValue;
    if (table.kind === 'table' && target.kind === 'variable') {
      const entries = new Map<string, TableEntry>([...table.entries, [name.toLowerCase(), { value, keyRange }]]);
      this.#setVariable(target, '=', { kind: 'table', entries }, scope);
    }
  }

  #runIf({ clauses, otherwise }: IfStatement, scope: Scope): Value {
    const branches: Machine[] = [];
    let isGuard = false;
    for (const { condition, body } of clauses) {
      this.#runAll(condition, scope);
      const isGuarded = isTlsGuard(condition, scope.file.text);
      isGuard ||= isGuarded;
      branches.push(this.#runBranch(body, scope, isGuarded));
    }
    const last = otherwise ? this.#runBranch(otherwise, scope, isGuard) : branchOf(scope.machine);
    // A test of the protocols or of the engine: the other way needs nothing.
    if (isGuard && last.state === 'unset' && branches.some(({ state }) => state === 'modern')) {
      last.state = 'modern';
    }
    joinBranches(scope.machine, [...branches, last]);
    return unknownValue;
  }

  #runBranch(body: Block, scope: Scope, isGuarded: boolean): Machine {
    const machine = branchOf(scope.machine);
    this.runBlock(body, conditional(scope, machine, isGuarded));
    return machine;
  }

  /** What is tried is taken to succeed: what happens after an error is another story. */
  #runTry({ body, catches, finally: last }: TryStatement, scope: Scope): Value {
    const machine = this.#runBranch(body, { ...scope, where: { ...scope.where, isInTry: true } }, false);
    for (const block of catches) {
      const failed = this.#runBranch(block, { ...scope, machine: { ...machine, isDone: false } }, false);
      if (machine.state === 'unset' && failed.state !== 'unset' && !failed.isDone) {
        machine.state = 'maybe';
      }
    }
    joinBranches(scope.machine, [machine]);
    if (last) {
      this.runBlock(last, { ...scope, machine: { ...scope.machine, isDone: false } });
    }
    return unknownValue;
  }

  #runLoop(statement: LoopStatement, scope: Scope): Value {
    const { head, body, variable, isDo } = statement;
    const value = this.#runAll(head, scope);
    const name = variable?.kind === 'variable' ? variable.name : undefined;
    const items =
      name !== undefined && value.kind === 'list' && value.items.length <= maximumRepetitions
        ? value.items
        : [unknownValue];
    const machine = branchOf(scope.machine);
    const inner = conditional({ ...scope, isRepeated: scope.isRepeated || name !== undefined }, machine);
    for (const item of items) {
      if (name !== undefined) {
        machine.variables.set(name, value.kind === 'list' || value.kind === 'unknown' ? item : value);
      }
      machine.isDone = false;
      this.runBlock(body, inner);
    }
    machine.isDone = false;
    joinBranches(scope.machine, isDo || items.length > 1 ? [machine] : [machine, branchOf(scope.machine)]);
    return unknownValue;
  }
}

const topLevel: UsePlace = {
  isDebugOnly: false,
  condition: [],
  member: undefined,
  isConditional: false,
  isInTry: false,
  isGuarded: false,
};

/** A default of a parameter: callers may give something else, so only texts that name places are kept. */
function mayBeOther(value: Value): Value {
  return value.kind === 'text' || value.kind === 'list' || value.kind === 'number' ? value : unknownValue;
}

function added(old: Value | undefined, operator: string, value: Value): Value {
  if (operator !== '+=' || !old) {
    return unknownValue;
  }
  if (old.kind === 'list') {
    return { kind: 'list', items: [...old.items, ...(value.kind === 'list' ? value.items : [value])] };
  }
  return unknownValue;
}

/** A condition that asks what is allowed already, or which engine runs. */
function isTlsGuard(condition: readonly Statement[], text: string): boolean {
  const first = condition[0];
  const last = condition.at(-1);
  return (
    first !== undefined &&
    last !== undefined &&
    /SecurityProtocol|PSVersionTable|PSEdition|IsCoreCLR|\$Host\.Version|OSVersion/i.test(
      text.slice(first.range.start, last.range.end),
    )
  );
}

/** One line may write to several keys, and have several effects. */
function useKey(use: TlsUse): string {
  const key = use.kind === 'registry-write' && use.key.known ? use.key.value : '';
  const name = use.kind === 'registry-write' && use.name.known ? use.name.value : '';
  const effect = use.kind === 'protocol' ? use.effect : '';
  return [use.kind, use.range.start, effect, key, name].join('\n');
}

function isSame(a: TlsUse & { kind: 'protocol' }, b: TlsUse & { kind: 'protocol' }): boolean {
  return (
    a.protocols.known === b.protocols.known &&
    (!a.protocols.known || !b.protocols.known || a.protocols.value.join() === b.protocols.value.join())
  );
}
