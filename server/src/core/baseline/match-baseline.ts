import { type Finding, formatMessage, type Severity } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import type { Baseline, BaselineEntry } from './baseline-file.ts';
import { type Fingerprint, Fingerprinter } from './fingerprint.ts';

/** Where findings stand, and how a baseline calls it. */
export interface FindingPlaces {
  text(path: FilePath): string | undefined;
  /** The path as the baseline writes it. */
  name(path: FilePath): string;
}

/** What a baseline makes of findings. */
export interface MatchedFindings {
  /** Those that are not in the baseline. */
  readonly fresh: readonly Finding[];
  readonly known: readonly Finding[];
  /** What of the baseline was found again: itself without what is gone. */
  readonly remaining: Baseline;
  readonly goneCount: number;
}

/** The baseline that would make these findings known. */
export function createBaseline(findings: readonly Finding[], places: FindingPlaces): Baseline {
  const baseline = new Map<string, BaselineEntry[]>();
  for (const [path, group] of byPath(findings)) {
    const entries = new Map<string, BaselineEntry>();
    for (const { finding, print } of fingerprintAll(path, group, places)) {
      const { severity } = finding;
      const key = [print.rule, print.line, print.around, severity].join('\n');
      const count = (entries.get(key)?.count ?? 0) + 1;
      entries.set(key, { ...print, severity, count, message: formatMessage(finding.message) });
    }
    baseline.set(places.name(path), [...entries.values()]);
  }
  return baseline;
}

/**
 * Tells known findings from fresh ones. First come those whose line and neighbourhood are the same, then those whose
 * line alone is: a line may move, or get other neighbours, but each entry stands for as many findings as it counted.
 * A finding that has become worse is fresh.
 *
 * @param isInScope False for files that were not judged: what the baseline says of them stays.
 */
export function matchBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
  places: FindingPlaces,
  isInScope: (file: string) => boolean,
): MatchedFindings {
  const known = new Set<Finding>();
  const remaining = new Map<string, readonly BaselineEntry[]>();
  let goneCount = 0;
  const groups = new Map([...byPath(findings)].map(([path, group]) => [places.name(path), [path, group] as const]));
  for (const [file, entries] of baseline) {
    const [path, group] = groups.get(file) ?? ['', []];
    const left = entries.map((entry) => ({ entry, matched: 0 }));
    const prints = fingerprintAll(path, group, places);
    for (const isSame of [isSamePlace, isSameLine]) {
      for (const { finding, print } of prints) {
        const match = known.has(finding)
          ? undefined
          : left.find(
              ({ entry, matched }) =>
                matched < entry.count && isSame(entry, print) && !isWorse(finding.severity, entry.severity),
            );
        if (match) {
          match.matched++;
          known.add(finding);
        }
      }
    }
    if (!isInScope(file)) {
      remaining.set(file, entries);
      continue;
    }
    goneCount += left.reduce((sum, { entry, matched }) => sum + entry.count - matched, 0);
    remaining.set(
      file,
      left.flatMap(({ entry, matched }) => (matched > 0 ? [{ ...entry, count: matched }] : [])),
    );
  }
  return {
    fresh: findings.filter((finding) => !known.has(finding)),
    known: findings.filter((finding) => known.has(finding)),
    remaining,
    goneCount,
  };
}

function isWorse(now: Severity, before: Severity): boolean {
  const order: readonly Severity[] = ['error', 'warning', 'information', 'hint'];
  return order.indexOf(now) < order.indexOf(before);
}

function isSamePlace(entry: Fingerprint, print: Fingerprint): boolean {
  return isSameLine(entry, print) && entry.around === print.around;
}

function isSameLine(entry: Fingerprint, print: Fingerprint): boolean {
  return entry.rule === print.rule && entry.line === print.line;
}

function fingerprintAll(path: FilePath, findings: readonly Finding[], places: FindingPlaces) {
  const fingerprinter = new Fingerprinter(findings.length === 0 ? '' : (places.text(path) ?? ''));
  return findings.map((finding) => ({ finding, print: fingerprinter.fingerprint(finding) }));
}

function byPath(findings: readonly Finding[]): Map<FilePath, Finding[]> {
  const groups = new Map<FilePath, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.path);
    if (group) {
      group.push(finding);
    } else {
      groups.set(finding.path, [finding]);
    }
  }
  return groups;
}
