/**
 * `node tools/screenshots.ts`: takes the pictures of the README from a real VS Code with the built extension in it, on
 * the sample solution. Writes docs/images/*.png.
 */
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { resultPage } from '../test/editor/page/result-page.ts';
import { copyWorkspace } from '../test/editor/workspaces.ts';
import { makeCertificate } from '../test/probe/harness/certificates.ts';
import { startTlsServer } from '../test/probe/harness/tls-server.ts';
import { launchBrowser } from './editor/browser.ts';
import { progress } from './editor/cache.ts';
import { fontSettings, useFonts } from './editor/fonts.ts';
import { reduceColors } from './editor/small-png.ts';
import { startWebServer } from './editor/web-server.ts';
import { openWindow } from './editor/window.ts';
import type { Workbench } from './editor/workbench.ts';

const root = join(import.meta.dirname, '..');
const { values: options } = parseArgs({
  options: {
    extension: { type: 'string', default: root },
    /** Only the pictures whose name matches this regular expression; some need those before them. */
    only: { type: 'string', default: '' },
  },
});
const images = join(root, 'docs', 'images');
const project = { folder: 'src/Contoso.Sync.Console', file: 'Contoso.Sync.Console.csproj', version: 'v4.5.2' };

/** Each picture goes on from where the one before has left the window. */
const pictures: Record<string, (workbench: Workbench) => Promise<void>> = {
  problems: async (workbench) => {
    await workbench.waitForSquiggle(project.version);
    await workbench.problems((rows) => rows.length >= 6);
    await workbench.waitForProblemCount();
    // The explorer marks folders with findings only when it draws them anew.
    await workbench.runCommand('Refresh Explorer');
    await workbench.waitForMarkInExplorer('build');
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.placeCursorIn('OutputType');
    await workbench.page.mouse.move(0, 0);
  },
  hover: async (workbench) => {
    await workbench.runCommand('View: Toggle Panel Visibility');
    await workbench.page.locator('.markers-panel').waitFor({ state: 'hidden' });
    await workbench.hover(project.version, (text) => text.includes('TLS') && text.includes('Quick Fix'));
  },
  'light-bulb': async (workbench) => {
    await workbench.page.mouse.move(0, 0);
    await workbench.page.keyboard.press('Escape');
    await workbench.placeCursorIn(project.version);
    await workbench.page.mouse.move(0, 0);
    await workbench.openLightBulb();
  },
  retarget: async (workbench) => {
    const entries = workbench.page.locator('.action-widget .monaco-list-row.action');
    await entries.filter({ hasText: 'Retarget solution Contoso.Dynamics.sln' }).click();
    await workbench.page.locator('.bulk-edit-panel').getByText('Contoso.Common.props').waitFor();
    await workbench.page.mouse.move(0, 0);
  },
  'shared-target': async (workbench) => {
    await workbench.page.keyboard.press('Escape');
    const discard = workbench.page.locator('.bulk-edit-panel').getByText('Discard', { exact: true });
    if (await discard.isVisible()) {
      await discard.click();
    }
    await workbench.openFile('Contoso.Common.props');
    await workbench.waitForSquiggle('v4.5.1');
    await workbench.problems((rows) => rows.some((row) => row.includes('Affects Contoso.Jobs.Nightly')));
    await workbench.placeCursorIn('v4.5.1');
    await workbench.page.mouse.move(0, 0);
  },
  'hosting-process': async (workbench) => {
    await workbench.runCommand('Dynamics TLS: Check Visual Studio 2015 Hosting Process');
    await workbench.page.getByText('with a preview').waitFor();
    await workbench.page.mouse.move(0, 0);
  },
  processes: async (workbench) => {
    await workbench.page.keyboard.press('Escape');
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Dynamics TLS: Focus on Processes View');
    const row = (text: string) =>
      workbench.page.locator('.customview-tree .monaco-list-row', { hasText: text }).first();
    await row('Contoso.Portal.csproj').click();
    await row('httpRuntime runs the site').click();
    await workbench.page.locator('.tab.active[data-resource-name="Web.config"]').waitFor();
    const sash = await workbench.page.locator('.monaco-sash.vertical:not(.disabled)').first().boundingBox();
    if (sash) {
      await workbench.page.mouse.move(sash.x + 2, 300);
      await workbench.page.mouse.down();
      await workbench.page.mouse.move(560, 300, { steps: 5 });
      await workbench.page.mouse.up();
    }
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.page.mouse.move(800, 600);
  },
  log: async (workbench) => {
    await workbench.page.keyboard.press('Escape');
    await workbench.runCommand('View: Close All Editors');
    await workbench.openFile('session.log');
    const sentence = 'remote party has closed the transport stream';
    await workbench.waitForSquiggle(sentence, 'warning');
    await workbench.problems((rows) => rows.length > 0);
    await workbench.page.locator('.part.panel .viewpane-filter-container input').first().fill('session.log');
    await workbench.problems((rows) => rows.some((row) => row.includes('Next: Find the project')));
    await workbench.placeCursorIn(sentence);
    await workbench.page.mouse.move(0, 0);
  },
  'explain-error': async (workbench) => {
    await workbench.page.keyboard.press('Escape');
    await workbench.runCommand('View: Close All Editors');
    await workbench.openFile('session.log');
    await workbench.runCommand('Dynamics TLS: Explain Connection Error');
    await workbench.notifications((texts) => texts.some((text) => text.includes('TLS version (likely)')));
    await workbench.page.getByRole('tab', { name: /Connection Error/ }).waitFor();
    await hidePanels(workbench);
    await workbench.page.mouse.move(520, 300);
  },
  machine: async (workbench) => {
    await workbench.page.keyboard.press('Escape');
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Dynamics TLS: Check This Machine');
    await choosePath(workbench, 'counter-pc.reg');
    await workbench.notifications((texts) => texts.some((text) => text.includes('problem')));
    await workbench.page.getByRole('tab', { name: /This Machine/ }).waitFor();
    await hidePanels(workbench);
    await workbench.page.mouse.move(520, 300);
  },
  'registry-file': async (workbench) => {
    await workbench.page.setViewportSize({ width: 1040, height: 640 });
    await workbench.runCommand('Dynamics TLS: Create Registry File');
    const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'The whole machine' }).click();
    await rows.filter({ hasText: 'Schannel' }).waitFor();
    await workbench.page.keyboard.press('Enter');
    // The dialog begins in the folder of the workspace.
    await rows.filter({ hasText: 'src' }).first().waitFor();
    await workbench.page.getByRole('button', { name: 'Write Here' }).click();
    await workbench.waitForText('It is for the whole machine');
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.page.mouse.move(520, 300);
  },
  probe: async (workbench) => {
    await workbench.page.keyboard.press('Escape');
    await workbench.runCommand('Check Dynamics TLS');
    const input = workbench.page.locator('.quick-input-widget:visible input.input');
    await input.fill(`localhost:${probed.port}`);
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Check localhost' }).click();
    await resultPage(workbench, /TLS is fine$/);
    await workbench.notifications((texts) => texts.some((text) => text.includes('TLS is fine')));
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await workbench.runCommand('View: Toggle Panel Visibility');
    await workbench.page.setViewportSize({ width: 1040, height: 1500 });
    // Not the corner: at the left edge the hidden side bar would show its handle.
    await workbench.page.mouse.move(520, 300);
  },
};

/** The pictures of the workspace with one of each mistake that is declared besides targets. */
const declarativePictures: typeof pictures = {
  declarative: async (workbench) => {
    await workbench.waitForSquiggle('Tls11');
    await workbench.problems((rows) => rows.length >= 6);
    await workbench.waitForProblemCount();
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.placeCursorIn('connectionStrings');
    await workbench.page.mouse.move(0, 0);
  },
};

/** The pictures of the workspace with the same lines of code for three targets. */
const sourcePictures: typeof pictures = {
  'source-code': async (workbench) => {
    await workbench.waitForSquiggle('SecurityProtocolType.Tls12', 'warning');
    await workbench.problems((rows) => rows.length >= 6);
    await workbench.waitForProblemCount();
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.placeCursorIn('SecurityProtocolType.Tls12');
    await workbench.page.mouse.move(0, 0);
    await workbench.openLightBulb();
  },
};

/** Answers VS Code's own file dialog with a path of the workspace. */
async function choosePath(workbench: Workbench, path: string): Promise<void> {
  await workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'src' }).first().waitFor();
  await workbench.page.locator('.quick-input-widget:visible input.input').fill(workbench.path(path));
  await workbench.page.keyboard.press('Enter');
}

/** Leaves the editor alone on the screen, whatever was open before. */
async function hidePanels(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Notifications: Clear All Notifications');
  await workbench.runCommand('View: Close Primary Side Bar');
  await workbench.page.setViewportSize({ width: 1040, height: 1100 });
}

/** What no setting hides: entries that belong to the browser or to the remote, not to the extension. */
const hiddenInPictures = `
  .statusbar-item[id="status.host"], .statusbar-item[id="status.forwardedPorts"],
  .statusbar-item[id="status.keyboardLayout"], .statusbar-item[id^="status.workbench.keyboardLayout"],
  .menubar-menu-button { display: none !important; }
`;

const workspace = await copyWorkspace(join(root, 'test', 'scenarios', 'contoso'));
await copyFile(
  join(root, 'test', 'editor', 'workspaces', 'logs', 'session.log'),
  join(workspace.folder, 'session.log'),
);
await copyFile(
  join(root, 'test', 'editor', 'workspaces', 'machine', 'counter-pc.reg'),
  join(workspace.folder, 'counter-pc.reg'),
);
// A server that the windows trust, so that the picture shows what a good environment looks like.
const trust = await mkdtemp(join(tmpdir(), 'dynamics-tls-ca-'));
const certificate = makeCertificate({ subject: 'localhost', dnsNames: ['localhost'], isAuthority: true });
await writeFile(join(trust, 'ca.pem'), certificate.pem);
process.env['NODE_EXTRA_CA_CERTS'] = join(trust, 'ca.pem');
const probed = await startTlsServer(certificate, { ciphers: 'ECDHE+AESGCM:ECDHE+AES' });
const declarative = await copyWorkspace('declarative');
const sourceCode = await copyWorkspace('source');
const wanted = new RegExp(options.only);
const server = await startWebServer({ extensions: [options.extension], settings: settingsOfPictures() });
const browser = await launchBrowser();
try {
  await mkdir(images, { recursive: true });
  const first = { folder: workspace.folder, openFile: `${project.folder}/${project.file}` };
  for (const [place, table] of [
    [first, pictures],
    [{ folder: declarative.folder, openFile: 'Import/App.config' }, declarativePictures],
    [{ folder: sourceCode.folder, openFile: 'New/New.cs' }, sourcePictures],
  ] as const) {
    const names = Object.keys(table).filter((name) => wanted.test(name));
    if (names.length > 0) {
      await takePictures(place, table, names);
    }
  }
  for (const scheme of ['light', 'dark'] as const) {
    const name = `report-${scheme}`;
    if (wanted.test(name)) {
      const picture = reduceColors(await pictureOfReport(scheme));
      await writeFile(join(images, `${name}.png`), picture);
      progress(`docs/images/${name}.png (${Math.round(picture.length / 1024)} KB)`);
    }
  }
} finally {
  await browser.close();
  await server.stop();
  await probed.stop();
  await rm(trust, { recursive: true, force: true });
  await workspace.remove();
  await declarative.remove();
  await sourceCode.remove();
}

/** Opens one window and takes its pictures, one after the other. */
async function takePictures(
  place: { readonly folder: string; readonly openFile: string },
  table: typeof pictures,
  names: readonly string[],
): Promise<void> {
  const window = await openWindow(browser, server, {
    ...place,
    prepare: useFonts,
    size: { width: 1040, height: 640 },
    pixelRatio: 2,
  });
  await window.page.addStyleTag({ content: hiddenInPictures });
  for (const name of names) {
    await table[name]?.(window.workbench);
    const picture = reduceColors(await window.page.screenshot({ animations: 'disabled', caret: 'hide' }));
    await writeFile(join(images, `${name}.png`), picture);
    progress(`docs/images/${name}.png (${Math.round(picture.length / 1024)} KB)`);
  }
  await window.close();
}

/** The first screen of the report about the sample solution. */
async function pictureOfReport(colorScheme: 'light' | 'dark'): Promise<Buffer> {
  const file = join(trust, 'report.html');
  spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), 'report', '--output', file], { cwd: workspace.folder });
  const context = await browser.newContext({
    colorScheme,
    viewport: { width: 1040, height: 820 },
    deviceScaleFactor: 2,
  });
  const page = await context.newPage();
  await useFonts(page);
  await page.setContent(await readFile(file, 'utf8'));
  const picture = await page.screenshot();
  await context.close();
  return picture;
}

/** Only what the pictures are about is left on the screen. */
function settingsOfPictures(): Record<string, unknown> {
  return {
    ...fontSettings,
    'workbench.colorTheme': 'Default Light Modern',
    'workbench.layoutControl.enabled': false,
    'workbench.activityBar.location': 'hidden',
    'workbench.editor.editorActionsLocation': 'hidden',
    'breadcrumbs.enabled': false,
    'editor.minimap.enabled': false,
    'editor.fontSize': 13,
    'editor.cursorBlinking': 'solid',
    'editor.scrollbar.horizontal': 'hidden',
    'editor.guides.indentation': false,
    'explorer.compactFolders': true,
    'explorer.autoReveal': true,
    'outline.showFiles': false,
    'remote.autoForwardPorts': false,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are VS Code's.
    'window.title': '${activeEditorShort}${separator}${rootName}',
  };
}
