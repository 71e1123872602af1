import type { FileEdits, Finding, Fix } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import { EditLog } from '../text/edit-log.ts';
import type { Analysis, Analyzer } from './analyzer.ts';

/** What applying all fixes would do. */
export interface FixAllResult {
  /** Edits against the texts as they are now; each file once. */
  readonly changes: readonly FileEdits[];
  /** What was fixed, in the order in which it was applied. */
  readonly applied: readonly { readonly finding: Finding; readonly fix: Fix }[];
  /** What the analysis says of the result. */
  readonly after: Analysis;
}

/** Fixes are applied round after round until nothing changes, at most this often. */
const maximumRounds = 50;

/**
 * Computes the edits that remove all findings with a safe fix. Fixes that claim the same place wait for the next
 * round. The analyzer is left as it was; nothing is written.
 */
export function fixAll(analyzer: Analyzer, isWanted: (finding: Finding, fix: Fix) => boolean): FixAllResult {
  const logs = new Map<FilePath, EditLog>();
  const applied: { finding: Finding; fix: Fix }[] = [];
  const tried = new Set<string>();
  let after = analyzer.analyze();
  try {
    for (let round = 0; round < maximumRounds; round++) {
      const chosen = chooseFixes(after, isWanted, tried);
      if (chosen.length === 0) {
        break;
      }
      applyRound(chosen, logs, after);
      applied.push(...chosen);
      analyzer.overlay([...logs].map(([path, log]) => [path, log.text]));
      after = analyzer.analyze();
    }
  } finally {
    analyzer.overlay([]);
  }
  const changes = [...logs]
    .map(([path, log]) => ({ path, edits: log.edits() }))
    .filter(({ edits }) => edits.length > 0);
  return { changes, applied, after };
}

/** One fix for each finding, as many as do not get in each other's way. */
function chooseFixes(
  analysis: Analysis,
  isWanted: (finding: Finding, fix: Fix) => boolean,
  tried: Set<string>,
): { finding: Finding; fix: Fix }[] {
  const claimed = new Map<FilePath, { start: number; end: number }[]>();
  const chosen: { finding: Finding; fix: Fix }[] = [];
  for (const finding of analysis.findings) {
    const fix = finding.fixes.find((candidate) => candidate.bulk === 'safe' && isWanted(finding, candidate));
    const key = fix && JSON.stringify([finding.rule, fix.changes]);
    if (!fix || key === undefined || tried.has(key)) {
      continue;
    }
    const claims = [
      ...fix.changes.flatMap(({ path, edits }) => edits.map(({ range }) => ({ path, range }))),
      ...(fix.claims ?? []),
    ];
    const isFree = claims.every(({ path, range }) =>
      (claimed.get(path) ?? []).every((other) => range.end < other.start || range.start > other.end),
    );
    if (!isFree) {
      continue;
    }
    for (const { path, range } of claims) {
      claimed.set(path, [...(claimed.get(path) ?? []), range]);
    }
    // A fix that would be made twice does not help: its finding stays.
    tried.add(key);
    chosen.push({ finding, fix });
  }
  return chosen;
}

function applyRound(chosen: readonly { fix: Fix }[], logs: Map<FilePath, EditLog>, analysis: Analysis): void {
  const byPath = new Map<FilePath, FileEdits['edits'][number][]>();
  for (const { path, edits } of chosen.flatMap(({ fix }) => fix.changes)) {
    byPath.set(path, [...(byPath.get(path) ?? []), ...edits]);
  }
  for (const [path, edits] of byPath) {
    const log = logs.get(path) ?? new EditLog(analysis.workspace.readText(path) ?? '');
    logs.set(path, log);
    log.apply(edits);
  }
}
