import { compareVersions } from '../facts/dotnet-frameworks.ts';
import type { RuntimeGeneration } from '../facts/registry-keys.ts';
import type { Fix } from '../model/finding.ts';
import { basename, extname, type FilePath } from '../model/path.ts';
import { knownTargets } from '../workspace/config-owner.ts';
import { incompleteRuntimeValues, type RegistryProblem, registryMessages } from '../workspace/judge-registry.ts';
import type { WorkspaceModel } from '../workspace/model.ts';
import { repairEdits } from '../workspace/registry-repair.ts';
import { runtimeKeyOf, runtimeValues, runtimeValueWords } from '../workspace/registry-tls.ts';
import { writesOfRegistryFile } from '../workspace/registry-writes.ts';
import { isProgram } from '../workspace/standing.ts';
import { defineRule, type FileContext, type RuleContext } from './rule.ts';

/** Registry files that help only some of the programs of a machine. */
export const rule = defineRule({
  id: 'registry-tls-incomplete',
  title: 'A registry file sets the TLS defaults of .NET Framework for only some programs',
  severity: 'warning',
  appliesTo: ['registry'],
  isFixable: true,
  messages: {
    ...registryMessages.incomplete,
    generation:
      '{name} is set for the runtime of .NET Framework 4 only. This workspace has programs for 2.0 to 3.5 ({projects}), which read the key v2.0.50727.',
    'other-file': '{name} is set in one view here, and in the other one by {other}. Import both.',
  },
  check(context) {
    const { file, workspace, report } = context;
    if (!file || !runtimeValueWords.test(file.text)) {
      return;
    }
    const writes = writesOfRegistryFile(file.text);
    for (const problem of incompleteRuntimeValues(writes)) {
      reportOneView(context, file, problem);
    }
    const set = runtimeValues(writes).filter(({ number }) => number !== 0);
    const first = set.find(({ generation }) => generation === '4');
    const projects = first && !set.some(({ generation }) => generation === '2') ? oldPrograms(workspace) : [];
    if (first && projects.length > 0) {
      report({
        at: { path: file.path, range: first.write.nameRange },
        severity: 'warning',
        message: 'generation',
        values: { name: first.name, projects: projects.join(', ') },
        fixes: [completeFix(file, ['2'])],
      });
    }
  },
});

/** Two files of one folder, one for each view, are a usual way to write this down. */
function reportOneView({ workspace, report }: RuleContext, file: FileContext, problem: RegistryProblem): void {
  const at = { path: file.path, range: problem.range };
  const other = otherHalf(workspace, file.path, problem);
  if (other === undefined) {
    const { severity, message, values } = problem;
    report({ at, severity, message, values, fixes: [completeFix(file)] });
    return;
  }
  report({
    at,
    severity: 'information',
    message: 'other-file',
    values: { name: problem.write.name, other: basename(other) },
  });
}

function otherHalf(workspace: WorkspaceModel, path: FilePath, { write }: RegistryProblem): FilePath | undefined {
  const place = runtimeKeyOf(write);
  return workspace.filesBeside(path).find((other) => {
    const text = extname(other) === '.reg' ? (workspace.readText(other) ?? '') : '';
    return (
      runtimeValueWords.test(text) &&
      runtimeValues(writesOfRegistryFile(text)).some(
        ({ name, generation, view, number }) =>
          name.toLowerCase() === write.name.toLowerCase() &&
          generation === place?.generation &&
          view !== place?.view &&
          number !== 0,
      )
    );
  });
}

/** Names of programs that run on CLR 2. */
function oldPrograms(workspace: WorkspaceModel): string[] {
  return [...workspace.projects.values()]
    .filter(
      (project) =>
        isProgram(project.role.role) &&
        knownTargets([project]).some(({ version }) => compareVersions(version, '4.0') < 0),
    )
    .map(({ path }) => basename(path));
}

function completeFix(file: FileContext, alsoFor: readonly RuntimeGeneration[] = []): Fix {
  return {
    title: { key: 'complete', template: 'Set the values for the other programs as well', values: {} },
    isPreferred: true,
    bulk: 'safe',
    changes: [{ path: file.path, edits: repairEdits(file.text, [], alsoFor) }],
  };
}
