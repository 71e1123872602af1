import type { Connection } from 'vscode-languageserver';
import {
  type Analysis,
  type Analyzer,
  createAnalyzer,
  defaultSettings,
  type FilePath,
  type Finding,
  fileKind,
  formatMessage,
  type Notice,
  parseSettings,
  rules,
  type Settings,
} from '../core/index.ts';
import { EditorHost } from './editor-host.ts';
import type { PlatformHost, ServerPlatform } from './platform.ts';
import { type ServerStatus, statusNotification } from './protocol.ts';

/** Projects that are evaluated before the server looks for messages again. */
const batchSize = 25;

/**
 * The state of all workspace folders: which files there are, what is open, and the last analysis. Work happens when
 * somebody asks, in batches between which messages are read.
 */
export class ServerWorkspace {
  readonly #connection: Connection;
  #platform: ServerPlatform;
  readonly #openTexts = new Map<FilePath, string>();
  readonly #settings = new Map<FilePath, Settings>();
  readonly #aborted = new AbortController();
  #roots: readonly FilePath[] = [];
  #platformHost: PlatformHost;
  #analyzer: Analyzer;
  #files = new Set<FilePath>();
  #areFilesStale = true;
  #analysis: Analysis | undefined;
  #running: Promise<Analysis> | undefined;
  #changed = new Set<FilePath>();
  #reportedNotices = new Set<string>();
  #lastSummary = '';
  #seenNotices = new WeakSet<Notice>();
  #sentStatus = '';
  /** What the last retarget left to a person, as Markdown. */
  retargetSummary = '';
  readonly #listeners: ((analysis: Analysis) => void)[] = [];
  /** Set when the user stopped the analysis of the workspace: then only open files count, until the next audit. */
  #isStopped = false;
  /** Requests that come before the settings wait for them. */
  readonly #configured: Promise<void>;
  #resolveConfigured: () => void = () => undefined;

  constructor(connection: Connection, platform: ServerPlatform) {
    this.#connection = connection;
    this.#platform = platform;
    this.#platformHost = platform.createHost([], defaultSettings);
    this.#analyzer = this.#createAnalyzer();
    this.#configured = new Promise((resolve) => {
      this.#resolveConfigured = resolve;
    });
  }

  get roots(): readonly FilePath[] {
    return this.#roots;
  }

  /** The folders, once they are known. */
  async knownRoots(): Promise<readonly FilePath[]> {
    await this.#configured;
    return this.#roots;
  }

  /** Replaces the platform before the folders are set. */
  usePlatform(platform: ServerPlatform): void {
    this.#platform = platform;
  }

  /** Sets the folders and their settings; everything is read anew. */
  configure(folders: readonly { readonly path: FilePath; readonly settings: unknown }[]): void {
    this.#roots = folders.map(({ path }) => path);
    this.#settings.clear();
    for (const { path, settings } of folders) {
      const parsed = parseSettings(settings, rules);
      this.#settings.set(path, parsed.settings);
      for (const problem of parsed.problems) {
        this.#connection.console.warn(`${path}: ${problem}`);
        this.#connection.window.showWarningMessage(`Dynamics TLS: ${problem}`);
      }
    }
    this.#platformHost = this.#platform.createHost(this.#roots, this.settingsFor(this.#roots[0] ?? ''));
    this.#analyzer = this.#createAnalyzer();
    this.#areFilesStale = true;
    this.#analysis = undefined;
    this.#reportedNotices.clear();
    this.#seenNotices = new WeakSet();
    this.#resolveConfigured();
  }

  /** Settings of the innermost folder that holds a file. */
  settingsFor(path: FilePath): Settings {
    const root = this.#roots
      .filter((candidate) => path === candidate || path.startsWith(`${candidate}/`))
      .sort((a, b) => b.length - a.length)[0];
    return this.#settings.get(root ?? this.#roots[0] ?? '') ?? defaultSettings;
  }

  /** The text of a file: an open document's first. */
  text(path: FilePath): string | undefined {
    return this.#openTexts.get(path) ?? this.#platformHost.readText(path);
  }

  open(path: FilePath, text: string): void {
    const isNew = this.#openTexts.get(path) !== text;
    this.#openTexts.set(path, text);
    if (isNew) {
      this.#changed.add(path);
    }
    if (fileKind(path) !== undefined && !this.#files.has(path)) {
      this.#areFilesStale = true;
    }
  }

  close(path: FilePath): void {
    this.#openTexts.delete(path);
    this.#platformHost.forget([path]);
    this.#changed.add(path);
  }

  /** Files that were written, created or deleted outside the editor's documents. */
  changedOnDisk(
    changes: readonly { readonly path: FilePath; readonly kind: 'created' | 'changed' | 'deleted' }[],
  ): void {
    this.#platformHost.forget(changes.map(({ path }) => path));
    for (const { path, kind } of changes) {
      this.#changed.add(path);
      if (kind !== 'changed' || path.endsWith('/.gitignore')) {
        this.#areFilesStale = true;
      }
    }
  }

  /** Looks for files anew the next time. */
  rescan(): void {
    this.#isStopped = false;
    this.#areFilesStale = true;
  }

  /** The analysis of the present state. Calls while one is under way share its result. */
  async analysis(): Promise<Analysis> {
    await this.#configured;
    return this.#analyzeConfigured();
  }

  #analyzeConfigured(): Promise<Analysis> {
    if (!this.#areFilesStale && this.#changed.size === 0 && this.#analysis && !this.#running) {
      // What looked at edits before they are made (a verified fix, a plan) left projects to evaluate anew.
      this.#analysis = this.#analyzer.analyze();
      return Promise.resolve(this.#analysis);
    }
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running.then((analysis) =>
      this.#areFilesStale || this.#changed.size > 0 ? this.#analyzeConfigured() : analysis,
    );
  }

  /** Findings of one file. */
  async findings(path: FilePath): Promise<readonly Finding[]> {
    const { findingsByPath } = await this.analysis();
    return findingsByPath.get(path) ?? [];
  }

  /**
   * Computes something that looks at more files than the analysis did, again and again until everything that it asked
   * for is loaded.
   */
  async compute<T>(work: (analyzer: Analyzer) => T): Promise<T> {
    for (;;) {
      await this.analysis();
      const result = work(this.#analyzer);
      const loaded = await this.#platformHost.loadWanted();
      if (loaded.length === 0) {
        return result;
      }
      this.#analyzer.change(loaded);
    }
  }

  /** True for a file that the editor can change without garbling it. */
  isEditable(path: FilePath): boolean {
    const open = this.#openTexts.get(path);
    return open === undefined ? this.#platformHost.isUnicode(path) : !open.includes('\ufffd');
  }

  get analyzer(): Analyzer {
    return this.#analyzer;
  }

  /** The present day as `YYYY-MM-DD`. */
  today(): string {
    return this.#platform.today();
  }

  dispose(): void {
    this.#aborted.abort();
  }

  #createAnalyzer(): Analyzer {
    const host = new EditorHost(this.#platformHost, (path) => this.#openTexts.get(path));
    return createAnalyzer({ host, settingsFor: (path) => this.settingsFor(path), today: () => this.#platform.today() });
  }

  async #run(): Promise<Analysis> {
    const analyzer = this.#analyzer;
    const changed = [...this.#changed];
    this.#changed = new Set();
    if (this.#areFilesStale) {
      await this.#findFiles();
    }
    analyzer.change(changed);
    let analysis: Analysis | undefined;
    while (!analysis) {
      if (!(await this.#evaluate(analyzer))) {
        this.#isStopped = true;
        await this.#findFiles();
      }
      if (await this.#loadWanted(analyzer)) {
        continue;
      }
      const answer = analyzer.analyze();
      // Rules and verdicts ask for files of their own, such as the configuration of a program.
      analysis = (await this.#loadWanted(analyzer)) ? undefined : answer;
    }
    if (analyzer === this.#analyzer) {
      this.#analysis = analysis;
    }
    this.#report(analysis);
    return analysis;
  }

  /** Loads what was asked for; true when there was anything. */
  async #loadWanted(analyzer: Analyzer): Promise<boolean> {
    const loaded = await this.#platformHost.loadWanted();
    analyzer.change(loaded);
    return loaded.length > 0;
  }

  async #findFiles(): Promise<void> {
    this.#areFilesStale = false;
    const files = new Set<FilePath>();
    for (const root of this.#roots) {
      const settings = this.settingsFor(root);
      if (!settings.analyzeWorkspace || this.#isStopped) {
        continue;
      }
      for (const file of await this.#platformHost.findFiles(root, settings, this.#aborted.signal)) {
        files.add(file);
      }
    }
    for (const path of this.#openTexts.keys()) {
      if (fileKind(path) !== undefined) {
        files.add(path);
      }
    }
    this.#files = files;
    this.#analyzer.setFiles(files);
  }

  /** Evaluates what is not up to date; false when the user stopped it. */
  async #evaluate(analyzer: Analyzer): Promise<boolean> {
    const begin = analyzer.work(0);
    if (begin.remaining === 0) {
      return true;
    }
    if (begin.remaining <= batchSize) {
      // A keystroke: nobody wants to see progress for that.
      analyzer.work(batchSize);
      return true;
    }
    const progress = await this.#connection.window.createWorkDoneProgress();
    progress.begin('Dynamics TLS', 0, `0 of ${begin.remaining}`, true);
    try {
      for (let state = begin; state.remaining > 0; state = analyzer.work(batchSize)) {
        const done = begin.remaining - state.remaining;
        this.#sendStatus('busy', done, begin.remaining);
        progress.report(
          Math.round((100 * Math.max(0, done)) / begin.remaining),
          `${Math.max(0, done)} of ${begin.remaining}`,
        );
        await new Promise((resolve) => setTimeout(resolve, 0));
        if (progress.token.isCancellationRequested) {
          this.#connection.console.info('The analysis was stopped: open files only, until the next "Audit Workspace".');
          return false;
        }
      }
      return true;
    } finally {
      progress.done();
    }
  }

  /** Calls a listener with the result of every analysis. */
  onAnalysis(listener: (analysis: Analysis) => void): void {
    this.#listeners.push(listener);
  }

  #report(analysis: Analysis): void {
    for (const listener of this.#listeners) {
      listener(analysis);
    }
    for (const failure of analysis.failures) {
      this.#connection.console.error(`Rule ${failure.rule} failed for ${failure.path}: ${failure.stack}`);
    }
    for (const notice of [...analysis.notices, ...this.#platformHost.notices()]) {
      // What is being typed is broken most of the time; nobody wants that in the log.
      if (this.#seenNotices.has(notice) || this.#openTexts.has(notice.path)) {
        continue;
      }
      this.#seenNotices.add(notice);
      const line = `${notice.path}: ${formatMessage(notice.message)}`;
      if (!this.#reportedNotices.has(line)) {
        this.#reportedNotices.add(line);
        this.#connection.console.warn(line);
      }
    }
    const summary = `${analysis.projects.length} projects, ${analysis.findings.length} findings`;
    if (summary !== this.#lastSummary) {
      this.#lastSummary = summary;
      this.#connection.console.info(`${summary} in ${this.#roots.join(', ') || 'no folder'}`);
    }
    this.#sendStatus('idle', 0, 0);
  }

  #sendStatus(state: ServerStatus['state'], done: number, total: number): void {
    const findings = this.#analysis?.findings ?? [];
    const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length;
    const status: ServerStatus = {
      state,
      done: Math.max(0, done),
      total,
      errors: count('error'),
      warnings: count('warning'),
      informations: count('information') + count('hint'),
      projects: this.#analysis?.projects.length ?? 0,
    };
    const text = JSON.stringify(status);
    if (text !== this.#sentStatus) {
      this.#sentStatus = text;
      void this.#connection.sendNotification(statusNotification, status);
    }
  }
}
