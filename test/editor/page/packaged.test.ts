import { readFile } from 'node:fs/promises';
import { waitForBytes } from './files.ts';
import { useWindow } from './session.ts';

suite('the packaged extension in a clean profile', () => {
  const editor = useWindow({ workspace: 'retarget', isPackaged: true });

  test('finds, fixes with the keyboard and writes the expected bytes', async () => {
    const workbench = editor();
    await workbench.openFile('Classic.Client.csproj');
    await workbench.waitForSquiggle('v4.5.2');
    await workbench.placeCursorIn('v4.5.2');
    await workbench.openLightBulb();
    await workbench.confirm();
    await workbench.waitForText('>v4.6.2<');
    await workbench.save();
    const file = workbench.path('Classic.Client/Classic.Client.csproj');
    await waitForBytes(file, await readFile(`${file}.fixed`));
    await workbench.problems((rows) => rows.some((row) => row.includes('Never.Opened.csproj')));
  });
});
