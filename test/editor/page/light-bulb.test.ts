import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { waitForBytes } from './files.ts';
import { useWindow } from './session.ts';

suite('a project that targets .NET Framework 4.5.2', () => {
  const editor = useWindow({ workspace: 'retarget' });
  const file = 'Classic.Client/Classic.Client.csproj';

  test('shows a squiggle exactly under the version', async () => {
    await editor().openFile('Classic.Client.csproj');
    await editor().waitForSquiggle('v4.5.2');
  });

  test('is listed in the Problems panel, with the projects that were never opened', async () => {
    const rows = await editor().problems((found) => found.some((row) => row.includes('Never.Opened.csproj')));
    assert.ok(
      rows.some((row) => row.startsWith('Classic.Client.csproj')),
      rows.join('\n'),
    );
    assert.ok(!rows.some((row) => row.includes('Modern.Service')), rows.join('\n'));
  });

  test('explains itself when the mouse rests on the version', async () => {
    await editor().hover('v4.5.2', (text) => text.includes('TLS') && text.includes('target-framework-too-old'));
  });

  test('is retargeted with Ctrl+. and Enter, and the bytes on disk are the expected ones', async () => {
    const workbench = editor();
    await workbench.placeCursorIn('v4.5.2');
    const [first] = await workbench.openLightBulb();
    assert.match(first ?? '', /4\.6\.2/);
    await workbench.confirm();
    await workbench.waitForText('>v4.6.2<');
    await workbench.waitForNoSquiggle();
    await workbench.save();
    const expected = await readFile(workbench.path(`${file}.fixed`));
    await waitForBytes(workbench.path(file), expected);
  });

  test('comes back with Ctrl+Z, and so does the squiggle', async () => {
    const workbench = editor();
    await workbench.undo();
    await workbench.waitForText('>v4.5.2<');
    await workbench.waitForSquiggle('v4.5.2');
    await workbench.save();
    const original = Buffer.from((await readFile(workbench.path(`${file}.fixed`), 'utf8')).replace('v4.6.2', 'v4.5.2'));
    await waitForBytes(workbench.path(file), original);
  });

  test('is retargeted by "Fix All" from the command palette', async () => {
    const workbench = editor();
    await workbench.openFile('Two.Targets.csproj');
    await workbench.waitForSquiggle('v4.5.2');
    await workbench.runCommand('Fix All');
    await workbench.waitForNoSquiggle();
    await workbench.save();
    const expected = await readFile(workbench.path('Two.Targets/Two.Targets.csproj.fixed'));
    await waitForBytes(workbench.path('Two.Targets/Two.Targets.csproj'), expected);
  });
});
