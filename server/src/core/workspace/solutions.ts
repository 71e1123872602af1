import { formatMoniker, netFramework, parseFrameworkName } from '../facts/nuget-frameworks.ts';
import { known, unknown } from '../model/known.ts';
import { dirname, type FilePath } from '../model/path.ts';
import { readSolution, type Solution, type SolutionProject } from '../sources/solution.ts';
import type { ProjectModel, ProjectTarget } from './model.ts';

/** All solutions of a workspace, and what they say about projects. */
export class SolutionSet {
  readonly all: readonly Solution[];
  readonly #directories = new Map<FilePath, Set<FilePath>>();
  readonly #holders = new Map<FilePath, readonly Solution[]>();

  constructor(paths: readonly FilePath[], readText: (path: FilePath) => string | undefined) {
    this.all = paths.flatMap((path) => {
      const text = readText(path);
      return text === undefined ? [] : [readSolution(path, text)];
    });
    for (const solution of this.all) {
      const directory = dirname(solution.filterOf ?? solution.path);
      for (const project of solution.projects) {
        const key = project.path.toLowerCase();
        const directories = this.#directories.get(key) ?? new Set();
        this.#directories.set(key, directories.add(directory));
        this.#holders.set(key, [...(this.#holders.get(key) ?? []), solution]);
      }
    }
  }

  /** The folder of the solutions that hold a project, when all of them agree. */
  directoryOf(project: FilePath): FilePath | undefined {
    const directories = this.#directories.get(project.toLowerCase());
    return directories?.size === 1 ? [...directories][0] : undefined;
  }

  /** Solutions that hold a project. */
  solutionsOf(project: FilePath): readonly Solution[] {
    return this.#holders.get(project.toLowerCase()) ?? [];
  }

  /** Web sites have no project file: their solution is all there is. */
  webSites(): ProjectModel[] {
    const sites = new Map<FilePath, ProjectModel>();
    for (const solution of this.all) {
      for (const project of solution.projects) {
        if (project.kind === 'web-site' && !sites.has(project.path)) {
          sites.set(project.path, webSiteModel(solution, project));
        }
      }
    }
    return [...sites.values()];
  }
}

/** Source of the default: https://github.com/dotnet/msbuild (src/Build/Construction/Solution/ProjectInSolution.cs). */
const defaultWebSiteMoniker = '.NETFramework,Version=v3.5';

function webSiteModel(solution: Solution, project: SolutionProject): ProjectModel {
  const declared = project.webSiteMoniker;
  const name = parseFrameworkName(declared?.value ?? defaultWebSiteMoniker);
  const target: ProjectTarget = {
    configurations: [],
    declared: declared?.value ?? null,
    framework: name
      ? known({ ...name, moniker: formatMoniker(name) })
      : unknown(`"${declared?.value ?? ''}" is not the name of a framework`),
    site: declared
      ? {
          path: solution.path,
          range: declared.range,
          form: 'moniker',
          list: declared.range,
          obsolete: [],
          isEditable: name?.identifier === netFramework,
        }
      : null,
  };
  return {
    path: project.path,
    kind: 'web-site',
    role: {
      role: 'web',
      evidence: [
        { text: 'the solution says that it is a web site', at: { path: solution.path, range: project.range } },
      ],
      alsoPartly: null,
      isConfigured: false,
    },
    targets: [target],
    references: [],
    linkedSources: [],
    dependencies: new Set([solution.path]),
    head: { path: solution.path, range: project.range },
    isSdkStyle: false,
    toolsVersion: '',
    visualStudio2015Folder: null,
    hosting: [],
    packages: [],
    missingTargetAttribute: null,
    notices: [],
  };
}
