import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { waitForBytes } from './files.ts';
import { useWindow } from './session.ts';

/** One of each: a file, the text under the squiggle, and its colour. */
const squiggles = [
  ['App.config', 'Tls11', 'error'],
  ['Dockerfile', 'microsoft/dotnet-framework:4.6.1', 'warning'],
  ['packages.config', '8.2.0.5', 'warning'],
  ['runtimeconfig.template.json', 'Switch.System.Net.DontEnableSchUseStrongCrypto', 'warning'],
  ['as-text.reg', '"1"', 'warning'],
  ['schannel.reg', 'dword:00000000', 'error'],
  ['azure-pipelines.yml', 'vs2015-win2012r2', 'info'],
  ['ci.runsettings', 'Framework45', 'info'],
] as const;

suite('a workspace with one of each declarative mistake', () => {
  const editor = useWindow({ workspace: 'declarative' });

  for (const [file, text, severity] of squiggles) {
    test(`${file} has a squiggle exactly under ${text}`, async () => {
      await editor().openFile(file);
      await editor().waitForSquiggle(text, severity);
    });
  }

  test('the target of httpRuntime is corrected with Ctrl+. and Enter, and nothing else changes', async () => {
    const workbench = editor();
    await workbench.openFile('Web.config');
    await workbench.waitForSquiggle('4.5');
    await workbench.placeCursorIn('4.5');
    const [first] = await workbench.openLightBulb();
    assert.match(first ?? '', /4\.6\.2/);
    await workbench.confirm();
    await workbench.waitForText('httpRuntime targetFramework="4.6.2"');
    await workbench.waitForNoSquiggle();
    await workbench.save();
    await waitForBytes(workbench.path('Site/Web.config'), await readFile(workbench.path('Site/Web.config.fixed')));
  });
});

suite('a registry file for one view', () => {
  const editor = useWindow({ workspace: 'declarative' });

  test('the other view of the registry is written by the light bulb', async () => {
    const workbench = editor();
    await workbench.openFile('strong-crypto.reg');
    await workbench.waitForSquiggle('SchUseStrongCrypto', 'warning');
    await workbench.placeCursorIn('SchUseStrongCrypto');
    await workbench.openLightBulb();
    await workbench.confirm();
    await workbench.waitForText('Wow6432Node');
    await workbench.waitForNoSquiggle();
  });
});
