import type pc from 'picocolors';
import type { CertificateResult, ProbeReport, ProbeTarget, ProtocolResult, Verdict } from '../../probe/index.ts';
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
} from '../../probe/words.ts';

type Colors = ReturnType<typeof pc.createColors>;

const width = 80;

/** The probe for people: verdict first, at most 80 columns. */
export function probeText(report: ProbeReport, colors: Colors): string {
  return report.targets.map((target) => targetText(target, colors)).join('\n');
}

function targetText(target: ProbeTarget, colors: Colors): string {
  const verdict = target.reason === null ? target.verdict : `${target.verdict} (${target.reason})`;
  const lines = [
    ...wrap(`${target.url}: `, verdict).map((line) => paintVerdict(line, verdict, target.verdict, colors)),
    ...wrap('  ', harmless(target.message)),
    ...wrap('  ', `(${serviceWords(target)}; asked ${wayWords(target)})`).map(colors.dim),
  ];
  const isTested = target.protocols.some(({ state }) => state !== 'not-tested');
  const sections = [
    isTested ? protocolLines(target.protocols, colors) : [],
    suiteLines(target.protocols, colors),
    target.certificate ? certificateLines(target.certificate, colors) : [],
    clientLines(target, colors),
    projectLines(target, colors),
    signInLines(target, colors),
  ];
  return `${[...lines, ...sections.flatMap((section) => (section.length > 0 ? ['', ...section] : []))].join('\n')}\n`;
}

function paintVerdict(line: string, words: string, verdict: Verdict, colors: Colors): string {
  const paint = verdict === 'ok' ? colors.green : verdict === 'weak' ? colors.yellow : colors.red;
  return line.endsWith(words) ? line.slice(0, -words.length) + paint(words) : line;
}

function protocolLines(protocols: readonly ProtocolResult[], colors: Colors): string[] {
  const row = (version: string, answer: string, count: string, order: string, group: string): string =>
    `  ${version.padEnd(9)}${answer.padEnd(33)}${count.padStart(6)}  ${order.padEnd(8)}${group}`.trimEnd();
  return [
    colors.bold(row('Protocol', 'Answer', 'Suites', 'Order', 'Group')),
    ...protocols.map((one) =>
      one.state === 'accepted'
        ? row(one.version, protocolWords(one), String(one.suites.length), one.order, one.group ?? '')
        : row(one.version, protocolWords(one), '', '', ''),
    ),
  ];
}

function suiteLines(protocols: readonly ProtocolResult[], colors: Colors): string[] {
  const versions = protocols.filter(({ version, suites }) => version >= 'TLS 1.2' && suites.length > 0).reverse();
  return versions.flatMap(({ version, suites }, index) => [
    ...(index > 0 ? [''] : []),
    colors.bold(`  Suites of ${version}`),
    ...suites.map(({ name, id, dataverse }) =>
      `    ${id}  ${name.padEnd(46)} ${dataverse ? 'Dataverse' : ''}`.trimEnd(),
    ),
  ]);
}

function certificateLines(certificate: CertificateResult, colors: Colors): string[] {
  const problems = certificate.problems.length > 0 ? certificate.problems.join(', ') : 'none';
  return [
    colors.bold('  Certificate'),
    ...wrap('    subject   ', harmless(certificate.subject)),
    ...wrap('    issuer    ', harmless(certificate.issuer)),
    `    valid     ${certificate.notBefore.slice(0, 10)} to ${certificate.notAfter.slice(0, 10)}`,
    `    key       ${certificate.key}, ${certificate.signature}`,
    `    trusted   ${trustWords(certificate)}`,
    `    problems  ${problems}`,
  ];
}

function clientLines({ clients }: ProbeTarget, colors: Colors): string[] {
  if (clients.length === 0) {
    return [];
  }
  const rows = clientRows(clients);
  const notes = [...new Set(rows.flatMap((row) => row.assumptions))];
  const line = (id: string, cells: readonly string[]): string =>
    `  ${id.padEnd(26)}${cells.map((cell) => cell.padStart(5)).join('')}`.trimEnd();
  const headings = windowsColumns.map(([, heading]) => heading);
  return [
    colors.bold('  Clients by Windows version (the last six are servers): TLS version, - fails'),
    colors.bold(line('', headings)),
    ...rows.map((row) => line(row.assumptions.length > 0 ? `${row.id} *` : row.id, row.cells)),
    `  ${clientSummary(clients)}`,
    ...failureReasons(clients).flatMap(({ reason, ids }) => wrap('  - ', `${reason} (${ids.join(', ')})`)),
    ...notes.flatMap((note) => wrap('  * ', note)),
  ];
}

function projectLines({ projects }: ProbeTarget, colors: Colors): string[] {
  if (projects.length === 0) {
    return [];
  }
  return [
    colors.bold('  Projects'),
    ...projects.flatMap((project) => [
      ...wrap(`    ${project.connects.padEnd(9)}`, harmless(project.file)),
      ...wrap('             ', harmless(projectReason(project))),
    ]),
    `  ${projectSummary(projects)}`,
  ];
}

function signInLines({ signIn }: ProbeTarget, colors: Colors): string[] {
  if (!signIn) {
    return [];
  }
  const answer = signInWords(signIn);
  const authority = signIn.authority === null ? 'names no authority' : `authority ${harmless(signIn.authority)}`;
  return [colors.bold('  Sign-in'), ...wrap('    ', `${answer}, ${authority}`)];
}

/** Breaks text at spaces so that no line is longer than the width; later lines are indented like the first. */
export function wrap(prefix: string, text: string): string[] {
  const indent = ' '.repeat(Math.min(prefix.length, 14));
  const lines: string[] = [];
  let line = prefix;
  let isEmpty = true;
  for (const word of text.split(' ').flatMap(cutLongWord)) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
      isEmpty = true;
    } else if (isEmpty && line.length + word.length > width && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

function cutLongWord(word: string): string[] {
  const room = width - 14;
  return word.length <= room ? [word] : [word.slice(0, room), ...cutLongWord(word.slice(room))];
}
