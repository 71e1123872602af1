import type pc from 'picocolors';
import { type Location, offerWords, type ProcessVerdict, type Verdict, windowsGroups } from '../../core/index.ts';
import { harmless } from '../../probe/words.ts';
import type { Session } from '../session.ts';
import { PlaceFormatter } from './json.ts';
import { wrap } from './probe-text.ts';

type Colors = ReturnType<typeof pc.createColors>;

/**
 * The verdicts for people, with the chain of each, in at most 80 columns. Paths stand on lines of their own and are
 * never broken, so that a terminal can follow them.
 */
export function explainText(processes: readonly ProcessVerdict[], session: Session, colors: Colors): string {
  const places = new PlaceFormatter(session);
  const place = (at: Location) => harmless(`${places.file(at)}:${places.range(at).start.line}`);
  const parts = processes.map((process) => processLines(process, session, place, colors).join('\n'));
  return [...parts, summary(processes, colors)].map((part) => `${part}\n`).join('\n');
}

function processLines(
  process: ProcessVerdict,
  session: Session,
  place: (at: Location) => string,
  colors: Colors,
): string[] {
  const which = [process.target, ...process.configurations].filter(Boolean).join(', ');
  const lines = [`${paint(process.verdict, colors)}: ${harmless(session.display(process.path))}`];
  lines.push(...wrap('  ', harmless(`${process.kind}${which === '' ? '' : ` for ${which}`}, ${offerWords(process)}`)));
  for (const { at, text, effect } of process.because) {
    lines.push(...wrap(`  ${effect.padEnd(8)} `, harmless(text)));
    if (at) {
      lines.push(`           ${colors.dim(place(at))}`);
    }
  }
  for (const group of windowsGroups(process)) {
    lines.push(
      ...wrap(
        '  on       ',
        `${group.names}: ${group.offer}${group.verdict === process.verdict ? '' : ` (${words(group.verdict)})`}`,
      ),
    );
  }
  if (process.fix) {
    const [fix = '', ...more] = wrap('  fix      ', harmless(process.fix.title));
    lines.push(fix.replace('fix', colors.green('fix')), ...more, `           ${colors.dim(place(process.fix.at))}`);
  }
  return lines;
}

function words(verdict: Verdict): string {
  return verdict === 'not-affected' ? 'not affected' : verdict;
}

function paint(verdict: Verdict, colors: Colors): string {
  const color = { unsafe: colors.red, unknown: colors.yellow, safe: colors.green, 'not-affected': colors.dim }[verdict];
  return color(words(verdict));
}

function summary(processes: readonly ProcessVerdict[], colors: Colors): string {
  if (processes.length === 0) {
    return 'no process was found';
  }
  const counts = (['unsafe', 'unknown', 'safe', 'not-affected'] as const).flatMap((verdict) => {
    const count = processes.filter((process) => process.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${paint(verdict, colors)}`];
  });
  return `${processes.length} ${processes.length === 1 ? 'process' : 'processes'}: ${counts.join(', ')}`;
}
