import type { FilePath } from '../model/path.ts';
import type { FileSource, ProjectBuilds } from '../msbuild/index.ts';
import type { ProjectModel, WorkspaceModel } from './model.ts';
import type { SolutionSet } from './solutions.ts';

export interface WorkspaceInput {
  readonly projects: ReadonlyMap<FilePath, ProjectModel>;
  readonly solutions: SolutionSet;
  readonly files: FileSource;
  dependentsOf(path: FilePath): ReadonlySet<FilePath>;
  evaluate(path: FilePath): ProjectBuilds;
}

/** The graph of references, turned round once: who loads whom. */
export function createWorkspaceModel(input: WorkspaceInput): WorkspaceModel {
  const { projects, files } = input;
  const byKey = new Map([...projects.values()].map((project) => [files.key(project.path), project]));
  const referencedBy = new Map<string, ProjectModel[]>();
  for (const project of projects.values()) {
    for (const reference of project.references) {
      const key = files.key(reference);
      const list = referencedBy.get(key);
      if (list) {
        list.push(project);
      } else {
        referencedBy.set(key, [project]);
      }
    }
  }
  return {
    projects,
    solutions: input.solutions.all,
    solutionsOf: (path) => input.solutions.solutionsOf(path),
    consumersOf: (path) => reach(files.key(path), referencedBy, files),
    projectsThatRead: (path) => [...input.dependentsOf(path)].flatMap((project) => byKey.get(files.key(project)) ?? []),
    buildsOf: (path) => (projects.get(path)?.kind === 'project' ? input.evaluate(path) : undefined),
    readText: (path) => files.text(path),
  };
}

/** Everything that references a project, directly or through others. */
function reach(start: string, referencedBy: ReadonlyMap<string, ProjectModel[]>, files: FileSource): ProjectModel[] {
  const seen = new Set<string>([start]);
  const found: ProjectModel[] = [];
  const queue = [start];
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    for (const project of referencedBy.get(key) ?? []) {
      const projectKey = files.key(project.path);
      if (!seen.has(projectKey)) {
        seen.add(projectKey);
        found.push(project);
        queue.push(projectKey);
      }
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
