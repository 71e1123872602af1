import { escapeMarkdown } from '../text/escape.ts';
import {
  connectionWords,
  type ReportEntry,
  type ReportPlace,
  type ReportSection,
  reportLimits,
  reportSources,
  type TlsReport,
  verdictWords,
} from './tls-report.ts';

/** The report as Markdown, for a repository or a ticket. Every text is escaped. */
export function tlsReportMarkdown(report: TlsReport): string {
  const { title, date, tool, summary, counts, sections, windows } = report;
  const parts = [
    `# TLS report: ${escapeMarkdown(title)}`,
    summary,
    table(
      ['result', 'count'],
      counts.map(({ verdict, count }) => [`${verdictWords[verdict].mark} ${verdictWords[verdict].word}`, `${count}`]),
    ),
    ...sections.map(sectionMarkdown),
  ];
  if (windows.rows.length > 0) {
    parts.push(
      '## By Windows version',
      table(
        ['process', ...windows.columns],
        windows.rows.map(({ name, file, cells }) => [
          link({ text: name, href: file.href }),
          ...cells.map(({ verdict, offer }) => `${verdictWords[verdict].mark} ${connectionWords[verdict]}: ${offer}`),
        ]),
      ),
    );
  }
  const sources = reportSources.map(({ title: name, href }) => `[${name}](${href})`).join(', ');
  parts.push('---', `${[tool, date].filter(Boolean).join(', ')}. ${reportLimits} Sources: ${sources}.`);
  return `${parts.join('\n\n')}\n`;
}

function sectionMarkdown({ title, intro, isDetailed, entries }: ReportSection): string {
  const head = `## ${title} (${entries.length})\n\n${intro}`;
  if (isDetailed) {
    return `${head}\n\n${entries.map(entryMarkdown).join('\n\n')}`;
  }
  return `${head}\n\n${table(
    ['process', 'kind', 'TLS', 'because'],
    entries.map(({ name, file, what, offer, reasons }) => [
      link({ text: name, href: file.href }),
      escapeMarkdown(what),
      escapeMarkdown(offer),
      reasons.map(({ text }) => escapeMarkdown(text)).join(' '),
    ]),
  )}`;
}

function entryMarkdown({ name, file, what, offer, reasons, fix }: ReportEntry): string {
  const lines = reasons.map(
    ({ text, place, counts }) =>
      `- ${escapeMarkdown(text)}${counts ? '' : ' *Does not decide.*'}${place ? ` (${link(place)})` : ''}`,
  );
  return [
    `### ${escapeMarkdown(name)}`,
    `${link(file)}: ${escapeMarkdown(what)}; ${escapeMarkdown(offer)}.`,
    ...(fix ? [`**Change:** ${escapeMarkdown(fix.title)} (${link(fix.place)}).`] : []),
    lines.join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function link({ text, href }: ReportPlace): string {
  return href === null
    ? escapeMarkdown(text)
    : `[${escapeMarkdown(text)}](<${href.replace(/[<>\\\r\n]/g, encodeURIComponent)}>)`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell || ' ').join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
