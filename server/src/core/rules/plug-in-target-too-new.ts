import { compareVersions } from '../facts/dotnet-frameworks.ts';
import { netFramework } from '../facts/nuget-frameworks.ts';
import { plugInPolicy } from '../facts/plug-in-policy.ts';
import { displayConfigurations, displayName } from '../workspace/judge-target.ts';
import { isPlugIn } from '../workspace/standing.ts';
import { defineRule } from './rule.ts';

/** Plug-ins and custom workflow activities above the target that the platform supports. */
export const rule = defineRule({
  id: 'plug-in-target-too-new',
  title: 'The plug-in targets a framework that the platform does not support',
  severity: 'warning',
  appliesTo: ['project'],
  isFixable: false,
  messages: {
    above:
      'This {kind} targets {framework}{where}. The guidance of {edition} supports up to .NET Framework {maximum}: what is newer may fail in the service.',
    refused:
      'This {kind} targets {framework}{where}. The guidance of {edition} supports up to .NET Framework {maximum}, and registration refuses assemblies above {registrationMaximum}.',
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
      if (compareVersions(version, policy.maximum) > 0) {
        report({
          at: site ?? project.head,
          severity: 'warning',
          message: compareVersions(version, policy.registrationMaximum) > 0 ? 'refused' : 'above',
          values: {
            kind: project.role.role === 'plug-in' ? 'plug-in' : 'custom workflow activity',
            framework: displayName(framework.value),
            where: displayConfigurations(configurations),
            edition: policy.edition,
            maximum: policy.maximum,
            registrationMaximum: policy.registrationMaximum,
          },
        });
      }
    }
  },
});
