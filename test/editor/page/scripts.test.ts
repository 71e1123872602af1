import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { waitForBytes } from './files.ts';
import { useWindow } from './session.ts';

suite('a folder with nothing but scripts', () => {
  const editor = useWindow({ workspace: 'scripts' });

  test('the light bulb allows TLS 1.2 before the first connection, behind param and with the line ends of the file', async () => {
    const workbench = editor();
    await workbench.openFile('connect.ps1');
    await workbench.waitForSquiggle('Get-CrmConnection', 'warning');
    await workbench.placeCursorIn('Get-CrmConnection');
    const [first] = await workbench.openLightBulb();
    assert.match(first ?? '', /Allow TLS 1\.2/);
    await workbench.confirm();
    await workbench.waitForText('-bor [Net.SecurityProtocolType]::Tls12');
    await workbench.waitForNoSquiggle();
    await workbench.save();
    await waitForBytes(
      workbench.path('deploy/connect.ps1'),
      await readFile(workbench.path('deploy/connect.ps1.fixed')),
    );
  });

  test('a pinned protocol and half of the registry have their squiggles', async () => {
    const workbench = editor();
    await workbench.openFile('pin.ps1');
    await workbench.waitForSquiggle("'Tls'", 'error');
    await workbench.openFile('machine.cmd');
    await workbench.waitForSquiggle('SchUseStrongCrypto', 'warning');
  });

  test('a script for PowerShell 7 has none', async () => {
    const workbench = editor();
    await workbench.openFile('newer.ps1');
    await workbench.waitForText('Get-CrmConnection');
    await workbench.waitForNoSquiggle();
  });
});
