import { compareVersions } from '../facts/dotnet-frameworks.ts';
import { findDynamicsPackage } from '../facts/dynamics-packages.ts';
import { compareNuGetVersions, lowestVersion, parseNuGetVersion } from '../sources/nuget-version.ts';
import { packageUses } from '../workspace/package-uses.ts';
import { defineRule } from './rule.ts';

/** Packages of Dynamics 365 that a project cannot use with its target. */
export const rule = defineRule({
  id: 'package-needs-newer-target',
  title: 'A package of Dynamics 365 needs a newer target framework than the project has',
  severity: 'warning',
  appliesTo: ['project', 'packages'],
  isFixable: false,
  messages: {
    needs:
      '{id} {version} is built for .NET Framework {needed} and later; {project} targets {framework}. Retarget the project.',
  },
  check({ workspace, project, file, report }) {
    const uses = packageUses({ workspace, ...(project ? { project } : {}), ...(file ? { file } : {}) });
    for (const { id, version, at, users, areUsersCertain } of uses) {
      const needed = neededTarget(id, version);
      // Of several projects in one folder, only one may use the list: it is wrong when it fits none of them.
      const isUsable = users.some(({ frameworks }) =>
        frameworks.every((target) => compareVersions(target, needed ?? '') >= 0),
      );
      for (const user of needed === undefined || (!areUsersCertain && isUsable) ? [] : users) {
        const framework = user.frameworks.find((target) => compareVersions(target, needed ?? '') < 0);
        if (needed !== undefined && framework !== undefined) {
          const place = user.project.targets.find(({ site }) => site)?.site ?? user.project.head;
          const name = user.project.path.slice(user.project.path.lastIndexOf('/') + 1);
          report({
            at,
            severity: 'warning',
            message: 'needs',
            values: { id, version, needed, framework, project: name },
            related: [
              {
                path: place.path,
                range: place.range,
                message: { key: 'target', template: 'The target of {project}', values: { project: name } },
              },
            ],
          });
        }
      }
    }
  },
});

/** The .NET Framework that the lowest version of a reference is built for; undefined where that is not known. */
function neededTarget(id: string, version: string): string | undefined {
  const lowest = lowestVersion(version);
  return findDynamicsPackage(id)?.targets.find(([from]) => {
    const start = parseNuGetVersion(from);
    return lowest && start && compareNuGetVersions(lowest, start) >= 0;
  })?.[1];
}
