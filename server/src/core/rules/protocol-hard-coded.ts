import { protocolList } from '../facts/tls-versions.ts';
import { nameOfProcess, relatedPrograms, usesWith } from '../workspace/code-reports.ts';
import type { ProtocolProblem } from '../workspace/judge-protocols.ts';
import { hardCodedFixes } from '../workspace/protocol-fixes.ts';
import { defineRule } from './rule.ts';

const problems: ReadonlySet<ProtocolProblem> = new Set(['hard-coded', 'pins-system', 'pins-by-adding']);

/** Code that works, and holds its process at the protocols of today. */
export const rule = defineRule({
  id: 'protocol-hard-coded',
  title: 'Code names the TLS versions instead of leaving them to the runtime',
  severity: 'warning',
  appliesTo: ['source'],
  isFixable: true,
  messages: {
    'hard-coded':
      'The process offers {protocols} and nothing newer from here on. It works ({process}); a later target framework needs no such line.',
    'pins-system':
      '{process} leaves the choice of TLS versions to the system, and this takes it away: it allows only {protocols}.',
    'pins-by-adding':
      'In {process} the value is 0 (the system decides). Adding to 0 makes an exact list, which allows only {protocols}.',
  },
  check({ file, report }) {
    const code = file?.code;
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
        fixes: hardCodedFixes({ ...judged, path: file.path, text: file.text, language: code.language }),
      });
    }
  },
});
