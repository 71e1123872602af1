import { commands, ProgressLocation, window, workspace } from 'vscode';
import { auditRequest } from '../../../server/src/lsp/protocol.ts';
import type { CommandContext } from '../activate.ts';

/** Looks at all files of the workspace anew and shows the result in the Problems panel. */
export async function auditWorkspace({ client, started, log }: CommandContext): Promise<void> {
  if (!workspace.workspaceFolders?.length) {
    void window.showInformationMessage('Dynamics TLS: Open a folder first; there is nothing to audit.');
    return;
  }
  const result = await window.withProgress(
    { location: ProgressLocation.Notification, title: 'Dynamics TLS: auditing the workspace', cancellable: true },
    async (_, token) => {
      await started;
      return client.sendRequest<{ findings: number; files: number; projects: number } | null>(
        auditRequest,
        undefined,
        token,
      );
    },
  );
  if (!result) {
    const choice = await window.showErrorMessage('Dynamics TLS: The audit failed. The log says why.', 'Show Log');
    if (choice) {
      log.show();
    }
    return;
  }
  const text =
    result.findings === 0
      ? `Dynamics TLS: ${result.projects} projects, nothing to report.`
      : `Dynamics TLS: ${result.findings} findings in ${result.files} files (${result.projects} projects).`;
  const choice = await window.showInformationMessage(text, ...(result.findings > 0 ? ['Show Problems'] : []));
  if (choice) {
    await commands.executeCommand('workbench.actions.view.problems');
  }
}
