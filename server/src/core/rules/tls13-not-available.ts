import { nameOfProcess, usesWith } from '../workspace/code-reports.ts';
import type { ProtocolProblem } from '../workspace/judge-protocols.ts';
import { notAvailableFixes } from '../workspace/protocol-fixes.ts';
import { defineRule } from './rule.ts';

const problems: ReadonlySet<ProtocolProblem> = new Set(['not-available']);

/** Code that asks for TLS 1.3 where the runtime throws. */
export const rule = defineRule({
  id: 'tls13-not-available',
  title: 'Code asks for TLS 1.3 where the runtime may not know it',
  severity: 'warning',
  appliesTo: ['source'],
  isFixable: true,
  messages: {
    'not-available':
      'A program for {process} also starts on runtimes before 4.8, which refuse TLS 1.3: the assignment throws, and what stands beside it is not set.',
  },
  check({ file, report }) {
    const code = file?.code;
    if (!file || !code) {
      return;
    }
    for (const judged of usesWith(code, problems)) {
      report({
        at: { path: file.path, range: judged.use.valueRange },
        severity: judged.judgement.severity,
        message: 'not-available',
        values: { process: nameOfProcess(judged.process) },
        fixes: notAvailableFixes({ ...judged, path: file.path, text: file.text, language: code.language }),
      });
    }
  },
});
