import type { Severity } from '../model/finding.ts';
import type { Fingerprint } from './fingerprint.ts';

/** Findings of one file that were there before, equal ones counted. */
export interface BaselineEntry extends Fingerprint {
  /** A finding that is worse than this is another one. */
  readonly severity: Severity;
  readonly count: number;
  /** For people who read the file; it plays no part in recognising. */
  readonly message: string;
}

/** Entries by file, relative to the folder of the baseline, with `/`. */
export type Baseline = ReadonlyMap<string, readonly BaselineEntry[]>;

/** The version of the file; a change that breaks a reader raises it. */
const formatVersion = 1;

/** Reads a baseline; a text says what is wrong with one that cannot be read. */
export function parseBaseline(text: string): Baseline | string {
  if (/^(?:<{7}|={7}|>{7})/m.test(text)) {
    return 'it has the marks of a merge conflict: keep both sides, or write it again';
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'it is no JSON';
  }
  if (!isObject(value) || !isObject(value['findings'])) {
    return 'it has no "findings"';
  }
  if (value['formatVersion'] !== formatVersion) {
    return `its "formatVersion" is ${JSON.stringify(value['formatVersion'])}, and this version reads ${formatVersion}`;
  }
  const baseline = new Map<string, BaselineEntry[]>();
  for (const [file, entries] of Object.entries(value['findings'])) {
    if (!Array.isArray(entries) || !entries.every(isEntry)) {
      return `its entries for "${file}" are no findings`;
    }
    baseline.set(
      file,
      entries.map(({ rule, severity, line, around, count = 1, message = '' }) => ({
        rule,
        severity,
        line,
        around,
        count,
        message,
      })),
    );
  }
  return baseline;
}

/** One line for each entry, in an order that does not depend on where findings stand: made to be read as a diff. */
export function formatBaseline(baseline: Baseline): string {
  const files = [...baseline]
    .filter(([, entries]) => entries.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, entries]) => {
      const lines = entries.toSorted(byContent).map((entry) => `      ${entryJson(entry)}`);
      return `    ${JSON.stringify(file)}: [\n${lines.join(',\n')}\n    ]`;
    });
  const findings = files.length === 0 ? '{}' : `{\n${files.join(',\n')}\n  }`;
  return `{\n  "formatVersion": ${formatVersion},\n  "findings": ${findings}\n}\n`;
}

function entryJson({ rule, severity, line, around, count, message }: BaselineEntry): string {
  const fields = { rule, severity, line, around, ...(count > 1 ? { count } : {}), ...(message ? { message } : {}) };
  const inner = Object.entries(fields).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `{ ${inner.join(', ')} }`;
}

function byContent(a: BaselineEntry, b: BaselineEntry): number {
  const keyOf = ({ rule, line, around, severity }: BaselineEntry) => [rule, line, around, severity].join('\n');
  return keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEntry(value: unknown): value is Fingerprint & { severity: Severity; count?: number; message?: string } {
  return (
    isObject(value) &&
    ['rule', 'line', 'around'].every((key) => typeof value[key] === 'string') &&
    ['error', 'warning', 'information', 'hint'].includes(value['severity'] as string) &&
    (value['count'] === undefined || (Number.isInteger(value['count']) && (value['count'] as number) > 0)) &&
    (value['message'] === undefined || typeof value['message'] === 'string')
  );
}
