import { Configurations } from '../configuration/configurations.ts';
import { isConfigurationName, resolveConfiguration } from '../configuration/resolve-configuration.ts';
import type { Finding, Fix, Notice } from '../model/finding.ts';
import type { WorkspaceHost } from '../model/host.ts';
import type { FilePath } from '../model/path.ts';
import type { ProjectRole, Settings } from '../model/settings.ts';
import { createFileSource } from '../msbuild/index.ts';
import { rule as configurationInvalid } from '../rules/configuration-invalid.ts';
import { rules } from '../rules/index.ts';
import { applyEdits } from '../text/edits.ts';
import { buildProject, evaluateBuilds } from '../workspace/build-project.ts';
import { fileKind, wordsThatMatter } from '../workspace/file-kinds.ts';
import type { ProjectModel } from '../workspace/model.ts';
import { SolutionSet } from '../workspace/solutions.ts';
import type { Analysis, Analyzer, AnalyzerOptions } from './analyzer.ts';
import { type FileSubject, Judge } from './judge.ts';
import { OverlayHost } from './overlay-host.ts';
import { severityRank } from './run-rules.ts';

/** The analyzer of one workspace. It keeps what it computed and computes again only what a change touches. */
export function createAnalyzer(options: AnalyzerOptions): Analyzer {
  return new WorkspaceAnalyzer(options);
}

class WorkspaceAnalyzer implements Analyzer {
  readonly #host: OverlayHost;
  readonly #files: ReturnType<typeof createFileSource>;
  readonly #configurations: Configurations;
  /** The files of the workspace, before configurations leave some of them out. */
  #listed: readonly FilePath[] = [];
  #paths: readonly FilePath[] = [];
  #filesOfTheirOwn: readonly FileSubject[] = [];
  /** Files of kinds of which only those with certain words matter: not yet looked at, and those that have them. */
  #searched = new Set<FilePath>();
  readonly #unsearched = new Set<FilePath>();
  readonly #mattering = new Set<FilePath>();
  #areCommentedFilesStale = false;
  readonly #today: () => string | undefined;
  /** The day of the last analysis: suppressions end. */
  #analyzedOn: string | undefined;
  #projects = new Map<FilePath, ProjectModel>();
  /** Roles that configurations gave to projects when they were evaluated. */
  readonly #configuredRoles = new Map<FilePath, ProjectRole | null>();
  #stale = new Set<FilePath>();
  /** Projects by the files that their evaluation read or looked for, by the source's key. */
  #dependents = new Map<string, Set<FilePath>>();
  #solutions: SolutionSet | undefined;
  readonly #judge: Judge;
  #analysis: Analysis | undefined;
  #overlaid: readonly FilePath[] = [];

  constructor(options: AnalyzerOptions) {
    this.#host = new OverlayHost(options.host);
    this.#files = createFileSource(this.#host);
    this.#today = () => options.today?.();
    this.#configurations = new Configurations({
      files: this.#files,
      rules,
      settingsFor: (path) => options.settingsFor(path),
      overrides: options.overrides ?? {},
    });
    this.#judge = new Judge({
      files: this.#files,
      settingsFor: (path) => this.settingsFor(path),
      today: this.#today,
      dependentsOf: (path) => this.#dependents.get(this.#files.key(path)) ?? new Set(),
      scripts: () => this.#filesOfTheirOwn.filter(({ kind }) => kind === 'script').map(({ path }) => path),
      evaluate: (path) => evaluateBuilds({ path, files: this.#files, solutions: this.#presentSolutions() }),
    });
  }

  get files(): readonly FilePath[] {
    return this.#paths;
  }

  get host(): WorkspaceHost {
    return this.#host;
  }

  setFiles(paths: Iterable<FilePath>): void {
    const before = new Set(this.#listed);
    this.#listed = [...new Set(paths)].sort();
    const added = this.#listed.filter((path) => !before.has(path));
    this.#files.forget(added);
    this.#configurations.change(added);
    this.#takeFiles();
    this.change(added);
    this.#solutions = undefined;
  }

  /** Files in other languages are many: nobody searches them while the rules about them are off. */
  #isJudged(path: FilePath): boolean {
    if (fileKind(path) !== 'other-client') {
      return true;
    }
    const { rules: levels } = this.settingsFor(path);
    return rules.some(({ id, appliesTo, isOffByDefault }) => {
      const level = levels[id] ?? 'default';
      return appliesTo.includes('other-client') && level !== 'off' && !(isOffByDefault && level === 'default');
    });
  }

  /** Takes over the listed files that no configuration leaves out. */
  #takeFiles(): void {
    const before = new Set(this.#paths);
    this.#paths = this.#listed.filter((path) => !this.#configurations.isExcluded(path) && this.#isJudged(path));
    const present = new Set(this.#paths);
    const added = this.#paths.filter((path) => !before.has(path));
    this.#filesOfTheirOwn = this.#paths.flatMap(toFileSubject);
    this.#takeSearched(this.#paths.filter((path) => wordsThatMatter(path) !== undefined));
    if (added.length > 0 || present.size < before.size + added.length) {
      this.#judge.changeFiles();
    }
    for (const path of this.#projects.keys()) {
      if (!present.has(path)) {
        this.#drop(path);
        this.#judge.setProject(path, undefined);
      }
    }
    for (const path of this.#stale) {
      if (!present.has(path)) {
        this.#stale.delete(path);
      }
    }
    for (const path of this.#paths) {
      if (!before.has(path) && fileKind(path) === 'project') {
        this.#stale.add(path);
      }
    }
    this.#areCommentedFilesStale = true;
    this.#analysis = undefined;
  }

  change(paths: Iterable<FilePath>): void {
    const changed = [...paths];
    if (changed.length === 0) {
      return;
    }
    this.#files.forget(changed);
    this.#analysis = undefined;
    if (changed.some((path) => fileKind(path) === 'solution')) {
      this.#changeSolutions();
    }
    if (changed.some((path) => fileKind(path) === undefined)) {
      // Perhaps a folder whose names a host has loaded: what projects compile may differ.
      this.#judge.changeFiles();
    }
    for (const path of changed) {
      this.#judge.changeText(path);
      if (this.#searched.has(path)) {
        this.#unsearched.add(path);
      }
      for (const project of this.#dependents.get(this.#files.key(path)) ?? []) {
        this.#stale.add(project);
      }
      if (this.#projects.has(path)) {
        this.#stale.add(path);
      }
    }
    if (this.#configurations.change(changed)) {
      this.#changeConfigurations();
    }
  }

  settingsFor(path: FilePath): Settings {
    return this.#configurations.settingsFor(path);
  }

  /** A configuration file is another one: what it leaves out, and what it says of roles and rules, may differ. */
  #changeConfigurations(): void {
    this.#takeFiles();
    this.#changeSolutions();
    this.#judge.changeSettings();
    for (const [path, role] of this.#configuredRoles) {
      if (this.#projects.has(path) && this.#configurations.roleOf(path) !== role) {
        this.#stale.add(path);
      }
    }
  }

  reset(): void {
    this.#takeFiles();
    this.#judge.reset();
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
    for (const path of this.#unsearched) {
      if (count >= limit) {
        break;
      }
      count += 1 / filesPerStep;
      this.#search(path);
    }
    return { remaining: this.#remaining };
  }

  /** Steps that are left: a project is one, and so are some files that are only searched for words. */
  get #remaining(): number {
    return this.#stale.size + Math.ceil(this.#unsearched.size / filesPerStep);
  }

  analyze(onProgress?: (done: number, total: number) => void): Analysis {
    const today = this.#today();
    if (this.#analysis && this.#remaining === 0 && this.#analyzedOn === today) {
      return this.#analysis;
    }
    this.#analyzedOn = today;
    const total = this.#remaining;
    while (this.work(100).remaining > 0) {
      onProgress?.(total - this.#remaining, total);
    }
    this.#takeCommentedFiles();
    const analysis = this.#judge.judge(this.#presentSolutions(), this.#fileSubjects(), this.#paths.length);
    this.#analysis = { ...analysis, notices: [...analysis.notices, ...this.#configurationNotices()] };
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
    const isSame = (other: Finding) => other.rule === finding.rule && other.path === finding.path;
    const present = this.analyze().findings;
    const before = new Set(present.map(identity));
    const count = present.filter(isSame).length;
    const texts = fix.changes.map(
      ({ path, edits }) => [path, applyEdits(this.#host.readText(path) ?? '', edits)] as const,
    );
    try {
      this.overlay(texts);
      const { findings } = this.analyze();
      if (fix.bulk === 'alternative') {
        return isAlternative(finding, findings, before);
      }
      // Where a line is gone, the next one may have the same finding at the same place.
      const left = findings.filter(isSame);
      const isGone = left.length < count || left.every((other) => other.range.start !== finding.range.start);
      // What fails may become what works and is only not recommended, and a line of code may weaken what a project says.
      const isAdvice = (other: Finding) => other.severity === 'information' && finding.severity !== 'information';
      const isMilder = (other: Finding) =>
        present.some(
          (one) =>
            one.rule === other.rule &&
            one.path === other.path &&
            one.range.start === other.range.start &&
            severityRank(one.severity) <= severityRank(other.severity),
        );
      return (
        isGone &&
        findings.every((other) => before.has(identity(other)) || isAdvice(other) || (!isSame(other) && isMilder(other)))
      );
    } finally {
      this.overlay([]);
    }
  }

  #takeSearched(paths: readonly FilePath[]): void {
    const before = this.#searched;
    this.#searched = new Set(paths);
    for (const path of paths) {
      if (!before.has(path)) {
        this.#unsearched.add(path);
      }
    }
    for (const path of before) {
      if (!this.#searched.has(path)) {
        this.#unsearched.delete(path);
        this.#mattering.delete(path);
      }
    }
  }

  #search(path: FilePath): void {
    this.#unsearched.delete(path);
    const words = wordsThatMatter(path);
    const count = this.#mattering.size;
    if (words && this.#files.mentions(path, words)) {
      this.#mattering.add(path);
    } else {
      this.#mattering.delete(path);
    }
    this.#areCommentedFilesStale ||= this.#mattering.size !== count;
  }

  /** Every file that is read anyway. */
  #takeCommentedFiles(): void {
    if (this.#areCommentedFilesStale) {
      this.#areCommentedFilesStale = false;
      this.#judge.takeCommentedFiles(
        this.#paths.filter(
          (path) =>
            fileKind(path) !== 'hosting-process-file' && (!this.#searched.has(path) || this.#mattering.has(path)),
        ),
      );
    }
  }

  /** Configuration files above the workspace are no files of it: what is wrong in them is told without a place. */
  #configurationNotices(): Notice[] {
    const listed = new Set(this.#listed);
    const outside = new Set(
      this.#configurations.inForce().flatMap(({ paths }) => [...paths].filter((path) => !listed.has(path))),
    );
    return [...outside].filter(isConfigurationName).flatMap((path) =>
      resolveConfiguration(path, (file) => this.#files.text(file), rules).problems.map(({ message, values }) => ({
        path,
        message: { key: message, template: configurationInvalid.messages[message] ?? '', values },
      })),
    );
  }

  #evaluate(path: FilePath): void {
    this.#stale.delete(path);
    this.#drop(path);
    const configuredRole = this.#configurations.roleOf(path);
    this.#configuredRoles.set(path, configuredRole);
    const project = buildProject({ path, files: this.#files, configuredRole, solutions: this.#presentSolutions() });
    this.#projects.set(path, project);
    this.#judge.setProject(path, project);
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
    this.#configuredRoles.delete(path);
  }

  #presentSolutions(): SolutionSet {
    this.#solutions ??= this.#readSolutions();
    return this.#solutions;
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

  /** Files that rules look at by themselves: shared files only when no project reads them. */
  #fileSubjects(): FileSubject[] {
    return this.#filesOfTheirOwn.filter(
      ({ path, kind }) =>
        (!this.#searched.has(path) || this.#mattering.has(path)) &&
        (kind !== 'msbuild-file' || !this.#dependents.get(this.#files.key(path))?.size),
    );
  }
}

/** Searching so many files for words takes about as long as evaluating a project. */
const filesPerStep = 40;

function toFileSubject(path: FilePath): FileSubject[] {
  const kind = fileKind(path);
  return kind === undefined || kind === 'project' || kind === 'solution' ? [] : [{ path, kind }];
}

/** An alternative leaves the cause, and so the finding, at a lower level, and brings no other finding. */
function isAlternative(finding: Finding, after: readonly Finding[], before: ReadonlySet<string>): boolean {
  const isSame = (other: Finding) =>
    other.rule === finding.rule && other.path === finding.path && other.range.start === finding.range.start;
  const isLower = (other: Finding) => severityRank(other.severity) > severityRank(finding.severity);
  return after.every((other) => (isSame(other) ? isLower(other) : before.has(identity(other))));
}

function identity(finding: Finding): string {
  return `${finding.rule}\n${finding.path}\n${finding.message.key}\n${finding.project ?? ''}`;
}
