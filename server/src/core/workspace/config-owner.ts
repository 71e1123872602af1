import { compareVersions } from '../facts/dotnet-frameworks.ts';
import { netFramework } from '../facts/nuget-frameworks.ts';
import { basename, dirname, type FilePath } from '../model/path.ts';
import type { ProjectModel, TargetFramework, WorkspaceModel } from './model.ts';
import { isPlugIn } from './standing.ts';
import { folderOf } from './workspace-model.ts';

/**
 * Whose process reads a configuration file.
 * `program`: its project is a program or web application, or nobody knows. `not-a-program`: all its projects are loaded
 * by something else (libraries, plug-ins, tests), whose configuration counts. `modern`: none of its projects is .NET
 * Framework, and modern .NET does not read these settings.
 */
export type ConfigOwner = 'program' | 'not-a-program' | 'modern';

export function configOwner(projects: readonly ProjectModel[]): ConfigOwner {
  if (projects.length > 0 && projects.every(isModern)) {
    return 'modern';
  }
  const isLoaded = ({ role: { role } }: ProjectModel) =>
    isPlugIn(role) || ['library', 'test', 'xrmtoolbox-tool', 'usd-control', 'package-deployer'].includes(role);
  return projects.length > 0 && projects.every(isLoaded) ? 'not-a-program' : 'program';
}

/** True for a project whose targets are all known, and none of them is .NET Framework. */
export function isModern(project: ProjectModel): boolean {
  return project.targets.every(({ framework }) => framework.known && framework.value.identifier !== netFramework);
}

/** The .NET Framework targets of projects, as far as they are known. */
export function knownTargets(projects: readonly ProjectModel[]): TargetFramework[] {
  return projects.flatMap(({ targets }) =>
    targets.flatMap(({ framework }) =>
      framework.known && framework.value.identifier === netFramework ? [framework.value] : [],
    ),
  );
}

/**
 * True for the `web.config` in the folder of a web application or web site, which ASP.NET reads first. A web project
 * inside the folder of another one is taken for a part of that: modules of large sites are made like this.
 */
export function isApplicationRoot(path: FilePath, workspace: WorkspaceModel): boolean {
  return (
    basename(path).toLowerCase() === 'web.config' &&
    webProjects(path, workspace.projectsNear(path)).length > 0 &&
    !isInsideOtherSite(dirname(path), workspace)
  );
}

/** True for a folder with a web project or web site above it, and no other project between. */
export function isInsideOtherSite(folder: FilePath, workspace: WorkspaceModel): boolean {
  return workspace.projectsNear(folder).some(({ role }) => role.role === 'web');
}

/**
 * Web applications and web sites in the very folder of a file; those with a host of their own are left out, and those
 * for CLR 2, whose ASP.NET knows no `targetFramework` and whose own target is what has to change.
 */
export function webProjects(path: FilePath, projects: readonly ProjectModel[]): ProjectModel[] {
  return projects.filter(
    (project) =>
      project.role.role === 'web' &&
      !project.isSdkStyle &&
      !isModern(project) &&
      !isForClr2(project) &&
      folderOf(project).toLowerCase() === dirname(path).toLowerCase(),
  );
}

/** True for a project that runs on the runtime of 2.0 to 3.5, as far as its targets are known. */
export function isForClr2(project: ProjectModel): boolean {
  const targets = knownTargets([project]);
  return targets.length > 0 && targets.every(({ version }) => compareVersions(version, '4.0') < 0);
}
