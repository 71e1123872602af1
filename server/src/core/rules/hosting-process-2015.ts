import { netFramework } from '../facts/nuget-frameworks.ts';
import type { Fix, Location } from '../model/finding.ts';
import { groupEdits } from '../text/edits.ts';
import { configurationGroup, switchOffEdits } from '../workspace/hosting-process.ts';
import { hostingSign } from '../workspace/hosting-sign.ts';
import type { ProjectModel, WorkspaceModel } from '../workspace/model.ts';
import { defineRule } from './rule.ts';

/**
 * Under F5 in Visual Studio 2015 the entry assembly is `*.vshost.exe`, which is built for .NET Framework 4.5: whatever
 * the project targets, the process offers SSL 3.0 and TLS 1.0.
 * Source: https://learn.microsoft.com/troubleshoot/dynamics-365/sales/tls-1-dot-2-required-for-connectivity
 */
export const rule = defineRule({
  id: 'hosting-process-2015',
  title: 'The program is debugged in the hosting process of Visual Studio 2015, which offers no TLS 1.2',
  severity: 'warning',
  appliesTo: ['project'],
  isFixable: true,
  messages: {
    solution:
      'The solution {solution} was saved by Visual Studio 2015, which debugs this program in a hosting process built for .NET Framework 4.5 ({configurations}): under F5 it offers no TLS 1.2, whatever the project targets. Visual Studio 2017 and later do not.',
    'tools-version':
      'The project was made with Visual Studio 2015 (ToolsVersion 14.0), which debugs this program in a hosting process built for .NET Framework 4.5 ({configurations}): under F5 there it offers no TLS 1.2, whatever the project targets.',
    folder:
      'The folder {solution} looks like one of Visual Studio 2015, which debugs this program in a hosting process built for .NET Framework 4.5 ({configurations}): under F5 there it offers no TLS 1.2, whatever the project targets.',
    'saved-by': 'Saved by Visual Studio 2015',
  },
  check({ project, workspace, report }) {
    if (!project || project.isSdkStyle || project.role.role !== 'client' || !isOfDotNetFramework(project)) {
      return;
    }
    const used = project.hosting.filter(({ isUsed }) => isUsed);
    const first = used[0];
    const sign = first && hostingSign(project, workspace);
    if (!first || !sign) {
      return;
    }
    const text = workspace.readText(project.path) ?? '';
    const group = configurationGroup(text, first);
    const place: Location =
      first.declared ?? (group ? { path: project.path, range: group.openTagRange } : project.head);
    report({
      at: place,
      severity: sign.kind === 'solution' ? 'warning' : 'information',
      message: sign.kind,
      values: {
        solution: sign.name,
        configurations: used.map(({ configuration, platform }) => `${configuration}|${platform}`).join(', '),
      },
      related: sign.at
        ? [{ ...sign.at, message: { key: 'saved-by', template: 'Saved by Visual Studio 2015', values: {} } }]
        : [],
      fixes: fixesFor(project, workspace),
    });
  },
});

/** Programs of phones and of the Store are debugged elsewhere. */
function isOfDotNetFramework({ targets }: ProjectModel): boolean {
  return targets.some(({ framework }) => !framework.known || framework.value.identifier === netFramework);
}

function fixesFor(project: ProjectModel, workspace: WorkspaceModel): Fix[] {
  const changes = switchOffEdits(project.path, project.hosting, workspace.readText);
  return changes.length === 0
    ? []
    : [
        {
          title: {
            key: 'switch-off',
            template: 'Debug without the Visual Studio hosting process',
            values: {},
          },
          isPreferred: true,
          bulk: 'safe',
          changes: groupEdits(changes),
        },
      ];
}
