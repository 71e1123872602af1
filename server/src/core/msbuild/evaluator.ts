/**
 * The first pass: properties and imports, from top to bottom. Items are noted for later.
 * Order and rules follow https://github.com/dotnet/msbuild/blob/main/src/Build/Evaluation/Evaluator.cs.
 */
import type { TextRange } from '../model/finding.ts';
import { dirname, type FilePath, isAbsolute, normalizePath, relativePath, resolvePath } from '../model/path.ts';
import type { XmlElement } from '../xml/index.ts';
import { languageTargets } from './built-in/common.ts';
import { sdkProps, sdkTargets, sdkVariants } from './built-in/dotnet-sdk.ts';
import { recognizeTargets } from './built-in/recognize.ts';
import { type ToolsetPhase, toolsetProperty } from './built-in/toolset-properties.ts';
import { compareSymbols } from './compare-symbols.ts';
import { splitList, unescapeText } from './escapes.ts';
import { type ConditionContext, evaluateCondition, type Outcome } from './evaluate-condition.ts';
import { type ExpansionContext, expand } from './expander.ts';
import type { Expression } from './expression.ts';
import type { FileSource } from './file-source.ts';
import { expandImportGlob, type GlobHost, hasWildcard } from './globs.ts';
import { nativePath } from './path-functions.ts';
import { type ProjectDocument, readProjectDocument } from './project-document.ts';
import type {
  ChooseStatement,
  ConditionSource,
  GroupStatement,
  ImportOrigin,
  ImportStatement,
  ItemDefinitionStatement,
  ItemStatement,
  PropertyStatement,
  Statement,
} from './statements.ts';
import type { FunctionContext } from './static-members.ts';
import { either, hasSymbol, reasonsOf, symbolReasons, textBehindSymbols, UnknownValue, type Value } from './value.ts';
import {
  fileProperties,
  isEnvironmentName,
  reservedProperties,
  solutionProperties,
  wellKnownProperties,
} from './well-known.ts';

/** What to evaluate, and for which circumstances. */
export interface EvaluationRequest {
  readonly path: FilePath;
  readonly files: FileSource;
  /** Properties of the command line or of the solution: no file can change them. */
  readonly globalProperties?: Readonly<Record<string, string>>;
  /** The system of the build: conditions, separators and letter case follow it. Default: `windows`. */
  readonly system?: 'windows' | 'unix';
  /** What is known of the environment. Default: nothing. */
  readonly environment?: KnownEnvironment;
  /** The project is built on its own: `SolutionDir` and its kin are not defined. Default: they are not known. */
  readonly isWithoutSolution?: boolean;
}

export interface KnownEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  /** True when no other variable exists. */
  readonly isComplete: boolean;
}

/** A file in the evaluation; `document` is undefined for the built-in targets. */
export interface LoadedFile {
  readonly path: FilePath;
  readonly folder: FilePath;
  readonly document: ProjectDocument | undefined;
  /** The file properties (`MSBuildThisFile...`), made when somebody asks. */
  properties: ReadonlyMap<string, string> | undefined;
}

/** One write of a property, effective or not. */
export interface Write {
  readonly name: string;
  readonly key: string;
  readonly value: Value;
  readonly origin: WriteOrigin;
  readonly statement: PropertyStatement | undefined;
  readonly file: LoadedFile | undefined;
  /** True unless it is not known whether the write happens. */
  readonly isCertain: boolean;
  /** Writes whose values the value was made of, in order. */
  readonly sources: readonly Write[];
  readonly previous: Write | undefined;
}

export type WriteOrigin = 'file' | 'built-in' | 'global' | 'environment' | 'unknown-import';

export type ImportOutcome =
  | 'imported'
  | 'skipped-condition'
  | 'skipped-duplicate'
  | 'missing'
  | 'cycle'
  | 'built-in'
  | 'unknown';

/** An import and what became of it. */
export interface ImportRecord {
  /** The file, or the path as written where it could not be resolved. */
  readonly path: FilePath;
  readonly kind: ImportOrigin;
  /** The file with the import; undefined for imports of the built-in targets. */
  readonly importedBy: FilePath | undefined;
  readonly range: TextRange | undefined;
  readonly outcome: ImportOutcome;
  readonly reason: string;
}

export type ProblemKind =
  /** Real MSBuild refuses the project. */
  | 'refused'
  /** Something could not be computed. */
  | 'unknown'
  /** Worth knowing. */
  | 'note';

export interface EvaluationProblem {
  readonly kind: ProblemKind;
  /** MSBuild's code (`MSB4019`), or a word of our own. */
  readonly code: string;
  readonly explanation: string;
  readonly path: FilePath;
  readonly range: TextRange;
}

/** Items wait until all properties are known. */
export interface ItemWork {
  readonly statement: ItemStatement | ItemDefinitionStatement;
  /** Conditions of the groups around it. */
  readonly conditions: readonly ConditionSource[];
  readonly file: LoadedFile;
  readonly uncertain: readonly string[] | undefined;
}

/** What the first pass hands on. */
export interface EvaluationState {
  readonly request: Required<Pick<EvaluationRequest, 'path' | 'files' | 'system'>>;
  readonly project: LoadedFile | undefined;
  readonly properties: ReadonlyMap<string, Write>;
  readonly writes: ReadonlyMap<PropertyStatement, Write>;
  readonly shadowed: ReadonlySet<string>;
  readonly files: readonly LoadedFile[];
  readonly imports: readonly ImportRecord[];
  readonly problems: EvaluationProblem[];
  readonly itemWork: readonly ItemWork[];
  readonly dependencies: Set<FilePath>;
  /** Set when an import could not be followed: lists of items may lack something. */
  readonly missingReasons: readonly string[];
  readonly evaluator: Evaluator;
}

/** A bound on work, not on time: real projects need a few thousand steps. */
const maximumSteps = 400_000;
const maximumTextExpanded = 20_000_000;
const maximumImportDepth = 150;
const maximumProblems = 200;

/** What is not known any more when an evaluation is given up half-way. */
const targetProperties: readonly string[] = [
  'TargetFramework',
  'TargetFrameworks',
  'TargetFrameworkVersion',
  'TargetFrameworkIdentifier',
  'TargetFrameworkProfile',
  'TargetFrameworkMoniker',
  'OutputType',
];

/** Properties that an unread import is trusted not to set: the build's own circumstances. */
const trustedKeys: ReadonlySet<string> = new Set(['configuration', 'platform', 'buildinginsidevisualstudio']);

/** Runs the first pass. */
export function runEvaluator(request: EvaluationRequest): EvaluationState {
  return new Evaluator(request).run();
}

interface Frame {
  readonly file: LoadedFile;
  /** Why it is not certain that the statements run. */
  readonly uncertain: readonly string[] | undefined;
  readonly itemConditions: readonly ConditionSource[];
  readonly depth: number;
}

export class Evaluator {
  readonly #request: EvaluationRequest;
  readonly #files: FileSource;
  readonly #system: 'windows' | 'unix';
  readonly #properties = new Map<string, Write>();
  readonly #globals = new Set<string>();
  readonly #wellKnown: ReadonlyMap<string, Value>;
  readonly #projectProperties: ReadonlyMap<string, string>;
  readonly #writes = new Map<PropertyStatement, Write>();
  readonly #shadowed = new Set<string>();
  readonly #loaded: LoadedFile[] = [];
  readonly #importedKeys = new Set<string>();
  readonly #chain = new Set<string>();
  readonly #imports: ImportRecord[] = [];
  readonly #problems: EvaluationProblem[] = [];
  readonly #itemWork: ItemWork[] = [];
  readonly #dependencies = new Set<FilePath>();
  readonly #missingReasons: string[] = [];
  readonly #projectFolder: FilePath;
  readonly #expansion: ExpansionContext;
  readonly #conditionContext: ConditionContext;
  readonly #builtIn: LoadedFile;
  #file: LoadedFile;
  #conditionFolder: FilePath;
  /** True while relative paths start in the folders of MSBuild itself, where nothing of the project is. */
  #isToolsetFolder = false;
  #range: TextRange | undefined;
  #sources: Write[] | undefined;
  /** The property read last, to have a place for what the built-in targets refuse. */
  #lastRead: Write | undefined;
  /** Values that unknown properties are assumed to have while alternatives are tried. */
  #pins: Map<string, string> | undefined;
  #unknownReads: Map<string, UnknownValue> | undefined;
  /** True inside a computation that will be tried with alternatives as a whole. */
  #isTrying = false;
  readonly #phases = new Set<ToolsetPhase>();
  #hasLanguageTargets = false;
  #steps = 0;
  #expandedText = 0;
  #isExhausted = false;
  #isQuiet = false;

  constructor(request: EvaluationRequest) {
    this.#request = request;
    this.#files = request.files;
    this.#system = request.system ?? 'windows';
    this.#wellKnown = wellKnownProperties(this.#system);
    const path = normalizePath(request.path);
    this.#projectFolder = dirname(path);
    this.#projectProperties = fileProperties(path, 'msbuildproject', this.#system);
    this.#builtIn = { path: '', folder: this.#projectFolder, document: undefined, properties: new Map() };
    this.#file = this.#builtIn;
    this.#conditionFolder = this.#projectFolder;
    this.#expansion = {
      read: (key, name) => this.read(key, name),
      functions: this.#functionContext(),
      refuse: (code, explanation) => this.#report('refused', code, explanation),
    };
    this.#conditionContext = {
      expand: (expression) => this.expand(expression),
      exists: (path) => this.#exists(path),
      compareSymbols,
    };
  }

  run(): EvaluationState {
    const path = normalizePath(this.#request.path);
    this.#seed();
    const project = this.#load(path);
    if (project) {
      this.#importedKeys.add(this.#files.key(path));
      this.#chain.add(this.#files.key(path));
      this.#runFile(project, { file: project, uncertain: undefined, itemConditions: [], depth: 0 });
      this.#completeLanguage(path);
    } else {
      this.#file = { path, folder: this.#projectFolder, document: undefined, properties: undefined };
      this.#report('unknown', 'unreadable', 'the file cannot be read', { start: 0, end: 0 });
    }
    return {
      request: { path, files: this.#files, system: this.#system },
      project,
      properties: this.#properties,
      writes: this.#writes,
      shadowed: this.#shadowed,
      files: this.#loaded,
      imports: this.#imports,
      problems: this.#problems,
      itemWork: this.#itemWork,
      dependencies: this.#dependencies,
      missingReasons: this.#missingReasons,
      evaluator: this,
    };
  }

  /** Global properties and the known part of the environment. */
  #seed(): void {
    const seedOne = (name: string, value: string, origin: WriteOrigin): void => {
      const key = name.toLowerCase();
      this.#properties.set(key, {
        name,
        key,
        value,
        origin,
        statement: undefined,
        file: undefined,
        isCertain: true,
        sources: [],
        previous: undefined,
      });
    };
    for (const [name, value] of Object.entries(this.#request.environment?.variables ?? {})) {
      if (/^[A-Za-z_][\w-]*$/.test(name) && !reservedProperties.has(name.toLowerCase())) {
        seedOne(name, value, 'environment');
      }
    }
    for (const [name, value] of Object.entries(this.#request.globalProperties ?? {})) {
      seedOne(name, value, 'global');
      this.#globals.add(name.toLowerCase());
    }
  }

  /** A compiled language's project without its targets still gets an answer, and a note. */
  #completeLanguage(path: FilePath): void {
    const language = /\.(cs|vb|fs)proj$/i.exec(path)?.[1]?.toLowerCase();
    if (this.#hasLanguageTargets || !language || this.#isExhausted) {
      return;
    }
    const root = this.#loaded[0]?.document?.root;
    this.#file = this.#loaded[0] ?? this.#builtIn;
    this.#report(
      'note',
      'no-language-targets',
      'the project imports no targets that compile it; the usual ones are assumed',
      root?.nameRange ?? { start: 0, end: 0 },
    );
    const names = { cs: 'CSharp', vb: 'VisualBasic', fs: 'FSharp' } as const;
    const statements = languageTargets(names[language as 'cs' | 'vb' | 'fs'], `.${language}`);
    this.#runBuiltIn(statements, undefined, 0);
  }

  #load(path: FilePath): LoadedFile | undefined {
    this.#dependencies.add(path);
    const xml = this.#files.document(path);
    if (!xml) {
      return undefined;
    }
    const document = readProjectDocument(xml);
    const file: LoadedFile = { path, folder: dirname(path), document, properties: undefined };
    this.#loaded.push(file);
    for (const problem of document.problems) {
      this.#push('refused', problem.code, problem.explanation, path, problem.range);
    }
    return file;
  }

  #runFile(file: LoadedFile, frame: Frame): void {
    if (!file.document) {
      return;
    }
    this.#file = file;
    for (const expression of file.document.localProperties) {
      const names = this.expand(expression);
      for (const name of typeof names === 'string' ? splitList(names) : []) {
        this.#globals.delete(unescapeText(name).toLowerCase());
      }
    }
    this.#runAll(file.document.statements, { ...frame, file });
  }

  #runBuiltIn(statements: readonly Statement[], uncertain: readonly string[] | undefined, depth: number): void {
    this.#runAll(statements, { file: this.#builtIn, uncertain, itemConditions: [], depth });
  }

  #runAll(statements: readonly Statement[], frame: Frame): void {
    for (const statement of statements) {
      if (this.#isExhausted) {
        return;
      }
      this.#run(statement, frame);
    }
  }

  #run(statement: Statement, frame: Frame): void {
    if (++this.#steps > maximumSteps) {
      this.#exhaust('the project needs too many steps');
      return;
    }
    this.#file = frame.file;
    switch (statement.kind) {
      case 'property':
        this.#runProperty(statement, frame);
        return;
      case 'group':
        this.#runGroup(statement, frame);
        return;
      case 'import':
        this.#runImport(statement, frame);
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
        this.#phases.add(statement.phase);
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
    const uncertain = this.#certainty(statement.condition, frame);
    if (uncertain !== false) {
      this.#runAll(statement.statements, uncertain === frame.uncertain ? frame : { ...frame, uncertain });
    }
  }

  /** Why statements under a condition may not run: undefined when they do, false when they do not. */
  #certainty(condition: ConditionSource | undefined, frame: Frame): readonly string[] | undefined | false {
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
      return this.evaluateCondition(source, file);
    }
    const explanation = 'a condition outside items speaks of items';
    this.#report('refused', 'MSB4099', explanation, source.range);
    return { kind: 'refused', code: 'MSB4099', explanation };
  }

  /** Evaluates a condition as it stands in a file. */
  evaluateCondition(source: ConditionSource, file: LoadedFile): Outcome {
    const folder = source.base === 'file' ? file.folder : this.#projectFolder;
    this.#file = file;
    this.#range = source.range;
    this.#conditionFolder = folder;
    this.#isToolsetFolder = source.base === 'file' && !file.document;
    this.#steps += source.text.length >> 8;
    const outcome = this.#withAlternatives(
      () => evaluateCondition(source.condition, this.#conditionContext),
      (a, b) => (a === b ? a : undefined),
      (result) => typeof result !== 'boolean' && result.kind === 'unknown',
    );
    if (typeof outcome !== 'boolean') {
      if (outcome.kind === 'refused') {
        this.#report('refused', outcome.code, outcome.explanation);
      } else if (file.document) {
        this.#report('unknown', 'unknown-condition', `a condition is not known: ${outcome.reasons.join('; ')}`);
      }
    }
    this.#range = undefined;
    return outcome;
  }

  /**
   * Computes something; when it comes out unknown only because of properties whose possible texts are listed, computes
   * it for each of them.
   */
  #withAlternatives<T>(compute: () => T, merge: (a: T, b: T) => T | undefined, isUnknown: (result: T) => boolean): T {
    if (this.#isTrying || this.#pins) {
      return compute();
    }
    this.#isTrying = true;
    this.#unknownReads = undefined;
    const result = compute();
    const reads = this.#unknownReads as Map<string, UnknownValue> | undefined;
    this.#isTrying = false;
    if (!reads) {
      return result;
    }
    if (!isUnknown(result) || reads.size > 4) {
      return result;
    }
    let combinations: (readonly (readonly [string, string])[])[] = [[]];
    for (const [key, value] of reads) {
      const texts = value.alternatives;
      if (!texts || combinations.length * texts.length > 32) {
        return result;
      }
      combinations = combinations.flatMap((head) => texts.map((text) => [...head, [key, text] as const]));
    }
    let merged: T | undefined;
    this.#isQuiet = true;
    for (const combination of combinations) {
      this.#pins = new Map(combination);
      const one = compute();
      merged = merged === undefined ? one : merge(merged, one);
      if (merged === undefined || isUnknown(merged)) {
        break;
      }
    }
    this.#pins = undefined;
    this.#isQuiet = false;
    return merged === undefined ? result : merged;
  }

  #runProperty(statement: PropertyStatement, frame: Frame): void {
    const uncertain = this.#certainty(statement.condition, frame);
    if (uncertain === false) {
      return;
    }
    this.#file = frame.file;
    this.#range = statement.element?.innerRange;
    if (reservedProperties.has(statement.key)) {
      this.#report('refused', 'MSB4004', `the property "${statement.name}" is reserved`, statement.element?.nameRange);
      return;
    }
    if (this.#globals.has(statement.key)) {
      this.#shadowed.add(statement.key);
      return;
    }
    const sources: Write[] = [];
    this.#sources = sources;
    const value = this.#adjustPath(this.expand(statement.value), frame);
    this.#sources = undefined;
    this.#range = undefined;
    this.#write(statement.name, statement.key, value, uncertain, frame, statement, sources);
  }

  /**
   * Outside Windows, MSBuild turns the backslashes of a value that looks like a path: its first part is a folder.
   * Source: FileUtilities.MaybeAdjustFilePath in https://github.com/dotnet/msbuild.
   */
  #adjustPath(value: Value, frame: Frame): Value {
    if (typeof value !== 'string' || this.#system === 'windows' || !value.includes('\\') || !frame.file.document) {
      return value;
    }
    const slashed = value.replaceAll('\\', '/');
    const first = /^['"]?([^/]*\/|\/[^/]*\/)/.exec(slashed)?.[1];
    const isPath = first !== undefined && !value.startsWith('\\\\') && !hasSymbol(first);
    return isPath && this.#stat(resolvePath(frame.file.folder, first)) === 'folder' ? slashed : value;
  }

  #write(
    name: string,
    key: string,
    value: Value,
    uncertain: readonly string[] | undefined,
    frame: Frame,
    statement: PropertyStatement,
    sources: readonly Write[],
  ): void {
    const previous = this.#properties.get(key);
    const write: Write = {
      name,
      key,
      value: uncertain
        ? either(this.#readQuietly(key, name), value, uncertain)
        : this.#doubtDefault(value, statement, frame),
      origin: frame.file.document ? 'file' : 'built-in',
      statement,
      file: frame.file,
      isCertain: !uncertain,
      sources,
      previous,
    };
    this.#properties.set(key, write);
    this.#writes.set(statement, write);
  }

  /** The toolset's version for a project that has none is no answer while a file that may have it was not read. */
  #doubtDefault(value: Value, statement: PropertyStatement, frame: Frame): Value {
    const isDefault =
      !frame.file.document && statement.condition !== undefined && statement.value.literal !== undefined;
    return isDefault && statement.key === 'targetframeworkversion' && this.#missingReasons.length > 0
      ? new UnknownValue(this.#missingReasons)
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
    const before = new Map(this.#properties);
    const results: ReadonlyMap<string, Write>[] = isExhaustive ? [] : [before];
    const itemStart = this.#itemWork.length;
    for (const branch of branches) {
      this.#restore(before);
      this.#runAll(branch.statements, frame);
      results.push(new Map(this.#properties));
    }
    for (let i = itemStart; i < this.#itemWork.length; i++) {
      this.#itemWork[i] = { ...(this.#itemWork[i] as ItemWork), uncertain: reasons };
    }
    this.#restore(before);
    this.#join(results, before, reasons);
  }

  #restore(properties: ReadonlyMap<string, Write>): void {
    this.#properties.clear();
    for (const [key, write] of properties) {
      this.#properties.set(key, write);
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
        const one = write?.value ?? this.#defaultValue(key);
        value = value === undefined ? one : either(value, one, reasons);
        last = write && write !== before.get(key) ? write : last;
      }
      if (last && value !== undefined) {
        const joined: Write = { ...last, value, isCertain: typeof value === 'string', previous: before.get(key) };
        this.#properties.set(key, joined);
        if (last.statement) {
          this.#writes.set(last.statement, joined);
        }
      }
    }
  }

  /** The value of a property now. Records what was read, for the chain of declarations. */
  read(key: string, name: string): Value {
    const pinned = this.#pins?.get(key);
    if (pinned !== undefined) {
      return pinned;
    }
    const write = this.#properties.get(key);
    if (!write) {
      const value = this.#readUnwritten(key, name);
      if (typeof value !== 'string') {
        this.#noteUnknown(key, value);
      }
      return value;
    }
    this.#sources?.push(write);
    this.#lastRead = write;
    if (typeof write.value !== 'string') {
      this.#noteUnknown(key, write.value);
    }
    return write.value;
  }

  #noteUnknown(key: string, value: UnknownValue): void {
    this.#unknownReads ??= new Map();
    this.#unknownReads.set(key, value);
  }

  #readQuietly(key: string, name: string): Value {
    return this.#properties.get(key)?.value ?? this.#readUnwritten(key, name);
  }

  #readUnwritten(key: string, name: string): Value {
    if (key.startsWith('msbuildthisfile')) {
      const file = this.#file;
      file.properties ??= fileProperties(file.path, 'msbuildthisfile', this.#system);
      const value = file.properties.get(key);
      if (value !== undefined) {
        return value;
      }
    }
    const value = this.#projectProperties.get(key) ?? this.#wellKnown.get(key);
    if (value !== undefined) {
      return value;
    }
    if (key === 'msbuildlasttaskresult' || key === 'msbuildprojectdefaulttargets') {
      return '';
    }
    const fromToolset = this.#file.document ? toolsetProperty(key, this.#phases) : undefined;
    if (fromToolset !== undefined) {
      return fromToolset;
    }
    if (this.#missingReasons.length > 0 && this.#file.document && !trustedKeys.has(key)) {
      return new UnknownValue([`"${name}" may be set by a file that could not be read`, ...this.#missingReasons]);
    }
    return this.#defaultValue(key, name);
  }

  /** The value of a property that nobody wrote. */
  #defaultValue(key: string, name = key): Value {
    if (this.#request.environment?.isComplete) {
      return '';
    }
    if (isEnvironmentName(key)) {
      return new UnknownValue([`"${name}" comes from the environment of the build`]);
    }
    if (solutionProperties.has(key) && !this.#request.isWithoutSolution && this.#file.document) {
      return new UnknownValue([`"${name}" depends on the solution that the project is built in`]);
    }
    return '';
  }

  /** Expands an expression; tries listed alternatives where that makes the value clearer. */
  expand(expression: Expression): Value {
    if (expression.literal !== undefined) {
      return expression.literal;
    }
    const value = this.#pins
      ? expand(expression, this.#expansion)
      : this.#withAlternatives(
          () => expand(expression, this.#expansion),
          (a, b) => either(a, b, [...reasonsOf(a), ...reasonsOf(b)]),
          (result) => typeof result !== 'string' && !result.alternatives,
        );
    this.#expandedText += typeof value === 'string' ? value.length : 0;
    if (this.#expandedText > maximumTextExpanded) {
      this.#exhaust('the values of the project grow too long');
    }
    return value;
  }

  #exhaust(explanation: string): void {
    if (!this.#isExhausted) {
      this.#isExhausted = true;
      this.#report('unknown', 'too-much-work', `${explanation}; the rest of it is not evaluated`);
      this.#giveUp([explanation]);
    }
  }

  /**
   * An import could not be followed. What the files that were read say themselves still counts: packages that were not
   * restored and shared projects that were not checked out seldom say it again. What they leave to others is unknown.
   */
  #loseTrack(reasons: readonly string[]): void {
    this.#missingReasons.push(...reasons.filter((reason) => !this.#missingReasons.includes(reason)));
  }

  /** Too much was left out: not even what was written before is the last word. */
  #giveUp(reasons: readonly string[]): void {
    for (const name of targetProperties) {
      const key = name.toLowerCase();
      if (!this.#globals.has(key)) {
        this.#properties.set(key, {
          name,
          key,
          value: new UnknownValue(reasons),
          origin: 'unknown-import',
          statement: undefined,
          file: undefined,
          isCertain: false,
          sources: [],
          previous: this.#properties.get(key),
        });
      }
    }
    this.#loseTrack(reasons);
  }

  #runImport(statement: ImportStatement, frame: Frame): void {
    const uncertain = this.#certainty(statement.condition, frame);
    this.#file = frame.file;
    if (uncertain === false) {
      if (frame.file.document) {
        this.#recordImport(statement, frame, statement.project.source, 'skipped-condition', 'its condition is false');
      }
      return;
    }
    const inner: Frame = uncertain === frame.uncertain ? frame : { ...frame, uncertain };
    this.#range = statement.range;
    if (statement.sdk) {
      this.#importSdk(statement, inner);
      return;
    }
    const value = this.expand(statement.project);
    this.#range = undefined;
    if (typeof value !== 'string') {
      this.#importUnknownPath(statement, value, inner);
      return;
    }
    const parts = splitList(value);
    if (parts.length === 0) {
      this.#report('refused', 'MSB4020', 'the path of an import is empty', statement.range);
      return;
    }
    for (const part of parts) {
      this.#importPath(statement, unescapeText(part), inner);
    }
  }

  /** The path is not known, but its end, or the paths that it may be, can say enough. */
  #importUnknownPath(statement: ImportStatement, value: UnknownValue, frame: Frame): void {
    const texts = value.alternatives ?? [lastText(statement.project)];
    const known = texts.map((text) => recognizeTargets(text));
    const first = known[0];
    if (first && known.every((one) => one?.statements === first.statements)) {
      this.#recordImport(statement, frame, texts[0] ?? '', 'built-in', 'recognised by the end of its path');
      this.#hasLanguageTargets ||= first.isLanguage;
      this.#runKnown(first.statements, texts[0] ?? '', frame);
      return;
    }
    const reasons = [`the path of the import "${statement.project.source}" is not known`, ...value.reasons];
    this.#report('unknown', 'unknown-import', reasons.join('; '), statement.range);
    const candidates = this.#importCandidates(statement, value, frame.file);
    for (const path of candidates) {
      this.#importFile(statement, path, { ...frame, uncertain: [...(frame.uncertain ?? []), ...reasons] });
    }
    if (candidates.length === 0) {
      this.#recordImport(statement, frame, statement.project.source, 'unknown', reasons.join('; '));
    }
    if (candidates.length === 0 && !frame.uncertain) {
      this.#loseTrack(reasons);
    }
  }

  /** Files that an import may mean: the listed alternatives, or the tail of a path below the folder of a solution. */
  #importCandidates(statement: ImportStatement, value: UnknownValue, file: LoadedFile): FilePath[] {
    const isFile = (path: FilePath): boolean => this.#stat(path) === 'file';
    if (value.alternatives) {
      const paths = value.alternatives.filter((text) => text.trim() !== '' && !hasSymbol(text) && !hasWildcard(text));
      return paths.map((text) => resolvePath(file.folder, unescapeText(text.trim()))).filter(isFile);
    }
    const [start] = statement.project.parts;
    const tail = lastText(statement.project);
    const isBelowSolution = start?.kind === 'property' && start.key === 'solutiondir' && tail !== '';
    const found = isBelowSolution ? this.#searchAbove(tail, isFile) : undefined;
    return found === undefined ? [] : [found];
  }

  /** Solutions stand above their projects: the nearest folder with that file below it. */
  #searchAbove(tail: string, isFile: (path: FilePath) => boolean): FilePath | undefined {
    const relative = unescapeText(tail).replace(/^[\\/]+/, '');
    for (let folder = this.#projectFolder; ; folder = dirname(folder)) {
      const path = resolvePath(folder, relative);
      if (isFile(path)) {
        return path;
      }
      if (dirname(folder) === folder) {
        return undefined;
      }
    }
  }

  #importPath(statement: ImportStatement, path: string, frame: Frame): void {
    if (hasSymbol(path)) {
      this.#importFromToolset(statement, path, frame);
      return;
    }
    if (hasWildcard(path)) {
      const matches = expandImportGlob(frame.file.folder, path, this.globHost);
      if (matches === undefined) {
        const reason = `the folder of the import "${path}" cannot be listed`;
        this.#recordImport(statement, frame, path, 'unknown', reason);
      }
      for (const match of matches ?? []) {
        this.#importFile(statement, match, frame);
      }
      return;
    }
    if (!frame.file.document && !isAbsolute(path.replaceAll('\\', '/'))) {
      this.#importMissing(statement, path, frame);
      return;
    }
    this.#importFile(statement, resolvePath(frame.file.folder, path), frame);
  }

  /** A path into the folders of MSBuild or Visual Studio. */
  #importFromToolset(statement: ImportStatement, path: string, frame: Frame): void {
    const known = recognizeTargets(textBehindSymbols(path));
    const tail = textBehindSymbols(path).replaceAll('\\', '/');
    if (known) {
      this.#hasLanguageTargets ||= known.isLanguage;
      if (frame.file.document) {
        this.#recordImport(statement, frame, tail, 'built-in', 'recognised by the end of its path');
      }
      this.#runKnown(known.statements, tail, frame);
      return;
    }
    // Other vendors' targets in MSBuild's own folders add build steps; none is known that chooses the target.
    const reason = symbolReasons(path).join('; ');
    this.#recordImport(statement, frame, tail, 'unknown', reason);
    this.#report('unknown', 'toolset-import', `the import "${tail}" is not read: ${reason}`, statement.range);
  }

  /** Targets of the toolset are imported once, as every file is. */
  #runKnown(statements: readonly Statement[], tail: string, frame: Frame): void {
    const key = `toolset:${tail.slice(tail.lastIndexOf('/') + 1).toLowerCase()}`;
    if (statements.length === 0 || this.#importedKeys.has(key)) {
      return;
    }
    this.#importedKeys.add(key);
    this.#runBuiltIn(statements, frame.uncertain, frame.depth);
  }

  #importFile(statement: ImportStatement, path: FilePath, frame: Frame): void {
    const key = this.#files.key(path);
    this.#dependencies.add(path);
    if (this.#chain.has(key)) {
      this.#recordImport(statement, frame, path, 'cycle', 'the file is being imported already');
      const note = `the import of "${this.#display(path)}" is ignored: it leads back to itself`;
      this.#report('note', 'MSB4210', note, statement.range);
      return;
    }
    if (this.#importedKeys.has(key)) {
      this.#recordImport(statement, frame, path, 'skipped-duplicate', 'the file was imported before');
      return;
    }
    if (frame.depth >= maximumImportDepth) {
      this.#recordImport(statement, frame, path, 'unknown', 'imports are nested too deeply');
      this.#report('unknown', 'too-deep', `imports are nested more than ${maximumImportDepth} deep`, statement.range);
      this.#giveUp(['imports are nested too deeply']);
      return;
    }
    if (this.#files.stat(path) === 'folder') {
      this.#recordImport(statement, frame, path, 'missing', 'it is a folder');
      const reason = `the import "${this.#display(path)}" is a folder`;
      this.#report('refused', 'MSB4024', reason, statement.range);
      this.#loseTrack([reason]);
      return;
    }
    const file = this.#load(path);
    if (!file) {
      this.#importMissing(statement, path, frame);
      return;
    }
    this.#recordImport(statement, frame, path, 'imported', '');
    this.#importedKeys.add(key);
    this.#chain.add(key);
    this.#runFile(file, { ...frame, file, itemConditions: [], depth: frame.depth + 1 });
    this.#chain.delete(key);
  }

  #importMissing(statement: ImportStatement, path: FilePath, frame: Frame): void {
    const known = recognizeTargets(path);
    if (known) {
      this.#hasLanguageTargets ||= known.isLanguage;
      this.#recordImport(statement, frame, path, 'built-in', 'recognised by the end of its path');
      this.#runKnown(known.statements, path, frame);
      return;
    }
    const state = this.#files.stat(path) === undefined ? 'does not exist' : 'cannot be read';
    const reason = `the imported file "${this.#display(path)}" ${state}`;
    this.#recordImport(statement, frame, path, 'missing', reason);
    if (frame.uncertain) {
      // With a condition that is not known the likelier case is that the file is not wanted.
      this.#report('unknown', 'missing-import', reason, statement.range);
      return;
    }
    this.#report('refused', 'MSB4019', reason, statement.range);
    this.#loseTrack([reason]);
  }

  /** A path as a reader of the project writes it: other machines have other folders above it. */
  #display(path: FilePath): string {
    return relativePath(this.#projectFolder, path);
  }

  #importSdk(statement: ImportStatement, frame: Frame): void {
    const name = statement.sdk ? this.expand(statement.sdk) : '';
    const file = this.expand(statement.project);
    this.#range = undefined;
    const sdk = typeof name === 'string' ? (unescapeText(name).split('/')[0] ?? '').trim() : '';
    const fileKey = typeof file === 'string' ? unescapeText(file).toLowerCase() : '';
    if (!Object.hasOwn(sdkVariants, sdk.toLowerCase()) || (fileKey !== 'sdk.props' && fileKey !== 'sdk.targets')) {
      const reason = `the SDK "${sdk}" is not known here`;
      this.#recordImport(statement, frame, `${sdk}/${fileKey}`, 'unknown', reason);
      this.#report('unknown', 'unknown-sdk', reason, statement.range);
      this.#loseTrack([reason]);
      if (statement.origin === 'sdk' && frame.depth === 0 && !this.#namesKnownSdk()) {
        // Other vendors' SDKs are made on top of the .NET SDK.
        this.#runSdk('microsoft.net.sdk', fileKey, frame);
      }
      return;
    }
    const key = `sdk:${sdk.toLowerCase()}/${fileKey}`;
    const isRepeated = this.#importedKeys.has(key);
    this.#recordImport(
      statement,
      frame,
      `${sdk}/${fileKey}`,
      isRepeated ? 'skipped-duplicate' : 'built-in',
      isRepeated ? 'it was imported before' : 'the .NET SDK',
    );
    this.#runSdk(sdk.toLowerCase(), fileKey, frame);
  }

  /** True when one of the SDKs that the project names is part of the .NET SDK. */
  #namesKnownSdk(): boolean {
    const document = this.#loaded[0]?.document;
    const named = document ? [...document.sdks, ...document.importedSdks] : [];
    return named.some(({ name }) => Object.hasOwn(sdkVariants, (name.split('/')[0] ?? '').trim().toLowerCase()));
  }

  /** Props or targets of an SDK by its lower-case name, once. */
  #runSdk(sdk: string, fileKey: string, frame: Frame): void {
    const key = `sdk:${sdk}/${fileKey}`;
    const variant = sdkVariants[sdk];
    if (!variant || this.#importedKeys.has(key)) {
      return;
    }
    this.#importedKeys.add(key);
    if (fileKey === 'sdk.props') {
      this.#runBuiltIn(variant.before, frame.uncertain, frame.depth);
      this.#runBuiltIn(sdkProps, frame.uncertain, frame.depth);
      this.#runBuiltIn(variant.after, frame.uncertain, frame.depth);
    } else {
      this.#hasLanguageTargets = true;
      this.#runBuiltIn(sdkTargets, frame.uncertain, frame.depth);
    }
  }

  #recordImport(statement: ImportStatement, frame: Frame, path: string, outcome: ImportOutcome, reason: string): void {
    this.#imports.push({
      path,
      kind: statement.origin,
      importedBy: frame.file.document ? frame.file.path : undefined,
      range: statement.range,
      outcome,
      reason,
    });
  }

  /** The folder that the project stands in. */
  get projectFolder(): FilePath {
    return this.#projectFolder;
  }

  /** Makes a file the one that `MSBuildThisFile` means, for items that are evaluated later. */
  enter(file: LoadedFile): void {
    this.#file = file;
  }

  #exists(path: string): boolean | undefined {
    if (hasSymbol(path)) {
      return this.#existsInToolset(path);
    }
    if (path.trim() === '' || hasWildcard(path)) {
      return false;
    }
    if (this.#isToolsetFolder && !isAbsolute(path.replaceAll('\\', '/'))) {
      return false;
    }
    return this.#stat(resolvePath(this.#conditionFolder, path)) !== undefined;
  }

  /** Visual Studio is taken to be complete; the .NET SDK has the common targets only. */
  #existsInToolset(path: string): boolean | undefined {
    const tail = textBehindSymbols(path);
    const known = recognizeTargets(tail);
    if (!known) {
      return undefined;
    }
    const isCommon = /[\\/]?microsoft\.(common|csharp|visualbasic|fsharp)(\.currentversion)?\.(props|targets)$/i.test(
      tail,
    );
    return this.#system === 'windows' || isCommon;
  }

  #stat(path: FilePath): 'file' | 'folder' | undefined {
    this.#dependencies.add(path);
    return this.#files.stat(path);
  }

  /** Lists files for patterns. */
  readonly globHost: GlobHost = {
    readFolder: (path) => {
      this.#dependencies.add(path);
      return this.#files.readFolder(path);
    },
    spend: (steps) => {
      this.#steps += steps;
      return this.#steps < maximumSteps;
    },
  };

  #functionContext(): FunctionContext {
    const evaluator = this;
    return {
      system: this.#system,
      projectFolder: nativePath(this.#projectFolder, this.#system),
      get fileFolder() {
        return nativePath(evaluator.#file.folder, evaluator.#system);
      },
      look: (path) => this.#stat(resolvePath(this.#projectFolder, path)) ?? 'none',
      readFile: (path) => {
        const full = resolvePath(this.#projectFolder, path);
        this.#dependencies.add(full);
        return this.#files.text(full);
      },
      fileNames: (path) => {
        const full = resolvePath(this.#projectFolder, path);
        this.#dependencies.add(full);
        return this.#files
          .readFolder(full)
          ?.filter((entry) => !entry.isFolder)
          .map((entry) => entry.name);
      },
      environmentVariable: (name) => {
        const { environment } = this.#request;
        const entry = Object.entries(environment?.variables ?? {}).find(
          ([key]) => key === name || (this.#system === 'windows' && key.toLowerCase() === name.toLowerCase()),
        );
        if (entry) {
          return entry[1];
        }
        return environment?.isComplete ? '' : new UnknownValue([`the environment variable "${name}" is not known`]);
      },
    };
  }

  #report(kind: ProblemKind, code: string, explanation: string, range: TextRange | undefined = this.#range): void {
    const culprit = this.#file.document ? undefined : this.#lastRead;
    if (culprit?.statement?.element && culprit.file && !this.#isQuiet) {
      this.#push(kind, code, explanation, culprit.file.path, culprit.statement.element.innerRange);
    } else if (!this.#isQuiet) {
      this.#push(kind, code, explanation, this.#file.path, range ?? this.#projectRange());
    }
  }

  #projectRange(): TextRange {
    const root: XmlElement | undefined = this.#file.document?.root;
    return root?.nameRange ?? { start: 0, end: 0 };
  }

  #push(kind: ProblemKind, code: string, explanation: string, path: FilePath, range: TextRange): void {
    const file = path === '' ? normalizePath(this.#request.path) : path;
    if (this.#problems.length < maximumProblems) {
      this.#problems.push({ kind, code, explanation, path: file, range });
    }
  }
}

/** The text behind the last reference of an expression. */
function lastText(expression: Expression): string {
  const last = expression.parts.at(-1);
  return last?.kind === 'text' ? last.text : '';
}
