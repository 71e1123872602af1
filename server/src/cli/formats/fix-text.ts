import { type FollowUp, formatMessage, type PlannedRetarget } from '../../core/index.ts';
import type { CliIo } from '../io.ts';
import type { Session } from '../session.ts';
import { type FixOutput, leftAlone } from './fix-json.ts';
import { PlaceFormatter } from './json.ts';
import { colorsFor } from './text.ts';

type Colors = ReturnType<typeof colorsFor>;

/** The fix for people: what was done, what was not, and what is left to do. */
export function fixText(output: FixOutput, io: CliIo): string {
  const { session, result, plan, written, remaining, isDryRun } = output;
  const colors = colorsFor(io);
  const places = new PlaceFormatter(session);
  const lines = plan ? retargetLines(plan, session, colors) : [];
  lines.push(
    ...result.applied.map(
      ({ finding, fix }) =>
        `${colors.green('fixed')} ${places.file(finding)}:${places.range(finding).start.line} ${formatMessage(fix.title)}`,
    ),
  );
  lines.push(...written.failures.map(({ file, message }) => `${colors.red('failed')} ${file}: ${message}`));
  const kept = plan ? [] : leftAlone(output);
  if (kept.length > 0 && result.applied.length > 0) {
    lines.push(`left alone: ${kept.join(', ')} (plug-ins and workflow activities keep their target)`);
  }
  lines.push(...(plan ? toDoLines(plan, session, colors) : []));
  if (result.toConfirm.length > 0) {
    lines.push(
      `${count(result.toConfirm.length, 'fix', 'fixes')} should be looked at first; --confirm applies ${result.toConfirm.length === 1 ? 'it' : 'them'} as well:`,
      ...result.toConfirm.map(
        ({ finding, fix }) =>
          `  ${places.file(finding)}:${places.range(finding).start.line} ${formatMessage(fix.title)}`,
      ),
    );
  }
  if (remaining > 0) {
    lines.push(
      remaining === 1
        ? '1 finding needs a person; run the audit to see it.'
        : `${remaining} findings need a person; run the audit to see them.`,
    );
  }
  lines.push(filesLine(written.files.length, isDryRun));
  return `${lines.join('\n')}\n`;
}

function filesLine(files: number, isDryRun: boolean): string {
  if (files === 0) {
    return isDryRun ? 'No file would be changed.' : 'No file was changed.';
  }
  const subject = count(files, 'file', 'files');
  return isDryRun ? `${subject} would be changed.` : `${subject} ${files === 1 ? 'was' : 'were'} changed.`;
}

function retargetLines(plan: PlannedRetarget, session: Session, colors: Colors): string[] {
  return [
    ...plan.retargeted.map(
      ({ path, from }) =>
        `${colors.green('retargeted')} ${session.display(path)} from ${from.join(', ')} to ${plan.goal}`,
    ),
    ...plan.leftAlone.map(({ path, reason }) => `left alone ${session.display(path)}: ${formatMessage(reason)}`),
    ...plan.unresolved.map(
      ({ path, reason }) => `${colors.yellow('not retargeted')} ${session.display(path)}: ${formatMessage(reason)}`,
    ),
  ];
}

function toDoLines({ followUps }: PlannedRetarget, session: Session, colors: Colors): string[] {
  const lines = followUps.map((entry) => `  ${placeText(entry, session)}${formatMessage(entry.message)}`);
  return lines.length > 0 ? [colors.bold('To do:'), ...lines] : [];
}

function placeText({ at, position }: FollowUp, session: Session): string {
  if (!at) {
    return '';
  }
  const line = position && at.range.end > 0 ? `:${position.line + 1}` : '';
  return `${session.display(at.path)}${line} `;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
