import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../../tools/editor/until.ts';
import { extensionId } from '../editor.ts';

suite('activation', () => {
  test('the extension activates by itself in a folder with projects', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension, `${extensionId} is not installed`);
    await until(
      'the extension to become active',
      () => extension.isActive,
      (isActive) => isActive,
    );
  });

  test('every command of the manifest exists', async () => {
    const manifest = vscode.extensions.getExtension(extensionId)?.packageJSON;
    const declared: string[] = manifest.contributes.commands.map((entry: { command: string }) => entry.command);
    const existing = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      declared.filter((command) => !existing.has(command)),
      [],
    );
    assert.ok(declared.length >= 3);
  });
});
