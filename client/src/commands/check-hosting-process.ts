import { env, Position, Range, Uri, WorkspaceEdit, type WorkspaceEditEntryMetadata, window, workspace } from 'vscode';
import { type HostingProcessResult, hostingProcessRequest } from '../../../server/src/lsp/protocol.ts';
import type { CommandContext } from '../activate.ts';

const explanation = 'https://github.com/dynamics-tls/dynamics-tls/blob/main/docs/rules/hosting-process-2015.md';

/** What shows that Visual Studio 2015 is used, in a few words. */
const signWords = {
  solution: 'saved by Visual Studio 2015',
  'tools-version': 'ToolsVersion 14.0',
  folder: 'opened with Visual Studio 2015 (.vs)',
} as const;

/** Lists the programs that Visual Studio 2015 debugs in its hosting process, and fixes them with a preview. */
export async function checkHostingProcess({ client, started }: CommandContext): Promise<void> {
  await started;
  const result = await client.sendRequest<HostingProcessResult>(hostingProcessRequest);
  if (result.programs.length === 0) {
    const files = result.files.length > 0 ? ` ${result.files.length} of its files are part of the workspace.` : '';
    void window.showInformationMessage(
      `No program of this workspace is debugged in the hosting process of Visual Studio 2015.${files}`,
    );
    return;
  }
  const fixAll = { label: `$(lightbulb) Fix all ${result.programs.length} with a preview`, action: 'fix' as const };
  const explain = { label: '$(question) Explain', action: 'explain' as const };
  const programs = result.programs.map(({ uri, place, sign }) => ({
    label: `$(file) ${workspace.asRelativePath(Uri.parse(uri))}`,
    description: signWords[sign],
    action: 'open' as const,
    place,
  }));
  const choice = await window.showQuickPick([fixAll, explain, ...programs], {
    title: 'Visual Studio 2015 Hosting Process',
    placeHolder: `Under F5 in Visual Studio 2015${result.isInstalled ? ', which is installed here,' : ''} these programs offer no TLS 1.2, whatever they target.`,
    matchOnDescription: true,
  });
  if (choice?.action === 'fix') {
    await previewFix(result);
  } else if (choice?.action === 'explain') {
    await env.openExternal(Uri.parse(explanation));
  } else if (choice && 'place' in choice) {
    const { start, end } = choice.place.range;
    const selection = new Range(new Position(start.line, start.character), new Position(end.line, end.character));
    await window.showTextDocument(Uri.parse(choice.place.uri), { selection });
  }
}

/** Says once that there is such a program, until a button was chosen. Nothing is changed without a click. */
export async function noticeHostingProcess(
  { client, started }: CommandContext,
  state: { get(key: string): unknown; update(key: string, value: unknown): Thenable<void> },
): Promise<void> {
  const key = 'dynamicsTls.hostingProcessNoticed';
  if (state.get(key)) {
    return;
  }
  await started;
  const result = await client.sendRequest<HostingProcessResult>(hostingProcessRequest);
  const sure = result.programs.filter(({ sign }) => sign === 'solution');
  if (sure.length === 0) {
    return;
  }
  const names = sure.length === 1 ? '1 program' : `${sure.length} programs`;
  const choice = await window.showWarningMessage(
    `Dynamics TLS: Visual Studio 2015 debugs ${names} of this workspace in its hosting process, which offers no TLS 1.2.`,
    'Fix',
    'Explain',
    "Don't Show Again",
  );
  if (choice) {
    await state.update(key, true);
  }
  if (choice === 'Fix') {
    await previewFix(result);
  } else if (choice === 'Explain') {
    await env.openExternal(Uri.parse(explanation));
  }
}

/** Shows the edits in the refactor preview; they are made when the person applies them there. */
async function previewFix(result: HostingProcessResult): Promise<void> {
  const edit = new WorkspaceEdit();
  const metadata: WorkspaceEditEntryMetadata = {
    label: 'Debug without the Visual Studio hosting process',
    needsConfirmation: true,
  };
  const { documentChanges } = result.edit as {
    documentChanges: {
      textDocument: { uri: string };
      edits: { range: HostingProcessResult['programs'][0]['place']['range']; newText: string }[];
    }[];
  };
  for (const { textDocument, edits } of documentChanges) {
    for (const { range, newText } of edits) {
      edit.replace(
        Uri.parse(textDocument.uri),
        new Range(range.start.line, range.start.character, range.end.line, range.end.character),
        newText,
        metadata,
      );
    }
  }
  await workspace.applyEdit(edit, { isRefactoring: true });
}
