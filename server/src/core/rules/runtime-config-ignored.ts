import { findSwitch } from '../facts/appcontext-switches.ts';
import { netFramework } from '../facts/nuget-frameworks.ts';
import { dirname } from '../model/path.ts';
import { readRuntimeConfig } from '../sources/runtime-config.ts';
import type { ProjectModel } from '../workspace/model.ts';
import { folderOf } from '../workspace/workspace-model.ts';
import { defineRule } from './rule.ts';

/**
 * Settings of modern .NET beside a program for .NET Framework, which does not read them.
 * Source: https://learn.microsoft.com/dotnet/core/runtime-config/
 */
export const rule = defineRule({
  id: 'runtime-config-ignored',
  title: 'A runtimeconfig file stands beside a program that does not read it',
  severity: 'warning',
  appliesTo: ['runtime-config'],
  isFixable: false,
  messages: {
    switch:
      'This file is not read by .NET Framework, so {name} is not set for {project}. Write it into the configuration file of the program, as AppContextSwitchOverrides.',
    file: '{project} is for .NET Framework, which does not read this file: nothing in it changes which TLS versions the program offers.',
  },
  check({ file, report }) {
    const projects = file?.projects.filter((project) => folderOf(project) === dirname(file.path)) ?? [];
    const owner = projects[0];
    const config = file && owner && projects.every(isForFrameworkOnly) ? readRuntimeConfig(file.text) : undefined;
    if (!file || !owner || !config) {
      return;
    }
    const project = owner.path.slice(owner.path.lastIndexOf('/') + 1);
    const switches = config.properties.filter(({ name }) => findSwitch(name.trim()));
    for (const { name, nameRange } of switches) {
      report({
        at: { path: file.path, range: nameRange },
        severity: 'warning',
        message: 'switch',
        values: { name, project },
      });
    }
    if (switches.length === 0) {
      report({
        at: { path: file.path, range: config.head },
        severity: 'information',
        message: 'file',
        values: { project },
      });
    }
  },
});

function isForFrameworkOnly({ targets }: ProjectModel): boolean {
  return (
    targets.length > 0 &&
    targets.every(({ framework }) => framework.known && framework.value.identifier === netFramework)
  );
}
