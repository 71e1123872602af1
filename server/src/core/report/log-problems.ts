import { errorSignatures } from '../facts/error-signatures.ts';
import type { ErrorExplanation, ErrorMatch } from '../model/error-explanation.ts';
import type { Severity } from '../model/finding.ts';
import type { LineIndex } from '../text/lines.ts';
import { causeNames } from './error-markdown.ts';

/** What an editor shows in a log, at a recognised text. */
export interface LogProblem {
  /** Zero-based; the columns are UTF-16 units. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly severity: Severity;
  readonly message: string;
  /** The id of the signature, and where its meaning is known from. */
  readonly signature: string;
  readonly source: string;
  /** Other recognised texts of the log with their meaning. */
  readonly related: readonly { readonly line: number; readonly message: string }[];
}

/**
 * One problem for each kind of error in a log, at its first place: a warning where the whole log is decided,
 * information elsewhere. Texts that only stand around another are related places.
 * @param lines The text that was explained.
 * @param skipped Lines of `lines` that stand before what was explained.
 */
export function logProblems({ matches }: ErrorExplanation, lines: LineIndex, skipped = 0): readonly LogProblem[] {
  const deciding = matches.filter(({ decides, causes }) => decides > 0 && causes[0]);
  const around = matches.filter(({ decides }) => decides === 0);
  return deciding.map((match) => {
    const line = match.line - 1 + skipped;
    return {
      line,
      ...columnsOf(match, lines.lineText(line)),
      severity: match.decisive ? 'warning' : 'information',
      message: messageOf(match),
      signature: match.signature,
      source: match.source,
      related: match.decisive
        ? around.map((other) => ({ line: other.line - 1 + skipped, message: meaningOf(other) }))
        : [],
    };
  });
}

function messageOf(match: ErrorMatch): string {
  const often = match.count > 1 ? ` It stands here ${match.count} times.` : '';
  const [first] = match.causes;
  const next = first?.next[0] ? ` Next: ${first.next[0]}` : '';
  return `${meaningOf(match)}${often}${next}`;
}

function meaningOf({ causes: [first] }: ErrorMatch): string {
  return first ? `${causeNames[first.id]} (${first.likelihood}): ${first.because}` : '';
}

/** Where the sentence stands in its line; the whole line where it is wrapped or spelled with escapes. */
function columnsOf({ signature }: ErrorMatch, text: string): { readonly start: number; readonly end: number } {
  const match = errorSignatures.find(({ id }) => id === signature)?.pattern.exec(text);
  if (match && match[0].length > 0) {
    return { start: match.index, end: match.index + match[0].length };
  }
  const start = text.length - text.trimStart().length;
  return { start, end: Math.max(start, text.trimEnd().length) };
}
