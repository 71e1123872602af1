import type { Finding, RelatedLocation } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import type { SuppressedFinding } from '../suppressions/apply-suppressions.ts';
import { mergeFindings, type RuleFailure } from './run-rules.ts';
import type { SuppressionTable } from './suppression-table.ts';

/**
 * What all subjects (projects and files) reported, joined by place. Only files about which something changed are
 * joined anew: the list of every other file stays the same object.
 */
export class FindingTable {
  /** By the file that the findings stand in, then by the subject that reported them. */
  readonly #reported = new Map<FilePath, Map<FilePath, Finding[]>>();
  readonly #bySubject = new Map<FilePath, readonly FilePath[]>();
  readonly #stale = new Set<FilePath>();
  #merged: ReadonlyMap<FilePath, readonly Finding[]> = new Map();
  readonly #suppressions: SuppressionTable;
  readonly #suppressed = new Map<FilePath, readonly SuppressedFinding[]>();
  readonly #failures = new Map<FilePath, readonly RuleFailure[]>();

  constructor(suppressions: SuppressionTable) {
    this.#suppressions = suppressions;
  }

  /** Replaces what a subject reported. */
  set(subject: FilePath, findings: readonly Finding[]): void {
    for (const path of this.#bySubject.get(subject) ?? []) {
      this.#reported.get(path)?.delete(subject);
      this.#stale.add(path);
    }
    const byPath = new Map<FilePath, Finding[]>();
    for (const finding of findings) {
      const list = byPath.get(finding.path);
      if (list) {
        list.push(finding);
      } else {
        byPath.set(finding.path, [finding]);
      }
    }
    this.#bySubject.set(subject, [...byPath.keys()]);
    for (const [path, list] of byPath) {
      const subjects = this.#reported.get(path) ?? new Map<FilePath, Finding[]>();
      this.#reported.set(path, subjects.set(subject, list));
      this.#stale.add(path);
    }
  }

  /**
   * The findings by file, in the order of the paths and, in a file, of the places. `isProject` tells subjects apart:
   * where several report at one place, projects come before files.
   */
  merge(
    isProject: (subject: FilePath) => boolean,
    describe: (project: FilePath) => RelatedLocation,
  ): ReadonlyMap<FilePath, readonly Finding[]> {
    for (const path of this.#suppressions.takeStale()) {
      this.#stale.add(path);
    }
    if (this.#stale.size === 0) {
      return this.#merged;
    }
    const merged = new Map(this.#merged);
    let isSorted = true;
    for (const path of this.#stale) {
      const subjects = [...(this.#reported.get(path) ?? [])];
      if (subjects.length === 0) {
        this.#reported.delete(path);
      }
      subjects.sort(([a], [b]) => Number(isProject(b)) - Number(isProject(a)) || (a < b ? -1 : 1));
      const joined = mergeFindings(
        subjects.flatMap(([, findings]) => findings),
        describe,
      );
      const { findings, suppressed, failures } = this.#suppressions.settle(path, joined);
      setUnlessEmpty(this.#suppressed, path, suppressed);
      setUnlessEmpty(this.#failures, path, failures);
      isSorted &&= merged.has(path) || findings.length === 0;
      setUnlessEmpty(merged, path, findings.toSorted(byPlace));
    }
    this.#stale.clear();
    this.#merged = isSorted ? merged : new Map([...merged].sort(([a], [b]) => (a < b ? -1 : 1)));
    return this.#merged;
  }

  /** Findings that comments silence, in the order of the paths. */
  suppressed(): SuppressedFinding[] {
    return inOrder(this.#suppressed);
  }

  /** Rules about comments that threw. */
  failures(): RuleFailure[] {
    return inOrder(this.#failures);
  }
}

/** Sets a list by path, or takes it away when it is empty. */
export function setUnlessEmpty<T>(lists: Map<FilePath, readonly T[]>, path: FilePath, list: readonly T[]): void {
  if (list.length > 0) {
    lists.set(path, list);
  } else {
    lists.delete(path);
  }
}

/** Everything in lists by path, in the order of the paths. */
export function inOrder<T>(lists: ReadonlyMap<FilePath, readonly T[]>): T[] {
  return [...lists].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, list]) => list);
}

function byPlace(a: Finding, b: Finding): number {
  return a.range.start - b.range.start || (a.rule < b.rule ? -1 : 1);
}
