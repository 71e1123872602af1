import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../../tools/editor/until.ts';
import {
  applyAction,
  bytesOf,
  codeActions,
  diagnosticsOf,
  fixedTwin,
  openInEditor,
  rangeOf,
  textAfter,
} from '../editor.ts';

suite('fixes', () => {
  test('the quick fix changes the bytes of the version and no others, and undo restores them', async () => {
    const file = 'Classic.Client/Classic.Client.csproj';
    const before = await bytesOf(file);
    const { document } = await openInEditor(file);
    await diagnosticsOf(file, 1);

    const actions = await codeActions(document, rangeOf(document, 'v4.5.2'), vscode.CodeActionKind.QuickFix);
    const preferred = actions.filter((action) => action.isPreferred);
    assert.equal(preferred.length, 1, `preferred actions: ${actions.map((action) => action.title).join(', ')}`);
    await applyAction(preferred[0] as vscode.CodeAction);
    await document.save();
    assert.deepEqual(await bytesOf(file), await fixedTwin(file));
    await diagnosticsOf(file, 0);

    await vscode.commands.executeCommand('undo');
    await document.save();
    assert.deepEqual(await bytesOf(file), before);
    await diagnosticsOf(file, 1);
  });

  test('"fix all" retargets every finding of the file', async () => {
    const file = 'Two.Targets/Two.Targets.csproj';
    const before = await bytesOf(file);
    const { document } = await openInEditor(file);
    await diagnosticsOf(file, 2);

    const kind = vscode.CodeActionKind.SourceFixAll.append('dynamicsTls');
    const everything = new vscode.Range(0, 0, document.lineCount, 0);
    const [action, ...others] = await codeActions(document, everything, kind);
    assert.ok(action, 'no action of the kind source.fixAll.dynamicsTls');
    assert.deepEqual(others, []);
    await applyAction(action);
    await document.save();
    assert.deepEqual(await bytesOf(file), await fixedTwin(file));
    await diagnosticsOf(file, 0);

    await vscode.commands.executeCommand('undo');
    await document.save();
    assert.deepEqual(await bytesOf(file), before);
  });

  test('the setting for the target decides what the quick fix writes, without a restart', async () => {
    const file = 'Classic.Client/Classic.Client.csproj';
    const { document } = await openInEditor(file);
    await diagnosticsOf(file, 1);
    const configuration = vscode.workspace.getConfiguration('dynamicsTls');
    await configuration.update('targetFramework', '4.8', vscode.ConfigurationTarget.Workspace);
    try {
      await until(
        'a quick fix that retargets to 4.8',
        async () => {
          const actions = await codeActions(document, rangeOf(document, 'v4.5.2'), vscode.CodeActionKind.QuickFix);
          return actions.map((action) => textAfter(document, action.edit?.get(document.uri) ?? []));
        },
        ([first]) => first?.includes('>v4.8<') === true && !first.includes('v4.5.2'),
      );
    } finally {
      await configuration.update('targetFramework', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  test('saving fixes everything where the user asked for it', async () => {
    const file = 'Two.Targets/Two.Targets.csproj';
    const { document } = await openInEditor(file);
    await diagnosticsOf(file, 2);
    const configuration = vscode.workspace.getConfiguration('editor', document.uri);
    await configuration.update(
      'codeActionsOnSave',
      { 'source.fixAll.dynamicsTls': 'explicit' },
      vscode.ConfigurationTarget.Workspace,
    );
    try {
      // What Ctrl+S runs; unlike document.save() it also saves a document without changes.
      await vscode.commands.executeCommand('workbench.action.files.save');
      assert.deepEqual(await bytesOf(file), await fixedTwin(file));
    } finally {
      await configuration.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
