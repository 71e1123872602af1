import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSession as openFolder } from '../../../server/src/cli/session.ts';
import { applyEditsToBytes, normalizePath, planRetarget } from '../../../server/src/core/index.ts';
import { until } from '../../../tools/editor/until.ts';
import type { Workbench } from '../../../tools/editor/workbench.ts';
import { useWindow } from './session.ts';

const sample = join(import.meta.dirname, '..', '..', 'scenarios', 'contoso');

suite('the sample solution, retargeted through the light bulb', () => {
  const editor = useWindow({ workspace: sample });
  const file = 'Contoso.Sync.Console.csproj';
  let before = new Map<string, string>();
  let after = new Map<string, string>();

  test('shows every file in a preview, and changes them when it is applied', async () => {
    const workbench = editor();
    ({ before, after } = expectedBytes(workbench.folder));
    await workbench.openFile(file);
    // The lens moves the line.
    await workbench.page.getByText('offers TLS 1.0 only').first().waitFor();
    await workbench.waitForSquiggle('v4.5.2');
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.placeCursorIn('v4.5.2');
    const entries = await workbench.openLightBulb();
    assert.ok(
      entries.some((entry) => entry.startsWith('Retarget solution Contoso.Dynamics.sln to .NET Framework 4.6.2')),
      entries.join('\n'),
    );
    await workbench.page
      .locator('.action-widget .monaco-list-row.action', { hasText: 'Retarget solution Contoso.Dynamics.sln' })
      .click();
    const preview = workbench.page.locator('.bulk-edit-panel');
    await preview.getByText('Contoso.Common.props').waitFor();
    assert.deepEqual(bytesOf(workbench.folder, before), before, 'nothing is changed before it is applied');
    await workbench.page.locator('.bulk-edit-panel').getByText('Apply', { exact: true }).click();
    await waitForAll(workbench, after);
    await workbench.page.getByRole('tab', { name: /Retarget/ }).waitFor();
  });

  test('comes back with one undo, in every file', async () => {
    const workbench = editor();
    await workbench.page.getByRole('tab', { name: /Contoso\.Sync\.Console\.csproj/ }).click();
    await workbench.placeCursorIn('v4.6.2');
    await workbench.undo();
    await workbench.waitForText('>v4.5.2<');
    // Files that are not open are opened for it, one after the other, so that one "Save All" may come before the last.
    await waitForAll(workbench, before, () => workbench.runCommand('File: Save All Files'));
    await workbench.waitForSquiggle('v4.5.2');
  });
});

/** What the solution's plan makes of the files that it changes, computed from the bytes on disk. */
function expectedBytes(folder: string): { before: Map<string, string>; after: Map<string, string> } {
  const io = { cwd: normalizePath(folder), signal: new AbortController().signal } as Parameters<typeof openFolder>[2];
  const session = openFolder([], {}, io);
  const { workspace } = session.analyzer.analyze();
  const solution = workspace.solutions.find(({ path }) => path.endsWith('/Contoso.Dynamics.sln'));
  const members = solution?.projects.map(({ path }) => path) ?? [];
  const { changes } = planRetarget(session.analyzer, {
    goal: '4.6.2',
    scope: members,
    named: [],
    // The editor would garble it, so the extension leaves it alone.
    isWritable: (path) => /^utf-/.test(session.disk.readFile(path)?.encoding.label ?? ''),
  });
  assert.ok(changes.length > 5, `${changes.length} files change`);
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  for (const { path, edits } of changes) {
    const content = session.disk.readFile(path);
    assert.ok(content);
    before.set(session.display(path), Buffer.from(content.bytes).toString('latin1'));
    after.set(session.display(path), Buffer.from(applyEditsToBytes(content.bytes, content, edits)).toString('latin1'));
  }
  return { before, after };
}

function bytesOf(folder: string, names: ReadonlyMap<string, unknown>): Map<string, string> {
  return new Map([...names.keys()].map((name) => [name, readFileSync(join(folder, name)).toString('latin1')]));
}

async function waitForAll(
  workbench: Workbench,
  expected: ReadonlyMap<string, string>,
  save: () => Promise<void> = async () => {},
): Promise<void> {
  await until(
    'the expected bytes in all files',
    async () => {
      await save();
      const now = bytesOf(workbench.folder, expected);
      return [...expected].filter(([name, bytes]) => now.get(name) !== bytes).map(([name]) => name);
    },
    (different) => different.length === 0,
  );
}
