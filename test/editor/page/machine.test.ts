import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Frame } from 'playwright-core';
import { until } from '../../../tools/editor/until.ts';
import type { Workbench } from '../../../tools/editor/workbench.ts';
import { waitForBytes } from './files.ts';
import { accessibilityProblems } from './result-page.ts';
import { useWindow } from './session.ts';

suite('a machine and its registry', () => {
  const editor = useWindow({ workspace: 'machine' });
  const rows = () => editor().page.locator('.quick-input-list .monaco-list-row');

  test('is spared where the light bulb sets the switch of a program that cannot be retargeted', async () => {
    const workbench = editor();
    await workbench.openFile('Export.csproj');
    await workbench.waitForSquiggle('v4.0');
    await workbench.placeCursorIn('v4.0');
    const titles = await workbench.openLightBulb();
    assert.ok(titles[0]?.includes('Retarget to .NET Framework 4.6.2'), titles.join('\n'));
    const alternative = workbench.page.locator('.action-widget .monaco-list-row').filter({ hasText: 'Alternative: ' });
    await alternative.click();
    // The target stays too old: what is left is one level lower, and says why.
    await workbench.waitForSquiggle('v4.0', 'warning');
    await workbench.waitForText('<None Include="App.config" />');
    await workbench.runCommand('File: Save All Files');
    const config = await until(
      'the configuration file',
      () => readFile(workbench.path('Export/App.config'), 'utf8').catch(() => ''),
      (text) => text !== '',
    );
    assert.match(config, /DontEnableSchUseStrongCrypto=false/);
  });

  test('is checked from an exported registry file, and shown on a page that everybody can read', async () => {
    const workbench = editor();
    await pickPath(workbench, 'Dynamics TLS: Check This Machine', 'counter-pc.reg', 'counter-pc.reg');
    await workbench.notifications((texts) => texts.some((text) => text.includes('1 problem and 1 warning')));
    await workbench.page.getByRole('tab', { name: /This Machine/ }).waitFor();
    const page = await pageWith(workbench, 'This machine');
    const text = (await page.locator('body').allInnerTexts()).join('\n');
    assert.match(text, /Windows 7 \(build 7601\), \.NET Framework 4\.8/);
    assert.match(text, /Problem: TLS 1\.2 of Windows/);
    assert.match(text, /Protocols\\TLS 1\.2\\Client\\Enabled: not set/);
    assert.match(text, /Unified Service Desk older than 3\.1/);
    assert.deepEqual(await problemsOf(page), []);
  });

  test('leads to the registry file with one click, which is written and not applied', async () => {
    const workbench = editor();
    const buttons = workbench.page.locator('.notification-list-item-buttons-container');
    await buttons.getByText('Create Registry File').click();
    await rows().filter({ hasText: 'The whole machine' }).click();
    await rows().filter({ hasText: 'Schannel' }).waitFor();
    await rows().filter({ hasText: 'Schannel' }).click();
    await workbench.page.keyboard.press('Enter');
    await rows().filter({ hasText: 'Sync' }).waitFor();
    // The dialog begins in the folder of the workspace.
    await workbench.page.getByRole('button', { name: 'Write Here' }).click();
    await workbench.notifications((texts) => texts.some((text) => text.includes('Nothing was applied')));
    await workbench.waitForText('It is for the whole machine');
    const bytes = await readFile(workbench.path('dynamics-tls.reg'));
    assert.deepEqual([...bytes.subarray(0, 2)], [0xff, 0xfe]);
    for (const name of ['dynamics-tls-undo.reg', 'dynamics-tls.ps1', 'dynamics-tls-undo.ps1']) {
      assert.ok((await readFile(workbench.path(name))).length > 0, name);
    }
    assert.ok(bytes.toString('utf16le').includes('SCHANNEL'));
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  test('needs nothing of it where one program gets the switch, with a preview', async () => {
    const workbench = editor();
    await workbench.runCommand('Dynamics TLS: Create Registry File');
    await rows().filter({ hasText: 'One program' }).click();
    await rows().filter({ hasText: 'Sync/App.config' }).click();
    const preview = workbench.page.locator('.bulk-edit-panel');
    await preview.getByText('App.config').first().click();
    await workbench.page.keyboard.press('Space');
    await preview.getByText('Apply').click();
    await workbench.waitForText('DontEnableSchUseStrongCrypto=false');
    await workbench.save();
    await waitForBytes(workbench.path('Sync/App.config'), await readFile(workbench.path('Sync/App.config.fixed')));
  });
});

/** Picks a path in VS Code's own file dialog, which closes without an answer when something else takes the focus. */
async function pickPath(workbench: Workbench, command: string, row: string, path: string): Promise<void> {
  const input = workbench.page.locator('.quick-input-widget:visible input.input');
  for (let attempt = 1; ; attempt++) {
    await workbench.runCommand(command);
    try {
      const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
      await rows.filter({ hasText: row }).waitFor({ timeout: 10_000 });
      await input.fill(workbench.path(path));
      await workbench.page.keyboard.press('Enter');
      await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: 10_000 });
      return;
    } catch (error) {
      if (attempt === 3) {
        throw error;
      }
    }
  }
}

/** The Markdown preview that shows a heading. */
async function pageWith(workbench: Workbench, heading: string): Promise<Frame> {
  let found: Frame | undefined;
  await until(
    `a page with the heading ${heading}`,
    async () => {
      for (const frame of workbench.page.frames().filter((candidate) => candidate.url().includes('/pre/fake.html'))) {
        const texts = await frame
          .locator('h1')
          .allInnerTexts()
          .catch(() => []);
        found = texts.some((text) => text.includes(heading)) ? frame : found;
      }
      return found;
    },
    () => found !== undefined,
  );
  return found as Frame;
}

/** What belongs to our text; the frame around it is VS Code's own. */
async function problemsOf(page: Frame): Promise<string[]> {
  return (await accessibilityProblems(page)).filter(
    (problem) => !/document-title|html-has-lang|region|landmark|color-contrast/.test(problem),
  );
}
