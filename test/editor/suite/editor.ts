import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { until } from '../../../tools/editor/until.ts';

/** The identity of the extension under test: publisher and name. */
export const extensionId = 'dynamics-tls.dynamics-tls';

/** The URI of a file of the opened workspace. */
export function uriOf(file: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) {
    throw new Error('The window has no folder.');
  }
  return vscode.Uri.joinPath(folder.uri, file);
}

/** The bytes of a file on disk, read without VS Code. */
export function bytesOf(file: string): Promise<Buffer> {
  return readFile(uriOf(file).fsPath);
}

export async function openInEditor(file: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uriOf(file)));
}

/** Opens a file without showing it; edits through the API work the same. */
export async function openDocument(file: string): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(uriOf(file));
}

/** Diagnostics of the extension in a file once there are as many as wanted. */
export async function diagnosticsOf(file: string, count: number): Promise<vscode.Diagnostic[]> {
  const uri = uriOf(file);
  return until(
    `${count} finding(s) in ${file}`,
    () => vscode.languages.getDiagnostics(uri).filter((diagnostic) => ruleOf(diagnostic) !== undefined),
    (diagnostics) => diagnostics.length === count,
  );
}

/** The id of the rule that a diagnostic belongs to; undefined for diagnostics of other extensions. */
export function ruleOf(diagnostic: vscode.Diagnostic): string | undefined {
  const { code } = diagnostic;
  return typeof code === 'object' ? String(code.value) : undefined;
}

/** Code actions of one kind on a range, resolved (they have their edits). */
export async function codeActions(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> {
  const ask = () =>
    vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      kind.value,
      20,
    );
  // The editor cancels the question when its document or its providers change meanwhile, as they do after a start.
  const actions = await until(
    `code actions in ${document.fileName}`,
    () =>
      Promise.resolve(ask()).catch((error: unknown) => {
        if (error instanceof Error && error.name === 'Canceled') {
          return undefined;
        }
        throw error;
      }),
    (found) => found !== undefined,
  );
  return actions ?? [];
}

/** Applies a code action as the light bulb does: its edit first, its command afterwards. */
export async function applyAction(action: vscode.CodeAction): Promise<void> {
  if (action.edit && !(await vscode.workspace.applyEdit(action.edit))) {
    throw new Error(`The edit of "${action.title}" was refused.`);
  }
  if (action.command) {
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
  }
}

/** The range of the only occurrence of a text in a document. */
export function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const offset = document.getText().indexOf(text);
  if (offset < 0) {
    throw new Error(`"${text}" is not in ${document.uri.path}.`);
  }
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + text.length));
}

/** The bytes that a file shall have after its fix. */
export function fixedTwin(file: string): Promise<Buffer> {
  return bytesOf(`${file}.fixed`);
}

/** The text of a document as it would be with these edits, which do not overlap. */
export function textAfter(document: vscode.TextDocument, edits: readonly vscode.TextEdit[]): string {
  const fromTheEnd = [...edits].sort((one, other) => other.range.start.compareTo(one.range.start));
  return fromTheEnd.reduce((text, { range, newText }) => {
    return text.slice(0, document.offsetAt(range.start)) + newText + text.slice(document.offsetAt(range.end));
  }, document.getText());
}
