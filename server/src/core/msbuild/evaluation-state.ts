/** What an evaluation is asked, and what its first pass hands on. */
import type { TextRange } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import type { FileSource } from './file-source.ts';
import type { ProjectDocument } from './project-document.ts';
import type {
  ConditionSource,
  ImportOrigin,
  ItemDefinitionStatement,
  ItemStatement,
  PropertyStatement,
} from './statements.ts';
import type { Value } from './value.ts';
import type { ValueScope } from './value-scope.ts';

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
  /** Reads and expands values, also after the pass. */
  readonly scope: ValueScope;
}

/** Where statements run. */
export interface Frame {
  readonly file: LoadedFile;
  /** Why it is not certain that the statements run. */
  readonly uncertain: readonly string[] | undefined;
  /** Conditions of the item groups around them. */
  readonly itemConditions: readonly ConditionSource[];
  /** How many imports led here. */
  readonly depth: number;
}
