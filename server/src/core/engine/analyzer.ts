import type { Finding, Fix, Notice } from '../model/finding.ts';
import type { WorkspaceHost } from '../model/host.ts';
import type { FilePath } from '../model/path.ts';
import type { Settings } from '../model/settings.ts';
import type { ProjectVerdict } from '../report/project-verdict.ts';
import type { SuppressedFinding } from '../suppressions/apply-suppressions.ts';
import type { ProcessVerdict } from '../verdict/process-verdict.ts';
import type { ProjectModel, WorkspaceModel } from '../workspace/model.ts';
import type { RuleFailure } from './run-rules.ts';

/** What an analyzer is made of. */
export interface AnalyzerOptions {
  readonly host: WorkspaceHost;
  /** Settings for a file; folders of a workspace may differ. */
  settingsFor(path: FilePath): Settings;
  /** Settings that count whatever a configuration file says: the options of a command line. */
  readonly overrides?: Partial<Settings>;
  /** The present day as `YYYY-MM-DD`; without a clock no suppression expires. */
  today?(): string;
}

/** The answer to one {@link Analyzer.analyze}. */
export interface Analysis {
  /** All findings, by path and then by place. */
  readonly findings: readonly Finding[];
  /** The same by the file that they stand in. A list is the same object as before while nothing in it has changed. */
  readonly findingsByPath: ReadonlyMap<FilePath, readonly Finding[]>;
  /** Findings that comments in the files silence, by path. */
  readonly suppressed: readonly SuppressedFinding[];
  readonly projects: readonly { readonly model: ProjectModel; readonly verdict: ProjectVerdict }[];
  /** The verdicts of all processes, by the paths of their projects. */
  readonly processes: readonly ProcessVerdict[];
  /** The paths whose processes this analysis judged anew; the verdicts of all others are those of the last one. */
  readonly judgedProcesses: readonly FilePath[];
  readonly notices: readonly Notice[];
  /** Rules that threw; the others reported all the same. */
  readonly failures: readonly RuleFailure[];
  /** The projects as they are now: it changes with the analyzer, unlike the rest of the answer. */
  readonly workspace: WorkspaceModel;
  /** Files that were given to the analysis. */
  readonly fileCount: number;
}

/** Analyses a workspace, and analyses again only what a change touches. */
export interface Analyzer {
  /** The files of the workspace, sorted. */
  readonly files: readonly FilePath[];
  /** The host that the analysis asks, with the texts of {@link Analyzer.overlay} laid over it. */
  readonly host: WorkspaceHost;
  /** Sets the files of the workspace. */
  setFiles(paths: Iterable<FilePath>): void;
  /** Says that files were written, created or deleted (in the editor or on disk). */
  change(paths: Iterable<FilePath>): void;
  /** The settings that count for a file: those of the host, and over them the nearest configuration file. */
  settingsFor(path: FilePath): Settings;
  /** Says that settings changed: everything is judged again. */
  reset(): void;
  /**
   * Does up to `limit` steps of what is not up to date, and says how many are left after that. A step is a project to
   * evaluate, or some files to search for the words without which they do not matter.
   */
  work(limit: number): { readonly remaining: number };
  /** Works through what is not up to date. `onProgress` is called with the steps done and to do. */
  analyze(onProgress?: (done: number, total: number) => void): Analysis;
  /**
   * Lays texts over files until the next call; an empty list takes all of them away. For looking at what edits would
   * do before anybody makes them.
   */
  overlay(texts: Iterable<readonly [FilePath, string]>): void;
  /** True when a fix's result, analysed again, no longer has the finding and has no new one, milder advice aside. */
  verifies(finding: Finding, fix: Fix): boolean;
}
