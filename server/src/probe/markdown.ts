import type { ProbeReport, ProbeTarget, ProtocolResult } from './report.ts';
import {
  clientRows,
  clientSummary,
  failureReasons,
  harmless,
  projectReason,
  projectSummary,
  protocolWords,
  serviceWords,
  signInWords,
  trustWords,
  wayWords,
  windowsColumns,
} from './words.ts';

/** The probe as Markdown, for a ticket or a chat. */
export function probeMarkdown(report: ProbeReport): string {
  return report.targets.map(targetMarkdown).join('\n');
}

function targetMarkdown(target: ProbeTarget): string {
  const reason = target.reason === null ? '' : ` (${target.reason})`;
  const blocks = [
    `## TLS of ${code(target.url)}: ${target.verdict}${reason}`,
    escaped(target.message),
    `${escaped(serviceWords(target))}; asked ${wayWords(target)}.`,
    protocolTable(target.protocols),
    ...certificateBlocks(target),
    ...clientBlocks(target),
    ...projectBlocks(target),
    ...signInBlocks(target),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function protocolTable(protocols: readonly ProtocolResult[]): string {
  const rows = protocols.map(({ version, suites, order, group, ...answer }) => [
    version,
    protocolWords({ version, suites, order, group, ...answer }),
    suites.map(({ name, dataverse }) => `${code(name)}${dataverse ? ' (Dataverse)' : ''}`).join('<br>'),
    suites.length > 0 ? order : '',
    group ?? '',
  ]);
  return table(['Protocol', 'Answer', 'Suites', 'Order', 'Group'], rows);
}

function certificateBlocks({ certificate }: ProbeTarget): string[] {
  if (!certificate) {
    return [];
  }
  const rows = [
    ['Subject', code(certificate.subject)],
    ['Issuer', code(certificate.issuer)],
    ['Valid', `${certificate.notBefore.slice(0, 10)} to ${certificate.notAfter.slice(0, 10)}`],
    ['Key', `${certificate.key}, ${certificate.signature}`],
    ['Trusted', trustWords(certificate)],
    ['Problems', certificate.problems.join(', ') || 'none'],
  ];
  return ['### Certificate', table(['', ''], rows)];
}

function clientBlocks({ clients }: ProbeTarget): string[] {
  if (clients.length === 0) {
    return [];
  }
  const rows = clientRows(clients);
  const headings = windowsColumns.map(([id]) => id.replace(/^server-/, 'Server '));
  const reasons = failureReasons(clients).map(({ reason, ids }) => `- ${escaped(reason)}: ${ids.map(code).join(', ')}`);
  const notes = rows.flatMap(({ id, assumptions }) => assumptions.map((note) => `- ${code(id)}: ${escaped(note)}`));
  return [
    '### Clients',
    `${clientSummary(clients)} Cells name the TLS version; \`-\` fails.`,
    table(
      ['Client', ...headings],
      rows.map(({ id, cells }) => [code(id), ...cells]),
    ),
    ...(reasons.length > 0 ? ['Why clients fail:', reasons.join('\n')] : []),
    ...(notes.length > 0 ? ['Assumptions:', notes.join('\n')] : []),
  ];
}

function projectBlocks({ projects }: ProbeTarget): string[] {
  if (projects.length === 0) {
    return [];
  }
  const rows = projects.map((project) => [code(project.file), project.connects, escaped(projectReason(project))]);
  return ['### Projects', projectSummary(projects), table(['Project', 'Connects', 'Why'], rows)];
}

function signInBlocks({ signIn }: ProbeTarget): string[] {
  if (!signIn) {
    return [];
  }
  const authority = signIn.authority === null ? 'no authority' : `authority ${code(signIn.authority)}`;
  return ['### Sign-in', `${signInWords(signIn)}, ${authority}.`];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell || ' ').join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text of a server as code: it cannot end the code, the cell or the line. */
function code(text: string): string {
  return `\`${harmless(text).replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}

function escaped(text: string): string {
  return harmless(text).replace(/[\\`*_{}[\]<>#|~]/g, (character) => `\\${character}`);
}
