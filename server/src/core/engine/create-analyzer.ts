import type { Finding, Fix, RelatedLocation } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import { createFileSource } from '../msbuild/index.ts';
import { judgeProject } from '../report/project-verdict.ts';
import { rules } from '../rules/index.ts';
import { applyEdits } from '../text/edits.ts';
import { buildProject, evaluateBuilds } from '../workspace/build-project.ts';
import { fileKind } from '../workspace/file-kinds.ts';
import type { ProjectModel } from '../workspace/model.ts';
import { SolutionSet } from '../workspace/solutions.ts';
import { createWorkspaceModel } from '../workspace/workspace-model.ts';
import type { Analysis, Analyzer, AnalyzerOptions } from './analyzer.ts';
import { OverlayHost } from './overlay-host.ts';
import { mergeFindings, type RuleFailure, runRules, type SubjectResult } from './run-rules.ts';

/** The analyzer of one workspace. It keeps what it computed and computes again only what a change touches. */
export function createAnalyzer(options: AnalyzerOptions): Analyzer {
  return new WorkspaceAnalyzer(options);
}

class WorkspaceAnalyzer implements Analyzer {
  readonly #options: AnalyzerOptions;
  readonly #host: OverlayHost;
  readonly #files: ReturnType<typeof createFileSource>;
  #paths: readonly FilePath[] = [];
  #projects = new Map<FilePath, ProjectModel>();
  #stale = new Set<FilePath>();
  /** Projects by the files that their evaluation read or looked for, by the source's key. */
  #dependents = new Map<string, Set<FilePath>>();
  #solutions: SolutionSet | undefined;
  #results = new Map<FilePath, SubjectResult>();
  #analysis: Analysis | undefined;
  #overlaid: readonly FilePath[] = [];

  constructor(options: AnalyzerOptions) {
    this.#options = options;
    this.#host = new OverlayHost(options.host);
    this.#files = createFileSource(this.#host);
  }

  setFiles(paths: Iterable<FilePath>): void {
    const sorted = [...new Set(paths)].sort();
    const before = new Set(this.#paths);
    const added = sorted.filter((path) => !before.has(path));
    const present = new Set(sorted);
    this.#paths = sorted;
    for (const path of this.#projects.keys()) {
      if (!present.has(path)) {
        this.#drop(path);
      }
    }
    for (const path of this.#stale) {
      if (!present.has(path)) {
        this.#stale.delete(path);
      }
    }
    this.change(added);
    for (const path of added) {
      if (fileKind(path) === 'project') {
        this.#stale.add(path);
      }
    }
    this.#solutions = undefined;
    this.#analysis = undefined;
  }

  change(paths: Iterable<FilePath>): void {
    const changed = [...paths];
    if (changed.length === 0) {
      return;
    }
    this.#files.forget(changed);
    this.#analysis = undefined;
    for (const path of changed) {
      this.#results.delete(path);
      if (fileKind(path) === 'solution') {
        this.#changeSolutions();
      }
      for (const project of this.#dependents.get(this.#files.key(path)) ?? []) {
        this.#stale.add(project);
      }
      if (this.#projects.has(path)) {
        this.#stale.add(path);
      }
    }
  }

  reset(): void {
    this.#results.clear();
    this.#analysis = undefined;
    for (const path of this.#projects.keys()) {
      this.#stale.add(path);
    }
  }

  work(limit: number): { readonly remaining: number } {
    let count = 0;
    for (const path of this.#stale) {
      if (count >= limit) {
        break;
      }
      count++;
      this.#evaluate(path);
    }
    return { remaining: this.#stale.size };
  }

  analyze(onProgress?: (done: number, total: number) => void): Analysis {
    if (this.#analysis && this.#stale.size === 0) {
      return this.#analysis;
    }
    const total = this.#stale.size;
    while (this.work(100).remaining > 0) {
      onProgress?.(total - this.#stale.size, total);
    }
    this.#analysis = this.#judge();
    return this.#analysis;
  }

  overlay(texts: Iterable<readonly [FilePath, string]>): void {
    const wanted = new Map(texts);
    const touched = new Set([...this.#overlaid, ...wanted.keys()]);
    for (const path of touched) {
      this.#host.lay(path, wanted.get(path));
    }
    this.#overlaid = [...wanted.keys()];
    this.change(touched);
  }

  verifies(finding: Finding, fix: Fix): boolean {
    const before = new Set(this.analyze().findings.map(identity));
    const texts = fix.changes.map(
      ({ path, edits }) => [path, applyEdits(this.#host.readText(path) ?? '', edits)] as const,
    );
    try {
      this.overlay(texts);
      const { findings } = this.analyze();
      const isGone = !findings.some(
        (other) =>
          other.rule === finding.rule && other.path === finding.path && other.range.start === finding.range.start,
      );
      return isGone && findings.every((other) => before.has(identity(other)));
    } finally {
      this.overlay([]);
    }
  }

  #evaluate(path: FilePath): void {
    this.#stale.delete(path);
    this.#drop(path);
    this.#solutions ??= this.#readSolutions();
    const settings = this.#options.settingsFor(path);
    const project = buildProject({ path, files: this.#files, settings, solutions: this.#solutions });
    this.#projects.set(path, project);
    for (const dependency of project.dependencies) {
      const key = this.#files.key(dependency);
      const dependents = this.#dependents.get(key);
      if (dependents) {
        dependents.add(path);
      } else {
        this.#dependents.set(key, new Set([path]));
      }
    }
  }

  #drop(path: FilePath): void {
    for (const dependency of this.#projects.get(path)?.dependencies ?? []) {
      this.#dependents.get(this.#files.key(dependency))?.delete(path);
    }
    this.#projects.delete(path);
  }

  #readSolutions(): SolutionSet {
    const paths = this.#paths.filter((path) => fileKind(path) === 'solution');
    return new SolutionSet(paths, (path) => this.#files.text(path));
  }

  /** A solution gives its projects the property SolutionDir: those whose solution is another one now are stale. */
  #changeSolutions(): void {
    const before = this.#solutions;
    this.#solutions = this.#readSolutions();
    for (const path of this.#projects.keys()) {
      if (before?.directoryOf(path) !== this.#solutions.directoryOf(path)) {
        this.#stale.add(path);
      }
    }
  }

  #judge(): Analysis {
    this.#solutions ??= this.#readSolutions();
    const solutions = this.#solutions;
    const projects = new Map(
      [...this.#projects.values(), ...solutions.webSites()]
        .map((project) => [project.path, project] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    const workspace = createWorkspaceModel({
      projects,
      solutions,
      files: this.#files,
      dependentsOf: (path) => this.#dependents.get(this.#files.key(path)) ?? new Set(),
      evaluate: (path) => evaluateBuilds({ path, files: this.#files, solutions }),
    });
    const findings: Finding[] = [];
    const failures: RuleFailure[] = [];
    const collect = (result: SubjectResult) => {
      findings.push(...result.findings);
      failures.push(...result.failures);
    };
    const projectRules = rules.filter((rule) => rule.appliesTo.includes('project'));
    for (const project of projects.values()) {
      collect(runRules(projectRules, { project }, workspace, this.#options.settingsFor(project.path)));
    }
    for (const path of this.#paths) {
      const subject = fileKind(path);
      const isOrphan = subject === 'msbuild-file' && workspace.projectsThatRead(path).length === 0;
      if (isOrphan || subject === 'hosting-process-file') {
        collect(this.#judgeFile(path, subject, workspace));
      }
    }
    const merged = mergeFindings(findings, describeProject(projects)).sort(byPlace);
    return {
      findings: merged,
      projects: [...projects.values()].map((model) => ({ model, verdict: judgeProject(model, workspace) })),
      notices: [...projects.values()].flatMap((project) => project.notices),
      failures,
      workspace,
      fileCount: this.#paths.length,
    };
  }

  #judgeFile(
    path: FilePath,
    subject: 'msbuild-file' | 'hosting-process-file',
    workspace: Analysis['workspace'],
  ): SubjectResult {
    const cached = this.#results.get(path);
    if (cached) {
      return cached;
    }
    // Of a program's file only the name matters.
    const text = subject === 'hosting-process-file' ? '' : this.#files.text(path);
    const fileRules = rules.filter((rule) => rule.appliesTo.includes(subject));
    const result =
      text === undefined
        ? { findings: [], failures: [] }
        : runRules(fileRules, { file: { path, text } }, workspace, this.#options.settingsFor(path));
    this.#results.set(path, result);
    return result;
  }
}

function describeProject(projects: ReadonlyMap<FilePath, ProjectModel>): (path: FilePath) => RelatedLocation {
  return (path) => ({
    ...(projects.get(path)?.head ?? { path, range: { start: 0, end: 0 } }),
    message: {
      key: 'affected',
      template: 'Affects {project}',
      values: { project: path.slice(path.lastIndexOf('/') + 1) },
    },
  });
}

function identity(finding: Finding): string {
  return `${finding.rule}\n${finding.path}\n${finding.message.key}\n${finding.project ?? ''}`;
}

function byPlace(a: Finding, b: Finding): number {
  return a.path === b.path ? a.range.start - b.range.start || (a.rule < b.rule ? -1 : 1) : a.path < b.path ? -1 : 1;
}
