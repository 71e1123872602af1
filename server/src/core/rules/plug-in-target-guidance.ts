import { compareVersions } from '../facts/dotnet-frameworks.ts';
import { netFramework } from '../facts/nuget-frameworks.ts';
import { plugInPolicy } from '../facts/plug-in-policy.ts';
import { displayConfigurations, displayName } from '../workspace/judge-target.ts';
import { isPlugIn } from '../workspace/standing.ts';
import { defineRule } from './rule.ts';

/** Plug-ins that the platform accepts, below the target that the newer guidance asks for. */
export const rule = defineRule({
  id: 'plug-in-target-guidance',
  title: 'The plug-in is below the target that the newer guidance asks for',
  severity: 'information',
  isOffByDefault: true,
  appliesTo: ['project'],
  isFixable: false,
  messages: {
    below:
      'This {kind} targets {framework}{where}, which the platform accepts. The guidance of {edition} asks for .NET Framework {recommended}.',
  },
  check({ project, settings, report }) {
    if (!project || !isPlugIn(project.role.role)) {
      return;
    }
    const policy = plugInPolicy(settings.plugInPolicy);
    for (const { framework, site, configurations } of project.targets) {
      if (!framework.known || framework.value.identifier !== netFramework) {
        continue;
      }
      const { version } = framework.value;
      if (compareVersions(version, policy.minimum) >= 0 && compareVersions(version, policy.recommended) < 0) {
        report({
          at: site ?? project.head,
          severity: 'information',
          message: 'below',
          values: {
            kind: project.role.role === 'plug-in' ? 'plug-in' : 'custom workflow activity',
            framework: displayName(framework.value),
            where: displayConfigurations(configurations),
            edition: policy.edition,
            recommended: policy.recommended,
          },
        });
      }
    }
  },
});
