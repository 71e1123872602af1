import { readFile } from 'node:fs/promises';
import { waitForBytes } from './files.ts';
import { useWindow } from './session.ts';

suite('a program that Visual Studio 2015 debugs in its hosting process', () => {
  const editor = useWindow({ workspace: 'hosting' });

  test('is told once, with what to do', async () => {
    await editor().notifications((texts) => texts.some((text) => text.includes('hosting process')));
    const buttons = await editor().page.locator('.notification-list-item-buttons-container').allInnerTexts();
    for (const title of ['Fix', 'Explain', "Don't Show Again"]) {
      if (!buttons.join('\n').includes(title)) {
        throw new Error(`no button "${title}": ${buttons.join(', ')}`);
      }
    }
    await editor().runCommand('Notifications: Clear All Notifications');
  });

  test('is listed by the command, and fixed with a preview', async () => {
    const workbench = editor();
    await workbench.runCommand('Dynamics TLS: Check Visual Studio 2015 Hosting Process');
    await workbench.page.getByText('Fix all 1 with a preview').waitFor();
    await workbench.page.keyboard.press('Enter');
    // The preview shows the edit before anything is changed; the person ticks and applies it there.
    const preview = workbench.page.locator('.bulk-edit-panel');
    await preview.getByText('Sync.csproj').click();
    await workbench.page.keyboard.press('Space');
    await preview.getByText('Apply').click();
    await workbench.openFile('Sync.csproj');
    await workbench.waitForText('<UseVSHostingProcess>false</UseVSHostingProcess>');
    await workbench.waitForNoSquiggle();
    await workbench.save();
    const expected = await readFile(workbench.path('Sync/Sync.csproj.fixed'));
    await waitForBytes(workbench.path('Sync/Sync.csproj'), expected);
  });
});
