import {
  type Analysis,
  type Evidence,
  type Finding,
  formatMessage,
  LineIndex,
  type Location,
  type ProjectTarget,
  type Severity,
  type SuppressedFinding,
  type TextRange,
  version,
} from '../../core/index.ts';
import type { AuditOutput } from '../audit-output.ts';
import type { Session } from '../session.ts';

/** The version of all JSON shapes; a change that breaks a reader raises it. */
export const formatVersion = 1;
export const tool = { name: 'dynamics-tls', version } as const;

/** The audit as JSON: schema `audit.schema.json`. */
export function auditJson({ analysis, findings, baseline, changes, session, milliseconds }: AuditOutput): string {
  const places = new PlaceFormatter(session);
  return `${JSON.stringify(
    {
      formatVersion,
      tool,
      findings: findings.map((finding) => findingJson(finding, places)),
      suppressed: analysis.suppressed.map((entry) => suppressedJson(entry, places)),
      ...(baseline
        ? { baseline: { file: session.display(baseline.file), known: baseline.known.length, gone: baseline.goneCount } }
        : {}),
      ...(changes ? { changedSince: { ref: changes.ref, commit: changes.commit, known: changes.known.length } } : {}),
      projects: analysis.projects.map(({ model, verdict }) => ({
        file: session.display(model.path),
        role: model.role.role,
        targetFrameworks: model.targets.map((target) => targetJson(target, places)),
        verdict: verdict.verdict,
        because: verdict.because.map((evidence) => evidenceJson(evidence, places)),
      })),
      notices: allNotices(analysis, session).map(({ path, message }) => ({
        file: session.display(path),
        message: formatMessage(message),
      })),
      summary: {
        files: analysis.fileCount,
        projects: analysis.projects.length,
        findings: countBySeverity(findings),
        milliseconds,
      },
    },
    undefined,
    2,
  )}\n`;
}

/** A finding that a comment silences, with what the comment says. */
function suppressedJson({ finding, by }: SuppressedFinding, places: PlaceFormatter) {
  const { rule, severity, file, range, message, project } = findingJson(finding, places);
  return {
    rule,
    severity,
    file,
    range,
    message,
    project,
    comment: { line: places.range({ path: finding.path, range: by.range }).start.line },
    reason: by.reason === '' ? null : by.reason,
    until: by.until?.date ?? null,
  };
}

/** Notices of the analysis and of the disk. */
export function allNotices(analysis: Analysis, session: Session): Analysis['notices'] {
  return [...analysis.notices, ...session.diskNotices()];
}

export function countBySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { severity } of findings) {
    counts[severity]++;
  }
  return counts;
}

/** Turns offsets into 1-based lines and columns (UTF-16 units, ends exclusive), with one line index per file. */
export class PlaceFormatter {
  readonly #session: Session;
  readonly #indexes = new Map<string, LineIndex>();

  constructor(session: Session) {
    this.#session = session;
  }

  file(location: Pick<Location, 'path'>): string {
    return this.#session.display(location.path);
  }

  lines(path: string): LineIndex {
    const existing = this.#indexes.get(path);
    if (existing) {
      return existing;
    }
    const index = new LineIndex(this.#session.disk.readText(path) ?? '');
    this.#indexes.set(path, index);
    return index;
  }

  range({ path, range }: { path: string; range: TextRange }) {
    if (range.end === 0) {
      // A finding about a file as a whole, whose content may be no text at all.
      return { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
    }
    const lines = this.lines(path);
    const start = lines.positionAt(range.start);
    const end = lines.positionAt(range.end);
    return {
      start: { line: start.line + 1, column: start.column + 1 },
      end: { line: end.line + 1, column: end.column + 1 },
    };
  }
}

function findingJson(finding: Finding, places: PlaceFormatter) {
  return {
    rule: finding.rule,
    severity: finding.severity,
    file: places.file(finding),
    range: places.range(finding),
    message: formatMessage(finding.message),
    project: finding.project === null ? null : places.file({ path: finding.project }),
    fixes: finding.fixes
      .filter(({ bulk }) => bulk !== 'alternative')
      .map((fix) => ({ title: formatMessage(fix.title) })),
    related: finding.related.map((related) => ({
      file: places.file(related),
      range: places.range(related),
      message: formatMessage(related.message),
    })),
  };
}

function targetJson(target: ProjectTarget, places: PlaceFormatter) {
  return {
    declared: target.declared,
    moniker: target.framework.known ? target.framework.value.moniker : null,
    file: target.site ? places.file(target.site) : null,
    line: target.site ? places.range(target.site).start.line : null,
    ...(target.configurations.length > 0 ? { configurations: target.configurations } : {}),
  };
}

function evidenceJson(evidence: Evidence, places: PlaceFormatter) {
  return {
    file: evidence.at ? places.file(evidence.at) : null,
    line: evidence.at ? places.range(evidence.at).start.line : null,
    text: evidence.text,
  };
}
