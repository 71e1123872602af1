import { commands, type ExtensionContext, type LogOutputChannel, window, workspace } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { logLanguage, type ServerStatus, statusNotification } from '../../server/src/lsp/protocol.ts';
import { serveFiles } from './client-files.ts';
import { canProbe } from './commands/check-dynamics-tls.ts';
import { noticeHostingProcess } from './commands/check-hosting-process.ts';
import { commandTable, internalCommands } from './commands/table.ts';
import { type Probing, prepareProbing } from './probing.ts';
import { registerCheckTlsLens } from './views/check-tls-lens.ts';
import { createExplanationPage, type ExplanationPage } from './views/explanation-page.ts';
import { registerLogActions } from './views/log-actions.ts';
import { recogniseLogs } from './views/log-language.ts';
import { createProcessTree } from './views/process-tree.ts';
import { createStatusItem, type StatusItem } from './views/status-item.ts';

/** What the entry points hold. */
export interface Extension {
  stop(): Thenable<void> | undefined;
}

/** What commands work with. */
export interface CommandContext {
  readonly client: BaseLanguageClient;
  readonly log: LogOutputChannel;
  readonly status: StatusItem;
  readonly probing: Probing;
  readonly explanations: ExplanationPage;
  readonly machinePage: ExplanationPage;
  readonly retargetPage: ExplanationPage;
  /** False in a browser, whatever the server says. */
  readonly hasSockets: boolean;
  /** Resolves when the server answers; rejects when it could not be started. */
  readonly started: Promise<void>;
  start(): Promise<void>;
}

/** Languages and files that the server is told about; the same list narrows the activation in package.json. */
export const documentSelector = [
  {
    pattern:
      '**/*.{csproj,vbproj,fsproj,vcxproj,props,targets,sln,slnx,slnf,config,reg,cs,vb,fs,fsx,ps1,psm1,cmd,bat,sh,js,mjs,cjs,ts,mts,cts,py,java,kt,go,php,rb,cnf,dynamics-tls.json,runtimeconfig.json,yml,yaml,dockerfile,runsettings}',
  },
  {
    pattern:
      '**/{paket.dependencies,paket.lock,paket.references,project.json,runtimeconfig.template.json,dockerfile,Dockerfile,dockerfile.*,Dockerfile.*}',
  },
  { language: logLanguage },
];

/** Wires the extension. Nothing here waits for the server or for a file system. */
export function activateExtension(
  context: ExtensionContext,
  createClient: (options: LanguageClientOptions) => BaseLanguageClient,
  { hasSockets }: { readonly hasSockets: boolean },
): Extension {
  const log = window.createOutputChannel('Dynamics TLS', { log: true });
  const status = createStatusItem(documentSelector);
  const client = createClient({
    documentSelector,
    outputChannel: log,
    diagnosticCollectionName: 'dynamics-tls',
    diagnosticPullOptions: { onChange: true, onSave: false, onFocus: false },
    initializationOptions: { clientFiles: !isOnDisk(), showsSummaries: true },
  });
  serveFiles(client);
  const probing = prepareProbing(context, client);
  const explanations = createExplanationPage('dynamics-tls-explanation', 'Connection Error');
  const machinePage = createExplanationPage('dynamics-tls-machine', 'This Machine');
  const retargetPage = createExplanationPage('dynamics-tls-retarget', 'Retarget');
  client.onNotification(statusNotification, (state: ServerStatus) => status.show(state));
  const start = async () => {
    status.show({ state: 'busy', done: 0, total: 0, errors: 0, warnings: 0, informations: 0, projects: 0 });
    await client.start();
  };
  const started = start();
  started.catch((error: unknown) => {
    log.error(`The language server could not be started: ${String(error)}`);
    status.fail(String(error));
  });
  const commandContext: CommandContext = {
    client,
    log,
    status,
    probing,
    explanations,
    machinePage,
    retargetPage,
    hasSockets,
    started,
    start,
  };
  for (const [id, run] of Object.entries({ ...commandTable, ...internalCommands })) {
    context.subscriptions.push(commands.registerCommand(id, (...args) => run(commandContext, ...args)));
  }
  noticeHostingProcess(commandContext, context.workspaceState).catch((error: unknown) => {
    log.warn(`The hosting process could not be looked for: ${String(error)}`);
  });
  context.subscriptions.push(
    log,
    status,
    explanations,
    machinePage,
    createProcessTree(client, started),
    registerLogActions(),
    recogniseLogs(context.extension.packageJSON),
    retargetPage,
    registerCheckTlsLens(client, () => canProbe(commandContext).catch(() => false)),
  );
  return { stop: () => (client.needsStop() ? client.stop() : undefined) };
}

/** True when all folders are on a disk that the server can read by itself. */
function isOnDisk(): boolean {
  return (workspace.workspaceFolders ?? []).every((folder) => folder.uri.scheme === 'file');
}
