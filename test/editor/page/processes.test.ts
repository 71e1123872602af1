import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { until } from '../../../tools/editor/until.ts';
import type { Workbench } from '../../../tools/editor/workbench.ts';
import { accessibilityProblems } from './result-page.ts';
import { useWindow } from './session.ts';

const tree = (workbench: Workbench) => workbench.page.locator('.customview-tree .monaco-list');
const rows = (workbench: Workbench) => tree(workbench).locator('.monaco-list-row');

/** The labels of the rows, as a screen reader says them, once they are as wanted. */
function labels(workbench: Workbench, accept: (labels: string[]) => boolean): Promise<string[]> {
  return until(
    'the wanted rows in the tree',
    () => rows(workbench).evaluateAll((elements) => elements.map((row) => row.getAttribute('aria-label') ?? '')),
    accept,
  );
}

suite('the view of the processes', () => {
  const editor = useWindow({ workspace: 'processes' });

  test('shows every process with its verdict in words, the unsafe one first, and counts it', async () => {
    const workbench = editor();
    await workbench.runCommand('Dynamics TLS: Focus on Processes View');
    const found = await labels(workbench, (texts) => texts.length === 3);
    assert.match(found[0] ?? '', /^Old\.Client\.csproj, unsafe, offers TLS 1\.0 only/);
    assert.match(found[1] ?? '', /^New\.Client\.csproj, safe, offers what Windows offers/);
    assert.match(found[2] ?? '', /^Contoso\.Plugins\.csproj, not affected/);
    await workbench.page
      .locator('.activitybar .action-item', {
        has: workbench.page.locator('[aria-label*="1 process offers no TLS 1.2"]'),
      })
      .locator('.badge-content')
      .filter({ hasText: /^1$/ })
      .waitFor();
  });

  test('opens a process with the keyboard, and a reason at its line', async () => {
    const workbench = editor();
    const { keyboard } = workbench.page;
    await rows(workbench).first().click();
    await labels(workbench, (texts) => texts.some((text) => text.includes('The smallest change that helps.')));
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    await rows(workbench)
      .filter({ hasText: 'which offers SSL 3.0 and TLS 1.0' })
      .locator('xpath=self::*[contains(@class, "focused")]')
      .waitFor();
    await keyboard.press('Enter');
    await workbench.page.locator('.tab.active[data-resource-name="Old.Client.csproj"]').waitFor();
    await workbench.page.locator('[id="status.editor.selection"]', { hasText: 'Ln 4, Col 35 (6 selected)' }).waitFor();
  });

  test('has the commands in its context menu, by the keyboard as well', async () => {
    const workbench = editor();
    await rows(workbench).first().click();
    await workbench.page.keyboard.press('Shift+F10');
    const entries = workbench.page.locator('.monaco-menu .action-item .action-label');
    const found = await until(
      'the context menu',
      async () => (await entries.allInnerTexts()).map((text) => text.trim()).filter(Boolean),
      (texts) => texts.length > 4,
    );
    for (const entry of [
      'Go to Deciding Place',
      'Retarget Project',
      'Check Dynamics TLS',
      'Create TLS Report',
      'Copy Verdict',
    ]) {
      assert.ok(found.includes(entry), found.join('\n'));
    }
    // From the top up is to the last entry.
    await workbench.page.keyboard.press('ArrowUp');
    await workbench.page.locator('.monaco-menu .action-item.focused', { hasText: 'Copy Verdict' }).waitFor();
    await workbench.page.keyboard.press('Enter');
    const copied = await until(
      'the copied verdict',
      () => workbench.page.evaluate('navigator.clipboard.readText()') as Promise<string>,
      (text) => text.startsWith('Old.Client.csproj: '),
    );
    assert.match(copied, /^Old\.Client\.csproj: unsafe, offers TLS 1\.0 only\n- The entry assembly/);
    assert.match(copied, /Change: Target \.NET Framework 4\.6\.2 or later \(Old\.Client\/Old\.Client\.csproj:4\)/);
  });

  test('follows an edit', async () => {
    const workbench = editor();
    await workbench.openFile('Old.Client.csproj');
    await workbench.waitForSquiggle('v4.5.2');
    await workbench.placeCursorIn('v4.5.2');
    await workbench.openLightBulb();
    await workbench.confirm();
    await workbench.waitForText('>v4.6.2<');
    await workbench.runCommand('Dynamics TLS: Focus on Processes View');
    await labels(workbench, (texts) => texts.some((text) => text.startsWith('Old.Client.csproj, safe, ')));
    await workbench.openFile('Old.Client.csproj');
    await workbench.undo();
  });
});

suite('the view of the processes without any', () => {
  const editor = useWindow({ workspace: 'errors' });

  test('says so, and what can be done', async () => {
    const workbench = editor();
    await workbench.runCommand('Dynamics TLS: Focus on Processes View');
    const welcome = workbench.page.locator('.welcome-view-content');
    await welcome.getByText('No process of .NET was found').waitFor();
    await welcome.getByRole('button', { name: 'Explain Connection Error' }).waitFor();
    await welcome.getByRole('button', { name: 'Audit Workspace' }).click();
    await workbench.notifications((texts) => texts.some((text) => text.includes('0 projects')));
  });
});

suite('"Create TLS Report"', () => {
  const editor = useWindow({ workspace: 'processes' });

  for (const [choice, file] of [
    ['Page (HTML)', 'tls-report.html'],
    ['Markdown', 'tls-report.md'],
  ] as const) {
    test(`writes ${file} where the person wants it`, async () => {
      const workbench = editor();
      await createReport(workbench, choice, file);
      const text = readFileSync(workbench.path(file), 'utf8');
      assert.ok(text.includes('Must be recompiled'));
      assert.ok(text.includes('Old.Client/Old.Client.csproj#L4'));
    });
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`has a page without accessibility problems, ${colorScheme}`, async () => {
      const workbench = editor();
      const page = await workbench.page.context().newPage();
      await page.emulateMedia({ colorScheme });
      await page.setContent(readFileSync(workbench.path('tls-report.html'), 'utf8'));
      assert.deepEqual(await accessibilityProblems(page.mainFrame()), []);
      await page.close();
    });
  }
});

/** Types the command in the palette and answers its two questions. */
async function createReport(workbench: Workbench, choice: string, file: string): Promise<void> {
  const { page } = workbench;
  const input = page.locator('.quick-input-widget:visible input.input');
  for (let attempt = 1; ; attempt++) {
    try {
      await workbench.runCommand('Dynamics TLS: Create TLS Report');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: choice }).click({ timeout: 10_000 });
      await until(
        'the question for the file',
        async () => ((await input.isVisible()) ? input.inputValue() : ''),
        (value) => value.endsWith(file),
        10_000,
      );
      await page.keyboard.press('Enter');
      await until(
        'the report',
        async () => existsSync(workbench.path(file)),
        (isThere) => isThere,
        10_000,
      );
      await workbench.notifications((texts) => texts.some((text) => text.includes(`${file} is written`)));
      return;
    } catch (error) {
      if (attempt === 3) {
        throw error;
      }
    }
  }
}
