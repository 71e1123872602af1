import type { FileEdits, Finding, Message } from '../model/finding.ts';
import { rules } from '../rules/index.ts';
import { suppressionEdit } from '../suppressions/write-suppressions.ts';
import { applyEdits } from '../text/edits.ts';
import type { Analysis, Analyzer } from './analyzer.ts';

/** A comment that silences a finding, as an edit. It is no fix: the finding is true, and somebody decides against it. */
export interface SuppressionOffer {
  readonly title: Message;
  readonly changes: readonly FileEdits[];
}

const titles = {
  'next-line': 'Disable {rule} for this line',
  file: 'Disable {rule} for this file',
} as const;

/**
 * The comments that would silence a finding, for its line and for its file: only those after which the analysis no
 * longer has the finding, and has no new one. The analyzer is left as it was.
 */
export function suppressionOffers(analyzer: Analyzer, finding: Finding): SuppressionOffer[] {
  const rule = rules.find(({ id }) => id === finding.rule);
  const text = analyzer.analyze().workspace.readText(finding.path);
  if (!rule || rule.appliesTo.includes('suppression') || text === undefined) {
    return [];
  }
  return (['next-line', 'file'] as const).flatMap((reach): SuppressionOffer[] => {
    const edit = suppressionEdit(text, finding, reach);
    const change = edit && { path: finding.path, edits: [edit] };
    return change && silences(analyzer, finding, change, text)
      ? [{ title: { key: reach, template: titles[reach], values: { rule: finding.rule } }, changes: [change] }]
      : [];
  });
}

function silences(analyzer: Analyzer, finding: Finding, { path, edits }: FileEdits, text: string): boolean {
  const before = countsOf(analyzer.analyze());
  try {
    analyzer.overlay([[path, applyEdits(text, edits)]]);
    const after = countsOf(analyzer.analyze());
    const kind = kindOf(finding);
    return (
      (after.get(kind) ?? 0) < (before.get(kind) ?? 0) &&
      [...after].every(([other, count]) => count <= (before.get(other) ?? 0) || isQuestion(other))
    );
  } finally {
    analyzer.overlay([]);
  }
}

/** Without the place, which a line above moves. */
function kindOf({ rule, path, message, project }: Finding): string {
  return [rule, message.key, path, project ?? ''].join('\n');
}

function countsOf({ findings }: Analysis): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    counts.set(kindOf(finding), (counts.get(kindOf(finding)) ?? 0) + 1);
  }
  return counts;
}

/** What a policy asks of every new comment, and a person answers: why, and until when. */
function isQuestion(kind: string): boolean {
  return /^suppression-invalid\nno-(?:reason|expiry)\n/.test(kind);
}
