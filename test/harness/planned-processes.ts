import { readdirSync, readFileSync } from 'node:fs';

/** A verdict as a plan of a scenario says it. Places are `file:line`. */
export interface PlannedProcess {
  readonly project: string;
  readonly kind: string;
  readonly verdict: string;
  /** The steps that weigh, and those without effect that a reader may expect to. */
  readonly chain: readonly string[];
  /** On Windows 10. */
  readonly offer: readonly string[];
  readonly fix: string | null;
}

export function plannedProcesses(folder: string): readonly PlannedProcess[] {
  return JSON.parse(readFileSync(`${folder}.expected.json`, 'utf8')).processes;
}

/** All files of a scenario below another root. */
export function scenarioFiles(folder: string, root: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/'))
      .map((path) => [root + path.slice(folder.length), readFileSync(path, 'utf8')]),
  );
}
