import { displayConfigurations } from '../workspace/judge-target.ts';
import { defineRule } from './rule.ts';

/** Targets that cannot be known from the files alone: the honest third answer. */
export const rule = defineRule({
  id: 'target-framework-unknown',
  title: 'The target framework could not be evaluated',
  severity: 'information',
  appliesTo: ['project'],
  isFixable: false,
  messages: {
    unknown: 'The target framework could not be evaluated{where}: {reasons}.',
  },
  check({ project, report }) {
    if (project?.head.range.end === 0) {
      // No project at all: there is no place to point at, and a notice says what is wrong with the file.
      return;
    }
    for (const { framework, declared, site, configurations } of project?.targets ?? []) {
      if (project && !framework.known && !isPlaceholder(declared)) {
        report({
          at: site ?? project.head,
          severity: 'information',
          message: 'unknown',
          values: { where: displayConfigurations(configurations), reasons: framework.reasons.slice(0, 3).join('; ') },
        });
      }
    }
  },
});

/** `v$targetframeworkversion$`: a template, which is no project yet. */
function isPlaceholder(declared: string | null): boolean {
  return declared !== null && /\$\w[\w.]*\$/.test(declared);
}
