import { commands, ProgressLocation, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { CommandContext } from '../activate.ts';

/** What is looked at of LSP's WorkspaceEdit. */
interface VersionedEdit {
  readonly documentChanges?: readonly {
    readonly textDocument: { readonly uri: string; readonly version: number | null };
  }[];
}

/**
 * Shows an edit of the server in the refactor preview; true when the person applied it there. An edit of texts that
 * have changed meanwhile is refused, and the person told.
 */
export async function applyWithPreview(client: BaseLanguageClient, edit: unknown): Promise<boolean> {
  if (isOutdated(edit as VersionedEdit)) {
    void window.showWarningMessage('Dynamics TLS: A file was changed meanwhile. Run the command again.');
    return false;
  }
  const converted = await client.protocol2CodeConverter.asWorkspaceEdit(
    edit as Parameters<typeof client.protocol2CodeConverter.asWorkspaceEdit>[0],
  );
  return converted !== undefined && (await workspace.applyEdit(converted, { isRefactoring: true }));
}

function isOutdated({ documentChanges = [] }: VersionedEdit): boolean {
  const versions = new Map(workspace.textDocuments.map(({ uri, version }) => [uri.toString(), version]));
  return documentChanges.some(({ textDocument: { uri, version } }) => {
    const open = versions.get(uri);
    return version !== null && open !== undefined && open !== version;
  });
}

/** Runs something that takes a while; undefined, with a message, when it failed. */
export async function withProgress<T>(
  { started, log }: CommandContext,
  what: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await window.withProgress(
      { location: ProgressLocation.Notification, title: `Dynamics TLS: ${what}` },
      async () => {
        await started;
        return work();
      },
    );
  } catch (error) {
    log.error(`${what}: ${String(error)}`);
    const choice = await window.showErrorMessage('Dynamics TLS: That failed. The log says why.', 'Show Log');
    if (choice) {
      await commands.executeCommand('dynamicsTls.showLog');
    }
    return undefined;
  }
}
