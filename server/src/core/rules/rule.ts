import type { Fix, Location, RelatedLocation, Severity } from '../model/finding.ts';
import type { Settings } from '../model/settings.ts';
import type { ProjectModel, WorkspaceModel } from '../workspace/model.ts';

/** What a rule looks at: it is called once for each of them. */
export type RuleSubject = 'project' | 'msbuild-file' | 'hosting-process-file';

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
  /** English templates with `{name}` placeholders by key. */
  readonly messages: Readonly<Record<string, string>>;
  check(context: RuleContext): void;
}

/** What a check gets. `project` is set for the subject `project`, `file` for the others. */
export interface RuleContext {
  readonly workspace: WorkspaceModel;
  readonly settings: Settings;
  readonly project?: ProjectModel;
  readonly file?: { readonly path: string; readonly text: string };
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
