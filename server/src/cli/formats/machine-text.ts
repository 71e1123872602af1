import type pc from 'picocolors';
import { clientProducts } from '../../core/facts/client-products.ts';
import {
  type MachineCheck,
  type MachineLevel,
  type MachineReport,
  machineName,
  machineSentence,
  machineStateNames,
  protocolsOf,
  targetsOf,
} from '../../core/index.ts';
import { harmless } from '../../probe/words.ts';
import { wrap } from './probe-text.ts';

type Colors = ReturnType<typeof pc.createColors>;

/** The state of a machine for people: the sentence, what programs get, each setting with its values, products. */
export function machineText(report: MachineReport, source: string, colors: Colors): string {
  return [
    colors.bold(`${harmless(source)}: ${machineName(report)}`),
    ...wrap('  ', machineSentence(report)),
    ...programLines(report, colors),
    ...report.checks.flatMap((check) => checkLines(check, colors)),
    colors.bold('  Client products and browsers'),
    ...clientProducts.flatMap(({ name, requirement, government }) =>
      wrap('    - ', `${name}: ${requirement}${government ? ` Government 8.2: ${government}` : ''}`),
    ),
    '',
  ].join('\n');
}

function programLines({ programs }: MachineReport, colors: Colors): string[] {
  if (programs.length === 0) {
    return [];
  }
  return [
    colors.bold('  Programs of .NET Framework that say nothing about TLS themselves'),
    ...programs.map((row) => {
      const answer = row.connects === null ? 'not known' : row.connects ? 'connects' : colors.red('fails');
      return `    ${targetsOf(row).padEnd(13)} ${row.bits}-bit  ${protocolsOf(row).padEnd(34)} ${answer}`;
    }),
  ];
}

function checkLines({ title, state, level, text, next, values }: MachineCheck, colors: Colors): string[] {
  return [
    `  ${paint(level, colors)} ${colors.bold(title)}: ${machineStateNames[state]}`,
    ...wrap('       ', text),
    // Paths stay in one piece, so that they can be copied.
    ...values.map(({ key, name, data }) =>
      colors.dim(harmless(`       ${key}\\${name} ${data === null ? 'is not set' : `= ${data}`}`)),
    ),
    ...(next ? wrap('       ', `To do: ${next}`) : []),
  ];
}

function paint(level: MachineLevel, colors: Colors): string {
  const word = level.padEnd(4);
  return { bad: colors.red, weak: colors.yellow, note: colors.blue, good: colors.green }[level](word);
}
