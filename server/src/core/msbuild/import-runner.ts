/** Imports: files, patterns, SDKs and the targets that are recognised by the end of their path. */
import { dirname, type FilePath, isAbsolute, relativePath, resolvePath } from '../model/path.ts';
import { sdkProps, sdkTargets, sdkVariants } from './built-in/dotnet-sdk.ts';
import { recognizeTargets } from './built-in/recognize.ts';
import { splitList, unescapeText } from './escapes.ts';
import type { Frame, ImportOutcome, ImportRecord, LoadedFile } from './evaluation-state.ts';
import type { Expression } from './expression.ts';
import { expandImportGlob, hasWildcard } from './globs.ts';
import { readProjectDocument } from './project-document.ts';
import type { ConditionSource, ImportStatement, Statement } from './statements.ts';
import { hasSymbol, symbolReasons, textBehindSymbols, type UnknownValue } from './value.ts';
import type { ValueScope } from './value-scope.ts';

const maximumImportDepth = 150;

/** What runs the statements of imported files. */
export interface StatementRunner {
  certainty(condition: ConditionSource | undefined, frame: Frame): readonly string[] | undefined | false;
  runFile(file: LoadedFile, frame: Frame): void;
  runBuiltIn(statements: readonly Statement[], uncertain: readonly string[] | undefined, depth: number): void;
}

/** Follows imports and remembers what became of them. */
export class ImportRunner {
  readonly imports: ImportRecord[] = [];
  /** Files that were read, in order; the project is the first. */
  readonly loaded: LoadedFile[] = [];
  /** True when targets that compile the project were imported. */
  hasLanguageTargets = false;
  readonly #scope: ValueScope;
  readonly #runner: StatementRunner;
  readonly #importedKeys = new Set<string>();
  readonly #chain = new Set<string>();

  constructor(scope: ValueScope, runner: StatementRunner) {
    this.#scope = scope;
    this.#runner = runner;
  }

  /** Reads the project itself, so that nobody imports it again. */
  loadProject(path: FilePath): LoadedFile | undefined {
    const key = this.#scope.files.key(path);
    this.#importedKeys.add(key);
    this.#chain.add(key);
    return this.load(path);
  }

  /** Runs one import. */
  run(statement: ImportStatement, frame: Frame): void {
    const uncertain = this.#runner.certainty(statement.condition, frame);
    this.#scope.enter(frame.file);
    if (uncertain === false) {
      if (frame.file.document) {
        this.#recordImport(statement, frame, statement.project.source, 'skipped-condition', 'its condition is false');
      }
      return;
    }
    const inner: Frame = uncertain === frame.uncertain ? frame : { ...frame, uncertain };
    if (statement.sdk) {
      this.#importSdk(statement, inner);
      return;
    }
    const value = this.#scope.expandAt(statement.project, statement.range);
    if (typeof value !== 'string') {
      this.#importUnknownPath(statement, value, inner);
      return;
    }
    const parts = splitList(value);
    if (parts.length === 0) {
      this.#scope.report('refused', 'MSB4020', 'the path of an import is empty', statement.range);
      return;
    }
    for (const part of parts) {
      this.#importPath(statement, unescapeText(part), inner);
    }
  }

  /** The path is not known, but its end, or the paths that it may be, can say enough. */
  #importUnknownPath(statement: ImportStatement, value: UnknownValue, frame: Frame): void {
    const texts = value.alternatives ?? [lastText(statement.project)];
    const known = texts.map((text) => recognizeTargets(text));
    const first = known[0];
    if (first && known.every((one) => one?.statements === first.statements)) {
      this.#recordImport(statement, frame, texts[0] ?? '', 'built-in', 'recognised by the end of its path');
      this.hasLanguageTargets ||= first.isLanguage;
      this.#runKnown(first.statements, texts[0] ?? '', frame);
      return;
    }
    const reasons = [`the path of the import "${statement.project.source}" is not known`, ...value.reasons];
    this.#scope.report('unknown', 'unknown-import', reasons.join('; '), statement.range);
    const candidates = this.#importCandidates(statement, value, frame.file);
    for (const path of candidates) {
      this.#importFile(statement, path, { ...frame, uncertain: [...(frame.uncertain ?? []), ...reasons] });
    }
    if (candidates.length === 0) {
      this.#recordImport(statement, frame, statement.project.source, 'unknown', reasons.join('; '));
    }
    if (candidates.length === 0 && !frame.uncertain) {
      this.#scope.loseTrack(reasons);
    }
  }

  /** Files that an import may mean: the listed alternatives, or the tail of a path below the folder of a solution. */
  #importCandidates(statement: ImportStatement, value: UnknownValue, file: LoadedFile): FilePath[] {
    const isFile = (path: FilePath): boolean => this.#scope.stat(path) === 'file';
    if (value.alternatives) {
      const paths = value.alternatives.filter((text) => text.trim() !== '' && !hasSymbol(text) && !hasWildcard(text));
      return paths.map((text) => resolvePath(file.folder, unescapeText(text.trim()))).filter(isFile);
    }
    const [start] = statement.project.parts;
    const tail = lastText(statement.project);
    const isBelowSolution = start?.kind === 'property' && start.key === 'solutiondir' && tail !== '';
    const found = isBelowSolution ? this.#searchAbove(tail, isFile) : undefined;
    return found === undefined ? [] : [found];
  }

  /** Solutions stand above their projects: the nearest folder with that file below it. */
  #searchAbove(tail: string, isFile: (path: FilePath) => boolean): FilePath | undefined {
    const relative = unescapeText(tail).replace(/^[\\/]+/, '');
    for (let folder = this.#scope.projectFolder; ; folder = dirname(folder)) {
      const path = resolvePath(folder, relative);
      if (isFile(path)) {
        return path;
      }
      if (dirname(folder) === folder) {
        return undefined;
      }
    }
  }

  #importPath(statement: ImportStatement, path: string, frame: Frame): void {
    if (hasSymbol(path)) {
      this.#importFromToolset(statement, path, frame);
      return;
    }
    if (hasWildcard(path)) {
      const matches = expandImportGlob(frame.file.folder, path, this.#scope.globHost);
      if (matches === undefined) {
        const reason = `the folder of the import "${path}" cannot be listed`;
        this.#recordImport(statement, frame, path, 'unknown', reason);
      }
      for (const match of matches ?? []) {
        this.#importFile(statement, match, frame);
      }
      return;
    }
    if (!frame.file.document && !isAbsolute(path.replaceAll('\\', '/'))) {
      this.#importMissing(statement, path, frame);
      return;
    }
    this.#importFile(statement, resolvePath(frame.file.folder, path), frame);
  }

  /** A path into the folders of MSBuild or Visual Studio. */
  #importFromToolset(statement: ImportStatement, path: string, frame: Frame): void {
    const known = recognizeTargets(textBehindSymbols(path));
    const tail = textBehindSymbols(path).replaceAll('\\', '/');
    if (known) {
      this.hasLanguageTargets ||= known.isLanguage;
      if (frame.file.document) {
        this.#recordImport(statement, frame, tail, 'built-in', 'recognised by the end of its path');
      }
      this.#runKnown(known.statements, tail, frame);
      return;
    }
    // Other vendors' targets in MSBuild's own folders add build steps; none is known that chooses the target.
    const reason = symbolReasons(path).join('; ');
    this.#recordImport(statement, frame, tail, 'unknown', reason);
    this.#scope.report('unknown', 'toolset-import', `the import "${tail}" is not read: ${reason}`, statement.range);
  }

  /** Targets of the toolset are imported once, as every file is. */
  #runKnown(statements: readonly Statement[], tail: string, frame: Frame): void {
    const key = `toolset:${tail.slice(tail.lastIndexOf('/') + 1).toLowerCase()}`;
    if (statements.length === 0 || this.#importedKeys.has(key)) {
      return;
    }
    this.#importedKeys.add(key);
    this.#runner.runBuiltIn(statements, frame.uncertain, frame.depth);
  }

  #importFile(statement: ImportStatement, path: FilePath, frame: Frame): void {
    const key = this.#scope.files.key(path);
    this.#scope.dependencies.add(path);
    if (this.#chain.has(key)) {
      this.#recordImport(statement, frame, path, 'cycle', 'the file is being imported already');
      const note = `the import of "${this.#display(path)}" is ignored: it leads back to itself`;
      this.#scope.report('note', 'MSB4210', note, statement.range);
      return;
    }
    if (this.#importedKeys.has(key)) {
      this.#recordImport(statement, frame, path, 'skipped-duplicate', 'the file was imported before');
      return;
    }
    if (frame.depth >= maximumImportDepth) {
      this.#recordImport(statement, frame, path, 'unknown', 'imports are nested too deeply');
      this.#scope.report(
        'unknown',
        'too-deep',
        `imports are nested more than ${maximumImportDepth} deep`,
        statement.range,
      );
      this.#scope.giveUp(['imports are nested too deeply']);
      return;
    }
    if (this.#scope.files.stat(path) === 'folder') {
      this.#recordImport(statement, frame, path, 'missing', 'it is a folder');
      const reason = `the import "${this.#display(path)}" is a folder`;
      this.#scope.report('refused', 'MSB4024', reason, statement.range);
      this.#scope.loseTrack([reason]);
      return;
    }
    const file = this.load(path);
    if (!file) {
      this.#importMissing(statement, path, frame);
      return;
    }
    this.#recordImport(statement, frame, path, 'imported', '');
    this.#importedKeys.add(key);
    this.#chain.add(key);
    this.#runner.runFile(file, { ...frame, file, itemConditions: [], depth: frame.depth + 1 });
    this.#chain.delete(key);
  }

  #importMissing(statement: ImportStatement, path: FilePath, frame: Frame): void {
    const known = recognizeTargets(path);
    if (known) {
      this.hasLanguageTargets ||= known.isLanguage;
      this.#recordImport(statement, frame, path, 'built-in', 'recognised by the end of its path');
      this.#runKnown(known.statements, path, frame);
      return;
    }
    const state = this.#scope.files.stat(path) === undefined ? 'does not exist' : 'cannot be read';
    const reason = `the imported file "${this.#display(path)}" ${state}`;
    this.#recordImport(statement, frame, path, 'missing', reason);
    if (frame.uncertain) {
      // With a condition that is not known the likelier case is that the file is not wanted.
      this.#scope.report('unknown', 'missing-import', reason, statement.range);
      return;
    }
    this.#scope.report('refused', 'MSB4019', reason, statement.range);
    this.#scope.loseTrack([reason]);
  }

  /** A path as a reader of the project writes it: other machines have other folders above it. */
  #display(path: FilePath): string {
    return relativePath(this.#scope.projectFolder, path);
  }

  #importSdk(statement: ImportStatement, frame: Frame): void {
    const name = statement.sdk ? this.#scope.expandAt(statement.sdk, statement.range) : '';
    const file = this.#scope.expandAt(statement.project, statement.range);
    const sdk = typeof name === 'string' ? (unescapeText(name).split('/')[0] ?? '').trim() : '';
    const fileKey = typeof file === 'string' ? unescapeText(file).toLowerCase() : '';
    if (!Object.hasOwn(sdkVariants, sdk.toLowerCase()) || (fileKey !== 'sdk.props' && fileKey !== 'sdk.targets')) {
      const reason = `the SDK "${sdk}" is not known here`;
      this.#recordImport(statement, frame, `${sdk}/${fileKey}`, 'unknown', reason);
      this.#scope.report('unknown', 'unknown-sdk', reason, statement.range);
      this.#scope.loseTrack([reason]);
      if (statement.origin === 'sdk' && frame.depth === 0 && !this.#namesKnownSdk()) {
        // Other vendors' SDKs are made on top of the .NET SDK.
        this.#runSdk('microsoft.net.sdk', fileKey, frame);
      }
      return;
    }
    const key = `sdk:${sdk.toLowerCase()}/${fileKey}`;
    const isRepeated = this.#importedKeys.has(key);
    this.#recordImport(
      statement,
      frame,
      `${sdk}/${fileKey}`,
      isRepeated ? 'skipped-duplicate' : 'built-in',
      isRepeated ? 'it was imported before' : 'the .NET SDK',
    );
    this.#runSdk(sdk.toLowerCase(), fileKey, frame);
  }

  /** True when one of the SDKs that the project names is part of the .NET SDK. */
  #namesKnownSdk(): boolean {
    const document = this.loaded[0]?.document;
    const named = document ? [...document.sdks, ...document.importedSdks] : [];
    return named.some(({ name }) => Object.hasOwn(sdkVariants, (name.split('/')[0] ?? '').trim().toLowerCase()));
  }

  /** Props or targets of an SDK by its lower-case name, once. */
  #runSdk(sdk: string, fileKey: string, frame: Frame): void {
    const key = `sdk:${sdk}/${fileKey}`;
    const variant = sdkVariants[sdk];
    if (!variant || this.#importedKeys.has(key)) {
      return;
    }
    this.#importedKeys.add(key);
    if (fileKey === 'sdk.props') {
      this.#runner.runBuiltIn(variant.before, frame.uncertain, frame.depth);
      this.#runner.runBuiltIn(sdkProps, frame.uncertain, frame.depth);
      this.#runner.runBuiltIn(variant.after, frame.uncertain, frame.depth);
    } else {
      this.hasLanguageTargets = true;
      this.#runner.runBuiltIn(sdkTargets, frame.uncertain, frame.depth);
    }
  }

  #recordImport(statement: ImportStatement, frame: Frame, path: string, outcome: ImportOutcome, reason: string): void {
    this.imports.push({
      path,
      kind: statement.origin,
      importedBy: frame.file.document ? frame.file.path : undefined,
      range: statement.range,
      outcome,
      reason,
    });
  }

  /** Reads a file; undefined when it cannot be read. */
  load(path: FilePath): LoadedFile | undefined {
    this.#scope.dependencies.add(path);
    const xml = this.#scope.files.document(path);
    if (!xml) {
      return undefined;
    }
    const document = readProjectDocument(xml);
    const file: LoadedFile = { path, folder: dirname(path), document, properties: undefined };
    this.loaded.push(file);
    for (const problem of document.problems) {
      this.#scope.push('refused', problem.code, problem.explanation, path, problem.range);
    }
    return file;
  }
}

/** The text behind the last reference of an expression. */
function lastText(expression: Expression): string {
  const last = expression.parts.at(-1);
  return last?.kind === 'text' ? last.text : '';
}
