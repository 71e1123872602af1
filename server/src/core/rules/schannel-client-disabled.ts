import { disabledClientProtocol, registryMessages } from '../workspace/judge-registry.ts';
import { goalEdits } from '../workspace/registry-repair.ts';
import { writesOfRegistryFile } from '../workspace/registry-writes.ts';
import { defineRule } from './rule.ts';

/** Registry files that switch TLS 1.2 off in Windows. */
export const rule = defineRule({
  id: 'schannel-client-disabled',
  title: 'A registry file switches TLS 1.2 off in Windows',
  severity: 'error',
  appliesTo: ['registry'],
  isFixable: true,
  messages: registryMessages.clientProtocol,
  check({ file, report }) {
    if (!file || !/TLS 1\.2/i.test(file.text)) {
      return;
    }
    const problems = disabledClientProtocol(writesOfRegistryFile(file.text));
    const [first] = problems;
    if (first) {
      report({
        at: { path: file.path, range: first.range },
        severity: first.severity,
        message: first.message,
        fixes: [
          {
            title: { key: 'switch-on', template: 'Switch TLS 1.2 on for clients', values: {} },
            isPreferred: true,
            bulk: 'safe',
            changes: [{ path: file.path, edits: goalEdits(problems) }],
          },
        ],
      });
    }
  },
});
