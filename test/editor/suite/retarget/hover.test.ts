import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../../tools/editor/until.ts';
import { openDocument, rangeOf } from '../editor.ts';

suite('hover', () => {
  test('a target framework explains what it offers and names its source', async () => {
    const document = await openDocument('Classic.Client/Classic.Client.csproj');
    const text = await until(
      'the hover',
      () => hoverText(document, rangeOf(document, 'v4.5.2').start),
      (hover) => hover.includes('TLS'),
    );
    assert.match(text, /https:\/\/learn\.microsoft\.com\//);
  });
});

async function hoverText(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap((hover) => hover.contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}
