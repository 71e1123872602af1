import type { Fix, Location, RelatedLocation, Severity } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import type { Settings, ValueDefinition } from '../model/settings.ts';
import type { JudgedSuppression } from '../suppressions/apply-suppressions.ts';
import type { Suppression } from '../suppressions/read-suppressions.ts';
import type { ProcessWorkspace } from '../verdict/project-processes.ts';
import type { FileKind } from '../workspace/file-kinds.ts';
import type { ProjectModel } from '../workspace/model.ts';
import type { ScriptDocument } from '../workspace/script-document.ts';
import type { SourceCode } from '../workspace/source-code.ts';
import type { XmlDocument } from '../xml/index.ts';

/** What a rule looks at: it is called once for each of them. */
export type RuleSubject = Exclude<FileKind, 'solution'> | 'suppression';

/** A file that rules look at by itself. */
export interface FileContext {
  readonly path: FilePath;
  readonly text: string;
  /** The parsed text. It is parsed when a rule asks first, once for all rules: look at `text` before. */
  readonly xml: XmlDocument;
  /** A script or a pipeline with its scripts, followed the way they run when a rule asks first. */
  readonly script: ScriptDocument | undefined;
  /** What a source file does in each build that compiles it; undefined for other files. It is read once for all rules. */
  readonly code: SourceCode | undefined;
  /** The projects and web sites of the file's folder, or of the nearest folder above that has any. */
  readonly projects: readonly ProjectModel[];
}

/** The comments of a file that silence findings, after all findings of the file are known. */
export interface SuppressionContext {
  readonly path: FilePath;
  readonly text: string;
  readonly comments: readonly Suppression[];
  /** Each rule of each comment. */
  readonly judged: readonly JudgedSuppression[];
}

/** A rule: metadata first, then the check. The list of all rules is generated from the files in this folder. */
export interface Rule {
  /** Kebab-case; also the name of the file, the page, the fixture folder and the diagnostic code. */
  readonly id: string;
  /** One line without a full stop, for lists. */
  readonly title: string;
  /** The highest severity that it reports by itself. */
  readonly severity: Severity;
  readonly appliesTo: readonly RuleSubject[];
  readonly isFixable: boolean;
  /** True for advice that a user asks for by giving the rule a severity. */
  readonly isOffByDefault?: boolean;
  /** What a user can decide about it besides its severity. */
  readonly options?: readonly ValueDefinition[];
  /** English templates with `{name}` placeholders by key. */
  readonly messages: Readonly<Record<string, string>>;
  check(context: RuleContext): void;
}

/** What a check gets. `project` is set for the subject `project`, `suppressions` for `suppression`, `file` for the others. */
export interface RuleContext {
  readonly workspace: ProcessWorkspace;
  readonly settings: Settings;
  /** The rule's own options, complete. */
  readonly options: Readonly<Record<string, unknown>>;
  /** All rules, for what is written about rules. */
  readonly rules: readonly Rule[];
  readonly project?: ProjectModel;
  readonly file?: FileContext;
  readonly suppressions?: SuppressionContext;
  report(report: Report): void;
}

/** One call of `report`: the engine turns it into a finding. */
export interface Report {
  readonly at: Location;
  readonly severity: Severity;
  /** Key of the rule's messages. */
  readonly message: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly related?: readonly RelatedLocation[];
  readonly fixes?: readonly Fix[];
}

/** Gives a rule its type; the shape of every rule file. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
