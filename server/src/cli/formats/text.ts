import pc from 'picocolors';
import { type Finding, formatMessage, maskSecrets, type Severity } from '../../core/index.ts';
import type { AuditOutput } from '../audit-output.ts';
import type { CliIo } from '../io.ts';
import { allNotices, countBySeverity, PlaceFormatter } from './json.ts';

type Colors = ReturnType<typeof pc.createColors>;

/** Colours only on a terminal; NO_COLOR (https://no-color.org) switches them off, FORCE_COLOR on. */
export function colorsFor(io: CliIo): Colors {
  const isForced = (io.environment['FORCE_COLOR'] ?? '') !== '' && io.environment['FORCE_COLOR'] !== '0';
  const isRefused = (io.environment['NO_COLOR'] ?? '') !== '' || io.environment['TERM'] === 'dumb';
  return pc.createColors(!isRefused && (isForced || io.stdoutIsTerminal));
}

/** The audit for people. */
export function auditText(output: AuditOutput, io: CliIo): string {
  const { analysis, findings, session } = output;
  const colors = colorsFor(io);
  const places = new PlaceFormatter(session);
  const parts = findings.map((finding) => findingText(finding, places, colors));
  for (const { path, message } of allNotices(analysis, session)) {
    parts.push(`${colors.cyan('notice')} ${session.display(path)}: ${formatMessage(message)}\n`);
  }
  parts.push(summaryText(output, colors));
  return parts.join('\n');
}

function findingText(finding: Finding, places: PlaceFormatter, colors: Colors): string {
  const { start } = places.range(finding);
  const place = colors.bold(`${places.file(finding)}:${start.line}:${start.column}`);
  const head = `${place} ${severityText(finding.severity, colors)} ${formatMessage(finding.message)} ${colors.dim(`[${finding.rule}]`)}`;
  const related = finding.related.map(
    (other) => `  ${places.file(other)}:${places.range(other).start.line}: ${formatMessage(other.message)}\n`,
  );
  const fixes = finding.fixes
    .filter(({ bulk }) => bulk !== 'alternative')
    .map((fix) => `  ${colors.green('fix:')} ${formatMessage(fix.title)}\n`);
  const source = finding.range.end === 0 ? '' : sourceText(finding, places, colors);
  return `${head}\n${source}${related.join('')}${fixes.join('')}`;
}

export function severityText(severity: Severity, colors: Colors): string {
  const paint = { error: colors.red, warning: colors.yellow, information: colors.blue, hint: colors.dim }[severity];
  return paint(severity);
}

/** The line of the finding with its range marked, and secrets masked. Long lines are cut around the range. */
function sourceText(finding: Finding, places: PlaceFormatter, colors: Colors): string {
  const { start, end } = places.range(finding);
  const line = maskSecrets(places.lines(finding.path).lineText(start.line - 1));
  const from = Math.max(0, start.column - 1 - 60);
  const shown = line.slice(from, from + 140);
  const width = (end.line === start.line ? end.column : line.length + 1) - start.column;
  const number = String(start.line);
  const gutter = ' '.repeat(number.length);
  // Tabs and wide characters before the range keep their width in the marker's line.
  const indent = shown.slice(0, start.column - 1 - from).replace(/[^\t]/g, ' ');
  const marker = '^'.repeat(Math.max(1, Math.min(width, shown.length - (start.column - 1 - from))));
  const paint =
    finding.severity === 'error' ? colors.red : finding.severity === 'warning' ? colors.yellow : colors.blue;
  return `  ${colors.dim(`${number} |`)} ${printable(shown)}\n  ${colors.dim(`${gutter} |`)} ${indent}${paint(marker)}\n`;
}

/** Control characters of a hostile file never reach the terminal. */
function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\u00b7');
}

function summaryText(
  { analysis, findings, baseline, changes, session, milliseconds }: AuditOutput,
  colors: Colors,
): string {
  const counts = countBySeverity(findings);
  const problems = (['error', 'warning', 'information', 'hint'] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) =>
      severityText(severity, colors).replace(severity, `${counts[severity]} ${plural(severity, counts[severity])}`),
    );
  const verdicts = analysis.projects.map(({ verdict }) => verdict.verdict);
  const of = (verdict: string) => verdicts.filter((value) => value === verdict).length;
  const projects = `${analysis.projects.length} ${analysis.projects.length === 1 ? 'project' : 'projects'}: ${of('safe')} safe, ${of('unsafe')} unsafe, ${of('unknown')} unknown, ${of('not-affected')} not affected`;
  const result = problems.length === 0 ? colors.green('nothing to report') : problems.join(', ');
  const silenced = analysis.suppressed.length > 0 ? `; ${analysis.suppressed.length} disabled by comments` : '';
  const before = baseline ? `; ${baseline.known.length} in ${session.display(baseline.file)}` : '';
  const since = changes ? `; ${changes.known.length} not worse than at ${changes.commit.slice(0, 7)}` : '';
  return `${result} (${projects}${silenced}${before}${since}; ${(milliseconds / 1000).toFixed(1)} s)\n`;
}

function plural(severity: Severity, count: number): string {
  return severity === 'information' || count === 1 ? severity : `${severity}s`;
}
