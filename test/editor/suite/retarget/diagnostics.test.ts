import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { diagnosticsOf, openDocument, ruleOf, uriOf } from '../editor.ts';

suite('diagnostics', () => {
  test('a file that was never opened has its finding', async () => {
    const [finding] = await diagnosticsOf('Never.Opened/Never.Opened.csproj', 1);
    assert.ok(finding);
    assert.equal(ruleOf(finding), 'target-framework-too-old');
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
    assert.deepEqual(finding.range, new vscode.Range(3, 28, 3, 34));
    const open = vscode.workspace.textDocuments.map((document) => document.uri.toString());
    assert.ok(!open.includes(uriOf('Never.Opened/Never.Opened.csproj').toString()));
  });

  test('an opened file has its finding once, under the version, with a link to the page of the rule', async () => {
    const file = 'Classic.Client/Classic.Client.csproj';
    const document = await openDocument(file);
    const [finding] = await diagnosticsOf(file, 1);
    assert.ok(finding);
    assert.equal(document.getText(finding.range), 'v4.5.2');
    assert.equal(finding.source, 'Dynamics TLS');
    assert.ok(typeof finding.code === 'object');
    assert.match(finding.code.target.toString(), /target-framework-too-old/);
  });

  test('a project for .NET 8 has none', async () => {
    await openDocument('Modern.Service/Modern.Service.csproj');
    // The finding of the neighbour proves that the workspace has been looked at.
    await diagnosticsOf('Never.Opened/Never.Opened.csproj', 1);
    await diagnosticsOf('Modern.Service/Modern.Service.csproj', 0);
  });

  test('a finding follows the text while it is typed and goes when the version is new enough', async () => {
    const file = 'Never.Opened/Never.Opened.csproj';
    const document = await openDocument(file);
    const typed = new vscode.WorkspaceEdit();
    typed.replace(document.uri, new vscode.Range(3, 28, 3, 34), 'v4.8');
    await vscode.workspace.applyEdit(typed);
    await diagnosticsOf(file, 0);
    const back = new vscode.WorkspaceEdit();
    back.replace(document.uri, new vscode.Range(3, 28, 3, 32), 'v4.5.1');
    await vscode.workspace.applyEdit(back);
    await diagnosticsOf(file, 1);
  });

  test('a finding follows what another program writes to the disk', async () => {
    const file = 'Written.Outside/Written.Outside.csproj';
    const { fsPath } = uriOf(file);
    const text = await readFile(uriOf('Never.Opened/Never.Opened.csproj').fsPath, 'utf8');
    await mkdir(dirname(fsPath));
    // A watcher that is only just starting may miss a change; a program that writes often does not care.
    await diagnosticsWhileWriting(file, text, 1);
    await diagnosticsWhileWriting(file, text.replace('v4.5.1', 'v4.8'), 0);
  });
});

/** Writes the file, and again every three seconds, until it has so many findings. */
async function diagnosticsWhileWriting(file: string, text: string, count: number): Promise<void> {
  const { fsPath } = uriOf(file);
  const writing = setInterval(() => void writeFile(fsPath, text), 3000);
  try {
    await writeFile(fsPath, text);
    await diagnosticsOf(file, count);
  } finally {
    clearInterval(writing);
  }
}
