import type { Fix, TextEdit } from '../model/finding.ts';
import { ineffectiveRuntimeValues, ineffectiveSchannelValues, registryMessages } from '../workspace/judge-registry.ts';
import { goalEdits, repairEdits } from '../workspace/registry-repair.ts';
import { runtimeValueWords } from '../workspace/registry-tls.ts';
import { writesOfRegistryFile } from '../workspace/registry-writes.ts';
import { defineRule, type FileContext } from './rule.ts';

/** Registry files that mean to help and write to a place that .NET Framework or Windows does not read. */
export const rule = defineRule({
  id: 'registry-tls-ineffective',
  title: 'A registry file sets a TLS default where nobody reads it',
  severity: 'warning',
  appliesTo: ['registry'],
  isFixable: true,
  messages: registryMessages.ineffective,
  check({ file, report }) {
    if (!file || !(runtimeValueWords.test(file.text) || /SCHANNEL/i.test(file.text))) {
      return;
    }
    const writes = writesOfRegistryFile(file.text);
    const problems = [...ineffectiveRuntimeValues(writes), ...ineffectiveSchannelValues(writes)];
    const edits = goalEdits(problems);
    for (const { range, severity, message, values, goal } of problems) {
      const fixes = goal === undefined ? [] : [repairFix(file, edits)];
      report({ at: { path: file.path, range }, severity, message, values, fixes });
    }
  },
});

/** Everything at once, in both views: a part alone would be half a fix. */
function repairFix(file: FileContext, edits: readonly TextEdit[]): Fix {
  return {
    title: { key: 'repair', template: 'Write the values where they are read', values: {} },
    isPreferred: true,
    bulk: 'safe',
    changes: [{ path: file.path, edits: repairEdits(file.text, edits) }],
    claims: [{ path: file.path, range: { start: 0, end: file.text.length } }],
  };
}
