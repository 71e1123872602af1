import { escapeHtml } from '../text/escape.ts';
import {
  connectionWords,
  type ReportEntry,
  type ReportPlace,
  type ReportSection,
  type ReportWindows,
  reportLimits,
  reportSources,
  type TlsReport,
  verdictWords,
} from './tls-report.ts';
import { reportStyles } from './tls-report-styles.ts';

/**
 * The report as one HTML document without scripts and without remote content, for a browser, a mail or a printer. Every
 * text is escaped; it follows the light or dark preference of the reader, and prints light.
 */
export function tlsReportHtml(report: TlsReport): string {
  const { title, date, tool, summary, counts, sections, windows } = report;
  const tiles = counts.map(
    ({ verdict, count }) =>
      `<li class="${verdict}"><strong>${count}</strong> <span><span aria-hidden="true">${verdictWords[verdict].mark}</span> ${verdictWords[verdict].word}</span></li>`,
  );
  const contents = [
    ...sections.map((section) => ({ id: section.id as string, title: section.title, count: section.entries.length })),
    ...(windows.rows.length > 0 ? [{ id: 'windows', title: 'By Windows version', count: windows.rows.length }] : []),
  ].map(({ id, title: name, count }) => `<li><a href="#${id}">${name}</a> (${count})</li>`);
  const sources = reportSources.map(({ title: name, href }) => `<a href="${href}">${name}</a>`).join(', ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>TLS report: ${escapeHtml(title)}</title>
<style>${reportStyles}</style>
</head>
<body>
<header>
<h1>TLS report: ${escapeHtml(title)}</h1>
<p class="summary">${escapeHtml(summary)}</p>
<ul class="counts" aria-label="Results">${tiles.join('')}</ul>
</header>
${contents.length > 1 ? `<nav aria-label="Contents"><ul>${contents.join('')}</ul></nav>` : ''}
<main>
${sections.map(sectionHtml).join('\n')}
${windows.rows.length > 0 ? windowsHtml(windows) : ''}
</main>
<footer>
<p>${escapeHtml([tool, date].filter(Boolean).join(', '))}. ${escapeHtml(reportLimits)}</p>
<p>Sources: ${sources}.</p>
</footer>
</body>
</html>
`;
}

function sectionHtml({ id, title, intro, isDetailed, entries }: ReportSection): string {
  const content = isDetailed
    ? entries.map(entryHtml).join('\n')
    : `<div class="scroll" role="region" aria-label="Table: ${title}" tabindex="0"><table>
<thead><tr><th scope="col">Process</th><th scope="col">Kind</th><th scope="col">TLS</th><th scope="col">Because</th></tr></thead>
<tbody>
${entries.map(rowHtml).join('\n')}
</tbody>
</table></div>`;
  return `<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title} <span class="count">(${entries.length})</span></h2>
<p>${escapeHtml(intro)}</p>
${content}
</section>`;
}

function entryHtml({ name, file, what, offer, verdict, reasons, fix }: ReportEntry): string {
  const items = reasons.map(
    ({ text, place, counts }) =>
      `<li${counts ? '' : ' class="beside"'}>${escapeHtml(text)}${counts ? '' : ' <em>Does not decide.</em>'}${place ? ` <span class="place">${linkHtml(place)}</span>` : ''}</li>`,
  );
  return `<article class="${verdict}">
<h3>${escapeHtml(name)}</h3>
<p>${linkHtml(file)}: ${escapeHtml(what)}; <strong>${escapeHtml(offer)}</strong>.</p>
${fix ? `<p class="fix"><strong>Change:</strong> ${escapeHtml(fix.title)} <span class="place">${linkHtml(fix.place)}</span></p>` : ''}
${items.length > 0 ? `<ul>${items.join('\n')}</ul>` : ''}
</article>`;
}

function rowHtml({ name, file, what, offer, reasons }: ReportEntry): string {
  const because = reasons.map(({ text }) => escapeHtml(text)).join('<br>');
  return `<tr><th scope="row">${linkHtml({ text: name, href: file.href })}</th><td>${escapeHtml(what)}</td><td>${escapeHtml(offer)}</td><td>${because}</td></tr>`;
}

function windowsHtml({ columns, rows }: ReportWindows): string {
  const body = rows.map(({ name, file, cells }) => {
    const data = cells.map(
      ({ verdict, offer }) =>
        `<td class="${verdict}"><span aria-hidden="true">${verdictWords[verdict].mark}</span> ${connectionWords[verdict]}<br>${escapeHtml(offer)}</td>`,
    );
    return `<tr><th scope="row">${linkHtml({ text: name, href: file.href })}</th>${data.join('')}</tr>`;
  });
  return `<section id="windows" aria-labelledby="windows-title">
<h2 id="windows-title">By Windows version</h2>
<p>What each process offers by default, and whether that connects.</p>
<div class="scroll" role="region" aria-label="Table: by Windows version" tabindex="0"><table>
<thead><tr><th scope="col">Process</th>${columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table></div>
</section>`;
}

function linkHtml({ text, href }: ReportPlace): string {
  return href === null ? `<span>${escapeHtml(text)}</span>` : `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>`;
}
