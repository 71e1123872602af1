/**
 * The first pass: properties and imports, from top to bottom. Items are noted for later.
 * Order and rules follow https://github.com/dotnet/msbuild/blob/main/src/Build/Evaluation/Evaluator.cs.
 */
import { type FilePath, normalizePath, resolvePath } from '../model/path.ts';
import { languageTargets } from './built-in/common.ts';
import { splitList, unescapeText } from './escapes.ts';
import type { Outcome } from './evaluate-condition.ts';
import type { EvaluationRequest, EvaluationState, Frame, ItemWork, LoadedFile, Write } from './evaluation-state.ts';
import { ImportRunner, type StatementRunner } from './import-runner.ts';
import type { ProjectDocument } from './project-document.ts';
import type { ChooseStatement, ConditionSource, GroupStatement, PropertyStatement, Statement } from './statements.ts';
import { either, hasSymbol, UnknownValue, type Value } from './value.ts';
import { ValueScope } from './value-scope.ts';
import { reservedProperties } from './well-known.ts';

/** Runs the first pass. */
export function runEvaluator(request: EvaluationRequest): EvaluationState {
  return new Evaluator(request).run();
}

class Evaluator implements StatementRunner {
  readonly #request: EvaluationRequest;
  readonly #scope: ValueScope;
  readonly #imports: ImportRunner;
  readonly #itemWork: ItemWork[] = [];

  constructor(request: EvaluationRequest) {
    this.#request = request;
    this.#scope = new ValueScope(request);
    this.#imports = new ImportRunner(this.#scope, this);
  }

  run(): EvaluationState {
    const path = normalizePath(this.#request.path);
    const scope = this.#scope;
    const project = this.#imports.loadProject(path);
    if (project) {
      this.runFile(project, { file: project, uncertain: undefined, itemConditions: [], depth: 0 });
      this.#completeLanguage(path);
    } else {
      scope.push('unknown', 'unreadable', 'the file cannot be read', path, { start: 0, end: 0 });
    }
    return {
      request: { path, files: scope.files, system: scope.system },
      project,
      properties: scope.properties,
      writes: scope.writes,
      shadowed: scope.shadowed,
      files: this.#imports.loaded,
      imports: this.#imports.imports,
      problems: scope.problems,
      itemWork: this.#itemWork,
      dependencies: scope.dependencies,
      missingReasons: scope.missingReasons,
      scope,
    };
  }

  /** A compiled language's project without its targets still gets an answer, and a note. */
  #completeLanguage(path: FilePath): void {
    const language = /\.(cs|vb|fs)proj$/i.exec(path)?.[1]?.toLowerCase();
    const document = this.#imports.loaded[0]?.document;
    const root = document?.root;
    if (this.#imports.hasLanguageTargets || !language || this.#scope.isExhausted || onlyHasTargets(document)) {
      return;
    }
    this.#scope.enter(this.#imports.loaded[0] ?? this.#scope.builtIn);
    this.#scope.report(
      'note',
      'no-language-targets',
      'the project imports no targets that compile it; the usual ones are assumed',
      root?.nameRange ?? { start: 0, end: 0 },
    );
    const names = { cs: 'CSharp', vb: 'VisualBasic', fs: 'FSharp' } as const;
    const statements = languageTargets(names[language as 'cs' | 'vb' | 'fs'], `.${language}`);
    this.runBuiltIn(statements, undefined, 0);
  }

  runFile(file: LoadedFile, frame: Frame): void {
    if (!file.document) {
      return;
    }
    this.#scope.enter(file);
    for (const expression of file.document.localProperties) {
      const names = this.#scope.expand(expression);
      for (const name of typeof names === 'string' ? splitList(names) : []) {
        this.#scope.globals.delete(unescapeText(name).toLowerCase());
      }
    }
    this.#runAll(file.document.statements, { ...frame, file });
  }

  runBuiltIn(statements: readonly Statement[], uncertain: readonly string[] | undefined, depth: number): void {
    this.#runAll(statements, { file: this.#scope.builtIn, uncertain, itemConditions: [], depth });
  }

  #runAll(statements: readonly Statement[], frame: Frame): void {
    for (const statement of statements) {
      if (this.#scope.isExhausted) {
        return;
      }
      this.#run(statement, frame);
    }
  }

  #run(statement: Statement, frame: Frame): void {
    if (!this.#scope.spend(1)) {
      this.#scope.exhaust('the project needs too many steps');
      return;
    }
    this.#scope.enter(frame.file);
    switch (statement.kind) {
      case 'property':
        this.#runProperty(statement, frame);
        return;
      case 'group':
        this.#runGroup(statement, frame);
        return;
      case 'import':
        this.#imports.run(statement, frame);
        return;
      case 'choose':
        this.#runChoose(statement, frame);
        return;
      case 'item':
      case 'item-definition':
        this.#itemWork.push({
          statement,
          conditions: frame.itemConditions,
          file: frame.file,
          uncertain: frame.uncertain,
        });
        return;
      case 'phase':
        this.#scope.phases.add(statement.phase);
        return;
    }
  }

  #runGroup(statement: GroupStatement, frame: Frame): void {
    if (statement.isItemGroup) {
      const itemConditions = statement.condition
        ? [...frame.itemConditions, statement.condition]
        : frame.itemConditions;
      this.#runAll(statement.statements, { ...frame, itemConditions });
      return;
    }
    const uncertain = this.certainty(statement.condition, frame);
    if (uncertain !== false) {
      this.#runAll(statement.statements, uncertain === frame.uncertain ? frame : { ...frame, uncertain });
    }
  }

  /** Why statements under a condition may not run: undefined when they do, false when they do not. */
  certainty(condition: ConditionSource | undefined, frame: Frame): readonly string[] | undefined | false {
    if (!condition) {
      return frame.uncertain;
    }
    const outcome = this.#evaluateOutsideItems(condition, frame.file);
    if (outcome === true) {
      return frame.uncertain;
    }
    if (outcome === false) {
      return false;
    }
    const reasons =
      outcome.kind === 'unknown' ? outcome.reasons : [`MSBuild refuses a condition: ${outcome.explanation}`];
    return [...(frame.uncertain ?? []), ...reasons];
  }

  /** Items are not there yet while properties and imports are evaluated. */
  #evaluateOutsideItems(source: ConditionSource, file: LoadedFile): Outcome {
    if (!source.mentionsItems) {
      return this.#scope.evaluateCondition(source, file);
    }
    const explanation = 'a condition outside items speaks of items';
    this.#scope.report('refused', 'MSB4099', explanation, source.range);
    return { kind: 'refused', code: 'MSB4099', explanation };
  }

  #runProperty(statement: PropertyStatement, frame: Frame): void {
    const uncertain = this.certainty(statement.condition, frame);
    if (uncertain === false) {
      return;
    }
    this.#scope.enter(frame.file);
    if (reservedProperties.has(statement.key)) {
      this.#scope.report(
        'refused',
        'MSB4004',
        `the property "${statement.name}" is reserved`,
        statement.element?.nameRange,
      );
      return;
    }
    if (this.#scope.globals.has(statement.key)) {
      this.#scope.shadowed.add(statement.key);
      return;
    }
    const { value, sources } = this.#scope.expandForWrite(statement.value, statement.element?.innerRange);
    this.#write(statement, this.#adjustPath(value, frame), uncertain, frame, sources);
  }

  /**
   * Outside Windows, MSBuild turns the backslashes of a value that looks like a path: its first part is a folder.
   * Source: FileUtilities.MaybeAdjustFilePath in https://github.com/dotnet/msbuild.
   */
  #adjustPath(value: Value, frame: Frame): Value {
    if (
      typeof value !== 'string' ||
      this.#scope.system === 'windows' ||
      !value.includes('\\') ||
      !frame.file.document
    ) {
      return value;
    }
    const slashed = value.replaceAll('\\', '/');
    const first = /^['"]?([^/]*\/|\/[^/]*\/)/.exec(slashed)?.[1];
    const isPath = first !== undefined && !value.startsWith('\\\\') && !hasSymbol(first);
    return isPath && this.#scope.stat(resolvePath(frame.file.folder, first)) === 'folder' ? slashed : value;
  }

  #write(
    statement: PropertyStatement,
    value: Value,
    uncertain: readonly string[] | undefined,
    frame: Frame,
    sources: readonly Write[],
  ): void {
    const { name, key } = statement;
    const previous = this.#scope.properties.get(key);
    const write: Write = {
      name,
      key,
      value: uncertain
        ? either(this.#scope.readQuietly(key, name), value, uncertain)
        : this.#doubtDefault(value, statement, frame),
      origin: frame.file.document ? 'file' : 'built-in',
      statement,
      file: frame.file,
      isCertain: !uncertain,
      sources,
      previous,
    };
    this.#scope.properties.set(key, write);
    this.#scope.writes.set(statement, write);
  }

  /** The toolset's version for a project that has none is no answer while a file that may have it was not read. */
  #doubtDefault(value: Value, statement: PropertyStatement, frame: Frame): Value {
    const isDefault =
      !frame.file.document && statement.condition !== undefined && statement.value.literal !== undefined;
    return isDefault && statement.key === 'targetframeworkversion' && this.#scope.missingReasons.length > 0
      ? new UnknownValue(this.#scope.missingReasons)
      : value;
  }

  /** Branches are run from the same state, and their results joined. */
  #runChoose(statement: ChooseStatement, frame: Frame): void {
    const possible: { statements: readonly Statement[]; reasons: readonly string[] }[] = [];
    let isExhaustive = false;
    for (const branch of statement.branches) {
      const outcome = branch.condition ? this.#evaluateOutsideItems(branch.condition, frame.file) : true;
      if (outcome === false) {
        continue;
      }
      const reasons =
        outcome === true
          ? []
          : outcome.kind === 'unknown'
            ? outcome.reasons
            : [`MSBuild refuses a condition: ${outcome.explanation}`];
      possible.push({ statements: branch.statements, reasons });
      if (outcome === true) {
        isExhaustive = true;
        break;
      }
    }
    if (possible.length === 1 && isExhaustive) {
      this.#runAll(possible[0]?.statements ?? [], frame);
      return;
    }
    this.#runBranches(possible, isExhaustive, frame);
  }

  #runBranches(
    branches: readonly { statements: readonly Statement[]; reasons: readonly string[] }[],
    isExhaustive: boolean,
    frame: Frame,
  ): void {
    const reasons = [...(frame.uncertain ?? []), ...branches.flatMap((branch) => branch.reasons)];
    const before = new Map(this.#scope.properties);
    const results: ReadonlyMap<string, Write>[] = isExhaustive ? [] : [before];
    const itemStart = this.#itemWork.length;
    for (const branch of branches) {
      this.#restore(before);
      this.#runAll(branch.statements, frame);
      results.push(new Map(this.#scope.properties));
    }
    for (let i = itemStart; i < this.#itemWork.length; i++) {
      this.#itemWork[i] = { ...(this.#itemWork[i] as ItemWork), uncertain: reasons };
    }
    this.#restore(before);
    this.#join(results, before, reasons);
  }

  #restore(properties: ReadonlyMap<string, Write>): void {
    this.#scope.properties.clear();
    for (const [key, write] of properties) {
      this.#scope.properties.set(key, write);
    }
  }

  #join(
    results: readonly ReadonlyMap<string, Write>[],
    before: ReadonlyMap<string, Write>,
    reasons: readonly string[],
  ): void {
    const changed = new Set<string>();
    for (const result of results) {
      for (const [key, write] of result) {
        if (before.get(key) !== write) {
          changed.add(key);
        }
      }
    }
    for (const key of changed) {
      let value: Value | undefined;
      let last: Write | undefined;
      for (const result of results) {
        const write = result.get(key);
        const one = write?.value ?? this.#scope.defaultValue(key);
        value = value === undefined ? one : either(value, one, reasons);
        last = write && write !== before.get(key) ? write : last;
      }
      if (last && value !== undefined) {
        const joined: Write = { ...last, value, isCertain: typeof value === 'string', previous: before.get(key) };
        this.#scope.properties.set(key, joined);
        if (last.statement) {
          this.#scope.writes.set(last.statement, joined);
        }
      }
    }
  }
}

/** A project of nothing but targets builds others, and compiles nothing itself. */
function onlyHasTargets(document: ProjectDocument | undefined): boolean {
  const isTarget = document?.root?.children.some(({ localName }) => localName === 'Target') ?? false;
  return isTarget && document?.statements.length === 0;
}
