import type { Fix, Message, TextEdit, TextRange } from '../model/finding.ts';
import { removeStatement } from '../workspace/code-edits.ts';
import { usesOfKind } from '../workspace/code-reports.ts';
import {
  disabledClientProtocol,
  disabledRuntimeValues,
  incompleteRuntimeValues,
  ineffectiveRuntimeValues,
  type RegistryProblem,
  registryMessages,
  unusableCipherSuites,
  winHttpProblems,
} from '../workspace/judge-registry.ts';
import { toRegistryWrites } from '../workspace/registry-of-code.ts';
import { runtimeValues } from '../workspace/registry-tls.ts';
import type { ScriptDocument } from '../workspace/script-document.ts';
import { wholeLine } from '../workspace/script-fixes.ts';
import { needsWholeScript, scriptRegistry, scriptRegistryEdits } from '../workspace/script-registry.ts';
import type { SourceCode } from '../workspace/source-code.ts';
import { defineRule, type FileContext, type RuleContext } from './rule.ts';

const groups = {
  disabled: disabledRuntimeValues,
  incomplete: incompleteRuntimeValues,
  ineffective: ineffectiveRuntimeValues,
  clientProtocol: disabledClientProtocol,
  cipherSuites: unusableCipherSuites,
  winHttp: winHttpProblems,
} as const;

const messages = Object.fromEntries(
  Object.keys(groups).flatMap((group) =>
    Object.entries(registryMessages[group as keyof typeof groups]).map(([key, text]) => [`${group}-${key}`, text]),
  ),
);

/** Code that writes to the registry what a registry file must not contain either. */
export const rule = defineRule({
  id: 'registry-tls-in-code',
  title: 'Code writes TLS settings to the registry that harm, or help only half',
  severity: 'error',
  appliesTo: ['source', 'script', 'pipeline'],
  isFixable: true,
  messages,
  check({ file, report }) {
    const code = file?.code;
    if (file?.script) {
      reportScript(file, file.script, report);
      return;
    }
    if (!file || !code) {
      return;
    }
    const uses = usesOfKind(code, 'registry-write');
    const isMild =
      code.isGenerated ||
      (uses.length > 0 &&
        uses.every(({ processes }) => processes.length > 0 && processes.every(({ isTest }) => isTest)));
    const writes = toRegistryWrites(uses.map(({ use }) => use));
    for (const [group, judge] of writes.length > 0 ? Object.entries(groups) : []) {
      for (const problem of judge(writes)) {
        report({
          at: { path: file.path, range: problem.range },
          severity: isMild ? 'information' : problem.severity,
          message: `${group}-${problem.message}`,
          values: problem.values,
          fixes: fixesFor(file, code, group as keyof typeof groups, problem),
        });
      }
    }
  },
});

function reportScript(file: FileContext, script: ScriptDocument, report: RuleContext['report']): void {
  const { path, text } = file;
  const uses = script.parts.flatMap((part) => part.uses);
  const { writes, isPartlyKnown } = scriptRegistry(text, uses);
  const set = new Set(runtimeValues(writes).flatMap(({ name, number }) => (number === 0 ? [] : name.toLowerCase())));
  for (const [group, judge] of writes.length > 0 ? Object.entries(groups) : []) {
    for (const problem of judge(writes)) {
      if (!isPartlyKnown || !needsWholeScript(problem)) {
        const { range, message, values } = problem;
        // Where the key that counts is written as well, the other one is only too much.
        const isTooMuch = message === 'version' && set.has(problem.write.name.toLowerCase());
        const severity = isTooMuch ? 'information' : problem.severity;
        const edits =
          group === 'disabled' ? removedLine(text, problem.write.range) : scriptRegistryEdits(text, problem);
        report({
          at: { path, range },
          severity,
          message: `${group}-${message}`,
          values,
          fixes: edits ? [makeFix(path, scriptTitle(group, problem), edits)] : [],
        });
      }
    }
  }
}

function removedLine(text: string, range: TextRange): TextEdit[] | undefined {
  const line = wholeLine(text, range);
  return line && [{ range: line, newText: '' }];
}

function scriptTitle(group: string, { goal }: RegistryProblem): Message {
  if (group === 'disabled') {
    return { key: 'remove', template: 'Remove the line', values: {} };
  }
  return goal === undefined
    ? { key: 'other-view', template: 'Write it for the other programs as well', values: {} }
    : { key: 'write', template: 'Write {goal}', values: { goal: String(goal) } };
}

/**
 * A value that is switched off is not written at all: then the default of each program counts. One number of Schannel is
 * as good as another. Everything else would be half of what is needed.
 */
function fixesFor(
  { path, text }: FileContext,
  { language }: SourceCode,
  group: keyof typeof groups,
  { goal, range, write }: RegistryProblem,
): Fix[] {
  if (group === 'disabled') {
    const edits = removeStatement(text, language, write.range);
    return edits ? [makeFix(path, { key: 'remove', template: 'Remove the line', values: {} }, edits)] : [];
  }
  const isNumber = /^(?:\d+|0x[\da-f]+)$/i.test(text.slice(range.start, range.end));
  return group === 'clientProtocol' && isNumber
    ? [
        makeFix(path, { key: 'write', template: 'Write {goal}', values: { goal: String(goal) } }, [
          { range, newText: String(goal) },
        ]),
      ]
    : [];
}

function makeFix(path: string, title: Message, edits: readonly TextEdit[]): Fix {
  return { title, isPreferred: true, bulk: 'safe', changes: [{ path, edits }] };
}
