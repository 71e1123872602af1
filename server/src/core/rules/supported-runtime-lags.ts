import { compareVersions } from '../facts/dotnet-frameworks.ts';
import { netFramework, parseFrameworkName } from '../facts/nuget-frameworks.ts';
import { basename, type FilePath } from '../model/path.ts';
import { configKind, findSections, isTransform, transformEffect } from '../sources/config-file.ts';
import { configOwner, knownTargets } from '../workspace/config-owner.ts';
import { defineRule } from './rule.ts';

/**
 * `supportedRuntime` asks for a .NET Framework to be installed. It does not decide about TLS.
 * Source: https://learn.microsoft.com/dotnet/framework/configure-apps/file-schema/startup/supportedruntime-element
 */
export const rule = defineRule({
  id: 'supported-runtime-lags',
  title: 'A configuration file asks for an older .NET Framework than the program targets',
  severity: 'information',
  appliesTo: ['config'],
  isFixable: false,
  messages: {
    lags: 'The program targets {framework}, and its configuration is content with .NET Framework {version}. That does not change which TLS versions are offered: the target decides.',
  },
  check({ file, report }) {
    if (!file || !/supportedRuntime/.test(file.text) || configKind(file.path) !== 'app') {
      return;
    }
    const projects = file.projects.filter((project) => isConfigurationOf(file.path, project.path));
    const targets = knownTargets(projects);
    const [target] = targets;
    if (!target || configOwner(projects) !== 'program' || targets.some(({ version }) => version !== target.version)) {
      return;
    }
    for (const element of findSections(file.xml, 'startup', 'supportedRuntime')) {
      const sku = element.attribute('sku');
      const isWritten = !isTransform(file.xml) || transformEffect(element, 'sku') === 'sets';
      const name = sku && isWritten ? parseFrameworkName(sku.value) : undefined;
      if (sku?.valueRange && name?.identifier === netFramework && compareVersions(name.version, target.version) < 0) {
        report({
          at: { path: file.path, range: sku.valueRange },
          severity: 'information',
          message: 'lags',
          values: { framework: target.version, version: name.version },
        });
      }
    }
  },
});

/** `Sync.exe.config` belongs to a program of this name; a project of another name beside it has nothing to do with it. */
function isConfigurationOf(path: FilePath, project: FilePath): boolean {
  const program = /^(.+)\.(?:exe|dll)\.config$/i.exec(basename(path))?.[1];
  return program === undefined || basename(project).toLowerCase().startsWith(`${program.toLowerCase()}.`);
}
