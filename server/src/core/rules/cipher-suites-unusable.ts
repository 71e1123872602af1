import { registryMessages, unusableCipherSuites } from '../workspace/judge-registry.ts';
import { goalEdits } from '../workspace/registry-repair.ts';
import { writesOfRegistryFile } from '../workspace/registry-writes.ts';
import { defineRule } from './rule.ts';

/**
 * Registry files that leave Windows no cipher suite that Dataverse accepts: TLS 1.2 is on, and every connection fails.
 * Source: https://learn.microsoft.com/power-platform/admin/server-cipher-tls-requirements
 */
export const rule = defineRule({
  id: 'cipher-suites-unusable',
  title: 'A registry file leaves no cipher suite that Dataverse accepts',
  severity: 'error',
  appliesTo: ['registry'],
  isFixable: true,
  messages: registryMessages.cipherSuites,
  check({ file, report }) {
    if (!file || !/\\SSL\\00010002|SCHANNEL\\(?:KeyExchangeAlgorithms|Ciphers|Hashes)\\/i.test(file.text)) {
      return;
    }
    for (const problem of unusableCipherSuites(writesOfRegistryFile(file.text))) {
      const { range, severity, message, values, goal } = problem;
      report({
        at: { path: file.path, range },
        severity,
        message,
        values,
        fixes:
          goal === undefined
            ? []
            : [
                {
                  title: { key: 'switch-on', template: 'Switch the algorithm on', values: {} },
                  isPreferred: true,
                  bulk: 'safe',
                  changes: [{ path: file.path, edits: goalEdits([problem]) }],
                },
              ],
      });
    }
  },
});
