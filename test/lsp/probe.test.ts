import assert from 'node:assert/strict';
import net from 'node:net';
import { PassThrough } from 'node:stream';
import test, { after, type TestContext } from 'node:test';
import tls from 'node:tls';
import type { Connection } from 'vscode-languageserver';
import { createConnection } from 'vscode-languageserver/node';
import {
  CancellationTokenSource,
  createProtocolConnection,
  ErrorCodes,
  type InitializeResult,
  LSPErrorCodes,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { clientPlatform } from '../../server/src/lsp/client-platform.ts';
import {
  type CheckedUrl,
  checkUrlRequest,
  confirmSignInHostRequest,
  type ProbeAnswer,
  type ProbeParams,
  type ProxyPlace,
  type ProxySettings,
  probeProgressNotification,
  probeRequest,
  proxyCredentialsRequest,
  type UrlInText,
  urlsInTextRequest,
  type WorkspaceUrl,
  workspaceUrlsRequest,
} from '../../server/src/lsp/protocol.ts';
import { startServer } from '../../server/src/lsp/server.ts';
import { LspClient } from '../harness/lsp-client.ts';
import { tempFolder } from '../harness/temp-folder.ts';
import { countConnections, startByteServer, stopLeftovers } from '../probe/harness/byte-server.ts';
import { makeCertificate } from '../probe/harness/certificates.ts';
import { startProxy } from '../probe/harness/connect-proxy.ts';
import { assertFitsSchema } from '../probe/harness/probing.ts';
import { startTlsServer } from '../probe/harness/tls-server.ts';

after(stopLeftovers);

const certificate = makeCertificate({
  subject: 'contoso.crm4.dynamics.com',
  dnsNames: ['contoso.crm4.dynamics.com', 'localhost'],
});
const project = (target: string) =>
  `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>${target}</TargetFramework></PropertyGroup></Project>`;
const noProxy: ProxySettings = { isOff: false, url: '', noProxy: [], authorization: null, isStrict: true };

async function start(t: TestContext, files: Readonly<Record<string, string>> = {}) {
  const folder = tempFolder(t, files);
  const client = await LspClient.start({ folders: [folder] });
  t.after(() => client.stop());
  const probe = (url: string, more: Partial<ProbeParams> = {}) =>
    client.connection.sendRequest<ProbeAnswer>(probeRequest, {
      url,
      asksSignIn: false,
      asksControl: false,
      proxy: noProxy,
      ...more,
    } satisfies ProbeParams);
  return { client, folder, probe };
}

test('the server says that it can probe', async (t) => {
  const { client } = await start(t);
  assert.deepEqual(client.initializeResult?.capabilities.experimental, {
    dynamicsTlsProbe: true,
    dynamicsTlsMachine: process.platform === 'win32',
  });
});

test('a server without sockets says that it cannot', async (t) => {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)) as Connection;
  startServer(server, clientPlatform(server));
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  client.listen();
  t.after(() => {
    client.dispose();
    server.dispose();
  });
  const { capabilities } = await client.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: null,
    capabilities: {},
  });
  assert.deepEqual(capabilities.experimental, { dynamicsTlsProbe: false, dynamicsTlsMachine: false });
  await assert.rejects(client.sendRequest(probeRequest, {}), { code: ErrorCodes.MethodNotFound });
});

test('a probe answers with report, words, Markdown and JSON, and says which projects connect', async (t) => {
  const server = await startTlsServer(certificate);
  t.after(() => server.stop());
  const { client, probe } = await start(t, { 'a/Old.csproj': project('net452'), 'a/New.csproj': project('net48') });
  const progress: string[] = [];
  client.connection.onNotification(probeProgressNotification, (text: string) => {
    progress.push(text);
  });
  const answer = await probe(`localhost:${server.port}`);
  const [target] = answer.report.targets;
  assert.equal(target?.verdict, 'certificate');
  assert.deepEqual(
    target?.projects.map(({ file, connects }) => [file, connects]),
    [
      ['a/New.csproj', 'unknown'],
      ['a/Old.csproj', 'no'],
    ],
  );
  assertFitsSchema(answer.json);
  assert.match(answer.markdown, /^### Projects$/m);
  assert.equal(answer.sentence, `localhost:${server.port}: The certificate is not accepted.`);
  assert.equal(answer.views[0]?.verdict.tone, 'bad');
  assert.ok(progress.length > 0);
  await server.allClosed();
});

test('cancelling closes every connection at once', async (t) => {
  const server = await startByteServer({ onHello: () => ['hang'] });
  t.after(() => server.stop());
  const { client } = await start(t);
  const source = new CancellationTokenSource();
  const params: ProbeParams = {
    url: `localhost:${server.port}`,
    asksSignIn: false,
    asksControl: false,
    proxy: noProxy,
  };
  const answer = client.connection.sendRequest<ProbeAnswer>(probeRequest, params, source.token);
  while (server.total === 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  source.cancel();
  await assert.rejects(answer, { code: LSPErrorCodes.RequestCancelled });
  await server.allClosed();
});

test('a text that is no URL fails with the reason, and is told so before', async (t) => {
  const { client, probe } = await start(t);
  await assert.rejects(probe('ftp://contoso.com'), /scheme "ftp:"/);
  const check = (text: string) => client.connection.sendRequest<CheckedUrl>(checkUrlRequest, text);
  assert.deepEqual(await check('ftp://contoso.com'), {
    problem: 'The scheme "ftp:" is not supported; use an https: URL or a host name.',
  });
  assert.deepEqual(await check('https://user:secret@Contoso.crm4.dynamics.com/main?x=1'), {
    url: 'https://contoso.crm4.dynamics.com/main',
    place: 'contoso.crm4.dynamics.com:443',
    service: 'Dataverse, commercial cloud, Europe, Middle East, Africa',
  });
});

/** Settings of the editor, and whether the proxy is asked then. */
const proxyCases: readonly (readonly [name: string, settings: Partial<ProxySettings>, isAsked: boolean])[] = [
  ['http.proxy is used', {}, true],
  ['http.noProxy leaves a domain out', { noProxy: ['.dynamics.com.invalid'] }, false],
  ['http.proxySupport off means none', { isOff: true }, false],
];

for (const [name, settings, isAsked] of proxyCases) {
  test(name, async (t) => {
    const proxy = await startProxy({ answer: () => ({ send: 'HTTP/1.1 403 no\r\n\r\n' }) });
    t.after(() => proxy.stop());
    const { probe } = await start(t);
    // The host does not exist: without the proxy nothing is contacted but the resolver of this machine.
    const answer = await probe('x.crm4.dynamics.com.invalid', {
      proxy: { ...noProxy, url: `http://127.0.0.1:${proxy.port}`, ...settings },
    });
    assert.equal(proxy.requests.length > 0, isAsked);
    assert.equal(answer.report.targets[0]?.via, isAsked ? 'proxy' : 'direct');
  });
}

const wantsPassword = {
  answer: ({ headers }: { headers: ReadonlyMap<string, string> }) =>
    headers.get('proxy-authorization') === `Basic ${Buffer.from('käthe:s:cret').toString('base64')}`
      ? ('tunnel' as const)
      : { send: 'HTTP/1.1 407 x\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n' },
};

test('a proxy that wants a password is asked again with what the person typed', async (t) => {
  const server = await startTlsServer(certificate);
  const proxy = await startProxy({ ...wantsPassword, target: server.port });
  t.after(() => Promise.all([server.stop(), proxy.stop()]));
  const { client, probe } = await start(t);
  const asked: ProxyPlace[] = [];
  client.connection.onRequest(proxyCredentialsRequest, (place: ProxyPlace) => {
    asked.push(place);
    return { username: 'käthe', password: 's:cret' };
  });
  const answer = await probe('contoso.crm4.dynamics.com', {
    proxy: { ...noProxy, url: `http://127.0.0.1:${proxy.port}` },
  });
  assert.deepEqual(asked, [{ host: '127.0.0.1', port: proxy.port }]);
  assert.deepEqual([answer.report.targets[0]?.via, answer.report.targets[0]?.verdict], ['proxy', 'intercepted']);
  assert.match(answer.sentence, /through a proxy/);
  assert.doesNotMatch(JSON.stringify(answer), /s:cret|käthe/);
});

test('nobody is asked for a password that http.proxyAuthorization holds', async (t) => {
  const server = await startTlsServer(certificate);
  const proxy = await startProxy({ ...wantsPassword, target: server.port });
  t.after(() => Promise.all([server.stop(), proxy.stop()]));
  const { client, probe } = await start(t);
  client.connection.onRequest(proxyCredentialsRequest, () => assert.fail('asked'));
  const answer = await probe('contoso.crm4.dynamics.com', {
    proxy: {
      ...noProxy,
      url: `http://127.0.0.1:${proxy.port}`,
      authorization: `Basic ${Buffer.from('käthe:s:cret').toString('base64')}`,
    },
  });
  assert.equal(answer.report.targets[0]?.verdict, 'intercepted');
});

test('a proxy over TLS is asked over TLS, and its certificate checked unless http.proxyStrictSSL is off', async (t) => {
  const server = await startTlsServer(certificate);
  const proxy = await startProxy({ answer: () => 'tunnel', target: server.port });
  const front = await countConnections(
    tls
      .createServer({ key: certificate.keyPem, cert: certificate.pem }, (socket) => {
        const inner = net.connect(proxy.port, '127.0.0.1');
        socket.on('error', () => inner.destroy());
        inner.on('error', () => socket.destroy());
        socket.on('close', () => inner.destroy());
        socket.pipe(inner).pipe(socket);
      })
      .on('tlsClientError', () => undefined),
  );
  t.after(() => Promise.all([server.stop(), proxy.stop(), front.stop()]));
  const { probe } = await start(t);
  const url = `https://localhost:${front.port}`;
  const strict = await probe('contoso.crm4.dynamics.com', { proxy: { ...noProxy, url } });
  assert.deepEqual(
    [strict.report.targets[0]?.verdict, strict.report.targets[0]?.reason],
    ['unreachable', 'proxy-refused'],
  );
  assert.match(
    strict.report.targets[0]?.message ?? '',
    /does not complete TLS with itself \(self-signed certificate\)/,
  );
  assert.equal(proxy.requests.length, 0);
  const lenient = await probe('contoso.crm4.dynamics.com', { proxy: { ...noProxy, url, isStrict: false } });
  assert.deepEqual([lenient.report.targets[0]?.verdict, lenient.report.targets[0]?.via], ['intercepted', 'proxy']);
  assert.ok(lenient.report.targets[0]?.clients.some(({ connects }) => connects));
  await front.allClosed();
  await server.allClosed();
});

test('the sign-in host that a server names is contacted only when the person agrees', async (t) => {
  const server = await startTlsServer(certificate);
  const proxy = await startProxy({ answer: () => 'tunnel', target: server.port });
  t.after(() => Promise.all([server.stop(), proxy.stop()]));
  const { client, probe } = await start(t);
  const asked: string[] = [];
  let agrees = false;
  client.connection.onRequest(confirmSignInHostRequest, (host: string) => {
    asked.push(host);
    return agrees;
  });
  const more = { asksSignIn: true, proxy: { ...noProxy, url: `http://127.0.0.1:${proxy.port}` } };
  const refused = await probe('contoso.crm4.dynamics.com', more);
  const hosts = () => new Set(proxy.requests.map(({ authority }) => authority));
  assert.deepEqual(asked, ['login.microsoftonline.com']);
  assert.deepEqual(refused.report.targets[0]?.signIn, {
    status: 401,
    authority: 'https://login.microsoftonline.com/common/oauth2/authorize',
    schemes: ['Bearer'],
  });
  assert.deepEqual([...hosts()], ['contoso.crm4.dynamics.com:443']);
  agrees = true;
  const agreed = await probe('contoso.crm4.dynamics.com', more);
  assert.deepEqual(
    agreed.report.targets.map(({ host }) => host),
    ['contoso.crm4.dynamics.com', 'login.microsoftonline.com'],
  );
  assert.ok(hosts().has('login.microsoftonline.com:443'));
});

test('the URLs of the workspace are found in files of many kinds, once each and without secrets', async (t) => {
  const { client } = await start(t, {
    'web/Web.config':
      '<add connectionString="Url=https://admin:s3cret@contoso.crm4.dynamics.com/?x=s3cret;Password=s3cret"/>',
    'app/appsettings.json': '{"url":"https://contoso.crm4.dynamics.com/api/data/v9.2/"}',
    'deploy/run.ps1': "Connect-CrmOnline -ServerUrl 'https://fabrikam.crm.dynamics.com'",
    'src/Program.cs': 'var a = "https://contoso.crm4.dynamics.com"; var b = "https://example.org/";',
    'src/obj/Old.cs': 'var c = "https://hidden.crm.dynamics.com";',
    'notes.txt': 'https://unread.crm.dynamics.com',
  });
  const urls = await client.connection.sendRequest<WorkspaceUrl[]>(workspaceUrlsRequest);
  assert.deepEqual(urls.map(({ url, files }) => [new URL(url).host, [...files].sort()]).sort(), [
    ['contoso.crm4.dynamics.com', ['app/appsettings.json', 'src/Program.cs', 'web/Web.config']],
    ['fabrikam.crm.dynamics.com', ['deploy/run.ps1']],
  ]);
  assert.doesNotMatch(JSON.stringify(urls), /s3cret|admin/);
});

test('the URLs of a text have their places', async (t) => {
  const { client } = await start(t);
  const text = '<add key="url" value="https://contoso.crm4.dynamics.com/"/>';
  const urls = await client.connection.sendRequest<UrlInText[]>(urlsInTextRequest, text);
  assert.deepEqual(urls, [{ url: 'https://contoso.crm4.dynamics.com/', start: 22, end: 56 }]);
});
