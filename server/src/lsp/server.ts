import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeLens,
  type CompletionItem,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  FileChangeType,
  type FoldingRange,
  type Hover,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  type Location as LspLocation,
  MarkupKind,
  ResponseError,
  type TextDocumentPositionParams,
  TextDocumentSyncKind,
  TextDocuments,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type Analysis,
  analyzedExtensions,
  analyzedNames,
  basename,
  type Location as CoreLocation,
  completionsAt,
  definitionsAt,
  type FilePath,
  type Finding,
  fixAll,
  hoverAt,
  referencesAt,
  suppressionOffers,
  type WorkspaceModel,
} from '../core/index.ts';
import { clientPlatform } from './client-platform.ts';
import { Converter, fixAllKind, pathOfUri, uriOfPath } from './convert.ts';
import { type DiagnosticReport, DiagnosticReports } from './diagnostic-reports.ts';
import { handleExplainError } from './explain-error-handler.ts';
import { handleHostingProcess } from './hosting-handler.ts';
import { LogDocuments } from './log-documents.ts';
import { handleMachine } from './machine-handler.ts';
import type { ServerPlatform } from './platform.ts';
import { handleProcesses, processLenses } from './processes-handler.ts';
import {
  auditRequest,
  type ExperimentalCapabilities,
  type InitializationOptions,
  logLanguage,
  showProcessCommand,
} from './protocol.ts';
import { handleReport } from './report-handler.ts';
import {
  handleRetarget,
  type RetargetActionData,
  resolveRetarget,
  retargetActions,
  retargetKind,
  showSummary,
} from './retarget-handler.ts';
import { ServerWorkspace } from './workspace.ts';

/** What a code action carries until it is resolved. */
type ActionData =
  | {
      readonly kind: 'fix';
      readonly path: FilePath;
      readonly rule: string;
      readonly start: number;
      readonly title: string;
    }
  | {
      readonly kind: 'suppress';
      readonly path: FilePath;
      readonly rule: string;
      readonly start: number;
      readonly reach: string;
    }
  | { readonly kind: 'fix-all'; readonly path: FilePath }
  | RetargetActionData;

/** Wires a connection to a workspace. Returns at once; the server lives as long as the connection. */
export function startServer(connection: Connection, platform: ServerPlatform): void {
  const documents = new TextDocuments(TextDocument);
  const logs = new LogDocuments(documents);
  const workspace = new ServerWorkspace(connection, platform);
  const uris = new Map<FilePath, string>();
  const pathsOfUris = new Map<string, FilePath>();
  const converter = new Converter({
    text: (path) => workspace.text(path),
    uri: (path) => uris.get(path) ?? uriOfPath(path),
    version: (path) => documents.get(uris.get(path) ?? '')?.version ?? null,
  });
  const reports = new DiagnosticReports({
    text: (path) => workspace.text(path),
    diagnostic: (finding) => converter.diagnostic(finding),
  });
  let client: ClientAbilities = noAbilities;
  let folders: readonly { uri: string }[] = [];
  let fallbackSettings: unknown;
  let showsSummaries = false;
  /** Files that clients without pull diagnostics were told about. */
  const published = new Map<FilePath, DiagnosticReport>();
  let publishing: ReturnType<typeof setTimeout> | undefined;

  connection.onInitialize((params): InitializeResult => {
    client = readAbilities(params);
    folders = params.workspaceFolders ?? (params.rootUri ? [{ uri: params.rootUri }] : []);
    const options = params.initializationOptions as InitializationOptions | undefined;
    fallbackSettings = options?.settings;
    showsSummaries = options?.showsSummaries === true;
    if (options?.clientFiles) {
      workspace.usePlatform(clientPlatform(connection));
    }
    return {
      serverInfo: { name: 'dynamics-tls' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        diagnosticProvider: {
          identifier: 'dynamics-tls',
          interFileDependencies: true,
          workspaceDiagnostics: true,
        },
        hoverProvider: true,
        foldingRangeProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        completionProvider: { triggerCharacters: ['(', '<', '>', ';'] },
        codeLensProvider: { resolveProvider: false },
        executeCommandProvider: { commands: [showProcessCommand] },
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, fixAllKind, retargetKind],
          resolveProvider: true,
        },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        experimental: {
          dynamicsTlsProbe: platform.registerProbe !== undefined,
          dynamicsTlsMachine: platform.readMachine !== undefined,
        } satisfies ExperimentalCapabilities,
      },
    };
  });

  connection.onInitialized(async () => {
    if (client.watchesFiles) {
      const watchers = [
        ...analyzedExtensions.map((extension) => `**/*${extension}`),
        ...analyzedNames.map((name) => `**/${name.replace(/^d/, '[Dd]')}`),
        '**/.gitignore',
        '**/*.user',
      ];
      void connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: watchers.map((globPattern) => ({ globPattern })),
      });
    }
    if (client.hasConfiguration) {
      void connection.client.register(DidChangeConfigurationNotification.type, { section: 'dynamicsTls' });
    }
    if (client.hasFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(async ({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        folders = [...folders.filter(({ uri }) => !gone.has(uri)), ...added];
        await configure();
      });
    }
    await configure();
  });

  async function configure(): Promise<void> {
    const settings: unknown[] =
      client.hasConfiguration && folders.length > 0
        ? ((await connection.workspace.getConfiguration(
            folders.map(({ uri }) => ({ scopeUri: uri, section: 'dynamicsTls' })),
          )) as unknown[])
        : folders.map(() => fallbackSettings);
    workspace.configure(folders.map(({ uri }, i) => ({ path: pathOfUri(uri), settings: settings[i] })));
    changed();
  }

  connection.onDidChangeConfiguration(async (params) => {
    fallbackSettings = (params.settings as { dynamicsTls?: unknown } | null)?.dynamicsTls ?? fallbackSettings;
    await configure();
  });

  documents.onDidChangeContent(({ document }) => {
    if (logs.isLog(document.uri)) {
      void publishLog(document.uri);
      return;
    }
    const path = pathOfUri(document.uri);
    if (uris.get(path) !== document.uri) {
      uris.set(path, document.uri);
      reports.clear();
    }
    workspace.open(path, document.getText());
    publishSoon();
  });
  documents.onDidClose(({ document }) => {
    if (document.languageId === logLanguage) {
      logs.close(document.uri);
      void publishLog(document.uri);
      return;
    }
    workspace.close(pathOfUri(document.uri));
    publishSoon();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    workspace.changedOnDisk(changes.map(({ uri, type }) => ({ path: pathOfUri(uri), kind: changeKinds[type] })));
    changed();
  });

  /** Tells the client that findings may differ although it changed nothing. */
  function changed(): void {
    if (client.pullsDiagnostics) {
      if (client.refreshesDiagnostics) {
        void connection.languages.diagnostics.refresh();
      }
    } else {
      publishSoon();
    }
  }

  function publishSoon(): void {
    if (client.pullsDiagnostics) {
      return;
    }
    clearTimeout(publishing);
    publishing = setTimeout(() => void guard('publish', undefined, publish), 100);
  }

  async function publish(): Promise<void> {
    const { findingsByPath } = await workspace.analysis();
    for (const path of new Set([...findingsByPath.keys(), ...published.keys()])) {
      const findings = findingsByPath.get(path);
      const report = reports.of(path, findings);
      if (report !== published.get(path)) {
        void connection.sendDiagnostics({ uri: uris.get(path) ?? uriOfPath(path), diagnostics: [...report.items] });
      }
      if (findings) {
        published.set(path, report);
      } else {
        published.delete(path);
      }
    }
  }

  /** Logs are not part of the analysis; a client that does not ask is told when one is opened or grows. */
  async function publishLog(uri: string): Promise<void> {
    if (!client.pullsDiagnostics) {
      await guard('publish log', undefined, async () => {
        await connection.sendDiagnostics({ uri, diagnostics: (await logs.report(uri)).items });
      });
    }
  }

  connection.languages.diagnostics.on(({ textDocument, previousResultId }, token) =>
    guard<DocumentDiagnosticReport>(
      `diagnostics ${textDocument.uri}`,
      { kind: 'full', items: [] },
      async () => {
        if (logs.isLog(textDocument.uri)) {
          return logs.diagnostics(textDocument.uri, previousResultId);
        }
        const path = pathOfUri(textDocument.uri);
        const { findingsByPath } = await workspace.analysis();
        const { items, resultId } = reports.of(path, findingsByPath.get(path));
        return resultId === previousResultId
          ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
          : { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...items] };
      },
      token,
    ),
  );

  /** Clients name the same few thousand files in every poll. */
  function pathOfKnownUri(uri: string): FilePath {
    const known = pathsOfUris.get(uri);
    if (known !== undefined) {
      return known;
    }
    const path = pathOfUri(uri);
    pathsOfUris.set(uri, path);
    return path;
  }

  connection.languages.diagnostics.onWorkspace(({ previousResultIds }, token) =>
    guard<WorkspaceDiagnosticReport>(
      'workspace diagnostics',
      { items: [] },
      async () => {
        const { findingsByPath } = await workspace.analysis();
        const previous = new Map(
          previousResultIds.filter(({ uri }) => !logs.isLog(uri)).map((known) => [pathOfKnownUri(known.uri), known]),
        );
        const items = [...new Set([...findingsByPath.keys(), ...previous.keys()])].map(
          (path): WorkspaceDocumentDiagnosticReport => {
            const { items, resultId } = reports.of(path, findingsByPath.get(path));
            const uri = uris.get(path) ?? previous.get(path)?.uri ?? uriOfPath(path);
            const version = documents.get(uri)?.version ?? null;
            return previous.get(path)?.value === resultId
              ? { kind: DocumentDiagnosticReportKind.Unchanged, uri, version, resultId }
              : { kind: DocumentDiagnosticReportKind.Full, uri, version, resultId, items: [...items] };
          },
        );
        return { items };
      },
      token,
    ),
  );

  connection.onHover((params, token) =>
    guard<Hover | null>(
      `hover ${params.textDocument.uri}`,
      null,
      async () => {
        const hover = await ask(params, (path, offset, model, { processes }) =>
          hoverAt(path, offset, model, processes, (at) => markdownLink(at)),
        );
        const range = hover && converter.range(pathOfUri(params.textDocument.uri), hover.range);
        return hover && range ? { contents: { kind: MarkupKind.Markdown, value: hover.markdown }, range } : null;
      },
      token,
    ),
  );

  /** Core's answer at a position of a document. */
  async function ask<T>(
    { textDocument, position }: TextDocumentPositionParams,
    question: (path: FilePath, offset: number, model: WorkspaceModel, analysis: Analysis) => T,
  ): Promise<T> {
    const path = pathOfUri(textDocument.uri);
    const analysis = await workspace.analysis();
    const offset = converter.lines(path).offsetAt({ line: position.line, column: position.character });
    return question(path, offset, analysis.workspace, analysis);
  }

  /** A place that a person can go to from a hover. */
  function markdownLink(at: CoreLocation): string {
    const { uri, range } = converter.location(at);
    const line = range.start.line + 1;
    const name = basename(at.path).replace(/[\\[\]]/g, '\\$&');
    return `[${name}:${line}](${uri}#L${line})`;
  }

  connection.onCodeLens(({ textDocument }, token) =>
    guard<CodeLens[]>(
      `code lenses ${textDocument.uri}`,
      [],
      async () => {
        const path = pathOfUri(textDocument.uri);
        const { processes } = await workspace.analysis();
        return workspace.settingsFor(path).processCodeLens ? processLenses(path, processes, converter) : [];
      },
      token,
    ),
  );

  connection.onDefinition((params, token) =>
    guard<LspLocation[]>(
      `definition ${params.textDocument.uri}`,
      [],
      async () => (await ask(params, definitionsAt)).map((location) => converter.location(location)),
      token,
    ),
  );

  connection.onReferences((params, token) =>
    guard<LspLocation[]>(
      `references ${params.textDocument.uri}`,
      [],
      async () => (await ask(params, referencesAt)).map((location) => converter.location(location)),
      token,
    ),
  );

  connection.onCompletion((params, token) =>
    guard<CompletionItem[]>(
      `completion ${params.textDocument.uri}`,
      [],
      async () => {
        const path = pathOfUri(params.textDocument.uri);
        return (await ask(params, completionsAt)).map((completion) => converter.completion(path, completion));
      },
      token,
    ),
  );

  connection.onFoldingRanges(({ textDocument: { uri } }, token) =>
    guard<FoldingRange[]>(
      `folding ${uri}`,
      [],
      async () => (logs.isLog(uri) ? logs.foldings(uri, client.foldingLimit) : []),
      token,
    ),
  );

  connection.onCodeAction(({ textDocument, range, context }, token) =>
    guard<CodeAction[]>(
      `code actions ${textDocument.uri}`,
      [],
      async () => {
        const path = pathOfUri(textDocument.uri);
        const lines = converter.lines(path);
        const findings = await workspace.findings(path);
        const start = lines.offsetAt({ line: range.start.line, column: range.start.character });
        const end = lines.offsetAt({ line: range.end.line, column: range.end.character });
        const actions: CodeAction[] = [];
        if (isWanted(context.only, CodeActionKind.QuickFix)) {
          for (const finding of findings.filter(
            (candidate) => candidate.range.start <= end && candidate.range.end >= start,
          )) {
            const possible = finding.fixes.filter(
              ({ changes }) => client.createsFiles || changes.every(({ path: changed }) => converter.isThere(changed)),
            );
            for (const fix of possible.filter((candidate) => workspace.analyzer.verifies(finding, candidate))) {
              const data: ActionData = {
                kind: 'fix',
                path,
                rule: finding.rule,
                start: finding.range.start,
                title: fix.title.key,
              };
              actions.push(converter.quickFix(finding, fix, data));
            }
          }
          actions.push(...suppressionActions(path, findings, { start, end }));
        }
        const isFixable = findings.some((finding) => finding.fixes.some((fix) => fix.bulk === 'safe'));
        if (isFixable && (context.only === undefined || isWanted(context.only, fixAllKind))) {
          const data: ActionData = { kind: 'fix-all', path };
          actions.push({ title: 'Fix all Dynamics TLS findings in this file', kind: fixAllKind, data });
        }
        // Beside a fix, editors ask for quick fixes alone.
        const isAtFix = actions.some(({ kind }) => kind === CodeActionKind.QuickFix);
        if (isAtFix || isWanted(context.only, retargetKind)) {
          const { workspace: model } = await workspace.analysis();
          const { targetFramework } = workspace.settingsFor(path);
          const kind = isAtFix ? CodeActionKind.QuickFix : retargetKind;
          const offered = retargetActions(path, { start, end }, model, targetFramework, kind);
          actions.push(...offered.map((action) => (showsSummaries ? { ...action, command: showSummary } : action)));
        }
        return actions;
      },
      token,
    ),
  );

  /** Behind all fixes, and once for several findings of a rule on one line. */
  function suppressionActions(
    path: FilePath,
    findings: readonly Finding[],
    { start, end }: { readonly start: number; readonly end: number },
  ): CodeAction[] {
    const actions = new Map<string, CodeAction>();
    for (const finding of findings.filter(({ range }) => range.start <= end && range.end >= start)) {
      for (const { title } of suppressionOffers(workspace.analyzer, finding)) {
        const data: ActionData = {
          kind: 'suppress',
          path,
          rule: finding.rule,
          start: finding.range.start,
          reach: title.key,
        };
        const key = `${finding.rule} ${title.key}`;
        actions.set(key, actions.get(key) ?? converter.suppression(finding, title, data));
      }
    }
    return [...actions.values()];
  }

  connection.onCodeActionResolve((action, token) =>
    guard<CodeAction>(
      'resolve code action',
      action,
      async () => {
        const data = action.data as ActionData;
        await workspace.analysis();
        if (data.kind === 'retarget') {
          return resolveRetarget(action, data, workspace, converter, client);
        }
        if (data.kind === 'fix-all') {
          const { changes } = fixAll(workspace.analyzer, { isWanted: (finding) => finding.path === data.path });
          return { ...action, edit: converter.workspaceEdit(changes, client.hasDocumentChanges) };
        }
        const findings = await workspace.findings(data.path);
        const finding = findings.find(
          (candidate) => candidate.rule === data.rule && candidate.range.start === data.start,
        );
        if (data.kind === 'suppress') {
          const offers = finding ? suppressionOffers(workspace.analyzer, finding) : [];
          const offer = offers.find(({ title }) => title.key === data.reach);
          return offer
            ? { ...action, edit: converter.workspaceEdit(offer.changes, client.hasDocumentChanges) }
            : action;
        }
        const fix = finding?.fixes.find((candidate) => candidate.title.key === data.title);
        return fix ? { ...action, edit: converter.workspaceEdit(fix.changes, client.hasDocumentChanges) } : action;
      },
      token,
    ),
  );

  connection.onRequest(auditRequest, (token: CancellationToken) =>
    guard(
      'audit',
      null,
      async () => {
        workspace.rescan();
        const { findings, projects } = await workspace.analysis();
        changed();
        return {
          findings: findings.length,
          files: new Set(findings.map(({ path }) => path)).size,
          projects: projects.length,
        };
      },
      token,
    ),
  );

  handleHostingProcess(connection, workspace, converter, platform);
  handleProcesses(connection, workspace, converter, () => client);
  handleReport(connection, workspace, converter);
  handleExplainError(connection);
  handleMachine(connection, platform);
  handleRetarget(connection, workspace, converter, pathOfUri);
  platform.registerProbe?.({
    connection,
    roots: () => workspace.knownRoots(),
    settingsFor: (path) => workspace.settingsFor(path),
    analysis: () => workspace.analysis(),
  });

  connection.onShutdown(() => workspace.dispose());

  /**
   * Every handler goes through here: a fallback answer and a log line instead of a broken connection, and an end of
   * the wait when the client no longer wants the answer.
   */
  async function guard<T>(
    label: string,
    fallback: T,
    handler: () => Promise<T>,
    token?: CancellationToken,
  ): Promise<T> {
    try {
      return await (token ? Promise.race([handler(), cancelled(token)]) : handler());
    } catch (error) {
      if (error instanceof ResponseError) {
        throw error;
      }
      connection.console.error(`${label}: ${error instanceof Error ? error.stack : String(error)}`);
      return fallback;
    }
  }

  documents.listen(connection);
  connection.listen();
}

function cancelled(token: CancellationToken): Promise<never> {
  return new Promise((_, reject) => {
    token.onCancellationRequested(() => reject(new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled')));
  });
}

/** What of LSP the client understands. */
interface ClientAbilities {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly watchesFiles: boolean;
  readonly hasConfiguration: boolean;
  readonly hasFolders: boolean;
  readonly hasDocumentChanges: boolean;
  /** Whether an edit may make a file. */
  readonly createsFiles: boolean;
  /** How many folding ranges it wants at most; undefined when it does not say. */
  readonly foldingLimit: number | undefined;
  readonly hasAnnotations: boolean;
  readonly showsDocuments: boolean;
  readonly refreshesCodeLenses: boolean;
}

const noAbilities: ClientAbilities = {
  pullsDiagnostics: false,
  refreshesDiagnostics: false,
  watchesFiles: false,
  hasConfiguration: false,
  hasFolders: false,
  hasDocumentChanges: false,
  createsFiles: false,
  foldingLimit: undefined,
  hasAnnotations: false,
  showsDocuments: false,
  refreshesCodeLenses: false,
};

function readAbilities({ capabilities }: InitializeParams): ClientAbilities {
  return {
    pullsDiagnostics: capabilities.textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: capabilities.workspace?.diagnostics?.refreshSupport === true,
    watchesFiles: capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    hasConfiguration: capabilities.workspace?.configuration === true,
    hasFolders: capabilities.workspace?.workspaceFolders === true,
    hasDocumentChanges: capabilities.workspace?.workspaceEdit?.documentChanges === true,
    createsFiles:
      capabilities.workspace?.workspaceEdit?.documentChanges === true &&
      capabilities.workspace.workspaceEdit.resourceOperations?.includes('create') === true,
    foldingLimit: capabilities.textDocument?.foldingRange?.rangeLimit,
    hasAnnotations: capabilities.workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    showsDocuments: capabilities.window?.showDocument?.support === true,
    refreshesCodeLenses: capabilities.workspace?.codeLens?.refreshSupport === true,
  };
}

const changeKinds: Readonly<Record<FileChangeType, 'created' | 'changed' | 'deleted'>> = {
  [FileChangeType.Created]: 'created',
  [FileChangeType.Changed]: 'changed',
  [FileChangeType.Deleted]: 'deleted',
};

/** True when a filter of kinds admits a kind or a kind above it. */
function isWanted(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`) || wanted === '');
}
