import { known, unknown } from '../model/known.ts';
import { dirname, type FilePath } from '../model/path.ts';
import type { FileSource, ProjectBuilds } from '../msbuild/index.ts';
import type { Solution } from '../sources/solution.ts';
import { type CompiledSources, compiledSourcesOf } from './compiled-sources.ts';
import type { ProjectModel, SourceBuild, SourceCompiler, WorkspaceModel } from './model.ts';
import type { SolutionSet } from './solutions.ts';
import { isPlugIn } from './standing.ts';

export interface WorkspaceInput {
  readonly files: FileSource;
  /** Projects whose evaluation reads a file. */
  dependentsOf(path: FilePath): ReadonlySet<FilePath>;
  evaluate(path: FilePath): ProjectBuilds;
  scripts(): readonly FilePath[];
}

/** A project in the graph of references; `model` is undefined for a reference to what is not there. */
interface Node {
  readonly key: string;
  model: ProjectModel | undefined;
  /** Place in the order of the paths. */
  order: number;
  references: readonly Node[];
  readonly consumers: Set<Node>;
  /** Everything that reaches the node, until a change makes it stale. */
  reached: readonly ProjectModel[] | undefined;
}

/** The graph of references in both directions. It lives as long as its analyzer and changes with it. */
export class WorkspaceGraph implements WorkspaceModel {
  readonly #input: WorkspaceInput;
  readonly #nodes = new Map<string, Node>();
  /** Plug-ins by the places that decide their targets. */
  readonly #plugIns = new Map<string, Set<Node>>();
  /** Projects by the source files outside of their folders that they compile. */
  readonly #linkers = new Map<string, Set<Node>>();
  /** What projects compile, as far as somebody asked; emptied when files come or go. */
  #compiled = new WeakMap<ProjectModel, { readonly sources: CompiledSources; readonly isComplete: boolean }>();
  /** Projects by the key of the folder that they stand in. */
  readonly #folders = new Map<string, Set<Node>>();
  #projects = new Map<FilePath, ProjectModel>();
  #solutions: SolutionSet | undefined;
  registryFiles: readonly FilePath[] = [];
  #sourceFiles: readonly FilePath[] = [];
  /** Source files by the projects that may compile them, until projects or files change. */
  #sources: Map<Node, FilePath[]> | undefined;

  constructor(input: WorkspaceInput) {
    this.#input = input;
  }

  get projects(): ReadonlyMap<FilePath, ProjectModel> {
    return this.#projects;
  }

  get solutions(): readonly Solution[] {
    return this.#solutions?.all ?? [];
  }

  /** Takes changed projects in; undefined is a project that is gone. Answers the projects whose consumers changed. */
  update(changes: ReadonlyMap<FilePath, ProjectModel | undefined>, solutions: SolutionSet): ReadonlySet<string> {
    this.#solutions = solutions;
    this.#sources = undefined;
    const touched = new Set<Node>();
    const replaced: [node: Node, old: ProjectModel, model: ProjectModel][] = [];
    for (const [path, model] of changes) {
      const node = this.#node(this.#input.files.key(path));
      this.#forgetPlugIn(node);
      this.#forgetLinks(node);
      this.#placeInFolder(node, path, model);
      const references = [...new Set(model?.references.map((other) => this.#node(this.#input.files.key(other))))];
      if (node.model && model && changes.size <= maximumReplaced && isSame(node.references, references)) {
        replaced.push([node, node.model, model]);
      } else {
        this.#connect(node, references, touched);
      }
      node.model = model;
      this.#notePlugIn(node);
      this.#noteLinks(node);
    }
    this.#order(changes);
    const keys = dropReached(touched);
    for (const [node, old, model] of replaced) {
      replaceReached(node, old, model, keys);
    }
    return keys;
  }

  #connect(node: Node, references: readonly Node[], touched: Set<Node>): void {
    for (const other of node.references) {
      other.consumers.delete(node);
      touched.add(other);
    }
    node.references = references;
    for (const other of references) {
      other.consumers.add(node);
      touched.add(other);
    }
  }

  solutionsOf(path: FilePath): readonly Solution[] {
    return this.#solutions?.solutionsOf(path) ?? [];
  }

  consumersOf(path: FilePath): readonly ProjectModel[] {
    const node = this.#nodes.get(this.#input.files.key(path));
    if (!node) {
      return [];
    }
    node.reached ??= reach(node);
    return node.reached;
  }

  /** Sets the source files in which words about TLS stand. */
  setSourceFiles(paths: readonly FilePath[]): void {
    this.#sourceFiles = paths;
    this.#sources = undefined;
  }

  sourcesOf(path: FilePath): readonly FilePath[] {
    this.#sources ??= this.#assignSources();
    const node = this.#nodes.get(this.#input.files.key(path));
    return (node && this.#sources.get(node)) ?? [];
  }

  #assignSources(): Map<Node, FilePath[]> {
    const found = new Map<Node, FilePath[]>();
    for (const source of this.#sourceFiles) {
      for (const project of this.compilerCandidates(source)) {
        const node = this.#node(this.#input.files.key(project.path));
        const list = found.get(node);
        if (list) {
          list.push(source);
        } else {
          found.set(node, [source]);
        }
      }
    }
    return found;
  }

  librariesOf(path: FilePath): readonly ProjectModel[] {
    const start = this.#nodes.get(this.#input.files.key(path));
    const seen = new Set(start ? [start] : []);
    // A set visits what is added while it is walked through.
    for (const node of seen) {
      for (const other of node.references) {
        if (seen.size <= maximumLibraries) {
          seen.add(other);
        }
      }
    }
    return [...seen].flatMap((node) => (node !== start && node.model) || []);
  }

  projectsThatRead(path: FilePath): readonly ProjectModel[] {
    return [...this.#input.dependentsOf(path)].flatMap((project) => this.#projects.get(project) ?? []);
  }

  isTargetOfPlugIn(path: FilePath, start: number): boolean {
    return this.#plugIns.has(placeKey(path, start));
  }

  projectsNear(path: FilePath): readonly ProjectModel[] {
    for (const folder of foldersAbove(path)) {
      const nodes = this.#folders.get(this.#input.files.key(folder));
      if (nodes) {
        return [...nodes].sort((a, b) => a.order - b.order).flatMap((node) => node.model ?? []);
      }
    }
    return [];
  }

  /** Files came or went: what projects compile is another question now. */
  forgetCompiled(): void {
    this.#compiled = new WeakMap();
  }

  compilersOf(path: FilePath): readonly SourceCompiler[] | 'excluded' {
    const key = this.#input.files.key(path);
    const candidates = this.compilerCandidates(path);
    const found: SourceCompiler[] = [];
    const uncertain: ProjectModel[] = [];
    for (const project of candidates) {
      if (project.kind === 'web-site') {
        found.push({ project, builds: project.targets.map(siteBuild) });
        continue;
      }
      const { sources, isComplete } = this.#compiledBy(project);
      const builds = sources.get(key);
      if (builds) {
        found.push({ project, builds });
      } else if (!isComplete) {
        uncertain.push(project);
      }
    }
    if (found.length > 0 || candidates.length === 0) {
      return found;
    }
    // The nearest of those whose lists are not known may well compile it.
    const nearest = uncertain.sort((a, b) => b.path.length - a.path.length)[0];
    return nearest ? [{ project: nearest, builds: [unknownBuild] }] : 'excluded';
  }

  /** Projects that may compile a file: those above it up to the first web site, and those that link it. */
  compilerCandidates(path: FilePath): readonly ProjectModel[] {
    const nodes = new Set<Node>(this.#linkers.get(this.#input.files.key(path)) ?? []);
    for (const folder of foldersAbove(path)) {
      const here = [...(this.#folders.get(this.#input.files.key(folder)) ?? [])];
      for (const node of here) {
        if (node.model?.kind !== 'web-site' || nodes.size === 0) {
          nodes.add(node);
        }
      }
    }
    return [...nodes].sort((a, b) => a.order - b.order).flatMap((node) => node.model ?? []);
  }

  #compiledBy(project: ProjectModel): { readonly sources: CompiledSources; readonly isComplete: boolean } {
    const known = this.#compiled.get(project);
    if (known) {
      return known;
    }
    const compiled = compiledSourcesOf(project, this.#input.evaluate(project.path), this.#input.files);
    this.#compiled.set(project, compiled);
    return compiled;
  }

  buildsOf(path: FilePath): ProjectBuilds | undefined {
    return this.#projects.get(path)?.kind === 'project' ? this.#input.evaluate(path) : undefined;
  }

  // An arrow, because rules hand it on.
  readonly readText = (path: FilePath): string | undefined => this.#input.files.text(path);

  scripts(): readonly FilePath[] {
    return this.#input.scripts();
  }

  filesBeside(path: FilePath): readonly FilePath[] {
    const folder = dirname(path);
    const prefix = folder.endsWith('/') ? folder : `${folder}/`;
    return (this.#input.files.readFolder(folder) ?? [])
      .filter(({ name, isFolder }) => !isFolder && prefix + name !== path)
      .map(({ name }) => prefix + name);
  }

  #node(key: string): Node {
    const existing = this.#nodes.get(key);
    if (existing) {
      return existing;
    }
    const node: Node = { key, model: undefined, order: 0, references: [], consumers: new Set(), reached: undefined };
    this.#nodes.set(key, node);
    return node;
  }

  #placeInFolder(node: Node, path: FilePath, model: ProjectModel | undefined): void {
    const old = node.model && this.#input.files.key(folderOf(node.model));
    const key = this.#input.files.key(model ? folderOf(model) : dirname(path));
    if (old !== undefined && (old !== key || !model)) {
      const nodes = this.#folders.get(old);
      nodes?.delete(node);
      if (nodes?.size === 0) {
        this.#folders.delete(old);
      }
    }
    if (model) {
      const nodes = this.#folders.get(key);
      if (nodes) {
        nodes.add(node);
      } else {
        this.#folders.set(key, new Set([node]));
      }
    }
  }

  #forgetLinks(node: Node): void {
    for (const source of node.model?.linkedSources ?? []) {
      this.#linkers.get(this.#input.files.key(source))?.delete(node);
    }
  }

  #noteLinks(node: Node): void {
    for (const source of node.model?.linkedSources ?? []) {
      const key = this.#input.files.key(source);
      const nodes = this.#linkers.get(key);
      if (nodes) {
        nodes.add(node);
      } else {
        this.#linkers.set(key, new Set([node]));
      }
    }
  }

  #forgetPlugIn(node: Node): void {
    for (const place of plugInPlaces(node.model)) {
      const nodes = this.#plugIns.get(place);
      nodes?.delete(node);
      if (nodes?.size === 0) {
        this.#plugIns.delete(place);
      }
    }
  }

  #notePlugIn(node: Node): void {
    for (const place of plugInPlaces(node.model)) {
      const nodes = this.#plugIns.get(place);
      if (nodes) {
        nodes.add(node);
      } else {
        this.#plugIns.set(place, new Set([node]));
      }
    }
  }

  /** Keeps the projects in the order of their paths; sorts only when one came. */
  #order(changes: ReadonlyMap<FilePath, ProjectModel | undefined>): void {
    const isSorted = [...changes].every(([path, model]) => model === undefined || this.#projects.has(path));
    for (const [path, model] of changes) {
      if (model) {
        this.#projects.set(path, model);
      } else {
        this.#projects.delete(path);
      }
    }
    if (isSorted) {
      return;
    }
    this.#projects = new Map([...this.#projects].sort(([a], [b]) => (a < b ? -1 : 1)));
    let order = 0;
    for (const path of this.#projects.keys()) {
      this.#node(this.#input.files.key(path)).order = order++;
    }
  }
}

/** A build of which nothing is known. */
const unknownBuild: SourceBuild = {
  framework: unknown('the targets of the project could not be evaluated'),
  symbolSets: () => unknown('the targets of the project could not be evaluated'),
};

/** A web site is compiled by ASP.NET, in one build and without symbols of its own. */
function siteBuild({ framework }: ProjectModel['targets'][number]): SourceBuild {
  return { framework, symbolSets: () => known([new Set<string>()]) };
}

/** A bound for programs that reference nearly everything. */
const maximumLibraries = 500;

/** The folder that a project's files stand in: a web site is a folder itself. */
export function folderOf(project: ProjectModel): FilePath {
  return project.kind === 'web-site' ? project.path : dirname(project.path);
}

/** The folders that hold a file, from its own up to the root. */
export function* foldersAbove(path: FilePath): Generator<FilePath> {
  for (let folder = dirname(path), below = path; folder !== below; below = folder, folder = dirname(folder)) {
    yield folder;
  }
}

/** The key under which a place is known. */
export function placeKey(path: FilePath, start: number): string {
  return `${path}\n${start}`;
}

/** Places that decide the targets of a plug-in; none for every other project. */
export function plugInPlaces(model: ProjectModel | undefined): string[] {
  return model && isPlugIn(model.role.role)
    ? model.targets.flatMap(({ site }) => (site ? placeKey(site.path, site.range.start) : []))
    : [];
}

/** A project's consumers are stale when a project changed that reached it or reaches it now. */
function dropReached(touched: Set<Node>): Set<string> {
  const keys = new Set<string>();
  // A set visits what is added while it is walked through.
  for (const node of touched) {
    node.reached = undefined;
    keys.add(node.key);
    for (const other of node.references) {
      touched.add(other);
    }
  }
  return keys;
}

/** Up to so many changed projects are replaced one by one in the lists of what they reach. */
const maximumReplaced = 20;

/** A project that references what it did before stands in the same lists: a keystroke does not search for them anew. */
function replaceReached(node: Node, old: ProjectModel, model: ProjectModel, keys: Set<string>): void {
  const below = new Set(node.references);
  // A set visits what is added while it is walked through.
  for (const other of below) {
    const index = other.reached?.indexOf(old) ?? -1;
    if (other.reached && index >= 0) {
      other.reached = other.reached.with(index, model);
    }
    keys.add(other.key);
    for (const next of other.references) {
      below.add(next);
    }
  }
}

function isSame(a: readonly Node[], b: readonly Node[]): boolean {
  return a.length === b.length && a.every((node, index) => node === b[index]);
}

/** Everything that references a project, directly or through others, in the order of the paths. */
function reach(start: Node): ProjectModel[] {
  const seen = new Set<Node>([start]);
  // A set visits what is added while it is walked through.
  for (const node of seen) {
    for (const consumer of node.consumers) {
      seen.add(consumer);
    }
  }
  seen.delete(start);
  return [...seen].sort((a, b) => a.order - b.order).flatMap((node) => node.model ?? []);
}
