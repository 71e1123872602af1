import type { Notice, RelatedLocation } from '../model/finding.ts';
import { basename, dirname, type FilePath } from '../model/path.ts';
import type { Settings } from '../model/settings.ts';
import type { FileSource } from '../msbuild/index.ts';
import { type ProjectVerdict, projectVerdict } from '../report/project-verdict.ts';
import { rules } from '../rules/index.ts';
import type { FileContext, RuleSubject } from '../rules/rule.ts';
import { isTooOld } from '../workspace/judge-target.ts';
import type { ProjectModel, WorkspaceModel } from '../workspace/model.ts';
import { readScriptDocument, type ScriptDocument } from '../workspace/script-document.ts';
import type { SolutionSet } from '../workspace/solutions.ts';
import { readSourceCode, type SourceCode } from '../workspace/source-code.ts';
import { folderOf, plugInPlaces, WorkspaceGraph, type WorkspaceInput } from '../workspace/workspace-model.ts';
import { parseXml, type XmlDocument } from '../xml/index.ts';
import type { Analysis, AnalyzerOptions } from './analyzer.ts';
import { AskedWorkspace, topics } from './asked-workspace.ts';
import { Askers } from './askers.ts';
import { FindingTable, inOrder, setUnlessEmpty } from './finding-table.ts';
import { ProcessTable } from './process-table.ts';
import { type RuleFailure, runRules, type SubjectResult } from './run-rules.ts';
import { SuppressionTable } from './suppression-table.ts';

export interface JudgeOptions extends WorkspaceInput {
  readonly settingsFor: AnalyzerOptions['settingsFor'];
  today(): string | undefined;
}

/** A file that rules look at by itself. */
export interface FileSubject {
  readonly path: FilePath;
  readonly kind: Exclude<RuleSubject, 'project' | 'suppression'>;
}

/**
 * Runs the rules and keeps what they said of each project and file until something changes that they asked about: a
 * keystroke in one of ten thousand projects is judged as quickly as in one of ten.
 */
export class Judge {
  readonly #options: JudgeOptions;
  readonly #files: FileSource;
  readonly #graph: WorkspaceGraph;
  readonly #workspace: AskedWorkspace;
  readonly #suppressions: SuppressionTable;
  readonly #table: FindingTable;
  /** Projects with their verdicts in the order of the paths, and where each of them stands. */
  #projects: Analysis['projects'][number][] = [];
  readonly #places = new Map<FilePath, number>();
  readonly #verdicts = new Map<FilePath, ProjectVerdict>();
  readonly #notices = new Map<FilePath, readonly Notice[]>();
  readonly #failures = new Map<FilePath, readonly RuleFailure[]>();
  readonly #fileSubjects = new Map<FilePath, FileSubject['kind']>();
  #lastFileSubjects: readonly FileSubject[] = [];
  /** What the rules asked about each subject. */
  readonly #askers = new Askers();
  readonly #processes: ProcessTable;
  /** What of a project concerns those that load it, as a text. */
  readonly #faces = new Map<FilePath, string>();
  #changes = new Map<FilePath, ProjectModel | undefined>();
  readonly #stale = new Set<FilePath>();
  #solutions: SolutionSet | undefined;
  /** What each subject was judged by. */
  readonly #settings = new Map<FilePath, Settings>();

  constructor(options: JudgeOptions) {
    this.#options = options;
    this.#files = options.files;
    this.#graph = new WorkspaceGraph(options);
    this.#processes = new ProcessTable({
      workspace: this.#graph,
      files: options.files,
      settingsFor: options.settingsFor,
      kindOf: (path) => this.#fileSubjects.get(path),
    });
    this.#workspace = new AskedWorkspace(this.#graph, options.files, (path) => this.#processes.of(path));
    this.#suppressions = new SuppressionTable({
      text: (path) => options.files.text(path),
      settingsFor: (path) => options.settingsFor(path),
      workspace: this.#workspace,
      today: () => options.today(),
    });
    this.#table = new FindingTable(this.#suppressions);
  }

  /** Sets a project, or takes it away with undefined. */
  setProject(path: FilePath, model: ProjectModel | undefined): void {
    this.#changes.set(path, model);
  }

  /** Says that the text of a file is another one. */
  changeText(path: FilePath): void {
    this.#note(topics.text(this.#files.key(path)));
    this.#suppressions.changeText(path);
    if (this.#fileSubjects.has(path)) {
      this.#stale.add(path);
    }
  }

  /** Says that files came or went: patterns of projects find others now. */
  changeFiles(): void {
    this.#graph.forgetCompiled();
    this.#note(topics.compiled);
  }

  /** Sets the files in which comments count, whether something is found there or not. */
  takeCommentedFiles(paths: readonly FilePath[]): void {
    this.#suppressions.takeFiles(paths);
  }

  /** Everything is judged again. */
  reset(): void {
    this.#suppressions.changeSettings();
    for (const path of [...this.#graph.projects.keys(), ...this.#fileSubjects.keys()]) {
      this.#stale.add(path);
      this.#processes.invalidate(path);
    }
  }

  /** What is judged by other settings than before is judged again. */
  changeSettings(): void {
    this.#suppressions.changeSettings();
    for (const [path, settings] of this.#settings) {
      if (this.#options.settingsFor(path) !== settings) {
        this.#stale.add(path);
        this.#processes.invalidate(path);
      }
    }
  }

  /** Judges what is stale. The answer's `workspace` follows later changes; the rest stays as it is. */
  judge(solutions: SolutionSet, fileSubjects: readonly FileSubject[], fileCount: number): Analysis {
    this.#takeSolutions(solutions);
    this.#takeProjects(solutions);
    this.#takeFileSubjects(fileSubjects);
    const { judged, changed } = this.#processes.update();
    for (const path of changed) {
      this.#askers.note(topics.processes(this.#files.key(path)));
      if (this.#graph.projects.has(path)) {
        this.#verdicts.set(path, projectVerdict(this.#processes.of(path)));
      }
    }
    for (const path of this.#askers.takeStale()) {
      this.#stale.add(path);
    }
    for (const path of this.#stale) {
      this.#judgeSubject(path);
    }
    this.#listProjects([...this.#stale, ...changed]);
    this.#stale.clear();
    const projects = this.#graph.projects;
    const findingsByPath = this.#table.merge(
      (path) => projects.has(path),
      (path) => describeProject(path, projects.get(path)),
    );
    return {
      findings: [...findingsByPath.values()].flat(),
      findingsByPath,
      projects: this.#projects,
      processes: this.#processes.all(),
      judgedProcesses: [...judged].sort(),
      notices: inOrder(this.#notices),
      suppressed: this.#table.suppressed(),
      failures: [...inOrder(this.#failures), ...this.#table.failures()],
      workspace: this.#graph,
      fileCount,
    };
  }

  /** A new list with what was judged; the list of the last answer stays as it was. */
  #listProjects(changed: readonly FilePath[]): void {
    const { projects } = this.#graph;
    const entry = (path: FilePath, model: ProjectModel) => ({
      model,
      verdict: this.#verdicts.get(path) as ProjectVerdict,
    });
    const judged = changed.filter((path) => projects.has(path) || this.#places.has(path));
    const hasSamePlaces = judged.every((path) => projects.has(path) && this.#places.has(path));
    if (!hasSamePlaces) {
      this.#projects = Array.from(projects, ([path, model]) => entry(path, model));
      this.#places.clear();
      for (const [index, { model }] of this.#projects.entries()) {
        this.#places.set(model.path, index);
      }
      return;
    }
    this.#projects = [...this.#projects];
    for (const path of judged) {
      const model = projects.get(path);
      const index = this.#places.get(path);
      if (model && index !== undefined) {
        this.#projects[index] = entry(path, model);
      }
    }
  }

  /** Web sites come and go with their solutions. */
  #takeSolutions(solutions: SolutionSet): void {
    if (solutions === this.#solutions) {
      return;
    }
    for (const site of this.#solutions?.webSites() ?? []) {
      this.#changes.set(site.path, undefined);
    }
    for (const site of solutions.webSites()) {
      this.#changes.set(site.path, site);
    }
    this.#solutions = solutions;
    this.#note(topics.solutions);
  }

  #takeProjects(solutions: SolutionSet): void {
    if (this.#changes.size > 0) {
      this.#note(topics.projects);
    }
    for (const [path, model] of this.#changes) {
      this.#noteTopics(this.#graph.projects.get(path));
      this.#noteTopics(model);
      this.#stale.add(path);
      this.#processes.invalidate(path);
    }
    for (const key of this.#graph.update(this.#changes, solutions)) {
      this.#note(topics.consumers(key));
    }
    for (const [path, model] of this.#changes) {
      this.#noteFace(path, model);
    }
    this.#changes = new Map();
  }

  #note(topic: string): void {
    this.#askers.note(topic);
    this.#processes.askers.note(topic);
  }

  /** A project that looks different from outside concerns all that load it. */
  #noteFace(path: FilePath, model: ProjectModel | undefined): void {
    const face = model ? faceOf(model) : '';
    if (face === (this.#faces.get(path) ?? '')) {
      return;
    }
    if (model) {
      this.#faces.set(path, face);
    } else {
      this.#faces.delete(path);
    }
    if (this.#processes.askers.isEmpty) {
      return;
    }
    this.#note(topics.libraries(this.#files.key(path)));
    this.#note(topics.sources(this.#files.key(path)));
    for (const consumer of this.#graph.consumersOf(path)) {
      this.#note(topics.libraries(this.#files.key(consumer.path)));
    }
  }

  /** Whom a project's old or new state concerns, besides what it references. */
  #noteTopics(model: ProjectModel | undefined): void {
    if (!model || (this.#askers.isEmpty && this.#processes.askers.isEmpty)) {
      return;
    }
    this.#note(topics.builds(this.#files.key(model.path)));
    this.#note(topics.folder(this.#files.key(folderOf(model))));
    for (const place of plugInPlaces(model)) {
      this.#note(topics.plugIn(place));
    }
    for (const source of model.linkedSources) {
      this.#note(topics.links(this.#files.key(source)));
    }
    for (const dependency of model.dependencies) {
      this.#note(topics.readers(this.#files.key(dependency)));
    }
  }

  #takeFileSubjects(subjects: readonly FileSubject[]): void {
    const last = this.#lastFileSubjects;
    this.#lastFileSubjects = subjects;
    if (subjects.length === last.length && subjects.every((subject, index) => subject === last[index])) {
      return;
    }
    const registryFiles = subjects.filter(({ kind }) => kind === 'registry').map(({ path }) => path);
    if (registryFiles.join('\n') !== this.#graph.registryFiles.join('\n')) {
      this.#graph.registryFiles = registryFiles;
      this.#note(topics.registryFiles);
    }
    this.#takeSources(last, subjects);
    const gone = new Set(this.#fileSubjects.keys());
    for (const { path, kind } of subjects) {
      gone.delete(path);
      if (this.#fileSubjects.get(path) !== kind) {
        this.#fileSubjects.set(path, kind);
        this.#stale.add(path);
        this.#invalidateFile(path, kind);
        this.#note(topics.text(this.#files.key(dirname(path))));
      }
    }
    for (const path of gone) {
      this.#invalidateFile(path, this.#fileSubjects.get(path));
      this.#fileSubjects.delete(path);
      this.#settings.delete(path);
      this.#stale.add(path);
      this.#note(topics.text(this.#files.key(dirname(path))));
    }
  }

  /** Files that may be processes of their own: scripts, and sites without a project. */
  #invalidateFile(path: FilePath, kind: FileSubject['kind'] | undefined): void {
    if (kind === 'script' || (kind === 'config' && basename(path).toLowerCase() === 'web.config')) {
      this.#processes.invalidate(path);
    }
  }

  /** A source file that matters from now on, or no more, concerns the projects that may compile it. */
  #takeSources(last: readonly FileSubject[], subjects: readonly FileSubject[]): void {
    const pathsOf = (list: readonly FileSubject[]) =>
      list.filter(({ kind }) => kind === 'source').map(({ path }) => path);
    const before = new Set(pathsOf(last));
    const present = pathsOf(subjects);
    const now = new Set(present);
    const changed = [...present.filter((path) => !before.has(path)), ...[...before].filter((path) => !now.has(path))];
    if (changed.length === 0) {
      return;
    }
    this.#graph.setSourceFiles(present);
    for (const path of this.#processes.askers.isEmpty ? [] : changed) {
      for (const project of this.#graph.compilerCandidates(path)) {
        this.#note(topics.sources(this.#files.key(project.path)));
      }
    }
  }

  #judgeSubject(path: FilePath): void {
    const settings = this.#options.settingsFor(path);
    this.#settings.set(path, settings);
    const project = this.#graph.projects.get(path);
    const kind = project ? 'project' : this.#fileSubjects.get(path);
    const subject = project ? { project } : this.#readFileSubject(path);
    const { result, asked } = this.#workspace.record(() =>
      subject && kind
        ? ownedFindings(kind, subject, runRules(rulesFor(kind), subject, this.#workspace, settings, rules))
        : nothing,
    );
    const { findings, failures } = result;
    if (!project) {
      this.#verdicts.delete(path);
    }
    this.#table.set(path, findings);
    setUnlessEmpty(this.#notices, path, project?.notices ?? (subject && 'file' in subject ? subject.file.notices : []));
    setUnlessEmpty(this.#failures, path, failures);
    this.#askers.set(path, asked);
  }

  #readFileSubject(path: FilePath): { readonly file: JudgedFile } | undefined {
    // Of a program's file only the name matters.
    const text = this.#fileSubjects.get(path) === 'hosting-process-file' ? '' : this.#files.text(path);
    return text === undefined ? undefined : { file: new JudgedFile(path, text, this.#workspace) };
  }
}

/** What a file's rules share: it is parsed, and its projects are looked for, when the first of them asks. */
class JudgedFile implements FileContext {
  readonly path: FilePath;
  readonly text: string;
  readonly #workspace: WorkspaceModel;
  #xml: XmlDocument | undefined;
  #script: ScriptDocument | undefined;
  #code: SourceCode | undefined;
  #isScriptRead = false;

  constructor(path: FilePath, text: string, workspace: WorkspaceModel) {
    this.path = path;
    this.text = text;
    this.#workspace = workspace;
  }

  get xml(): XmlDocument {
    this.#xml ??= parseXml(this.text);
    return this.#xml;
  }

  get script(): ScriptDocument | undefined {
    if (!this.#isScriptRead) {
      this.#isScriptRead = true;
      this.#script = readScriptDocument(this.path, this.text, this.#workspace.readText);
    }
    return this.#script;
  }

  /** What the rules that ran could not see. */
  get notices(): readonly Notice[] {
    return this.#script?.notices ?? this.#code?.notices ?? [];
  }

  get code(): SourceCode | undefined {
    this.#code ??= readSourceCode(this.path, this.text, this.#workspace);
    return this.#code;
  }

  get projects(): readonly ProjectModel[] {
    return this.#workspace.projectsNear(this.path);
  }
}

/** Findings in a file that belongs to one project name it. */
function ownedFindings(
  kind: RuleSubject,
  { file }: { readonly project?: ProjectModel; readonly file?: FileContext },
  result: SubjectResult,
): SubjectResult {
  if (!file || result.findings.length === 0 || (kind !== 'config' && kind !== 'packages')) {
    return result;
  }
  const [owner, ...others] = file.projects;
  return owner && others.length === 0
    ? { ...result, findings: result.findings.map((finding) => ({ ...finding, project: owner.path })) }
    : result;
}

/**
 * The part of a project that a process which loads it is told about. Places count where they are told only: of targets
 * that are too old. A keystroke in a library that thousands of programs load leaves them alone.
 */
function faceOf({ targets, role, references }: ProjectModel): string {
  const told = targets.map(({ framework, site }) => [
    framework,
    framework.known && isTooOld(framework.value) ? site : null,
  ]);
  return JSON.stringify([told, role.role, references]);
}

const nothing: SubjectResult = { findings: [], failures: [] };

function rulesFor(kind: RuleSubject): typeof rules {
  return rules.filter((rule) => rule.appliesTo.includes(kind));
}

function describeProject(path: FilePath, project: ProjectModel | undefined): RelatedLocation {
  return {
    ...(project?.head ?? { path, range: { start: 0, end: 0 } }),
    message: {
      key: 'affected',
      template: 'Affects {project}',
      values: { project: path.slice(path.lastIndexOf('/') + 1) },
    },
  };
}
