import type { TextEdit } from '../model/finding.ts';
import {
  disabledRuntimeValues,
  disabledSwitches,
  type RegistryProblem,
  registryMessages,
} from '../workspace/judge-registry.ts';
import { goalEdits, repairEdits } from '../workspace/registry-repair.ts';
import { runtimeKeyOf, runtimeValueWords } from '../workspace/registry-tls.ts';
import { writesOfRegistryFile } from '../workspace/registry-writes.ts';
import { defineRule } from './rule.ts';

/** Registry files that switch the strong defaults of .NET Framework off on the whole machine. */
export const rule = defineRule({
  id: 'registry-tls-disabled',
  title: 'A registry file switches the TLS defaults of .NET Framework back',
  severity: 'error',
  appliesTo: ['registry'],
  isFixable: true,
  messages: { ...registryMessages.disabled, ...registryMessages.switches },
  check({ file, report }) {
    if (!file || !runtimeValueWords.test(file.text)) {
      return;
    }
    const writes = writesOfRegistryFile(file.text);
    const problems = disabledRuntimeValues(writes);
    for (const problem of problems) {
      const { severity, message, range, write } = problem;
      report({
        at: { path: file.path, range },
        severity,
        message,
        fixes: [
          {
            title: { key: 'switch-on', template: 'Switch {name} on', values: { name: write.name } },
            isPreferred: true,
            bulk: 'safe',
            changes: [{ path: file.path, edits: repairEdits(file.text, switchOn(problems, problem)) }],
          },
        ],
      });
    }
    for (const problem of disabledSwitches(writes)) {
      const { severity, message, values, range } = problem;
      report({
        at: { path: file.path, range },
        severity,
        message,
        values,
        fixes: [
          {
            title: { key: 'switch-off', template: 'Set {name} to false', values: { name: problem.write.name } },
            isPreferred: true,
            bulk: 'safe',
            changes: [{ path: file.path, edits: goalEdits([problem]) }],
          },
        ],
      });
    }
  },
});

/** In both views at once: one alone would be half a fix. */
function switchOn(problems: readonly RegistryProblem[], { message, write }: RegistryProblem): TextEdit[] {
  const generation = runtimeKeyOf(write)?.generation;
  return goalEdits(
    problems.filter((other) => other.message === message && runtimeKeyOf(other.write)?.generation === generation),
  );
}
