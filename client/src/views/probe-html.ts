import type { TargetView, TonedText } from '../../../server/src/lsp/protocol.ts';

/** What a page needs besides the results. */
export interface PageResources {
  /** Made anew for each page; only scripts and styles that carry it run. */
  readonly nonce: string;
  /** Where the script of the page comes from. */
  readonly scriptUri: string;
  /** Buttons after the ones that are always there. */
  readonly moreButtons: readonly { readonly command: string; readonly label: string }[];
}

/**
 * The result page as a document: one part for each target, the asked one first. Pure, so that tests can look at it.
 * Every text is escaped; there is no inline script, no inline handler and no remote content.
 */
export function probeHtml(views: readonly TargetView[], resources: PageResources): string {
  const [first, ...others] = views;
  if (!first) {
    return '';
  }
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${resources.nonce}'; script-src 'nonce-${resources.nonce}';">
<title>${escapeHtml(`TLS of ${first.place}`)}</title>
<style nonce="${resources.nonce}">${styles}</style>
</head>
<body>
<main>
${targetHtml(first, 0, actionsHtml(resources))}
${others.map((view, index) => targetHtml(view, index + 1, '')).join('\n')}
</main>
<script nonce="${resources.nonce}" src="${escapeHtml(resources.scriptUri)}"></script>
</body>
</html>`;
}

/** Text of any origin as text of the page. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function actionsHtml({ moreButtons }: PageResources): string {
  const buttons = [
    { command: 'again', label: 'Check Again' },
    { command: 'copy', label: 'Copy as Markdown' },
    { command: 'save', label: 'Save as JSON...' },
    ...moreButtons,
  ];
  const items = buttons.map(
    ({ command, label }, index) =>
      `<vscode-button data-command="${escapeHtml(command)}"${index > 0 ? ' secondary' : ''}>${escapeHtml(label)}</vscode-button>`,
  );
  return `<div class="actions" role="group" aria-label="Actions">${items.join('\n')}</div>
<p class="status" role="status"></p>`;
}

/** One target; the first has the page's heading, the others one below it. */
function targetHtml(view: TargetView, index: number, actions: string): string {
  const level = index === 0 ? 1 : 2;
  const sections = [
    section('Protocols', protocolsHtml(view)),
    section('Clients', clientsHtml(view)),
    section('Projects of this workspace', projectsHtml(view)),
    section('Cipher suites', suitesHtml(view)),
    section('Certificate', definitionsHtml(view.certificate)),
    section('Sign-in', definitionsHtml(view.signIn)),
    section('What to do', `<ul>${view.steps.map((step) => `<li>${escapeHtml(step)}</li>`).join('')}</ul>`),
  ];
  return `<article aria-labelledby="target-${index}">
<header>
<h${level} id="target-${index}">${toned({ ...view.verdict, text: `${view.place}: ${view.verdict.text}` })}</h${level}>
<p class="message">${escapeHtml(view.message)}</p>
${actions}
${definitionsHtml(view.facts)}
</header>
${sections.join('\n')}
</article>`;

  function section(title: string, content: string): string {
    const id = `section-${index}-${title.toLowerCase().replace(/\W+/g, '-')}`;
    const heading = `h${level + 1}`;
    return content === ''
      ? ''
      : `<section aria-labelledby="${id}"><${heading} id="${id}">${title}</${heading}>${content}</section>`;
  }
}

function protocolsHtml({ protocols, place }: TargetView): string {
  const rows = protocols.map(
    ({ version, answer, suites, order, group }) =>
      `<tr><th scope="row">${escapeHtml(version)}</th><td>${toned(answer)}</td>${cells([suites, order, group])}</tr>`,
  );
  return tableHtml(`Answers of ${place} by version`, ['Version', 'Answer', 'Suites', 'Order of', 'Group'], rows);
}

function clientsHtml({ clients }: TargetView): string {
  if (!clients) {
    return '';
  }
  const rows = clients.rows.map(
    ({ name, note, cells: answers }) =>
      `<tr><th scope="row">${escapeHtml(name)}${note === '' ? '' : `<span class="note">${escapeHtml(note)}</span>`}</th>${answers
        .map((answer) => `<td>${toned(answer)}</td>`)
        .join('')}</tr>`,
  );
  const reasons = clients.reasons.map((reason) => `<li>${escapeHtml(reason)}</li>`);
  return `<p>${escapeHtml(clients.summary)} Cells name the TLS version that is agreed on.</p>
${frameHtml('Simulated clients by Windows version', 'hidden', clientHead(clients.columns), rows)}
${reasons.length > 0 ? `<p>Why clients fail:</p><ul>${reasons.join('')}</ul>` : ''}`;
}

function clientHead(columns: NonNullable<TargetView['clients']>['columns']): string {
  const groups = columns.map(
    ({ group, labels }) => `<th scope="colgroup" colspan="${labels.length}">${escapeHtml(group)}</th>`,
  );
  const labels = columns.flatMap((column) => column.labels);
  return `<tr><th scope="col" rowspan="2">Client</th>${groups.join('')}</tr><tr>${headCells(labels)}</tr>`;
}

function projectsHtml({ projects }: TargetView): string {
  if (!projects) {
    return '';
  }
  const rows = projects.rows.map(
    ({ file, answer, reason }) =>
      `<tr><th scope="row">${escapeHtml(file)}</th><td>${toned(answer)}</td><td class="long">${escapeHtml(reason)}</td></tr>`,
  );
  return `<p>${escapeHtml(projects.summary)}</p>
${tableHtml('Which projects connect', ['Project', 'Connects', 'Why'], rows)}`;
}

function suitesHtml({ suites }: TargetView): string {
  return suites
    .map(({ version, rows }) =>
      tableHtml(
        `Suites of ${version}`,
        ['Suite', 'Id', 'Used by Dataverse'],
        rows.map(
          ({ id, name, dataverse }) =>
            `<tr><th scope="row"><code>${escapeHtml(name)}</code></th><td><code>${escapeHtml(id)}</code></td><td>${toned(dataverse)}</td></tr>`,
        ),
        'shown',
      ),
    )
    .join('\n');
}

function definitionsHtml(entries: readonly (readonly [label: string, value: string])[]): string {
  const items = entries.map(
    ([label, value]) => `<div><dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd></div>`,
  );
  return items.length === 0 ? '' : `<dl>${items.join('')}</dl>`;
}

/** A table in a frame of its own, which scrolls where the page is narrow and is reached by keyboard for that. */
function tableHtml(
  caption: string,
  heads: readonly string[],
  rows: readonly string[],
  captionClass: 'hidden' | 'shown' = 'hidden',
): string {
  return frameHtml(caption, captionClass, `<tr>${headCells(heads)}</tr>`, rows);
}

function frameHtml(caption: string, captionClass: string, head: string, rows: readonly string[]): string {
  const label = escapeHtml(caption);
  return `<div class="frame" role="region" aria-label="${label}" tabindex="0"><table><caption class="${captionClass}">${label}</caption><thead>${head}</thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function headCells(texts: readonly string[]): string {
  return texts.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join('');
}

function cells(texts: readonly string[]): string {
  return texts.map((text) => `<td>${escapeHtml(text)}</td>`).join('');
}

/** The text says everything; shape and colour of the icon only repeat it. */
function toned({ text, tone }: TonedText): string {
  return `<span class="toned ${tone}"><svg aria-hidden="true" viewBox="0 0 16 16" width="14" height="14"><path d="${shapes[tone]}"/></svg><span>${escapeHtml(text)}</span></span>`;
}

/** A tick, a triangle, a cross and a ring. */
const shapes: Readonly<Record<TonedText['tone'], string>> = {
  good: 'M6.3 12.4 2.2 8.3l1.3-1.3 2.8 2.8 6.2-6.2 1.3 1.3z',
  weak: 'M8 1.5 15.3 14.5H.7zM7.2 6v4.2h1.6V6zm0 5.3v1.6h1.6v-1.6z',
  bad: 'M3.6 2.3 8 6.7l4.4-4.4 1.3 1.3L9.3 8l4.4 4.4-1.3 1.3L8 9.3l-4.4 4.4-1.3-1.3L6.7 8 2.3 3.6z',
  open: 'M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3zm0 1.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z',
};

const styles = `
body { padding: 0 24px 32px; color: var(--vscode-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); line-height: 1.5; }
main { max-width: 1200px; margin: 0 auto; }
h1 { font-size: 1.7em; font-weight: 600; line-height: 1.3; margin: 24px 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 1.25em; font-weight: 600; margin: 28px 0 8px; overflow-wrap: anywhere; }
h3 { font-size: 1.1em; font-weight: 600; margin: 24px 0 8px; }
article + article { margin-top: 40px; border-top: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, var(--vscode-editorGroup-border, currentColor))); }
.message { max-width: 75ch; margin: 0 0 16px; overflow-wrap: anywhere; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; }
.status { min-height: 1.5em; margin: 4px 0; }
dl { margin: 0; }
dl > div { display: flex; gap: 12px; padding: 2px 0; }
dt { flex: 0 0 11em; color: var(--vscode-descriptionForeground); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
ul { margin: 4px 0; padding-left: 20px; }
li { overflow-wrap: anywhere; }
.frame { overflow-x: auto; margin: 4px 0 12px; }
.frame:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
table { border-collapse: collapse; }
caption.shown { text-align: left; font-weight: 600; padding: 6px 0; }
caption.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { text-align: left; vertical-align: top; padding: 4px 14px 4px 0; border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, var(--vscode-editorGroup-border, transparent))); white-space: nowrap; }
td.long { white-space: normal; min-width: 24em; overflow-wrap: anywhere; }
thead th { font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: normal; }
.note { display: block; max-width: 30em; white-space: normal; font-size: 0.92em; color: var(--vscode-descriptionForeground); }
code { font-family: var(--vscode-editor-font-family); }
.toned { display: inline-flex; gap: 5px; align-items: baseline; }
.toned svg { flex: none; align-self: center; fill: currentColor; }
h1 .toned svg, h2 .toned svg { width: 1em; height: 1em; }
.good svg { color: var(--vscode-testing-iconPassed, currentColor); }
.weak svg { color: var(--vscode-editorWarning-foreground, currentColor); }
.bad svg { color: var(--vscode-errorForeground, currentColor); }
.open svg { color: var(--vscode-descriptionForeground, currentColor); }
`;
