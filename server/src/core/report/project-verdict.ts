import { type ProcessVerdict, type Verdict, worseVerdict } from '../verdict/process-verdict.ts';
import type { Evidence } from '../workspace/model.ts';

/** Whether a project's processes can connect, and why: a view of their verdicts. */
export interface ProjectVerdict {
  readonly verdict: Verdict;
  readonly because: readonly Evidence[];
}

/** The worst of a project's processes, with the reasons of all that are as bad. */
export function projectVerdict(processes: readonly ProcessVerdict[]): ProjectVerdict {
  const verdict = processes.map((process) => process.verdict).reduce(worseVerdict, 'not-affected');
  const seen = new Set<string>();
  const because = processes
    .filter((process) => process.verdict === verdict)
    .flatMap((process) => process.because)
    .filter(({ text, at }) => {
      const key = `${text}\n${at?.path}\n${at?.range.start}`;
      return !seen.has(key) && seen.add(key);
    });
  return { verdict, because };
}
