import type { TextEdit } from '../model/finding.ts';
import { repairEdits } from '../workspace/registry-repair.ts';
import { type RuntimeValue, runtimeValues, runtimeValueWords } from '../workspace/registry-tls.ts';
import { defineRule } from './rule.ts';

/** Registry files that switch the strong defaults of .NET Framework off on the whole machine. */
export const rule = defineRule({
  id: 'registry-tls-disabled',
  title: 'A registry file switches the TLS defaults of .NET Framework back',
  severity: 'error',
  appliesTo: ['registry'],
  isFixable: true,
  messages: {
    SchUseStrongCrypto:
      'SchUseStrongCrypto is switched off for all programs of this machine: those for 4.6 to 4.6.2 fall back to SSL 3.0 and TLS 1.0, older ones stay there.',
    SystemDefaultTlsVersions:
      'SystemDefaultTlsVersions is switched off for all programs of this machine: they do not follow the protocols of Windows.',
  },
  check({ file, report }) {
    if (!file || !runtimeValueWords.test(file.text)) {
      return;
    }
    const values = runtimeValues(file.text);
    for (const { name, number, value, generation } of values) {
      if (number === 0) {
        report({
          at: { path: file.path, range: value.dataRange },
          severity: 'error',
          message: name,
          fixes: [
            {
              title: { key: 'switch-on', template: 'Switch {name} on', values: { name } },
              isPreferred: true,
              bulk: 'safe',
              changes: [{ path: file.path, edits: repairEdits(file.text, switchOn(values, name, generation)) }],
            },
          ],
        });
      }
    }
  },
});

/** In both views at once: one alone would be half a fix. */
function switchOn(values: readonly RuntimeValue[], name: string, generation: string): TextEdit[] {
  return values
    .filter((other) => other.name === name && other.generation === generation && other.number === 0)
    .map(({ value }) => ({ range: value.dataRange, newText: 'dword:00000001' }));
}
