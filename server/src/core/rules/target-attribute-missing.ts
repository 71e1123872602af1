import { compareVersions, requiredVersion } from '../facts/dotnet-frameworks.ts';
import { netFramework, parseFrameworkName } from '../facts/nuget-frameworks.ts';
import type { Fix, Location } from '../model/finding.ts';
import { weakened } from '../verdict/weakened.ts';
import { knownTargets } from '../workspace/config-owner.ts';
import { onPremisesServer, relatedServer } from '../workspace/on-premises.ts';
import { defineRule } from './rule.ts';

/** Programs whose target is right in the project file and missing, or old, in the assembly. */
export const rule = defineRule({
  id: 'target-attribute-missing',
  title: 'The program is compiled without its target framework and runs with the oldest defaults',
  severity: 'warning',
  appliesTo: ['project'],
  isFixable: true,
  messages: {
    missing:
      'The project targets {framework}, but nothing says so in the assembly: without the attribute, the process runs like .NET Framework 4.0, which offers only SSL 3.0 and TLS 1.0 by default.',
    old: 'The project targets {framework}, but this attribute says {version}, and it is what the runtime reads.',
  },
  check({ project, workspace, report }) {
    const missing = project?.missingTargetAttribute;
    if (!project || !missing || (project.role.role !== 'client' && project.role.role !== 'unknown')) {
      return;
    }
    const targets = knownTargets([project]);
    const [target] = targets;
    if (!target || targets.some(({ version }) => compareVersions(version, requiredVersion) < 0)) {
      return;
    }
    const ownServer = onPremisesServer(project, workspace);
    const at = missing.written?.at ?? missing.at;
    const found = ownServer ? undefined : weakened(workspace.processesOf(project.path)[0], 'warning', at);
    const severity = ownServer ? 'information' : (found?.severity ?? 'warning');
    const related = ownServer ? [relatedServer(ownServer)] : (found?.related ?? []);
    if (!missing.written) {
      report({
        at: missing.at,
        severity,
        related,
        message: 'missing',
        values: { framework: target.version },
        fixes:
          missing.isEditable && !ownServer
            ? [writeFix(missing.at, 'true', 'Compile the target into the assembly')]
            : [],
      });
      return;
    }
    const name = parseFrameworkName(missing.written.moniker);
    if (name?.identifier === netFramework && compareVersions(name.version, requiredVersion) < 0) {
      report({
        at: missing.written.at,
        severity,
        related,
        message: 'old',
        values: { framework: target.version, version: name.version },
        fixes: ownServer ? [] : [writeFix(missing.written.at, target.moniker, 'Write the target of the project')],
      });
    }
  },
});

function writeFix({ path, range }: Location, newText: string, template: string): Fix {
  return {
    title: { key: 'write', template, values: {} },
    isPreferred: true,
    bulk: 'safe',
    changes: [{ path, edits: [{ range, newText }] }],
  };
}
