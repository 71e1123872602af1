import { protocolList } from '../facts/tls-versions.ts';
import { nameOfProcess, relatedPrograms, usesWith } from '../workspace/code-reports.ts';
import type { ProtocolProblem } from '../workspace/judge-protocols.ts';
import { obsoleteFixes } from '../workspace/protocol-fixes.ts';
import { obsoleteScriptFixes } from '../workspace/script-fixes.ts';
import { defineRule } from './rule.ts';

const problems: ReadonlySet<ProtocolProblem> = new Set([
  'obsolete',
  'mixed',
  'added',
  'passed-on',
  'listed',
  'possible',
]);

/** Code that allows SSL 3.0, TLS 1.0 or TLS 1.1, in whatever spelling. */
export const rule = defineRule({
  id: 'obsolete-protocol-enabled',
  title: 'Code allows protocols that Dynamics 365 and Dataverse online refuse',
  severity: 'error',
  appliesTo: ['source', 'script', 'pipeline'],
  isFixable: true,
  messages: {
    obsolete: 'This allows only {protocols}, which Dynamics 365 and Dataverse online refuse.',
    mixed: 'This allows {protocols} beside what Dynamics 365 and Dataverse online accept.',
    added: 'This adds {protocols} to what is allowed.',
    'passed-on': 'This hands on {protocols}. Whoever takes it offers what Dynamics 365 and Dataverse online refuse.',
    listed: 'A list of protocols names {protocols} here. What becomes of the list does not show here.',
    possible: 'The running program may choose {protocols} here, which Dynamics 365 and Dataverse online refuse.',
  },
  check({ file, report }) {
    const code = file?.code ?? file?.script;
    if (!file || !code) {
      return;
    }
    for (const judged of usesWith(code, problems)) {
      const { judgement, use, process, processes } = judged;
      report({
        at: { path: file.path, range: use.valueRange },
        severity: judgement.severity,
        message: judgement.problem,
        values: { protocols: protocolList(judgement.protocols), process: nameOfProcess(process) },
        related: relatedPrograms(processes),
        fixes:
          'language' in code
            ? obsoleteFixes({ ...judged, path: file.path, text: file.text, language: code.language })
            : obsoleteScriptFixes(file, use, judgement.protocols),
      });
    }
  },
});
