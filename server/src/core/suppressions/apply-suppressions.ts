import type { Finding } from '../model/finding.ts';
import { LineIndex } from '../text/lines.ts';
import { parseXml, type XmlDocument } from '../xml/index.ts';
import { commentSyntax } from './comment-syntax.ts';
import type { NamedRule, Suppression } from './read-suppressions.ts';

/** A finding that is not told, and what silenced it. */
export interface SuppressedFinding {
  readonly finding: Finding;
  readonly by: Suppression;
}

/** One rule of one comment, after all findings of the file are known. */
export interface JudgedSuppression {
  readonly suppression: Suppression;
  readonly rule: NamedRule;
  readonly isUsed: boolean;
  readonly isExpired: boolean;
}

/** What is left of the findings of a file. */
export interface AppliedSuppressions {
  readonly kept: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** In the order of the comments. */
  readonly judged: readonly JudgedSuppression[];
}

/**
 * Takes away the findings that comments of the same file silence. A comment for the line comes before one for the file,
 * so that the one that is not needed is told.
 *
 * @param today `YYYY-MM-DD`; undefined where no clock is at hand: then nothing expires.
 */
export function applySuppressions(
  text: string,
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  today: string | undefined,
): AppliedSuppressions {
  const places = new FindingLines(text);
  const used = new Set<NamedRule>();
  const kept: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  const counting = suppressions.filter((suppression) => counts(suppression, today));
  const candidates = [
    ...counting.filter(({ reach }) => reach !== 'file'),
    ...counting.filter(({ reach }) => reach === 'file'),
  ];
  for (const finding of findings) {
    const by = candidates.find(
      (candidate) =>
        candidate.rules.some(({ id }) => id === finding.rule) &&
        (candidate.reach === 'file' || places.covers(candidate, finding)),
    );
    const rule = by?.rules.find(({ id }) => id === finding.rule);
    if (by && rule) {
      used.add(rule);
      suppressed.push({ finding, by });
    } else {
      kept.push(finding);
    }
  }
  const judged = suppressions.flatMap((suppression) =>
    suppression.rules.map((rule) => ({
      suppression,
      rule,
      isUsed: used.has(rule),
      isExpired: isExpired(suppression, today),
    })),
  );
  return { kept, suppressed, judged };
}

/** An end that is no date cannot be known to lie in the future. */
function counts(suppression: Suppression, today: string | undefined): boolean {
  return suppression.reach !== null && suppression.until?.isDate !== false && !isExpired(suppression, today);
}

/** It counts on its last day. */
export function isExpired({ until }: Suppression, today: string | undefined): boolean {
  return until?.isDate === true && today !== undefined && until.date < today;
}

/** Lines at which a comment can speak of a finding. */
class FindingLines {
  readonly #text: string;
  readonly #lines: LineIndex;
  #document: XmlDocument | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#lines = new LineIndex(text);
  }

  covers({ reach, coveredLine }: Suppression, finding: Finding): boolean {
    const { first, own, last } = this.#linesOf(finding);
    return reach === 'next-line'
      ? coveredLine === first || coveredLine === own
      : coveredLine === own || coveredLine === last;
  }

  /**
   * In XML no comment can stand inside a tag, nor should one stand inside a value: there the comment before an element
   * speaks of its whole tag, and of its text where it has nothing but text.
   */
  #linesOf({ path, range }: Finding): { readonly first: number; readonly own: number; readonly last: number } {
    const own = this.#line(range.start);
    if (commentSyntax(path)?.after !== ' -->') {
      return { first: own, own, last: own };
    }
    const around = elementAround(this.#parsed(), range.start);
    return around
      ? { first: this.#line(around.start), own, last: this.#line(Math.max(around.start, around.end - 1)) }
      : { first: own, own, last: own };
  }

  #line(offset: number): number {
    return this.#lines.positionAt(offset).line;
  }

  #parsed(): XmlDocument {
    this.#document ??= parseXml(this.#text);
    return this.#document;
  }
}

/** The tag that an offset stands in, or the whole element where it holds nothing but text. */
export function elementAround(document: XmlDocument, offset: number): { start: number; end: number } | undefined {
  const element = document.elementAt(offset);
  if (!element) {
    return undefined;
  }
  if (element.children.length === 0 && element.range.start <= offset && offset <= element.range.end) {
    return element.range;
  }
  const { start, end } = element.openTagRange;
  return start <= offset && offset < end ? { start, end } : undefined;
}
