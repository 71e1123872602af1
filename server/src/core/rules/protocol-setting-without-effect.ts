import type { RelatedLocation } from '../model/finding.ts';
import { type JudgedUse, nameOfProcess, usesWith } from '../workspace/code-reports.ts';
import type { ProtocolProblem } from '../workspace/judge-protocols.ts';
import { withoutEffectFixes } from '../workspace/protocol-fixes.ts';
import { removalFix } from '../workspace/script-fixes.ts';
import { defineRule, type FileContext } from './rule.ts';

const problems: ReadonlySet<ProtocolProblem> = new Set(['without-effect', 'late-request', 'late-connection']);

/** Code that sets protocols where nobody looks at them any more, or never does. */
export const rule = defineRule({
  id: 'protocol-setting-without-effect',
  title: 'Code sets TLS versions where that has no effect',
  severity: 'warning',
  appliesTo: ['source', 'script', 'pipeline'],
  isFixable: true,
  messages: {
    'without-effect':
      'On {process}, HttpClient and SslStream do not look at ServicePointManager.SecurityProtocol: they follow the system, or their own options.',
    'late-request':
      'The request is there already, and a request keeps the protocols that were set when it was created.',
    'late-connection': 'A connection is made before this line, with the protocols that were set until then.',
  },
  check({ file, report }) {
    const code = file?.code ?? file?.script;
    if (!file || !code) {
      return;
    }
    for (const judged of usesWith(code, problems)) {
      const { judgement, use, process } = judged;
      if (use.where.isGuarded && !('language' in code)) {
        // Only the older PowerShell comes here.
        continue;
      }
      const isLate = judgement.problem !== 'without-effect';
      report({
        at: { path: file.path, range: isLate ? use.range : use.valueRange },
        severity: judgement.severity,
        message: judgement.problem,
        values: { process: nameOfProcess(process) },
        related: isLate ? earlier(file, judged) : [],
        fixes: isLate
          ? []
          : 'language' in code
            ? withoutEffectFixes({ ...judged, path: file.path, text: file.text, language: code.language })
            : removalFix(file, use),
      });
    }
  },
});

function earlier({ path }: FileContext, { use: { timing } }: JudgedUse): RelatedLocation[] {
  return timing.kind === 'late'
    ? [{ path, range: timing.at, message: { key: 'earlier', template: 'This comes first', values: {} } }]
    : [];
}
