import { compareVersions } from '../facts/dotnet-frameworks.ts';
import type { RegistryView, RuntimeGeneration } from '../facts/registry-keys.ts';
import type { Fix } from '../model/finding.ts';
import { knownTargets } from '../workspace/config-owner.ts';
import type { WorkspaceModel } from '../workspace/model.ts';
import { repairEdits } from '../workspace/registry-repair.ts';
import { type RuntimeValue, runtimeValues, runtimeValueWords } from '../workspace/registry-tls.ts';
import { isProgram } from '../workspace/standing.ts';
import { defineRule, type FileContext } from './rule.ts';

/** Registry files that help only some of the programs of a machine. */
export const rule = defineRule({
  id: 'registry-tls-incomplete',
  title: 'A registry file sets the TLS defaults of .NET Framework for only some programs',
  severity: 'warning',
  appliesTo: ['registry'],
  isFixable: true,
  messages: {
    native:
      '{name} is set in the native view only. On 64-bit Windows, 32-bit programs read the key below Wow6432Node and stay as they were.',
    wow64:
      '{name} is set below Wow6432Node only, which 32-bit programs read. 64-bit programs read the key without it and stay as they were.',
    generation:
      '{name} is set for the runtime of .NET Framework 4 only. This workspace has programs for 2.0 to 3.5 ({projects}), which read the key v2.0.50727.',
  },
  check({ file, workspace, report }) {
    if (!file || !runtimeValueWords.test(file.text)) {
      return;
    }
    const values = runtimeValues(file.text);
    const set = values.filter(({ number }) => number !== 0);
    for (const value of set) {
      const other: RegistryView = value.view === 'native' ? 'wow64' : 'native';
      if (!has(values, value.name, value.generation, other)) {
        report({
          at: { path: file.path, range: value.value.nameRange },
          severity: 'warning',
          message: value.view,
          values: { name: value.name },
          fixes: [completeFix(file)],
        });
      }
    }
    const first = set.find(({ generation }) => generation === '4');
    const projects = first && !set.some(({ generation }) => generation === '2') ? oldPrograms(workspace) : [];
    if (first && projects.length > 0) {
      report({
        at: { path: file.path, range: first.value.nameRange },
        severity: 'warning',
        message: 'generation',
        values: { name: first.name, projects: projects.join(', ') },
        fixes: [completeFix(file, ['2'])],
      });
    }
  },
});

function has(set: readonly RuntimeValue[], name: string, generation: RuntimeGeneration, view: RegistryView): boolean {
  return set.some((value) => value.name === name && value.generation === generation && value.view === view);
}

/** Names of programs that run on CLR 2. */
function oldPrograms(workspace: WorkspaceModel): string[] {
  return [...workspace.projects.values()]
    .filter(
      (project) =>
        isProgram(project.role.role) &&
        knownTargets([project]).some(({ version }) => compareVersions(version, '4.0') < 0),
    )
    .map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
}

function completeFix(file: FileContext, alsoFor: readonly RuntimeGeneration[] = []): Fix {
  return {
    title: { key: 'complete', template: 'Set the values for the other programs as well', values: {} },
    isPreferred: true,
    bulk: 'safe',
    changes: [{ path: file.path, edits: repairEdits(file.text, [], alsoFor) }],
  };
}
