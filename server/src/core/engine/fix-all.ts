import type { FileEdits, Finding, Fix } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import { EditLog } from '../text/edit-log.ts';
import type { Analysis, Analyzer } from './analyzer.ts';

/** What applying all fixes would do. */
export interface FixAllResult {
  /** Edits against the texts as they are now; each file once. */
  readonly changes: readonly FileEdits[];
  /** What was fixed, in the order in which it was applied. */
  readonly applied: readonly AppliedFix[];
  /** What is left with a fix that a person has to confirm. */
  readonly toConfirm: readonly AppliedFix[];
  /** What the analysis says of the result. */
  readonly after: Analysis;
}

/** A finding with the fix that was taken, or would be. */
export interface AppliedFix {
  readonly finding: Finding;
  readonly fix: Fix;
}

export interface FixAllOptions {
  isWanted(finding: Finding, fix: Fix): boolean;
  /** Takes fixes that a person should look at as well. */
  readonly withConfirm?: boolean;
  /** Edits that are made before, and are part of the result. */
  readonly base?: readonly FileEdits[];
}

/** Fixes are applied round after round until nothing changes, at most this often. */
const maximumRounds = 50;

/**
 * Computes the edits that remove all findings with a safe fix, those to be confirmed apart. Fixes that claim the same place wait for the next
 * round. The analyzer is left as it was; nothing is written.
 */
export function fixAll(analyzer: Analyzer, options: FixAllOptions): FixAllResult {
  const applied: AppliedFix[] = [];
  const useless = new Set<string>();
  let logs = new Map<FilePath, EditLog>();
  let after = analyzer.analyze();
  try {
    for (const { path, edits } of options.base ?? []) {
      const log = new EditLog(after.workspace.readText(path) ?? '');
      log.apply(edits);
      logs.set(path, log);
    }
    if (logs.size > 0) {
      analyzer.overlay([...logs].map(([path, log]) => [path, log.text]));
      after = analyzer.analyze();
    }
    for (let round = 0; round < maximumRounds; round++) {
      const chosen = chooseFixes(after, options, useless);
      if (chosen.length === 0) {
        break;
      }
      const before = new Map([...logs].map(([path, log]) => [path, log.clone()] as const));
      const counts = countFindings(after);
      applyRound(chosen, logs, after);
      analyzer.overlay([...logs].map(([path, log]) => [path, log.text]));
      const result = analyzer.analyze();
      const left = countFindings(result);
      const failed = chosen.filter(
        ({ finding }) => (left.get(kindOf(finding)) ?? 0) >= (counts.get(kindOf(finding)) ?? 0),
      );
      if (failed.length > 0) {
        // A fix that leaves its finding does not help: the round is taken back and goes on without it.
        for (const { finding, fix } of failed) {
          useless.add(keyOf(finding, fix));
        }
        logs = before;
        analyzer.overlay([...logs].map(([path, log]) => [path, log.text]));
        after = analyzer.analyze();
        continue;
      }
      applied.push(...chosen);
      after = result;
    }
  } finally {
    analyzer.overlay([]);
  }
  const changes = [...logs]
    .map(([path, log]) => ({ path, edits: log.edits() }))
    .filter(({ edits }) => edits.length > 0);
  return { changes, applied, toConfirm: leftToConfirm(after, options), after };
}

function leftToConfirm({ findings }: Analysis, { isWanted }: FixAllOptions): AppliedFix[] {
  return findings.flatMap((finding) => {
    const fix = finding.fixes.find((candidate) => candidate.bulk === 'confirm' && isWanted(finding, candidate));
    return fix ? [{ finding, fix }] : [];
  });
}

/** What findings are counted by: a fix must make them fewer. */
function kindOf(finding: Finding): string {
  return `${finding.rule}\n${finding.path}`;
}

function keyOf(finding: Finding, fix: Fix): string {
  return JSON.stringify([finding.rule, finding.path, finding.message, fix.title.key]);
}

function countFindings({ findings }: Analysis): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    counts.set(kindOf(finding), (counts.get(kindOf(finding)) ?? 0) + 1);
  }
  return counts;
}

/** One fix for each finding, as many as do not get in each other's way. */
function chooseFixes(
  analysis: Analysis,
  { isWanted, withConfirm = false }: FixAllOptions,
  useless: ReadonlySet<string>,
): AppliedFix[] {
  const claimed = new Map<FilePath, { start: number; end: number }[]>();
  const chosen: AppliedFix[] = [];
  for (const finding of analysis.findings) {
    const fix = finding.fixes.find(
      (candidate) =>
        (candidate.bulk === 'safe' || (withConfirm && candidate.bulk === 'confirm')) && isWanted(finding, candidate),
    );
    if (!fix || useless.has(keyOf(finding, fix))) {
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
