import assert from 'node:assert/strict';
import { useWindow } from './session.ts';

suite('a target that Directory.Build.props declares for three projects', () => {
  const editor = useWindow({ workspace: 'central' });

  test('is one finding, on the declaration', async () => {
    await editor().openFile('Directory.Build.props');
    await editor().waitForSquiggle('net452');
    const rows = await editor().problems((found) => found.some((row) => row.startsWith('Directory.Build.props')));
    // A file of the list is "name count"; a related place of a finding is "name [line] : text".
    assert.ok(!rows.some((row) => /^(?:First|Second|Third)\.csproj \d/.test(row)), rows.join('\n'));
    for (const project of ['First', 'Second', 'Third']) {
      assert.ok(
        rows.some((row) => row.includes(`Affects ${project}.csproj`)),
        rows.join('\n'),
      );
    }
  });

  test('is gone from all of them while it is edited, and comes back', async () => {
    const workbench = editor();
    await workbench.placeCursorIn('net452');
    await workbench.openLightBulb();
    await workbench.confirm();
    await workbench.waitForText('>net462<');
    await workbench.waitForNoSquiggle();
    await workbench.problems((found) => !found.some((row) => row.startsWith('Directory.Build.props')));
    await workbench.undo();
    await workbench.waitForSquiggle('net452');
  });
});
