import { suppressionWord } from '../facts/suppression-word.ts';
import type { Finding } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import type { Settings } from '../model/settings.ts';
import { rules } from '../rules/index.ts';
import { applySuppressions, type SuppressedFinding } from '../suppressions/apply-suppressions.ts';
import { readSuppressions, type Suppression } from '../suppressions/read-suppressions.ts';
import type { ProcessWorkspace } from '../verdict/project-processes.ts';
import { type RuleFailure, runRules } from './run-rules.ts';

export interface SuppressionTableOptions {
  text(path: FilePath): string | undefined;
  settingsFor(path: FilePath): Settings;
  readonly workspace: ProcessWorkspace;
  /** The present day as `YYYY-MM-DD`; undefined where no clock is at hand. */
  today(): string | undefined;
}

/** What is left of a file's findings after its comments have been heard. */
export interface SettledFindings {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly failures: readonly RuleFailure[];
}

const ruleIds: ReadonlySet<string> = new Set(rules.map(({ id }) => id));
const suppressionRules = rules.filter(({ appliesTo }) => appliesTo.includes('suppression'));

/**
 * The comments that silence findings. They are looked for where findings stand, and in all files that are read anyway,
 * so that those that silence nothing are told. Nearly every file has none, which one search for a word shows.
 */
export class SuppressionTable {
  readonly #options: SuppressionTableOptions;
  /** Comments by file, for the files that were looked at. */
  readonly #comments = new Map<FilePath, readonly Suppression[]>();
  /** Files that have comments. */
  readonly #commented = new Set<FilePath>();
  readonly #stale = new Set<FilePath>();
  #files: ReadonlySet<FilePath> = new Set();
  /** Files that nobody has looked at since they came or changed. */
  readonly #unread = new Set<FilePath>();
  #today: string | undefined;

  constructor(options: SuppressionTableOptions) {
    this.#options = options;
  }

  /** Sets the files whose comments count without a finding as well. */
  takeFiles(paths: readonly FilePath[]): void {
    this.#files = new Set(paths);
    for (const path of paths) {
      if (!this.#comments.has(path)) {
        this.#unread.add(path);
      }
    }
    for (const path of this.#commented) {
      if (!this.#files.has(path)) {
        this.#stale.add(path);
      }
    }
  }

  changeText(path: FilePath): void {
    if (this.#comments.delete(path) && this.#commented.delete(path)) {
      this.#stale.add(path);
    }
    if (this.#files.has(path)) {
      this.#unread.add(path);
    }
  }

  /** Says that the settings of files may differ now. */
  changeSettings(): void {
    for (const path of this.#commented) {
      this.#stale.add(path);
    }
  }

  /** Files whose findings must be settled again, since the last call. */
  takeStale(): FilePath[] {
    const today = this.#options.today();
    if (today !== this.#today) {
      this.#today = today;
      this.changeSettings();
    }
    for (const path of this.#unread) {
      if (this.#files.has(path) && this.#commentsOf(path).length > 0) {
        this.#stale.add(path);
      }
    }
    this.#unread.clear();
    const stale = [...this.#stale];
    this.#stale.clear();
    return stale;
  }

  /** Applies the comments of a file to its findings, and adds what is to be told about the comments themselves. */
  settle(path: FilePath, findings: readonly Finding[]): SettledFindings {
    // A file that is no part of the workspace is told about only where something stands in it.
    const comments = findings.length > 0 || this.#files.has(path) ? this.#commentsOf(path) : none;
    const text = comments.length > 0 ? this.#options.text(path) : undefined;
    if (text === undefined) {
      return { findings, suppressed: [], failures: [] };
    }
    const first = applySuppressions(text, findings, comments, this.#today);
    const about = (judged: typeof first.judged) =>
      runRules(
        suppressionRules,
        { suppressions: { path, text, comments, judged } },
        this.#options.workspace,
        this.#options.settingsFor(path),
        rules,
      );
    const told = about(first.judged);
    // What is told about comments can be silenced, too: then those comments have their use.
    const second = applySuppressions(text, [...first.kept, ...told.findings], comments, this.#today);
    const judged = first.judged.map((entry, i) => ({
      ...entry,
      isUsed: entry.isUsed || second.judged[i]?.isUsed === true,
    }));
    const result = applySuppressions(text, about(judged).findings, comments, this.#today);
    return {
      findings: [...first.kept, ...result.kept],
      suppressed: [...first.suppressed, ...result.suppressed],
      failures: told.failures,
    };
  }

  #commentsOf(path: FilePath): readonly Suppression[] {
    const known = this.#comments.get(path);
    if (known) {
      return known;
    }
    const text = this.#options.text(path);
    const comments = text?.includes(suppressionWord) ? readSuppressions(path, text, ruleIds) : none;
    this.#comments.set(path, comments);
    if (comments.length > 0) {
      this.#commented.add(path);
    }
    return comments;
  }
}

const none: readonly Suppression[] = [];
