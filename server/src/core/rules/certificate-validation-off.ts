import type { Fix, Severity } from '../model/finding.ts';
import type { CertificateCheckUse } from '../model/protocol-use.ts';
import { removeStatement } from '../workspace/code-edits.ts';
import type { CodeProcess } from '../workspace/code-process.ts';
import { usesOfKind } from '../workspace/code-reports.ts';
import { lower } from '../workspace/judge-protocols.ts';
import { certificateFixes } from '../workspace/script-fixes.ts';
import type { SourceCode } from '../workspace/source-code.ts';
import { defineRule, type FileContext } from './rule.ts';

/**
 * Code that accepts every certificate.
 * Sources: https://learn.microsoft.com/dotnet/api/system.net.servicepointmanager.servercertificatevalidationcallback and
 * https://learn.microsoft.com/dotnet/fundamentals/code-analysis/quality-rules/ca5359
 */
export const rule = defineRule({
  id: 'certificate-validation-off',
  title: 'Code accepts every server certificate',
  severity: 'error',
  appliesTo: ['source', 'script', 'pipeline'],
  isFixable: true,
  messages: {
    process:
      'Every connection of the process accepts any certificate from here on: anybody on the way can pose as the service.',
    client: 'This connection accepts any certificate: anybody on the way can pose as the service.',
    policy:
      'This policy accepts every certificate, whatever is wrong with it: anybody on the way can pose as the service.',
    'wcf-mode': 'With the mode None the certificate of the service is not validated: anybody can pose as the service.',
  },
  check({ file, report }) {
    const code = file?.code ?? file?.script;
    if (!file || !code) {
      return;
    }
    for (const { use, processes } of usesOfKind(code, 'certificate-check')) {
      const severity = severityOf(use, code, processes);
      report({
        at: { path: file.path, range: use.valueRange },
        severity,
        message: use.form === 'policy' || use.form === 'wcf-mode' ? use.form : use.scope,
        fixes: 'language' in code ? fixesFor(file, code, use) : certificateFixes(file, use),
      });
    }
  },
});

/** Tests and what tools write do no harm to a user; debug builds do less. */
function severityOf(
  { where }: CertificateCheckUse,
  { isGenerated }: Pick<SourceCode, 'isGenerated'>,
  processes: readonly CodeProcess[],
): Severity {
  if (isGenerated || (processes.length > 0 && processes.every(({ isTest }) => isTest))) {
    return 'information';
  }
  return where.isDebugOnly ? lower('error') : 'error';
}

/** A service with a certificate of its own no longer connects when it is checked: a person decides. */
function fixesFor({ path, text }: FileContext, { language }: SourceCode, use: CertificateCheckUse): Fix[] {
  if (use.form === 'policy') {
    return [];
  }
  if (use.form === 'wcf-mode') {
    const member = text.slice(use.valueRange.start, use.valueRange.end).replace(/None$/, 'ChainTrust');
    return [
      {
        title: { key: 'chain-trust', template: 'Validate the certificate (ChainTrust)', values: {} },
        isPreferred: true,
        bulk: 'confirm',
        changes: [{ path, edits: [{ range: use.valueRange, newText: member }] }],
      },
    ];
  }
  const isAssignment = /^[\w.:?!]+\s*(?:\+?=|<-)\s*$/.test(text.slice(use.range.start, use.valueRange.start));
  const edits = isAssignment ? removeStatement(text, language, use.range) : undefined;
  return edits
    ? [
        {
          title: { key: 'validate', template: 'Remove the line: certificates are checked again', values: {} },
          isPreferred: true,
          bulk: 'confirm',
          changes: [{ path, edits }],
        },
      ]
    : [];
}
