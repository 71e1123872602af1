import type { Finding, RelatedLocation } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import { mergeFindings } from './run-rules.ts';

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
    if (this.#stale.size === 0) {
      return this.#merged;
    }
    const merged = new Map(this.#merged);
    let isSorted = true;
    for (const path of this.#stale) {
      const subjects = [...(this.#reported.get(path) ?? [])];
      if (subjects.length === 0) {
        this.#reported.delete(path);
        merged.delete(path);
        continue;
      }
      subjects.sort(([a], [b]) => Number(isProject(b)) - Number(isProject(a)) || (a < b ? -1 : 1));
      isSorted &&= merged.has(path);
      merged.set(
        path,
        mergeFindings(
          subjects.flatMap(([, findings]) => findings),
          describe,
        ).sort(byPlace),
      );
    }
    this.#stale.clear();
    this.#merged = isSorted ? merged : new Map([...merged].sort(([a], [b]) => (a < b ? -1 : 1)));
    return this.#merged;
  }
}

function byPlace(a: Finding, b: Finding): number {
  return a.range.start - b.range.start || (a.rule < b.rule ? -1 : 1);
}
