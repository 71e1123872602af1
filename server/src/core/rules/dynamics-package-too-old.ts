import { findDynamicsPackage } from '../facts/dynamics-packages.ts';
import type { Fix } from '../model/finding.ts';
import { compareNuGetVersions, lowestVersion, parseNuGetVersion } from '../sources/nuget-version.ts';
import { type PackageUse, packageUses } from '../workspace/package-uses.ts';
import { isPlugIn } from '../workspace/standing.ts';
import { defineRule } from './rule.ts';

/** Packages of Dynamics 365 from the time before the service required TLS 1.2. */
export const rule = defineRule({
  id: 'dynamics-package-too-old',
  title: 'A package of Dynamics 365 is older than the TLS 1.2 requirement',
  severity: 'warning',
  appliesTo: ['project', 'packages'],
  isFixable: true,
  messages: {
    tool: '{id} {version} is a developer tool from before 9.0: it may not connect to online environments, which require TLS 1.2. Take the latest version.',
    library:
      '{id} {version} is from before 9.0, when the service did not require TLS 1.2 yet. It does not decide which TLS versions are offered: the target of the program does.',
    'plug-in':
      '{id} {version} is from before 9.0. A plug-in runs in the service, which brings its own version of the library.',
  },
  check({ workspace, project, file, report }) {
    for (const use of packageUses({ workspace, ...(project ? { project } : {}), ...(file ? { file } : {}) })) {
      const known = findDynamicsPackage(use.id);
      if (!known || !isBelow(use.version, known.required)) {
        continue;
      }
      const isTool = known.kind === 'tool';
      const isForPlugIns = use.users.length > 0 && use.users.every((user) => isPlugIn(user.project.role.role));
      report({
        at: use.at,
        severity: isTool ? 'warning' : 'information',
        message: isTool ? 'tool' : isForPlugIns ? 'plug-in' : 'library',
        values: { id: use.id, version: use.version },
        fixes: isTool && known.goodVersion !== null ? raiseFix(use, known.goodVersion) : [],
      });
    }
  },
});

function isBelow(version: string, limit: string | null): boolean {
  const lowest = lowestVersion(version);
  const required = limit === null ? undefined : parseNuGetVersion(limit);
  // A preview of 9.0 has what 9.0 has.
  return (
    lowest !== undefined && required !== undefined && compareNuGetVersions({ ...lowest, labels: [] }, required) < 0
  );
}

/** A person decides: the package has to be restored, and its files have other names. */
function raiseFix({ id, at, isEditable }: PackageUse, version: string): Fix[] {
  return isEditable
    ? [
        {
          title: { key: 'raise', template: 'Raise {id} to {version}', values: { id, version } },
          isPreferred: true,
          bulk: 'confirm',
          changes: [{ path: at.path, edits: [{ range: at.range, newText: version }] }],
        },
      ]
    : [];
}
