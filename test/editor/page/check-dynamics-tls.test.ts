import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../../tools/editor/until.ts';
import type { Workbench } from '../../../tools/editor/workbench.ts';
import { makeCertificate } from '../../probe/harness/certificates.ts';
import { startProxy } from '../../probe/harness/connect-proxy.ts';
import { assertFitsSchema } from '../../probe/harness/probing.ts';
import { startTlsServer } from '../../probe/harness/tls-server.ts';
import { reportFolder } from '../places.ts';
import { accessibilityProblems, resultPage } from './result-page.ts';
import { useWindow } from './session.ts';

const config = 'Old.Client/App.config';
const certificate = makeCertificate({
  subject: 'localhost',
  dnsNames: ['localhost', 'contoso.crm4.dynamics.com'],
  isAuthority: true,
});

/** A TLS server for the tests of a suite; windows that open afterwards trust its certificate. */
function useServer(): () => Awaited<ReturnType<typeof startTlsServer>> {
  let server: Awaited<ReturnType<typeof startTlsServer>> | undefined;
  let folder = '';
  suiteSetup(async () => {
    server = await startTlsServer(certificate);
    folder = mkdtempSync(join(tmpdir(), 'dynamics-tls-ca-'));
    writeFileSync(join(folder, 'ca.pem'), certificate.pem);
    process.env['NODE_EXTRA_CA_CERTS'] = join(folder, 'ca.pem');
  });
  suiteTeardown(async () => {
    delete process.env['NODE_EXTRA_CA_CERTS'];
    rmSync(folder, { recursive: true, force: true });
    await server?.stop();
  });
  return () => {
    assert.ok(server);
    return server;
  };
}

/** Names the server in the configuration file and opens it. */
async function openConfig(workbench: Workbench, port: number): Promise<void> {
  const file = workbench.path(config);
  writeFileSync(file, readFileSync(file, 'utf8').replace('localhost/', `localhost:${port}/`));
  await workbench.openFile('App.config');
}

const input = (workbench: Workbench) => workbench.page.locator('.quick-input-widget:visible input.input');
const row = (workbench: Workbench, text: string) =>
  workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: text });
const lens = (workbench: Workbench) => workbench.page.locator('.codelens-decoration a', { hasText: 'Check TLS' });

suite('"Check Dynamics TLS" in the light theme', () => {
  const server = useServer();
  const editor = useWindow({ workspace: 'probe', settings: { 'workbench.colorTheme': 'Default Light Modern' } });
  const place = () => `localhost:${server().port}`;

  test('has exactly this title in the palette', async () => {
    assert.ok((await editor().commandsFor('Check Dynamics TLS')).includes('Check Dynamics TLS'));
  });

  test('stands beside the URL of a configuration file', async () => {
    await openConfig(editor(), server().port);
    await lens(editor()).waitFor();
    assert.equal(server().total, 0, 'nothing is contacted before the command');
  });

  test('offers the URLs of the workspace, and says what is wrong with another one', async () => {
    await editor().runCommand('Check Dynamics TLS');
    await row(editor(), `https://${place()}/XRMServices/2011/Organization.svc`).waitFor();
    await input(editor()).fill('ftp://contoso.com');
    await editor().page.keyboard.press('Enter');
    await editor().page.locator('.quick-input-message', { hasText: 'The scheme "ftp:" is not supported' }).waitFor();
    assert.equal(server().total, 0, 'nothing is contacted while a URL is typed');
  });

  test('shows the result as a page, verdict first, and the verdict alone as a notification', async () => {
    await input(editor()).fill(place());
    await editor().page.locator('.quick-input-message', { hasText: 'ftp' }).waitFor({ state: 'hidden' });
    await editor().page.keyboard.press('Enter');
    await editor().notifications((texts) => texts.includes(`Dynamics TLS: ${place()}: TLS is fine.`));
    const page = await resultPage(editor(), /TLS is fine$/);
    assert.deepEqual(await page.locator('h1, h2').allInnerTexts(), [
      `${place()}: TLS is fine`,
      'Protocols',
      'Clients',
      'Projects of this workspace',
      'Cipher suites',
      'Certificate',
      'What to do',
    ]);
    const projects = page.locator('section', { hasText: 'Projects of this workspace' }).locator('tbody tr');
    const answers = (await projects.allInnerTexts()).map((text) =>
      text
        .split('\t')
        .slice(0, 2)
        .map((cell) => cell.trim()),
    );
    assert.deepEqual(answers, [
      ['New.Client/New.Client.csproj', 'yes'],
      ['Old.Client/Old.Client.csproj', 'no'],
    ]);
    await server().allClosed();
  });

  test('the page is accessible and looks as a picture for people', async () => {
    const page = await resultPage(editor(), /TLS is fine$/);
    assert.deepEqual(await accessibilityProblems(page), []);
    await editor().page.screenshot({ path: join(reportFolder, 'probe-light.png') });
  });

  test('the page is used with the keyboard, and says what was copied', async () => {
    const page = await resultPage(editor(), /TLS is fine$/);
    await page.locator('vscode-button', { hasText: 'Check Again' }).focus();
    await editor().page.keyboard.press('Tab');
    await editor().page.keyboard.press('Enter');
    await page.locator('[role="status"]', { hasText: 'Copied as Markdown.' }).waitFor();
    const copied = String(await editor().page.evaluate('navigator.clipboard.readText()'));
    assert.ok(copied.startsWith(`## TLS of \`https://${place()}/\`: ok`), copied);
  });

  test('the result is saved as JSON that fits the schema', async () => {
    const page = await resultPage(editor(), /TLS is fine$/);
    await page.locator('vscode-button', { hasText: 'Save as JSON' }).click();
    await until(
      'the proposed name',
      () => input(editor()).inputValue(),
      (value) => value.endsWith('tls-localhost.json'),
    );
    await editor().page.keyboard.press('Enter');
    await page.locator('[role="status"]', { hasText: 'Saved as tls-localhost.json.' }).waitFor();
    assertFitsSchema(readFileSync(editor().path('tls-localhost.json'), 'utf8'));
  });

  test('checks again from the page, and remembers the URL', async () => {
    await editor().runCommand('Notifications: Clear All Notifications');
    const before = server().total;
    const page = await resultPage(editor(), /TLS is fine$/);
    await page.locator('vscode-button', { hasText: 'Check Again' }).click();
    await editor().notifications((texts) => texts.includes(`Dynamics TLS: ${place()}: TLS is fine.`));
    assert.ok(server().total > before);
    await editor().runCommand('Check Dynamics TLS');
    await row(editor(), 'checked before').waitFor();
    await editor().page.keyboard.press('Escape');
  });

  test('runs from the code lens', async () => {
    await editor().runCommand('Notifications: Clear All Notifications');
    await editor().openFile('App.config');
    await lens(editor()).click();
    await editor().notifications((texts) => texts.includes(`Dynamics TLS: ${place()}: TLS is fine.`));
    await resultPage(editor(), /TLS is fine$/);
  });
});

for (const theme of ['Default Dark Modern', 'Default High Contrast']) {
  suite(`"Check Dynamics TLS" in the theme ${theme}`, () => {
    const server = useServer();
    const editor = useWindow({
      workspace: 'probe',
      settings: { 'workbench.colorTheme': theme, 'dynamicsTls.codeLens': false },
    });

    test('the page is accessible and looks as a picture for people', async () => {
      await openConfig(editor(), server().port);
      await editor().runCommand('Check Dynamics TLS');
      await row(editor(), 'in this workspace').click();
      const page = await resultPage(editor(), /TLS is fine$/);
      assert.deepEqual(await accessibilityProblems(page), []);
      const name = theme.endsWith('Contrast') ? 'probe-high-contrast' : 'probe-dark';
      await editor().page.screenshot({ path: join(reportFolder, `${name}.png`) });
      // The setting has had all this time to be ignored.
      await editor().openFile('App.config');
      assert.equal(await lens(editor()).count(), 0);
    });
  });
}

suite('"Check Dynamics TLS" in a folder that is not trusted', () => {
  const server = useServer();
  const editor = useWindow({ workspace: 'probe', isRestricted: true });
  const dialog = () => editor().page.locator('.monaco-dialog-box');

  test('asks before it contacts a host that the folder names', async () => {
    await openConfig(editor(), server().port);
    await lens(editor()).click();
    await dialog()
      .filter({ hasText: `Contact localhost:${server().port}?` })
      .waitFor();
    await editor().page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    assert.equal(server().total, 0);
    await lens(editor()).click();
    await dialog().getByRole('button', { name: 'Contact Host' }).click();
    await editor().notifications((texts) => texts.some((text) => text.includes('TLS is fine')));
  });
});

suite('"Check Dynamics TLS" in the web worker of a browser', () => {
  const editor = useWindow({
    workspace: 'probe',
    settings: { 'remote.extensionKind': { 'dynamics-tls.dynamics-tls': ['web'] } },
  });

  test('explains why it cannot', async () => {
    await editor().runCommand('Check Dynamics TLS');
    await editor().notifications((texts) => texts.some((text) => /A browser cannot open the connections/.test(text)));
  });
});

const password = `Basic ${Buffer.from('kate:right').toString('base64')}`;
const proxyServer = { port: 0 };
const proxy = await startProxy({
  answer: ({ headers }) =>
    headers.get('proxy-authorization') === password
      ? 'tunnel'
      : { send: 'HTTP/1.1 407 x\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n' },
  get target() {
    return proxyServer.port;
  },
});

suite('"Check Dynamics TLS" through a proxy', () => {
  const server = useServer();
  const editor = useWindow({ workspace: 'probe', settings: { 'http.proxy': `http://127.0.0.1:${proxy.port}` } });
  const host = 'contoso.crm4.dynamics.com';

  suiteSetup(() => {
    proxyServer.port = server().port;
  });
  suiteTeardown(() => proxy.stop());

  async function check(): Promise<void> {
    await editor().runCommand('Check Dynamics TLS');
    await input(editor()).fill(host);
    await row(editor(), `Check ${host}`).click();
  }

  async function answer(prompt: string, text: string): Promise<void> {
    await editor().page.locator('.quick-input-message', { hasText: prompt }).waitFor();
    await input(editor()).fill(text);
    await editor().page.keyboard.press('Enter');
  }

  test('asks for user name and password, and again when they are wrong', async () => {
    await check();
    await answer('The proxy wants a user name', 'kate');
    await answer('Password of kate', 'wrong');
    await editor().page.getByRole('button', { name: 'Enter Password Again' }).click();
    await answer('The proxy wants a user name', 'kate');
    await answer('Password of kate', 'right');
    const page = await resultPage(editor(), /TLS is intercepted on the way$/);
    await page.locator('dd', { hasText: 'through a proxy' }).waitFor();
  });

  test('keeps the password that was right', async () => {
    await editor().runCommand('Notifications: Clear All Notifications');
    const before = proxy.requests.length;
    await check();
    await editor().notifications((texts) =>
      texts.includes(`Dynamics TLS: ${host}: TLS is intercepted on the way (through a proxy).`),
    );
    assert.ok(proxy.requests.slice(before).some(({ headers }) => headers.get('proxy-authorization') === password));
  });
});
