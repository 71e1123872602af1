import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { diagnosticsOf, uriOf } from '../editor.ts';

suite('commands', () => {
  test('"Restart Server" takes the findings away and brings them back', async () => {
    const file = 'Never.Opened/Never.Opened.csproj';
    await diagnosticsOf(file, 1);
    const counts: number[] = [];
    const listener = vscode.languages.onDidChangeDiagnostics(() =>
      counts.push(vscode.languages.getDiagnostics(uriOf(file)).length),
    );
    try {
      await vscode.commands.executeCommand('dynamicsTls.restartServer');
      await diagnosticsOf(file, 1);
      assert.ok(counts.includes(0), `number of findings over time: ${counts.join(', ')}`);
    } finally {
      listener.dispose();
    }
  });

  test('"Show Log" ends without an error', async () => {
    await vscode.commands.executeCommand('dynamicsTls.showLog');
  });
});
