import type { Finding, Fix, RelatedLocation, Severity } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import { ruleLevel, ruleOptions, type Settings } from '../model/settings.ts';
import type { Report, Rule, RuleContext } from '../rules/rule.ts';
import { groupEdits } from '../text/edits.ts';
import type { ProcessWorkspace } from '../verdict/project-processes.ts';
import type { ProjectModel } from '../workspace/model.ts';

/** A rule that threw. All other rules still report. */
export interface RuleFailure {
  readonly rule: string;
  readonly path: FilePath;
  readonly stack: string;
}

/** What one subject (a project, a file) gave. */
export interface SubjectResult {
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
}

/** Runs the rules that apply to one subject, each inside a guard. */
export function runRules(
  rules: readonly Rule[],
  subject: Pick<RuleContext, 'project' | 'file' | 'suppressions'>,
  workspace: ProcessWorkspace,
  settings: Settings,
  allRules: readonly Rule[],
): SubjectResult {
  const findings: Finding[] = [];
  const failures: RuleFailure[] = [];
  const path = subject.project?.path ?? subject.file?.path ?? subject.suppressions?.path ?? '';
  for (const rule of rules) {
    const level = ruleLevel(settings, rule.id);
    if (level === 'off' || (level === 'default' && rule.isOffByDefault)) {
      continue;
    }
    const own: Finding[] = [];
    try {
      rule.check({
        ...subject,
        workspace,
        settings,
        options: ruleOptions(settings, rule),
        rules: allRules,
        report: (report) => own.push(toFinding(rule, report, subject.project, level === 'default' ? undefined : level)),
      });
      findings.push(...own);
    } catch (error) {
      failures.push({
        rule: rule.id,
        path,
        stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  }
  return { findings, failures };
}

/**
 * Joins findings of the same rule at the same place: the place that decides is told once, at the highest severity,
 * with the affected projects as related places.
 */
export function mergeFindings(
  findings: Iterable<Finding>,
  describe: (project: FilePath) => RelatedLocation,
): Finding[] {
  const byPlace = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.rule}\n${finding.path}\n${finding.range.start}\n${finding.range.end}`;
    const group = byPlace.get(key);
    if (group) {
      group.push(finding);
    } else {
      byPlace.set(key, [finding]);
    }
  }
  return [...byPlace.values()].map((group) =>
    group.length === 1 ? withOutsideProject(group[0] as Finding, describe) : mergeGroup(group, describe),
  );
}

/** A finding that stands in a shared file names the one project that it is about. */
function withOutsideProject(finding: Finding, describe: (project: FilePath) => RelatedLocation): Finding {
  return finding.project === null || finding.project === finding.path
    ? finding
    : { ...finding, related: [describe(finding.project), ...finding.related] };
}

function mergeGroup(group: readonly Finding[], describe: (project: FilePath) => RelatedLocation): Finding {
  const sorted = [...group].sort((a, b) => severityRank(a.severity) - severityRank(b.severity));
  const worst = sorted[0] as Finding;
  const projects = [...new Set(group.map((finding) => finding.project).filter((path) => path !== null))].sort();
  return {
    ...worst,
    project: projects.length === 1 ? (projects[0] ?? null) : null,
    related: uniqueRelated([
      ...projects.filter((path) => path !== worst.path).map(describe),
      ...group.flatMap((finding) => finding.related),
    ]),
    fixes: joinFixes(group.flatMap((finding) => finding.fixes)),
  };
}

/** 0 is the worst. */
export function severityRank(severity: Severity): number {
  return ['error', 'warning', 'information', 'hint'].indexOf(severity);
}

function toFinding(
  rule: Rule,
  report: Report,
  project: ProjectModel | undefined,
  level: Severity | undefined,
): Finding {
  const template = rule.messages[report.message];
  if (template === undefined) {
    throw new Error(`Rule ${rule.id} has no message "${report.message}".`);
  }
  return {
    rule: rule.id,
    severity: level ?? report.severity,
    path: report.at.path,
    range: { start: report.at.range.start, end: report.at.range.end },
    message: { key: report.message, template, values: report.values ?? {} },
    project: project?.path ?? null,
    related: report.related ?? [],
    fixes: report.fixes ?? [],
  };
}

function uniqueRelated(related: readonly RelatedLocation[]): RelatedLocation[] {
  const seen = new Map<string, RelatedLocation>();
  for (const location of related) {
    const key = `${location.path}\n${location.range.start}`;
    if (!seen.has(key)) {
      seen.set(key, location);
    }
  }
  return [...seen.values()];
}

/** Fixes of the same kind at one place become one: a shared declaration, and what goes with it in each project. */
function joinFixes(fixes: readonly Fix[]): Fix[] {
  const byTitle = new Map<string, Fix>();
  for (const fix of fixes) {
    const existing = byTitle.get(fix.title.key);
    byTitle.set(fix.title.key, existing ? joinTwo(existing, fix) : fix);
  }
  return [...byTitle.values()];
}

function joinTwo(a: Fix, b: Fix): Fix {
  const seen = new Set<string>();
  const changes = groupEdits([...a.changes, ...b.changes]).map(({ path, edits }) => ({
    path,
    edits: edits.filter((edit) => {
      const key = `${path}\n${edit.range.start}\n${edit.range.end}\n${edit.newText}`;
      return !seen.has(key) && seen.add(key);
    }),
  }));
  return { ...a, bulk: b.bulk === 'confirm' ? 'confirm' : a.bulk, changes };
}
