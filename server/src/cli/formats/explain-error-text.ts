import type pc from 'picocolors';
import type { ErrorCause, ErrorExplanation, ErrorMatch } from '../../core/index.ts';
import { harmless } from '../../probe/words.ts';
import { wrap } from './probe-text.ts';

type Colors = ReturnType<typeof pc.createColors>;

/** The explanation for people: the match that decides with causes and steps, then what else was recognised. */
export function explainErrorText({ matches, lines }: ErrorExplanation, file: string, colors: Colors): string {
  const name = file === '-' ? 'standard input' : harmless(file);
  const decisive = matches.find((match) => match.decisive);
  if (!decisive) {
    return `${name}: nothing was recognised in ${lines} ${lines === 1 ? 'line' : 'lines'}\n`;
  }
  const [first] = decisive.causes;
  const others = matches.filter((match) => match !== decisive);
  return [
    colors.bold(`${name}: ${first?.id} (${first?.likelihood})`),
    ...wrap('  ', place(decisive)),
    ...wrap('    ', harmless(decisive.text)),
    ...decisive.causes.flatMap((cause) => causeLines(cause)),
    '  Next:',
    ...(first?.next ?? []).flatMap((step) => wrap('  - ', step)),
    ...wrap('  ', `Source: ${decisive.source}`).map(colors.dim),
    ...(others.length === 0 ? [] : ['  Also recognised:']),
    ...others.flatMap((match) => wrap('  - ', `${place(match)} ${match.causes[0]?.id}: ${harmless(match.text)}`)),
    '',
  ].join('\n');
}

function place({ line, count }: ErrorMatch): string {
  return `line ${line}${count > 1 ? `, ${count} times` : ''}:`;
}

function causeLines({ id, likelihood, because }: ErrorCause): string[] {
  return wrap(`  ${likelihood.padEnd(8)} `, `${id}: ${because}`);
}
