import type { Fix } from '../model/finding.ts';
import { weakenTarget } from '../verdict/weakened.ts';
import {
  displayConfigurations,
  displayName,
  isTooOld,
  judgeTarget,
  targetMessages,
} from '../workspace/judge-target.ts';
import { onPremisesServer } from '../workspace/on-premises.ts';
import { declareTargetFix } from '../workspace/retarget.ts';
import { standingOf } from '../workspace/standing.ts';
import { defineRule, type Rule } from './rule.ts';

const introduction = 'The project declares no target framework, so the default of MSBuild counts.';

/** Legacy projects without any target: MSBuild builds them for .NET Framework 4.0. */
export const rule = defineRule({
  id: 'target-framework-missing',
  title: 'The project declares no target framework and gets an old default',
  severity: 'error',
  appliesTo: ['project'],
  isFixable: true,
  messages: withIntroduction(targetMessages),
  check({ project, workspace, settings, report }) {
    if (!project) {
      return;
    }
    const standing = standingOf(project, workspace);
    const processes = workspace.processesOf(project.path);
    for (const [index, { framework, declared, configurations }] of project.targets.entries()) {
      if (!framework.known || declared !== null || !isTooOld(framework.value)) {
        continue;
      }
      const ownServer = standing.kind === 'program' ? onPremisesServer(project, workspace) : undefined;
      const alone = judgeTarget(project, framework.value, standing, settings, ownServer);
      if (alone) {
        const judgement = weakenTarget(alone, processes[index], project.head);
        const isPlugIn = standing.kind === 'plug-in' || standing.kind === 'library-of-plug-ins';
        const fixes: Fix[] =
          isPlugIn || ownServer || project.kind === 'web-site'
            ? []
            : declareTargetFix(project.path, settings.targetFramework, workspace.readText);
        report({
          at: project.head,
          severity: judgement.severity,
          message: judgement.message,
          values: {
            framework: displayName(framework.value),
            where: displayConfigurations(configurations),
            ...judgement.values,
          },
          related: judgement.related,
          fixes,
        });
      }
    }
  },
});

function withIntroduction(messages: Rule['messages']): Rule['messages'] {
  return Object.fromEntries(Object.entries(messages).map(([key, template]) => [key, `${introduction} ${template}`]));
}
