import type { Fix } from '../model/finding.ts';
import { type RegistryProblem, registryMessages, winHttpProblems } from '../workspace/judge-registry.ts';
import { winHttpEdits } from '../workspace/registry-repair.ts';
import { writesOfRegistryFile } from '../workspace/registry-writes.ts';
import { defineRule, type FileContext } from './rule.ts';

/**
 * Registry files that choose the protocols of WinHTTP.
 * Source: https://support.microsoft.com/kb/3140245
 */
export const rule = defineRule({
  id: 'winhttp-protocols',
  title: 'A registry file gives WinHTTP protocols that the service does not accept',
  severity: 'error',
  appliesTo: ['registry'],
  isFixable: true,
  messages: registryMessages.winHttp,
  check({ file, report }) {
    if (!file || !/DefaultSecureProtocols/i.test(file.text)) {
      return;
    }
    for (const problem of winHttpProblems(writesOfRegistryFile(file.text))) {
      const { range, severity, message, values } = problem;
      report({ at: { path: file.path, range }, severity, message, values, fixes: fixesFor(file, problem) });
    }
  },
});

function fixesFor(file: FileContext, problem: RegistryProblem): Fix[] {
  const isOneView = problem.message === 'native' || problem.message === 'wow64';
  const edits = problem.severity === 'information' ? [] : winHttpEdits(file.text, problem);
  const title = isOneView
    ? { key: 'complete', template: 'Set the value for the other programs as well', values: {} }
    : { key: 'write', template: 'Let WinHTTP offer TLS 1.2', values: {} };
  return edits.length === 0 ? [] : [{ title, isPreferred: true, bulk: 'safe', changes: [{ path: file.path, edits }] }];
}
