import { compareVersions } from '../facts/dotnet-frameworks.ts';
import { netFramework, parseFrameworkName } from '../facts/nuget-frameworks.ts';
import { type ConfiguredPackage, readPackagesConfig } from '../sources/packages-config.ts';
import { knownTargets } from '../workspace/config-owner.ts';
import { projectsOfPackages } from '../workspace/package-uses.ts';
import { defineRule } from './rule.ts';

/** Entries of a packages.config that a retarget left behind. */
export const rule = defineRule({
  id: 'packages-config-target-lags',
  title: 'A packages.config names an older target framework than the project has',
  severity: 'information',
  appliesTo: ['packages'],
  isFixable: false,
  messages: {
    lags: '{count} of {total} packages were installed for an older target than {framework}, which {project} has now, and may still use files that were made for it. Reinstall them (Update-Package -Reinstall). It does not decide about TLS.',
  },
  check({ file, report }) {
    if (!file?.text.includes('targetFramework')) {
      return;
    }
    const projects = projectsOfPackages(file);
    const targets = knownTargets(projects);
    const [owner, ...others] = projects;
    const [target] = targets;
    if (!owner || others.length > 0 || !target || targets.some(({ version }) => version !== target.version)) {
      return;
    }
    const packages = readPackagesConfig(file.text);
    const lagging = packages.filter((entry) => isBelow(entry, target.version));
    const first = lagging[0];
    if (first) {
      report({
        at: { path: file.path, range: first.targetFrameworkRange },
        severity: 'information',
        message: 'lags',
        values: {
          count: String(lagging.length),
          total: String(packages.length),
          framework: target.version,
          project: owner.path.slice(owner.path.lastIndexOf('/') + 1),
        },
      });
    }
  },
});

function isBelow({ targetFramework }: ConfiguredPackage, version: string): boolean {
  const name = parseFrameworkName(targetFramework);
  return name?.identifier === netFramework && name.version !== '0.0' && compareVersions(name.version, version) < 0;
}
