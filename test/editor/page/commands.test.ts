import assert from 'node:assert/strict';
import { useWindow } from './session.ts';

suite('the commands', () => {
  const editor = useWindow({ workspace: 'retarget' });

  test('are all in the command palette', async () => {
    const titles = await editor().commandsFor('Dynamics TLS:');
    for (const title of ['Audit Workspace', 'Restart Server', 'Show Log']) {
      assert.ok(titles.includes(`Dynamics TLS: ${title}`), titles.join('\n'));
    }
  });

  test('"Audit Workspace" answers where the person looks', async () => {
    await editor().runCommand('Dynamics TLS: Audit Workspace');
    await editor().notifications((texts) => texts.some((text) => /Dynamics TLS: \d+ findings in/.test(text)));
  });

  test('"Show Log" shows the log', async () => {
    await editor().runCommand('Dynamics TLS: Show Log');
    await editor().output(({ channel }) => channel === 'Dynamics TLS');
  });

  test('"Restart Server" leaves a server that finds and fixes', async () => {
    const workbench = editor();
    await workbench.openFile('Classic.Client.csproj');
    await workbench.waitForSquiggle('v4.5.2');
    await workbench.runCommand('Dynamics TLS: Restart Server');
    await workbench.placeCursorIn('v4.5.2');
    await workbench.openLightBulb();
    await workbench.confirm();
    await workbench.waitForText('>v4.6.2<');
    await workbench.undo();
    await workbench.waitForSquiggle('v4.5.2');
  });

  test('the language status says how many findings there are', async () => {
    await editor().openFile('Classic.Client.csproj');
    await editor().languageStatus((text) => /\d+ finding|\d+ error|\d+ problem/i.test(text));
  });
});
