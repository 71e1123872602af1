import { window } from 'vscode';
import { type FixAllAnswer, fixAllRequest } from '../../../server/src/lsp/protocol.ts';
import type { CommandContext } from '../activate.ts';
import { applyWithPreview, withProgress } from '../views/edit-preview.ts';

/** Applies what can be fixed, with a preview: safe fixes are ticked, those to be confirmed are not. */
export async function fixAllFindings(context: CommandContext): Promise<void> {
  const answer = await withProgress(context, 'looking for fixes', () =>
    context.client.sendRequest<FixAllAnswer>(fixAllRequest),
  );
  if (!answer) {
    return;
  }
  if (answer.files === 0) {
    void window.showInformationMessage('Dynamics TLS: Nothing can be fixed by itself.');
    return;
  }
  const isApplied = await applyWithPreview(context.client, answer.edit);
  if (isApplied && answer.later > 0) {
    void window.showInformationMessage(
      `Dynamics TLS: ${answer.later} fixes to be confirmed are in files that changed now; run the command again for them.`,
    );
  }
}
