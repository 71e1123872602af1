import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { waitForBytes } from './files.ts';
import { useWindow } from './session.ts';

suite('a C# file of a program for .NET Framework 4.5.2', () => {
  const editor = useWindow({ workspace: 'source' });

  test('has a squiggle exactly under the obsolete protocol, and none under the addition and the mask', async () => {
    await editor().openFile('Old.cs');
    await editor().waitForSquiggle('SecurityProtocolType.Tls11');
  });

  test('explains itself when the mouse rests on the protocol', async () => {
    await editor().hover(
      'SecurityProtocolType.Tls11',
      (text) => text.includes('TLS 1.1') && text.includes('obsolete-protocol-enabled'),
    );
  });

  test('allows TLS 1.2 with Ctrl+. and Enter, and the bytes on disk are the expected ones', async () => {
    const workbench = editor();
    await workbench.placeCursorIn('SecurityProtocolType.Tls11');
    const [first] = await workbench.openLightBulb();
    assert.match(first ?? '', /Add TLS 1\.2/);
    await workbench.confirm();
    await workbench.waitForNoSquiggle();
    await workbench.save();
    await waitForBytes(workbench.path('Old/Old.cs'), await readFile(workbench.path('Old/Old.cs.fixed')));
  });

  test('the same addition for 4.8 has a squiggle of its own', async () => {
    const workbench = editor();
    await workbench.openFile('New.cs');
    await workbench.waitForSquiggle('SecurityProtocolType.Tls12', 'warning');
    await workbench.placeCursorIn('SecurityProtocolType.Tls12');
    const [first] = await workbench.openLightBulb();
    assert.match(first ?? '', /Remove the line/);
  });
});
