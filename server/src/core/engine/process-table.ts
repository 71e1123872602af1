import type { FilePath } from '../model/path.ts';
import type { FileSource } from '../msbuild/index.ts';
import type { ProcessVerdict } from '../verdict/process-verdict.ts';
import { projectProcesses } from '../verdict/project-processes.ts';
import { scriptProcesses } from '../verdict/script-process.ts';
import { siteProcesses } from '../verdict/site-process.ts';
import type { FileKind } from '../workspace/file-kinds.ts';
import type { ProjectModel } from '../workspace/model.ts';
import type { WorkspaceGraph } from '../workspace/workspace-model.ts';
import type { AnalyzerOptions } from './analyzer.ts';
import { AskedWorkspace, topics } from './asked-workspace.ts';
import { Askers } from './askers.ts';

export interface ProcessTableOptions {
  readonly workspace: WorkspaceGraph;
  readonly files: FileSource;
  readonly settingsFor: AnalyzerOptions['settingsFor'];
  /** What a file is that rules look at by itself. */
  kindOf(path: FilePath): FileKind | undefined;
}

/** The verdicts of all processes, each kept until something changes that it asked about. */
export class ProcessTable {
  readonly askers = new Askers();
  readonly #options: ProcessTableOptions;
  readonly #workspace: AskedWorkspace;
  readonly #processes = new Map<FilePath, readonly ProcessVerdict[]>();
  readonly #texts = new Map<FilePath, string>();
  readonly #stale = new Set<FilePath>();
  /** Those that are being judged: programs that reference each other in a circle end here. */
  readonly #underWay = new Set<FilePath>();
  #changed = new Set<FilePath>();
  #judged = new Set<FilePath>();

  constructor(options: ProcessTableOptions) {
    this.#options = options;
    this.#workspace = new AskedWorkspace(options.workspace, options.files, (path) => this.of(path));
  }

  /** Says that a project came, went or is another one. */
  invalidate(path: FilePath): void {
    this.#stale.add(path);
  }

  /** The verdicts of a project, judged now if they are not up to date; none for what is no project. */
  of(path: FilePath): readonly ProcessVerdict[] {
    if (this.#stale.has(path) && !this.#underWay.has(path)) {
      this.#judge(path);
    }
    return this.#processes.get(path) ?? [];
  }

  /** Judges what is stale. Answers the paths that were judged, and those of them whose verdicts are others now. */
  update(): { readonly judged: ReadonlySet<FilePath>; readonly changed: ReadonlySet<FilePath> } {
    this.#changed = new Set();
    this.#judged = new Set();
    do {
      for (const path of this.askers.takeStale()) {
        this.#stale.add(path);
      }
      for (const path of this.#stale) {
        this.of(path);
      }
    } while (this.#stale.size > 0);
    return { judged: this.#judged, changed: this.#changed };
  }

  #processesOf(path: FilePath, project: ProjectModel | undefined): ProcessVerdict[] {
    const settings = this.#options.settingsFor(path);
    if (project) {
      return projectProcesses(project, this.#workspace, settings);
    }
    switch (this.#options.kindOf(path)) {
      case 'script':
        return scriptProcesses(path, this.#workspace);
      case 'config':
        return siteProcesses(path, this.#workspace, settings);
      default:
        return [];
    }
  }

  /** All verdicts, in the order of the paths. */
  all(): ProcessVerdict[] {
    return [...this.#processes].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, processes]) => processes);
  }

  #judge(path: FilePath): void {
    this.#stale.delete(path);
    this.#underWay.add(path);
    const project = this.#options.workspace.projects.get(path);
    const { result, asked } = this.#workspace.record(() => this.#processesOf(path, project));
    this.#underWay.delete(path);
    this.askers.set(path, asked);
    this.#judged.add(path);
    const text = JSON.stringify(result);
    if (text === (this.#texts.get(path) ?? '[]')) {
      return;
    }
    this.#changed.add(path);
    if (result.length > 0) {
      this.#processes.set(path, result);
      this.#texts.set(path, text);
    } else {
      this.#processes.delete(path);
      this.#texts.delete(path);
    }
    for (const asker of this.askers.about(topics.processes(this.#options.files.key(path)))) {
      this.#stale.add(asker);
    }
  }
}
