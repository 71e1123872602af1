import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type InitializeResult,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver-protocol/node';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface ClientOptions {
  readonly folders: readonly string[];
  /** Settings below `dynamicsTls` that `workspace/configuration` answers; may be replaced later. */
  settings?: unknown;
  /** Leaves pull diagnostics out, as old clients do. */
  readonly pushOnly?: boolean;
  /** Lets edits make files. */
  readonly createsFiles?: boolean;
  /** Understands change annotations, and shows what is left to do after a retarget. */
  readonly hasPreview?: boolean;
  /** What runs: the built server, or the command line's server. */
  readonly command?: readonly string[];
  /** Variables beside those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A client of the built server over stdio. */
export class LspClient {
  readonly connection: ProtocolConnection;
  readonly logs: string[] = [];
  readonly shown: string[] = [];
  readonly published = new Map<string, Diagnostic[]>();
  initializeResult: InitializeResult | undefined;
  readonly options: ClientOptions;
  readonly #process: ChildProcess;
  #waiting: { isDone: () => boolean; resolve: () => void }[] = [];

  private constructor(options: ClientOptions) {
    this.options = options;
    const [file = '', ...args] = options.command ?? [`${root}dist/server.js`, '--stdio'];
    this.#process = spawn(process.execPath, [file, ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...options.environment },
    });
    const { stdin, stdout } = this.#process;
    if (!stdin || !stdout) {
      throw new Error('no pipes');
    }
    this.connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
  }

  static async start(options: ClientOptions): Promise<LspClient> {
    const client = new LspClient(options);
    client.#listen();
    const capabilities: ClientCapabilities = {
      textDocument: {
        ...(options.pushOnly ? {} : { diagnostic: { dynamicRegistration: false } }),
        codeAction: {
          codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
          resolveSupport: { properties: ['edit'] },
          isPreferredSupport: true,
        },
      },
      workspace: {
        configuration: true,
        workspaceFolders: true,
        workspaceEdit: {
          documentChanges: true,
          ...(options.createsFiles ? { resourceOperations: ['create' as const] } : {}),
          ...(options.hasPreview ? { changeAnnotationSupport: { groupsOnLabel: true } } : {}),
        },
        diagnostics: { refreshSupport: true },
        didChangeWatchedFiles: { dynamicRegistration: true },
      },
      window: { workDoneProgress: true },
    };
    client.initializeResult = await client.connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: options.folders.map((folder) => ({ uri: uriOf(folder), name: folder })),
      capabilities,
      initializationOptions: { showsSummaries: options.hasPreview === true },
    });
    await client.connection.sendNotification('initialized', {});
    return client;
  }

  async open(path: string, text: string, version = 1, languageId = 'xml'): Promise<void> {
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: uriOf(path), languageId, version, text },
    });
  }

  async change(path: string, text: string, version: number): Promise<void> {
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: uriOf(path), version },
      contentChanges: [{ text }],
    });
  }

  async diagnostics(path: string): Promise<Diagnostic[]> {
    const report = await this.report(path);
    return report.kind === 'full' ? report.items : [];
  }

  report(path: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri: uriOf(path) },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  }

  async workspaceDiagnostics(
    previousResultIds: { uri: string; value: string }[] = [],
  ): Promise<WorkspaceDocumentDiagnosticReport[]> {
    const report = await this.connection.sendRequest<{ items: WorkspaceDocumentDiagnosticReport[] }>(
      'workspace/diagnostic',
      { previousResultIds },
    );
    return report.items;
  }

  /** Waits for a state that notifications bring about. */
  async until(isDone: () => boolean): Promise<void> {
    if (!isDone()) {
      await new Promise<void>((resolve) => this.#waiting.push({ isDone, resolve }));
    }
  }

  async stop(): Promise<number | null> {
    const closed = once(this.#process, 'exit');
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const [code] = await closed;
    this.connection.dispose();
    return code as number | null;
  }

  #listen(): void {
    const { connection } = this;
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => this.options.settings ?? null),
    );
    connection.onRequest('client/registerCapability', () => null);
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes++;
      this.#check();
      return null;
    });
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.logs.push(message);
      this.#check();
    });
    connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      this.shown.push(message);
      this.#check();
    });
    connection.onRequest('window/showMessageRequest', ({ message }: { message: string }) => {
      this.shown.push(message);
      this.#check();
      return null;
    });
    connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => {
        this.published.set(uri, diagnostics);
        this.#check();
      },
    );
    connection.listen();
  }

  refreshes = 0;

  #check(): void {
    const done = this.#waiting.filter(({ isDone }) => isDone());
    this.#waiting = this.#waiting.filter((entry) => !done.includes(entry));
    for (const { resolve } of done) {
      resolve();
    }
  }
}

export function uriOf(path: string): string {
  return pathToFileURL(path).toString();
}
