import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../../tools/editor/until.ts';
import type { Workbench } from '../../../tools/editor/workbench.ts';
import { repositoryRoot } from '../places.ts';
import { copyWorkspace, type WorkspaceCopy } from '../workspaces.ts';
import { useWindow } from './session.ts';

suite('the log of a Dynamics tool', () => {
  const editor = useWindow({ workspace: 'logs' });

  test('is recognised by its first line, and a log of another program is not', async () => {
    const workbench = editor();
    const language = workbench.page.locator('[id="status.editor.mode"]');
    await workbench.openFile('service.log');
    await language.filter({ hasText: /^Log$/ }).waitFor();
    await workbench.openFile('session.log');
    await language.filter({ hasText: 'Dynamics Tooling Log' }).waitFor();
  });

  test('has a squiggle under the sentence that decides, and a problem that says what to do', async () => {
    const workbench = editor();
    await workbench.waitForSquiggle('remote party has closed the transport stream', 'warning');
    await workbench.problems((rows) =>
      rows.some((row) => /TLS version \(likely\): .*Next: Find the project/.test(row)),
    );
  });

  test('folds its stacks and inner exceptions', async () => {
    const workbench = editor();
    await workbench.openFile('session.log');
    await workbench.waitForText('MetadataLocationRetriever.DownloadMetadata');
    await workbench.runCommand('Fold All');
    await until(
      'no stack',
      () => workbench.visibleText(),
      (text) => text.includes('Metadata contains a reference') && !text.includes('DownloadMetadata'),
    );
    await workbench.runCommand('Unfold All');
    await workbench.waitForText('MetadataLocationRetriever.DownloadMetadata');
  });

  test('offers its explanation in the light bulb', async () => {
    const workbench = editor();
    await workbench.placeCursorIn('closed the transport stream');
    const entries = await workbench.openLightBulb();
    if (!entries.some((entry) => entry.includes('Explain the errors of this log'))) {
      throw new Error(entries.join('\n'));
    }
    await workbench.confirm();
    await workbench.notifications((texts) => texts.some((text) => text.includes('TLS version (likely): ')));
    await workbench.page.getByRole('tab', { name: /Connection Error/ }).waitFor();
    await workbench.runCommand('Notifications: Clear All Notifications');
  });
});

suite('a task with the problem matchers', () => {
  const wish = { workspace: 'logs', settings: { 'dynamicsTls.analyzeWorkspace': false } };
  let prepared: WorkspaceCopy | undefined;
  suiteSetup(async () => {
    prepared = await copyWorkspace('logs');
    await writeTasks(join(prepared.folder, '.vscode', 'tasks.json'));
    wish.workspace = prepared.folder;
  });
  const editor = useWindow(wish);
  suiteTeardown(() => prepared?.remove());

  test('"$dynamics-tls" turns the output of the audit in a terminal into problems', async () => {
    const workbench = editor();
    await runTask(workbench, 'Tasks: Run Build Task', 'audit');
    await workbench.problems((rows) =>
      rows.some((row) => row.includes('offers only SSL 3.0 and TLS 1.0') && row.includes('target-framework-too-old')),
    );
  });

  test('"$dynamics-tls-explain-error" marks the decisive line of a log', async () => {
    const workbench = editor();
    await workbench.runCommand('Terminal: Kill All Terminals');
    await runTask(workbench, 'Tasks: Run Test Task', 'explain');
    await workbench.problems((rows) =>
      rows.some((row) => row.includes('remote party has closed') && /tls-version.*Ln 9/.test(row)),
    );
  });
});

/** Tasks cannot name the repository by themselves: the workspace is a copy somewhere else. Done before it is opened. */
async function writeTasks(path: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  await writeFile(
    path,
    text.replaceAll('NODE', process.execPath).replaceAll('CLI', join(repositoryRoot, 'dist/cli.js')),
  );
}

/** Runs a task and waits for its terminal. Right after a window has opened, VS Code may drop a task without a word. */
async function runTask(workbench: Workbench, command: string, name: string): Promise<void> {
  const terminal = workbench.page.locator('.part.panel').getByText(`${name} - Task`).first();
  for (let attempt = 1; ; attempt++) {
    await workbench.runCommand(command);
    try {
      await terminal.waitFor({ timeout: 10_000 });
      return;
    } catch (error) {
      if (attempt === 4) {
        throw error;
      }
    }
  }
}
