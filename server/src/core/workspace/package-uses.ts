import { findDynamicsPackage } from '../facts/dynamics-packages.ts';
import type { Location } from '../model/finding.ts';
import { basename, dirname, type FilePath } from '../model/path.ts';
import { compareNuGetVersions, parseNuGetVersion } from '../sources/nuget-version.ts';
import { readPackagesConfig } from '../sources/packages-config.ts';
import { type PaketPackage, readPaketDependencies, readPaketLock, readPaketReferences } from '../sources/paket.ts';
import { readProjectJson } from '../sources/project-json.ts';
import { knownTargets } from './config-owner.ts';
import type { ProjectModel, WorkspaceModel } from './model.ts';
import { folderOf } from './workspace-model.ts';

/** A package as a project or a list names it. */
export interface PackageUse {
  readonly id: string;
  readonly version: string;
  readonly at: Location;
  /** True where the text of the version is nothing else, and can be written anew. */
  readonly isEditable: boolean;
  /** False for the list of a folder with several projects, of which perhaps only one uses it. */
  readonly areUsersCertain: boolean;
  /** The projects that get it, each with the versions of .NET Framework that it is for. */
  readonly users: readonly { readonly project: ProjectModel; readonly frameworks: readonly string[] }[];
}

/** What a rule is called for: one project, or one file with a list of packages. */
export interface PackageSubject {
  readonly workspace: WorkspaceModel;
  readonly project?: ProjectModel;
  readonly file?: { readonly path: FilePath; readonly text: string; readonly projects: readonly ProjectModel[] };
}

/** A quick look before a list is read. */
const dynamicsWords = /CrmSdk|Dataverse/i;

/** Packages of Dynamics 365 that a project, a packages.config, a project.json or Paket's files name. */
export function packageUses({ workspace, project, file }: PackageSubject): PackageUse[] {
  if (project) {
    return project.packages.map((entry) => ({
      ...entry,
      areUsersCertain: true,
      users: [{ project, frameworks: entry.frameworks }],
    }));
  }
  if (!file || !dynamicsWords.test(file.text)) {
    return [];
  }
  switch (basename(file.path).toLowerCase()) {
    case 'paket.dependencies':
      return paketDependencies(workspace, file);
    case 'paket.lock':
      return paketLock(workspace, file);
    case 'project.json': {
      const users = usersOf(projectsOfPackages(file));
      return readProjectJson(file.text).map(({ id, version, range }) => ({
        id,
        version,
        at: { path: file.path, range },
        isEditable: true,
        areUsersCertain: users.length === 1,
        users,
      }));
    }
    case 'packages.config': {
      const users = usersOf(projectsOfPackages(file));
      return readPackagesConfig(file.text).map(({ id, version, versionRange }) => ({
        id,
        version,
        at: { path: file.path, range: versionRange },
        isEditable: true,
        areUsersCertain: users.length === 1,
        users,
      }));
    }
    default:
      // Paket's references name no versions.
      return [];
  }
}

type PackageFile = NonNullable<PackageSubject['file']>;

/** What is bounded in paket.dependencies is judged there, by what was resolved where that is higher. */
function paketDependencies(workspace: WorkspaceModel, file: PackageFile): PackageUse[] {
  const resolved = readPaketLock(workspace.readText(`${dirname(file.path)}/paket.lock`) ?? '');
  return readPaketDependencies(file.text)
    .filter(({ version }) => version !== '')
    .map((entry) => {
      const lock = resolved.find((other) => isSame(entry, other))?.version;
      const version = lock !== undefined && isHigher(lock, entry.version) ? lock : entry.version;
      return toUse(workspace, file, { ...entry, version });
    });
}

function paketLock(workspace: WorkspaceModel, file: PackageFile): PackageUse[] {
  const wanted = readPaketDependencies(workspace.readText(`${dirname(file.path)}/paket.dependencies`) ?? '');
  return readPaketLock(file.text)
    .filter((entry) => !wanted.some((other) => other.version !== '' && isSame(entry, other)))
    .map((entry) => toUse(workspace, file, entry));
}

function isSame(a: PaketPackage, b: PaketPackage): boolean {
  return a.group === b.group && a.id.toLowerCase() === b.id.toLowerCase();
}

function isHigher(version: string, other: string): boolean {
  const [a, b] = [parseNuGetVersion(version), parseNuGetVersion(other)];
  return a !== undefined && b !== undefined && compareNuGetVersions(a, b) > 0;
}

function toUse(workspace: WorkspaceModel, file: PackageFile, entry: PaketPackage): PackageUse {
  const projects = findDynamicsPackage(entry.id) ? projectsWithReference(workspace, entry.id) : [];
  return {
    id: entry.id,
    version: entry.version,
    at: { path: file.path, range: entry.range },
    isEditable: entry.isEditable,
    areUsersCertain: true,
    users: usersOf(projects),
  };
}

/** Projects whose paket.references, or one with the project's name before it, names a package. */
function projectsWithReference(workspace: WorkspaceModel, id: string): ProjectModel[] {
  return [...workspace.projects.values()].filter((project) =>
    [`${folderOf(project)}/paket.references`, `${project.path}.paket.references`].some((path) =>
      readPaketReferences(workspace.readText(path) ?? '').has(id.toLowerCase()),
    ),
  );
}

function usersOf(projects: readonly ProjectModel[]): PackageUse['users'] {
  return projects.map((project) => ({ project, frameworks: knownTargets([project]).map(({ version }) => version) }));
}

/** A packages.config or project.json belongs to the projects of its own folder. */
export function projectsOfPackages(file: NonNullable<PackageSubject['file']>): readonly ProjectModel[] {
  const folder = dirname(file.path).toLowerCase();
  return file.projects.filter((project) => folderOf(project).toLowerCase() === folder);
}
