import type { Workbench } from '../../../tools/editor/workbench.ts';
import { useWindow } from './session.ts';

suite('an error text', () => {
  const editor = useWindow({ workspace: 'errors' });
  const buttons = () => editor().page.locator('.notification-list-item-buttons-container');

  test('is read from a file when nothing is selected or copied, and explained on a page', async () => {
    const workbench = editor();
    await explainFile(workbench, 'import.txt');
    await workbench.notifications((texts) => texts.some((text) => text.includes('TLS version (likely): ')));
    await workbench.page.getByRole('tab', { name: /Connection Error/ }).waitFor();
    await buttons().getByText('Check Dynamics TLS').waitFor();
  });

  test('leads to the audit with one click', async () => {
    await buttons().getByText('Audit Workspace').click();
    await editor().notifications((texts) => texts.some((text) => text.includes('0 projects, nothing to report')));
    await editor().runCommand('Notifications: Clear All Notifications');
  });

  test('that is selected is explained without a file', async () => {
    const workbench = editor();
    await workbench.openFile('import.txt');
    await workbench.placeCursorIn('Contoso.Importer');
    await workbench.page.keyboard.press('Control+A');
    // Not through runCommand, which presses Escape first and so takes the selection away.
    await workbench.page.keyboard.press('F1');
    const input = workbench.page.locator('.quick-input-widget:visible input.input');
    await input.fill('>Dynamics TLS: Explain Connection Error');
    await workbench.page.locator('.quick-input-list .monaco-list-row').getByText('Explain Connection Error').click();
    await workbench.notifications((texts) => texts.some((text) => text.includes('TLS version (likely): ')));
  });

  test('that was copied is explained when nothing is selected', async () => {
    const workbench = editor();
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.openFile('import.txt');
    await workbench.placeCursorIn('Contoso.Importer');
    await workbench.page.keyboard.press('Control+A');
    await workbench.page.keyboard.press('Control+C');
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Dynamics TLS: Explain Connection Error');
    await workbench.notifications((texts) => texts.some((text) => text.includes('TLS version (likely): ')));
    await workbench.page.getByRole('tab', { name: /Connection Error/ }).waitFor();
  });
});

/** Picks a file in VS Code's own file dialog, which closes without an answer when something else takes the focus. */
async function explainFile(workbench: Workbench, name: string): Promise<void> {
  const answer = workbench.page.getByText('TLS version (likely)').first();
  for (let attempt = 1; ; attempt++) {
    await workbench.runCommand('Dynamics TLS: Explain Connection Error');
    const input = workbench.page.locator('.quick-input-widget:visible input.input');
    try {
      await workbench.page
        .locator('.quick-input-list .monaco-list-row')
        .filter({ hasText: name })
        .waitFor({ timeout: 10_000 });
      await input.fill(workbench.path(name));
      await workbench.page.keyboard.press('Enter');
      await answer.waitFor({ timeout: 10_000 });
      return;
    } catch (error) {
      if (attempt === 3) {
        throw error;
      }
    }
  }
}
