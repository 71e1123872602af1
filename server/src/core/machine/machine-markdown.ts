import { clientProducts, clientProductsPage } from '../facts/client-products.ts';
import { formatNames } from './format-names.ts';
import { isProblem } from './judge-machine.ts';
import type { MachineCheck, MachineLevel, MachinePrograms, MachineReport, MachineState } from './machine-report.ts';

const levelNames: Readonly<Record<MachineLevel, string>> = {
  bad: 'Problem',
  weak: 'Warning',
  note: 'Note',
  good: 'Good',
};

/** States in words. */
export const machineStateNames: Readonly<Record<MachineState, string>> = {
  complete: 'complete',
  half: 'half',
  off: 'off',
  misspelt: 'misspelt',
  default: 'not set, default',
  'not-read': 'not in the file',
};

/** The whole result in one sentence. */
export function machineSentence(report: MachineReport): string {
  const bad = report.checks.filter(({ level }) => level === 'bad').length;
  const weak = report.checks.filter(({ level }) => level === 'weak').length;
  const counts = [
    ...(bad > 0 ? [`${bad} ${bad === 1 ? 'problem' : 'problems'}`] : []),
    ...(weak > 0 ? [`${weak} ${weak === 1 ? 'warning' : 'warnings'}`] : []),
  ];
  const failing = [...new Set(report.programs.filter(({ connects }) => connects === false).map(targetsOf))];
  const programs =
    failing.length === 0
      ? ''
      : ` Programs for .NET Framework ${formatNames(failing)} that say nothing about TLS do not connect to Dynamics 365 and Dataverse online.`;
  return `${counts.length === 0 ? 'Nothing to report' : formatNames(counts)}.${programs}`;
}

/** What the machine is, as far as it is known. */
export function machineName({ windows, dotNet }: MachineReport): string {
  const name = windows
    ? `${windows.name}${windows.build > 0 ? ` (build ${windows.build})` : ''}`
    : 'Windows of unknown version';
  return dotNet === null ? name : `${name}, .NET Framework ${dotNet}`;
}

/** `4.0 to 4.5.2`. */
export function targetsOf({ from, to }: MachinePrograms): string {
  return `${from} to ${to}`;
}

/** What programs offer, in a few words. */
export function protocolsOf({ protocols }: MachinePrograms): string {
  return protocols === null ? 'not known' : protocols.length === 0 ? 'nothing' : protocols.join(', ');
}

/** The report as a page: what is wrong first, then what programs get, every value with its place, and the products. */
export function machineMarkdown(report: MachineReport, source: string): string {
  const problems = report.checks.filter(({ level }) => isProblem(level));
  const others = report.checks.filter(({ level }) => !isProblem(level));
  return [
    '# This machine',
    `${asText(machineName(report))}. Read from ${asText(source)}.`,
    `**${machineSentence(report)}**`,
    ...(problems.length === 0 ? [] : ['## What is wrong', ...problems.map(section)]),
    ...programsTable(report),
    '## All settings',
    [
      '| setting | state | level | meaning |',
      '| --- | --- | --- | --- |',
      ...report.checks.map(
        ({ title, state, level, text }) =>
          `| ${asText(title)} | ${machineStateNames[state]} | ${levelNames[level]} | ${asText(text)} |`,
      ),
    ].join('\n'),
    '## Values and places',
    ...others.filter(({ values }) => values.length > 0).map(valuesList),
    ...productsTable(),
    '',
  ].join('\n\n');
}

function section(check: MachineCheck): string {
  return [
    `### ${levelNames[check.level]}: ${asText(check.title)} (${machineStateNames[check.state]})`,
    asText(check.text),
    ...(check.next ? [`To do: ${asText(check.next)}`] : []),
    ...(check.values.length > 0 ? [valueLines(check)] : []),
  ].join('\n\n');
}

function valuesList(check: MachineCheck): string {
  return `${asText(check.title)} (${machineStateNames[check.state]}):\n\n${valueLines(check)}`;
}

function valueLines({ values }: MachineCheck): string {
  return values
    .map(({ key, name, data }) => `- ${code(`${key}\\${name}`)}: ${data === null ? 'not set' : code(data)}`)
    .join('\n');
}

function programsTable({ programs }: MachineReport): string[] {
  if (programs.length === 0) {
    return [];
  }
  const answer = ({ connects }: MachinePrograms) => (connects === null ? 'not known' : connects ? 'yes' : 'no');
  return [
    '## What programs get',
    'Programs of .NET Framework whose code and configuration say nothing about TLS, by their target:',
    [
      '| target | bits | offers | connects to Dataverse |',
      '| --- | --- | --- | --- |',
      ...programs.map((row) => `| ${targetsOf(row)} | ${row.bits} | ${protocolsOf(row)} | ${answer(row)} |`),
    ].join('\n'),
  ];
}

function productsTable(): string[] {
  const [first] = clientProducts;
  return [
    '## Client products and browsers',
    `What products need for TLS 1.2, as of ${first?.asOf} ([more](${clientProductsPage})):`,
    [
      '| product | requirement |',
      '| --- | --- |',
      ...clientProducts.map(
        ({ name, requirement, government, source }) =>
          `| ${asText(name)} | ${asText(requirement)}${government ? ` Government 8.2: ${asText(government)}` : ''} [Source](${source}) |`,
      ),
    ].join('\n'),
  ];
}

/** What a registry holds stays text. */
function asText(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|]/g, '\\$&').replace(/[\r\n]+/g, ' ');
}

function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text.replace(/[\r\n]+/g, ' ')}${pad}${fence}`;
}
