import { type LocatedProblem, resolveConfiguration } from '../configuration/resolve-configuration.ts';
import { defineRule } from './rule.ts';

/** What is wrong in configuration files of this tool: it would be left out in silence otherwise. */
export const rule = defineRule({
  id: 'configuration-invalid',
  title: 'A configuration file of Dynamics TLS says something that cannot count',
  severity: 'warning',
  appliesTo: ['configuration'],
  isFixable: true,
  messages: {
    syntax: 'The file cannot be read as it is written: {reason}. What comes before still counts.',
    'too-deep': 'The file is nested too deeply to be read; none of it counts.',
    'no-object': 'A configuration file is an object: { ... }. Nothing of this one counts.',
    'unknown-key': 'There is no setting "{key}".',
    'similar-key': 'There is no setting "{key}". It is called "{meant}".',
    'editor-only': 'A file cannot set "{key}": it is a setting of the editor (dynamicsTls.{key}).',
    twice: 'The key "{key}" is written twice; the last one counts.',
    'wrong-value': 'The value of {key} {problem}. It is left out.',
    'unknown-rule': 'There is no rule "{key}".',
    'similar-rule': 'There is no rule "{key}". It is called "{meant}".',
    'extends-wrong': 'What extends names is a file, or a list of files, relative to this one.',
    'extends-address':
      'An address cannot be extended: nothing is loaded from a network. Keep a copy of {written} in a folder that is checked out, and name that.',
    'extends-missing': 'There is no file "{written}", seen from the folder of this file.',
    'extends-cycle': 'These files extend each other in a circle: {names}. The last step is left out.',
    'extends-broken': '{name} says something that cannot count.',
  },
  check({ file, workspace, rules, report }) {
    if (!file) {
      return;
    }
    const { problems } = resolveConfiguration(file.path, workspace.readText, rules);
    for (const problem of problems) {
      report({
        at: { path: problem.path, range: problem.range },
        severity: problem.message === 'twice' ? 'information' : 'warning',
        message: problem.message,
        values: problem.values,
        related: relatedOf(problem),
        fixes: fixesOf(problem),
      });
    }
  },
});

function relatedOf({ cause }: LocatedProblem) {
  return cause ? [{ ...cause, message: { key: 'cause', template: 'This cannot count', values: {} } }] : [];
}

/** A name that is almost right is written right. */
function fixesOf({ path, range, message, values }: LocatedProblem) {
  const { meant } = values;
  return (message === 'similar-key' || message === 'similar-rule') && meant
    ? [
        {
          title: { key: 'rename', template: 'Change it to {meant}', values: { meant } },
          isPreferred: true,
          bulk: 'confirm' as const,
          changes: [{ path, edits: [{ range, newText: meant }] }],
        },
      ]
    : [];
}
