import { Range, type Uri, WorkspaceEdit, type WorkspaceEditEntryMetadata, window, workspace } from 'vscode';
import { type SwitchEditsAnswer, type SwitchEditsParams, switchEditsRequest } from '../../server/src/lsp/protocol.ts';
import type { CommandContext } from './activate.ts';

/** Sets the AppContext switch in a configuration file that the person chooses, with a preview. */
export async function setSwitchInProgram({ client }: CommandContext): Promise<void> {
  const file = await chooseConfig();
  if (!file) {
    return;
  }
  const name = file.path.split('/').at(-1) ?? '';
  const document = (await exists(file)) ? await workspace.openTextDocument(file) : undefined;
  const params: SwitchEditsParams = { name, text: document?.getText() ?? '' };
  const answer = await client.sendRequest<SwitchEditsAnswer>(switchEditsRequest, params);
  if ('problem' in answer) {
    throw new Error(answer.problem);
  }
  if (answer.edits.length === 0) {
    void window.showInformationMessage(`Dynamics TLS: ${name} has the switch already.`);
    return;
  }
  const edit = new WorkspaceEdit();
  const metadata: WorkspaceEditEntryMetadata = {
    label: 'Set the AppContext switch for TLS 1.2',
    description: 'for this program alone',
    needsConfirmation: true,
  };
  if (document) {
    for (const { start, end, newText } of answer.edits) {
      edit.replace(file, new Range(document.positionAt(start), document.positionAt(end)), newText, metadata);
    }
  } else {
    const contents = new TextEncoder().encode(answer.edits[0]?.newText ?? '');
    edit.createFile(file, { contents, ignoreIfExists: true }, metadata);
  }
  if (await workspace.applyEdit(edit)) {
    await window.showTextDocument(file);
  }
}

declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/** Configuration files of programs in the workspace, or a file from anywhere, of which only the program may be there. */
async function chooseConfig(): Promise<Uri | undefined> {
  const other = { label: '$(folder-opened) Another program or configuration file...', uri: undefined };
  const found = await findConfigs();
  const items = found.map((uri) => ({ label: `$(file) ${workspace.asRelativePath(uri)}`, uri }));
  const choice =
    items.length === 0
      ? other
      : await window.showQuickPick([...items, other], {
          title: 'AppContext Switch',
          placeHolder: 'Which program?',
        });
  if (!choice || choice.uri) {
    return choice?.uri;
  }
  const [picked] =
    (await window.showOpenDialog({
      title: 'The program or its configuration file',
      openLabel: 'Choose',
      filters: { 'Programs and their configuration': ['exe', 'config'], 'All files': ['*'] },
    })) ?? [];
  return picked && /\.exe$/i.test(picked.path) ? picked.with({ path: `${picked.path}.config` }) : picked;
}

/** Without an answer where the file system of a browser cannot be searched. */
async function findConfigs(): Promise<Uri[]> {
  if ((workspace.workspaceFolders ?? []).some(({ uri }) => uri.scheme !== 'file' && uri.scheme !== 'vscode-remote')) {
    return [];
  }
  const files = await workspace.findFiles(
    '**/{[Aa]pp.[Cc]onfig,[Ww]eb.[Cc]onfig,*.exe.config}',
    '**/{bin,obj,packages,node_modules}/**',
    200,
  );
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function exists(file: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
