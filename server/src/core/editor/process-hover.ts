import type { Location } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import { escapeMarkdown } from '../text/escape.ts';
import { lensTitle, windowsGroups } from '../verdict/offer-words.ts';
import type { ProcessVerdict, VerdictStep } from '../verdict/process-verdict.ts';
import type { HoverText } from './hover.ts';

/** A place as Markdown; hosts that can open files make a link of it. */
export type PlaceText = (at: Location) => string;

/** More processes than this are only counted: a shared target may decide for hundreds. */
const maximumProcesses = 3;

/** The verdict with its chain, for a place that a verdict rests on; undefined for every other place. */
export function processHoverAt(
  path: FilePath,
  offset: number,
  processes: readonly ProcessVerdict[],
  placeText: PlaceText,
): HoverText | undefined {
  const isHere = (at: Location | null) =>
    at !== null && at.path === path && offset >= at.range.start && offset <= at.range.end;
  const isReason = ({ at, effect }: VerdictStep) => effect !== 'none' && isHere(at);
  const concerned = processes.filter(
    (process) => process.programs.length === 0 && (isHere(process.at) || process.because.some(isReason)),
  );
  const [first] = concerned;
  if (!first) {
    return undefined;
  }
  const place = isHere(first.at) ? first.at : (first.because.find(isReason)?.at ?? first.at);
  const shown = concerned.slice(0, maximumProcesses).map((process) => processText(process, placeText));
  const more = concerned.length - shown.length;
  const rest = more > 0 ? [`And ${more} more ${more === 1 ? 'process' : 'processes'}.`] : [];
  return { markdown: [...shown, ...rest].join('\n\n'), range: place.range };
}

function processText(process: ProcessVerdict, placeText: PlaceText): string {
  const which = [process.target, ...process.configurations].filter(Boolean).join(', ');
  const name = `${escapeMarkdown(process.name)}${which === '' ? '' : ` (${escapeMarkdown(which)})`}`;
  const verdict = process.verdict === 'not-affected' ? 'not affected' : process.verdict;
  const steps = process.because.map(({ text, at, effect }) => {
    const mark = effect === 'none' ? '' : `**${effect}** `;
    return `- ${mark}${escapeMarkdown(text)}${at ? ` (${placeText(at)})` : ''}`;
  });
  const windows = windowsGroups(process)
    .filter((group) => group.verdict !== process.verdict)
    .map((group) => `On ${group.names}: ${group.offer}, ${group.verdict}.`);
  const fix = process.fix ? [`Fix: ${escapeMarkdown(process.fix.title)} (${placeText(process.fix.at)})`] : [];
  return [`**${name}: ${verdict}** · ${lensTitle(process)}`, steps.join('\n'), ...windows, ...fix].join('\n\n');
}
