import { type Finding, formatMessage } from '../../core/index.ts';
import { rulePage } from '../../lsp/rule-page.ts';
import type { AuditOutput } from '../audit-output.ts';
import { countBySeverity, PlaceFormatter } from './json.ts';

/** More rows than these nobody reads, and the summary of a step on GitHub holds one MiB. */
const maximumRows = 200;

/** The audit as Markdown, for the summary of a build step or a comment. */
export function auditMarkdown({ analysis, findings, baseline, changes, session }: AuditOutput): string {
  const places = new PlaceFormatter(session);
  const counts = countBySeverity(findings);
  const verdicts = analysis.projects.map(({ verdict }) => verdict.verdict);
  const of = (verdict: string) => verdicts.filter((value) => value === verdict).length;
  const told = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}`);
  const lines = [
    '## Dynamics TLS',
    '',
    told.length === 0 ? 'Nothing to report.' : `**${told.join(', ')}**`,
    '',
    '| projects | safe | unsafe | unknown | not affected | disabled by comments |',
    '| ---: | ---: | ---: | ---: | ---: | ---: |',
    `| ${[verdicts.length, of('safe'), of('unsafe'), of('unknown'), of('not-affected'), analysis.suppressed.length].join(' | ')} |`,
    '',
  ];
  if (baseline) {
    lines.push(`${baseline.known.length} more in the baseline ${code(session.display(baseline.file))}.`, '');
  }
  if (changes) {
    lines.push(`${changes.known.length} more are not worse than at ${code(changes.commit.slice(0, 7))}.`, '');
  }
  if (findings.length > 0) {
    lines.push('| severity | place | finding | rule |', '| --- | --- | --- | --- |');
    lines.push(...findings.slice(0, maximumRows).map((finding) => row(finding, places)));
    lines.push('');
  }
  if (findings.length > maximumRows) {
    lines.push(`${findings.length - maximumRows} more findings are not shown here.`, '');
  }
  return lines.join('\n');
}

function row(finding: Finding, places: PlaceFormatter): string {
  const place = `${places.file(finding)}:${places.range(finding).start.line}`;
  const rule = `[${finding.rule}](${rulePage(finding.rule)})`;
  return `| ${finding.severity} | ${code(place)} | ${plain(formatMessage(finding.message))} | ${rule} |`;
}

/** Text in a cell of a table: nothing in it is formatting, a link, a mention or HTML. */
function plain(text: string): string {
  return text
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/[\\`*_{}[\]()#+!|~-]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '&#64;')
    .replace(/\b(https?):\/\//gi, '$1&#58;//');
}

/** Code in a cell of a table, whatever it holds (https://github.github.com/gfm/#code-spans). */
function code(text: string): string {
  const clean = text.replace(/[\r\n\t]+/g, ' ').replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = clean.startsWith('`') || clean.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${clean}${pad}${fence}`;
}
