import { dirname, type FilePath } from '../model/path.ts';
import type { FileSource, ProjectBuilds } from '../msbuild/index.ts';
import type { Solution } from '../sources/solution.ts';
import type { ProcessVerdict } from '../verdict/process-verdict.ts';
import type { ProcessWorkspace } from '../verdict/project-processes.ts';
import type { ProjectModel, SourceCompiler } from '../workspace/model.ts';
import { folderOf, foldersAbove, placeKey, type WorkspaceGraph } from '../workspace/workspace-model.ts';

/** Names of what an answer depends on; a change names what it makes different in the same words. */
export const topics = {
  solutions: 'solutions',
  projects: 'projects',
  compiled: 'compiled',
  consumers: (key: string) => `consumers ${key}`,
  readers: (key: string) => `readers ${key}`,
  text: (key: string) => `text ${key}`,
  builds: (key: string) => `builds ${key}`,
  links: (key: string) => `links ${key}`,
  plugIn: (place: string) => `plug-in ${place}`,
  folder: (key: string) => `folder ${key}`,
  registryFiles: 'registry files',
  sources: (key: string) => `sources ${key}`,
  libraries: (key: string) => `libraries ${key}`,
  processes: (key: string) => `processes ${key}`,
} as const;

/**
 * The workspace with a note of every question, so that a rule's answer can be kept until one of its questions gets
 * another answer. Rules know nothing of this.
 */
export class AskedWorkspace implements ProcessWorkspace {
  readonly #workspace: WorkspaceGraph;
  readonly #files: FileSource;
  readonly #processesOf: (path: FilePath) => readonly ProcessVerdict[];
  #asked = new Set<string>();

  constructor(
    workspace: WorkspaceGraph,
    files: FileSource,
    processesOf: (path: FilePath) => readonly ProcessVerdict[],
  ) {
    this.#workspace = workspace;
    this.#files = files;
    this.#processesOf = processesOf;
  }

  /** Does some work and tells what was asked in it; what is done inside of other work counts for itself alone. */
  record<T>(work: () => T): { readonly result: T; readonly asked: ReadonlySet<string> } {
    const outer = this.#asked;
    const asked = new Set<string>();
    this.#asked = asked;
    try {
      return { result: work(), asked };
    } finally {
      this.#asked = outer;
    }
  }

  get registryFiles(): readonly FilePath[] {
    this.#asked.add(topics.registryFiles);
    return this.#workspace.registryFiles;
  }

  sourcesOf(path: FilePath): readonly FilePath[] {
    this.#asked.add(topics.sources(this.#files.key(path)));
    return this.#workspace.sourcesOf(path);
  }

  librariesOf(path: FilePath): readonly ProjectModel[] {
    this.#asked.add(topics.libraries(this.#files.key(path)));
    return this.#workspace.librariesOf(path);
  }

  processesOf(path: FilePath): readonly ProcessVerdict[] {
    this.#asked.add(topics.processes(this.#files.key(path)));
    return this.#processesOf(path);
  }

  get projects(): ReadonlyMap<FilePath, ProjectModel> {
    this.#asked.add(topics.projects);
    return this.#workspace.projects;
  }

  get solutions(): readonly Solution[] {
    this.#asked.add(topics.solutions);
    return this.#workspace.solutions;
  }

  solutionsOf(path: FilePath): readonly Solution[] {
    this.#asked.add(topics.solutions);
    return this.#workspace.solutionsOf(path);
  }

  consumersOf(path: FilePath): readonly ProjectModel[] {
    this.#asked.add(topics.consumers(this.#files.key(path)));
    return this.#workspace.consumersOf(path);
  }

  projectsThatRead(path: FilePath): readonly ProjectModel[] {
    this.#asked.add(topics.readers(this.#files.key(path)));
    return this.#workspace.projectsThatRead(path);
  }

  isTargetOfPlugIn(path: FilePath, start: number): boolean {
    this.#asked.add(topics.plugIn(placeKey(path, start)));
    return this.#workspace.isTargetOfPlugIn(path, start);
  }

  projectsNear(path: FilePath): readonly ProjectModel[] {
    const projects = this.#workspace.projectsNear(path);
    const last = projects[0] && this.#files.key(folderOf(projects[0]));
    for (const folder of foldersAbove(path)) {
      const key = this.#files.key(folder);
      this.#asked.add(topics.folder(key));
      if (key === last) {
        break;
      }
    }
    return projects;
  }

  compilersOf(path: FilePath): readonly SourceCompiler[] | 'excluded' {
    this.#asked.add(topics.compiled);
    this.#asked.add(topics.links(this.#files.key(path)));
    for (const folder of foldersAbove(path)) {
      this.#asked.add(topics.folder(this.#files.key(folder)));
    }
    for (const project of this.#workspace.compilerCandidates(path)) {
      this.#asked.add(topics.builds(this.#files.key(project.path)));
    }
    return this.#workspace.compilersOf(path);
  }

  buildsOf(path: FilePath): ProjectBuilds | undefined {
    this.#asked.add(topics.builds(this.#files.key(path)));
    return this.#workspace.buildsOf(path);
  }

  scripts(): readonly FilePath[] {
    this.#asked.add(topics.compiled);
    return this.#workspace.scripts();
  }

  /** A folder counts as a text that changes when files come and go. */
  filesBeside(path: FilePath): readonly FilePath[] {
    this.#asked.add(topics.text(this.#files.key(dirname(path))));
    return this.#workspace.filesBeside(path);
  }

  // An arrow, because rules hand it on.
  readonly readText = (path: FilePath): string | undefined => {
    this.#asked.add(topics.text(this.#files.key(path)));
    return this.#workspace.readText(path);
  };
}
