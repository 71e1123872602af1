import { protocolList } from '../facts/tls-versions.ts';
import { usesWith } from '../workspace/code-reports.ts';
import type { ProtocolProblem } from '../workspace/judge-protocols.ts';
import { toggleFixes } from '../workspace/protocol-fixes.ts';
import { additionFix } from '../workspace/script-fixes.ts';
import { defineRule } from './rule.ts';

const problems: ReadonlySet<ProtocolProblem> = new Set(['removed', 'toggled']);

/** Code that takes TLS 1.2 away. Taking obsolete protocols away is right, and no fix touches it. */
export const rule = defineRule({
  id: 'tls12-removed',
  title: 'Code takes TLS 1.2 away',
  severity: 'error',
  appliesTo: ['source', 'script', 'pipeline'],
  isFixable: true,
  messages: {
    removed:
      'This takes {protocols} away from what the process offers. Dynamics 365 and Dataverse online need TLS 1.2.',
    toggled:
      'This switches TLS 1.2 on where it was off, and off where it was on. Nothing before it asks which of them is the case.',
  },
  check({ file, report }) {
    const code = file?.code ?? file?.script;
    if (!file || !code) {
      return;
    }
    for (const judged of usesWith(code, problems)) {
      const { judgement, use } = judged;
      report({
        at: { path: file.path, range: use.valueRange },
        severity: judgement.severity,
        message: judgement.problem,
        values: { protocols: protocolList(judgement.protocols) },
        fixes:
          judgement.problem === 'toggled'
            ? 'language' in code
              ? toggleFixes({ ...judged, path: file.path, text: file.text, language: code.language })
              : [additionFix(file, use)]
            : [],
      });
    }
  },
});
