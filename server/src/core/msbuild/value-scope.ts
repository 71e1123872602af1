/** Reading, expanding and deciding: the properties of an evaluation and what is known around them. */
import type { TextRange } from '../model/finding.ts';
import { dirname, type FilePath, isAbsolute, normalizePath, resolvePath } from '../model/path.ts';
import type { XmlElement } from '../xml/index.ts';
import { recognizeTargets } from './built-in/recognize.ts';
import { type ToolsetPhase, toolsetProperty } from './built-in/toolset-properties.ts';
import { compareSymbols } from './compare-symbols.ts';
import type { Condition } from './condition.ts';
import { type ConditionContext, evaluateCondition, type Outcome } from './evaluate-condition.ts';
import type {
  EvaluationProblem,
  EvaluationRequest,
  LoadedFile,
  ProblemKind,
  Write,
  WriteOrigin,
} from './evaluation-state.ts';
import { type ExpansionContext, expand } from './expander.ts';
import type { Expression } from './expression.ts';
import type { FileSource } from './file-source.ts';
import { createFunctionContext } from './function-context.ts';
import { type GlobHost, hasWildcard } from './globs.ts';
import type { ConditionSource, PropertyStatement } from './statements.ts';
import { either, hasSymbol, reasonsOf, symbolNames, textBehindSymbols, UnknownValue, type Value } from './value.ts';
import {
  fileProperties,
  isEnvironmentName,
  reservedProperties,
  solutionProperties,
  wellKnownProperties,
} from './well-known.ts';

/** A bound on work, not on time: real projects need a few thousand steps. */
const maximumSteps = 400_000;
const maximumTextExpanded = 20_000_000;
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

/** What the .NET SDK without Visual Studio has in the folder of MSBuild. */
const targetsOfDotnetSdk =
  /^\/?(microsoft\.(common|csharp|visualbasic)(\.currentversion)?\.targets|current\/microsoft\.common\.(props|targets)|fsharp\/microsoft\.fsharp\.targets)$/i;

const noSources: readonly Write[] = [];

/** What expressions and conditions ask of the evaluation around them. */
interface Contexts {
  readonly expansion: ExpansionContext;
  readonly condition: ConditionContext;
}

/** A computation that can be repeated with other values of properties; shared, because it runs for every statement. */
interface Trial<S, T> {
  compute(subject: S, contexts: Contexts): T;
  /** One result for two; undefined when they do not agree. */
  merge(a: T, b: T): T | undefined;
  /** True for a result that other values may make clearer. */
  isUnknown(result: T): boolean;
}

const expansionTrial: Trial<Expression, Value> = {
  compute: (expression, { expansion }) => expand(expression, expansion),
  merge: (a, b) => either(a, b, [...reasonsOf(a), ...reasonsOf(b)]),
  isUnknown: (value) => typeof value !== 'string' && !value.alternatives,
};

const conditionTrial: Trial<Condition, Outcome> = {
  compute: (condition, contexts) => evaluateCondition(condition, contexts.condition),
  merge: (a, b) => (a === b ? a : undefined),
  isUnknown: (outcome) => typeof outcome !== 'boolean' && outcome.kind === 'unknown',
};

/** The state of values during an evaluation, and after it for the items. */
export class ValueScope {
  readonly files: FileSource;
  readonly system: 'windows' | 'unix';
  readonly projectFolder: FilePath;
  readonly properties = new Map<string, Write>();
  /** Lower-case names of properties that no file may write. */
  readonly globals = new Set<string>();
  readonly writes = new Map<PropertyStatement, Write>();
  /** Lower-case names of global properties that some file tried to write. */
  readonly shadowed = new Set<string>();
  readonly phases = new Set<ToolsetPhase>();
  readonly problems: EvaluationProblem[] = [];
  readonly dependencies = new Set<FilePath>();
  /** Why something may be missing: imports that could not be followed. */
  readonly missingReasons: string[] = [];
  /** What stands in for the files of the toolset. */
  readonly builtIn: LoadedFile;
  isExhausted = false;
  readonly #request: EvaluationRequest;
  readonly #wellKnown: ReadonlyMap<string, Value>;
  readonly #projectPath: FilePath;
  #projectProperties: ReadonlyMap<string, string> | undefined;
  readonly #contexts: Contexts;
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
  #isQuiet = false;
  #steps = 0;
  #expandedText = 0;

  constructor(request: EvaluationRequest) {
    this.#request = request;
    this.files = request.files;
    this.system = request.system ?? 'windows';
    this.#wellKnown = wellKnownProperties(this.system);
    const path = normalizePath(request.path);
    this.projectFolder = dirname(path);
    this.#projectPath = path;
    this.builtIn = { path: '', folder: this.projectFolder, document: undefined, properties: new Map() };
    this.#file = this.builtIn;
    this.#conditionFolder = this.projectFolder;
    this.#contexts = {
      expansion: {
        read: (key, name) => this.read(key, name),
        functions: createFunctionContext(this, request, () => this.#file.folder),
        refuse: (code, explanation) => this.report('refused', code, explanation),
      },
      condition: {
        expand: (expression) => this.expand(expression),
        exists: (path) => this.#exists(path),
        compareSymbols,
      },
    };
    this.#seedProperties();
  }

  /** Accounts for work; false when there was enough of it. */
  spend(steps: number): boolean {
    this.#steps += steps;
    return this.#steps < maximumSteps;
  }

  /** Expands a value that is written to a property, with the writes that it is made of. */
  expandForWrite(expression: Expression, range: TextRange | undefined): { value: Value; sources: readonly Write[] } {
    if (expression.literal !== undefined) {
      return { value: expression.literal, sources: noSources };
    }
    const sources: Write[] = [];
    this.#sources = sources;
    const value = this.expandAt(expression, range);
    this.#sources = undefined;
    return { value, sources };
  }

  /** Expands an expression whose place is given, for what is reported about it. */
  expandAt(expression: Expression, range: TextRange | undefined): Value {
    this.#range = range;
    const value = this.expand(expression);
    this.#range = undefined;
    return value;
  }

  /** Lists files for patterns. */
  readonly globHost: GlobHost = {
    readFolder: (path) => {
      this.dependencies.add(path);
      return this.files.readFolder(path);
    },
    spend: (steps) => this.spend(steps),
  };

  /** Global properties and the known part of the environment. */
  #seedProperties(): void {
    const seedOne = (name: string, value: string, origin: WriteOrigin): void => {
      const key = name.toLowerCase();
      this.properties.set(key, {
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
      this.globals.add(name.toLowerCase());
    }
  }

  /** The value of a property now. Records what was read, for the chain of declarations. */
  read(key: string, name: string): Value {
    const pinned = this.#pins?.get(key);
    if (pinned !== undefined) {
      return pinned;
    }
    const write = this.properties.get(key);
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

  /** The value of a property now, without a trace. */
  readQuietly(key: string, name: string): Value {
    return this.properties.get(key)?.value ?? this.#readUnwritten(key, name);
  }

  #readUnwritten(key: string, name: string): Value {
    if (key.startsWith('msbuildthisfile')) {
      const file = this.#file;
      file.properties ??= fileProperties(file.path, 'msbuildthisfile', this.system);
      const value = file.properties.get(key);
      if (value !== undefined) {
        return value;
      }
    }
    const value = this.#projectProperty(key) ?? this.#wellKnown.get(key);
    if (value !== undefined) {
      return value;
    }
    if (key === 'msbuildlasttaskresult' || key === 'msbuildprojectdefaulttargets') {
      return '';
    }
    const fromToolset = this.#file.document ? toolsetProperty(key, this.phases) : undefined;
    if (fromToolset !== undefined) {
      return fromToolset;
    }
    if (this.missingReasons.length > 0 && this.#file.document && !trustedKeys.has(key)) {
      return new UnknownValue([`"${name}" may be set by a file that could not be read`, ...this.missingReasons]);
    }
    return this.defaultValue(key, name);
  }

  #projectProperty(key: string): string | undefined {
    if (!key.startsWith('msbuildproject')) {
      return undefined;
    }
    this.#projectProperties ??= fileProperties(this.#projectPath, 'msbuildproject', this.system);
    return this.#projectProperties.get(key);
  }

  /** The value of a property that nobody wrote. */
  defaultValue(key: string, name = key): Value {
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
    const value = this.#withAlternatives(expansionTrial, expression);
    this.#expandedText += typeof value === 'string' ? value.length : 0;
    if (this.#expandedText > maximumTextExpanded) {
      this.exhaust('the values of the project grow too long');
    }
    return value;
  }

  /** Evaluates a condition as it stands in a file. */
  evaluateCondition(source: ConditionSource, file: LoadedFile): Outcome {
    const folder = source.base === 'file' ? file.folder : this.projectFolder;
    this.#file = file;
    this.#range = source.range;
    this.#conditionFolder = folder;
    this.#isToolsetFolder = source.base === 'file' && !file.document;
    this.#steps += source.text.length >> 8;
    const outcome = this.#withAlternatives(conditionTrial, source.condition);
    if (typeof outcome !== 'boolean') {
      if (outcome.kind === 'refused') {
        this.report('refused', outcome.code, outcome.explanation);
      } else if (file.document) {
        this.report('unknown', 'unknown-condition', `a condition is not known: ${outcome.reasons.join('; ')}`);
      }
    }
    this.#range = undefined;
    return outcome;
  }

  /**
   * Computes something; when it comes out unknown only because of properties whose possible texts are listed, computes
   * it for each of them.
   */
  #withAlternatives<S, T>(trial: Trial<S, T>, subject: S): T {
    if (this.#isTrying || this.#pins) {
      return trial.compute(subject, this.#contexts);
    }
    this.#isTrying = true;
    this.#unknownReads = undefined;
    const result = trial.compute(subject, this.#contexts);
    const reads = this.#unknownReads as Map<string, UnknownValue> | undefined;
    this.#isTrying = false;
    if (!reads || reads.size > 4 || !trial.isUnknown(result)) {
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
      const one = trial.compute(subject, this.#contexts);
      merged = merged === undefined ? one : trial.merge(merged, one);
      if (merged === undefined || trial.isUnknown(merged)) {
        break;
      }
    }
    this.#pins = undefined;
    this.#isQuiet = false;
    return merged === undefined ? result : merged;
  }

  /** Ends the evaluation: it has become too much. */
  exhaust(explanation: string): void {
    if (!this.isExhausted) {
      this.isExhausted = true;
      this.report('unknown', 'too-much-work', `${explanation}; the rest of it is not evaluated`);
      this.giveUp([explanation]);
    }
  }

  /**
   * An import could not be followed. What the files that were read say themselves still counts: packages that were not
   * restored and shared projects that were not checked out seldom say it again. What they leave to others is unknown.
   */
  loseTrack(reasons: readonly string[]): void {
    this.missingReasons.push(...reasons.filter((reason) => !this.missingReasons.includes(reason)));
  }

  /** Too much was left out: not even what was written before is the last word. */
  giveUp(reasons: readonly string[]): void {
    for (const name of targetProperties) {
      const key = name.toLowerCase();
      if (!this.globals.has(key)) {
        this.properties.set(key, {
          name,
          key,
          value: new UnknownValue(reasons),
          origin: 'unknown-import',
          statement: undefined,
          file: undefined,
          isCertain: false,
          sources: [],
          previous: this.properties.get(key),
        });
      }
    }
    this.loseTrack(reasons);
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
    return this.stat(resolvePath(this.#conditionFolder, path)) !== undefined;
  }

  /** Visual Studio is taken to be complete; the .NET SDK alone has the common targets only. */
  #existsInToolset(path: string): boolean | undefined {
    const tail = textBehindSymbols(path);
    if (!recognizeTargets(tail)) {
      return undefined;
    }
    const isBelowOneFolder = symbolNames(path).length === 1;
    return this.system === 'windows' || (isBelowOneFolder && targetsOfDotnetSdk.test(tail.replace(/[\\/]+/g, '/')));
  }

  /** What is at a path; it becomes a dependency. */
  stat(path: FilePath): 'file' | 'folder' | undefined {
    this.dependencies.add(path);
    return this.files.stat(path);
  }

  /** Makes a file the one that `MSBuildThisFile` means, for items that are evaluated later. */
  enter(file: LoadedFile): void {
    this.#file = file;
  }

  /** Reports something about the file that is being evaluated, at a place in it or at its root. */
  report(kind: ProblemKind, code: string, explanation: string, range: TextRange | undefined = this.#range): void {
    const culprit = this.#file.document ? undefined : this.#lastRead;
    if (culprit?.statement?.element && culprit.file && !this.#isQuiet) {
      this.push(kind, code, explanation, culprit.file.path, culprit.statement.element.innerRange);
    } else if (!this.#isQuiet) {
      this.push(kind, code, explanation, this.#file.path, range ?? this.#projectRange());
    }
  }

  #projectRange(): TextRange {
    const root: XmlElement | undefined = this.#file.document?.root;
    return root?.nameRange ?? { start: 0, end: 0 };
  }

  /** Reports something about any file. */
  push(kind: ProblemKind, code: string, explanation: string, path: FilePath, range: TextRange): void {
    const file = path === '' ? normalizePath(this.#request.path) : path;
    if (this.problems.length < maximumProblems) {
      this.problems.push({ kind, code, explanation, path: file, range });
    }
  }
}
