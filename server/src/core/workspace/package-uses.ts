import type { Location } from '../model/finding.ts';
import { dirname, type FilePath } from '../model/path.ts';
import { readPackagesConfig } from '../sources/packages-config.ts';
import { knownTargets } from './config-owner.ts';
import type { ProjectModel } from './model.ts';
import { folderOf } from './workspace-model.ts';

/** A package as a project or a packages.config names it. */
export interface PackageUse {
  readonly id: string;
  readonly version: string;
  readonly at: Location;
  /** True where the text of the version is nothing else, and can be written anew. */
  readonly isEditable: boolean;
  /** The projects that get it, each with the versions of .NET Framework that it is for. */
  readonly users: readonly { readonly project: ProjectModel; readonly frameworks: readonly string[] }[];
}

/** What a rule is called for: one project, or one packages.config. */
export interface PackageSubject {
  readonly project?: ProjectModel;
  readonly file?: { readonly path: FilePath; readonly text: string; readonly projects: readonly ProjectModel[] };
}

/** A quick look before a packages.config is read. */
const dynamicsWords = /CrmSdk|Dataverse/i;

/** Packages of Dynamics 365 that a project or a packages.config names. */
export function packageUses({ project, file }: PackageSubject): PackageUse[] {
  if (project) {
    return project.packages.map((entry) => ({ ...entry, users: [{ project, frameworks: entry.frameworks }] }));
  }
  if (!file || !dynamicsWords.test(file.text)) {
    return [];
  }
  const users = projectsOfPackages(file).map((user) => ({
    project: user,
    frameworks: knownTargets([user]).map(({ version }) => version),
  }));
  return readPackagesConfig(file.text).map(({ id, version, versionRange }) => ({
    id,
    version,
    at: { path: file.path, range: versionRange },
    isEditable: true,
    users,
  }));
}

/** A packages.config belongs to the projects of its own folder. */
export function projectsOfPackages(file: NonNullable<PackageSubject['file']>): readonly ProjectModel[] {
  const folder = dirname(file.path).toLowerCase();
  return file.projects.filter((project) => folderOf(project).toLowerCase() === folder);
}
