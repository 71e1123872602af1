import { compareVersions } from '../facts/dotnet-frameworks.ts';
import type { WorkspaceHost } from '../model/host.ts';
import { dirname, type FilePath } from '../model/path.ts';
import { configKind } from '../sources/config-file.ts';
import { groupEdits } from '../text/edits.ts';
import { isInsideOtherSite, isModern } from '../workspace/config-owner.ts';
import { fileKind } from '../workspace/file-kinds.ts';
import type { ProjectModel, WorkspaceModel } from '../workspace/model.ts';
import { folderOf } from '../workspace/workspace-model.ts';
import { runtimeEdits, siteEdits } from './configuration-edits.ts';
import { followConditions, type LooseCondition } from './follow-conditions.ts';
import { imageEdits } from './image-edits.ts';
import type { ProposedChange } from './model.ts';
import { hintPathEdits, packageListEdits } from './package-edits.ts';
import { nameOf, versionsBelow } from './select-projects.ts';

export interface CompanionOptions {
  /** The workspace with the targets raised. */
  readonly workspace: WorkspaceModel;
  readonly before: ReadonlyMap<FilePath, ProjectModel>;
  readonly retargeted: readonly FilePath[];
  /** Projects that had the goal already: their configuration may lag behind. */
  readonly finished: readonly FilePath[];
  readonly goal: string;
  readonly files: readonly FilePath[];
  readonly host: WorkspaceHost;
  isWritable(path: FilePath): boolean;
}

/** What changes besides the targets, and what could not. */
export interface Companions {
  readonly changes: readonly ProposedChange[];
  readonly loose: readonly LooseCondition[];
  /** Packages to reinstall, by the packages.config that names them. */
  readonly toReinstall: readonly {
    readonly project: FilePath;
    readonly list: FilePath;
    readonly ids: readonly string[];
  }[];
  /** Sites whose configuration has no place for `httpRuntime`. */
  readonly incompleteSites: readonly { readonly project: FilePath; readonly path: FilePath }[];
  /** Dockerfiles with an image that is too old and could not be raised. */
  readonly stuckImages: readonly { readonly path: FilePath; readonly image: string }[];
  /** Files that cannot be written without loss. */
  readonly unwritable: readonly FilePath[];
  /** Configuration that a project which stays behind shares. */
  readonly sharedConfigurations: readonly { readonly path: FilePath; readonly project: string }[];
}

/** The edits of all other files that have to change with the targets. */
export function companionEdits(options: CompanionOptions): Companions {
  const companions = new Collector(options);
  companions.followConditions();
  const byFolder = groupByFolder(options.files);
  for (const path of options.retargeted) {
    companions.editPackages(path, byFolder.get(folderKey(options, path)) ?? []);
  }
  for (const path of [...options.retargeted, ...options.finished]) {
    const files = byFolder.get(folderKey(options, path)) ?? [];
    companions.editConfiguration(path, files);
    companions.editImages(files);
  }
  return companions.result();
}

function folderKey({ workspace }: CompanionOptions, path: FilePath): string {
  const project = workspace.projects.get(path);
  return (project ? folderOf(project) : dirname(path)).toLowerCase();
}

function groupByFolder(files: readonly FilePath[]): Map<string, FilePath[]> {
  const folders = new Map<string, FilePath[]>();
  for (const path of files) {
    const kind = fileKind(path);
    if (kind === 'config' || kind === 'dockerfile' || /\/packages\.config$/i.test(path)) {
      const key = dirname(path).toLowerCase();
      folders.set(key, [...(folders.get(key) ?? []), path]);
    }
  }
  return folders;
}

class Collector {
  readonly #options: CompanionOptions;
  readonly #raised: ReadonlySet<FilePath>;
  readonly #changes = new Map<string, ProposedChange>();
  readonly #loose: LooseCondition[] = [];
  readonly #toReinstall: Companions['toReinstall'][number][] = [];
  readonly #incompleteSites: Companions['incompleteSites'][number][] = [];
  readonly #unwritable = new Set<FilePath>();
  readonly #stuckImages: Companions['stuckImages'][number][] = [];
  readonly #sharedConfigurations: Companions['sharedConfigurations'][number][] = [];

  constructor(options: CompanionOptions) {
    this.#options = options;
    this.#raised = new Set(options.retargeted);
  }

  followConditions(): void {
    const { workspace, before, files, goal } = this.#options;
    const candidates = new Set<FilePath>();
    const known = new Set(files);
    for (const path of this.#raised) {
      for (const dependency of workspace.projects.get(path)?.dependencies ?? []) {
        if (known.has(dependency) && isMsbuildFile(dependency)) {
          candidates.add(dependency);
        }
      }
    }
    for (const path of candidates) {
      const text = workspace.readText(path);
      const readers = workspace.projectsThatRead(path).flatMap((after) => {
        const earlier = before.get(after.path);
        return earlier ? [{ before: earlier, after }] : [];
      });
      if (text !== undefined) {
        const { change, loose } = followConditions(path, text, readers, goal);
        this.#add(change ? [change] : []);
        this.#loose.push(...loose);
      }
    }
  }

  editPackages(path: FilePath, files: readonly FilePath[]): void {
    const { workspace, goal, host } = this.#options;
    const builds = workspace.buildsOf(path);
    if (!builds) {
      return;
    }
    const { readText } = workspace;
    const subject = { project: path, builds, goal, host, readText };
    this.#add(hintPathEdits(subject));
    for (const list of files.filter((file) => fileKind(file) === 'packages')) {
      if (this.#staysBehind(path) === undefined) {
        const { change, toReinstall } = packageListEdits(list, subject);
        this.#add(change ? [change] : []);
        if (toReinstall.length > 0) {
          this.#toReinstall.push({ project: path, list, ids: toReinstall });
        }
      }
    }
  }

  editConfiguration(path: FilePath, files: readonly FilePath[]): void {
    const { workspace, goal } = this.#options;
    const project = workspace.projects.get(path);
    const configs = files.filter((file) => fileKind(file) === 'config');
    if (!project || configs.length === 0) {
      return;
    }
    const behind = this.#staysBehind(path);
    if (behind !== undefined) {
      this.#sharedConfigurations.push(...configs.map((config) => ({ path: config, project: behind })));
      return;
    }
    const isSite = project.role.role === 'web' && !project.isSdkStyle;
    for (const config of configs) {
      const subject = {
        path: config,
        goal,
        changesRuntime: this.#changesRuntime(path),
        readText: workspace.readText,
      };
      if (configKind(config) === 'app') {
        this.#add(runtimeEdits(subject));
      } else if (configKind(config) === 'web' && isSite) {
        const isRoot = /\/web\.config$/i.test(config) && !isInsideOtherSite(folderOf(project), workspace);
        const { changes, isIncomplete } = siteEdits(subject, isRoot);
        this.#add(changes);
        if (isIncomplete) {
          this.#incompleteSites.push({ project: path, path: config });
        }
      }
    }
  }

  /** Programs below the goal in an image of the goal run as before, so that one raised program decides. */
  editImages(files: readonly FilePath[]): void {
    const { workspace, goal } = this.#options;
    for (const path of files.filter((file) => fileKind(file) === 'dockerfile')) {
      const { change, stuck } = imageEdits(path, workspace.readText(path) ?? '', goal);
      this.#add(change ? [change] : []);
      if (stuck !== undefined && !this.#stuckImages.some((known) => known.path === path)) {
        this.#stuckImages.push({ path, image: stuck });
      }
    }
  }

  result(): Companions {
    const kinds = [...this.#changes.values()];
    return {
      changes: groupEdits(kinds) as ProposedChange[],
      loose: this.#loose,
      toReinstall: this.#toReinstall,
      incompleteSites: this.#incompleteSites,
      stuckImages: this.#stuckImages,
      unwritable: [...this.#unwritable],
      sharedConfigurations: this.#sharedConfigurations,
    };
  }

  /** The same edit of a shared file is made once. */
  #add(changes: readonly ProposedChange[]): void {
    for (const { path, edits } of changes) {
      if (!this.#options.isWritable(path)) {
        this.#unwritable.add(path);
        continue;
      }
      for (const edit of edits) {
        this.#changes.set(`${path}\n${edit.range.start}\n${edit.range.end}`, { path, edits: [edit] });
      }
    }
  }

  /** The name of a project of the same folder that keeps a target below the goal. */
  #staysBehind(path: FilePath): string | undefined {
    const { workspace, goal } = this.#options;
    const project = workspace.projects.get(path);
    const folder = project && folderOf(project).toLowerCase();
    const other = [...workspace.projectsNear(path)].find(
      (candidate) =>
        folderOf(candidate).toLowerCase() === folder &&
        !isModern(candidate) &&
        versionsBelow(candidate, goal).length > 0,
    );
    return other && other.path !== path ? nameOf(other.path) : undefined;
  }

  #changesRuntime(path: FilePath): boolean {
    const project = this.#options.before.get(path);
    const versions = project ? versionsBelow(project, this.#options.goal) : [];
    return (
      this.#raised.has(path) && versions.length > 0 && versions.every((version) => compareVersions(version, '4.0') < 0)
    );
  }
}

function isMsbuildFile(path: FilePath): boolean {
  const kind = fileKind(path);
  return kind === 'project' || kind === 'msbuild-file';
}
