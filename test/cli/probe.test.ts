import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, type TestContext } from 'node:test';
import type { ProbeTarget } from '../../server/src/probe/index.ts';
import { runCli } from '../harness/cli-io.ts';
import { tempFolder } from '../harness/temp-folder.ts';
import { stopLeftovers } from '../probe/harness/byte-server.ts';
import { makeCertificate } from '../probe/harness/certificates.ts';
import { startProxy } from '../probe/harness/connect-proxy.ts';
import { assertFitsSchema } from '../probe/harness/probing.ts';
import { freePort } from '../probe/harness/programs.ts';
import { startTlsServer } from '../probe/harness/tls-server.ts';

after(stopLeftovers);

const certificate = makeCertificate({ subject: 'localhost', dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] });
const project = (target: string) =>
  `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>${target}</TargetFramework></PropertyGroup></Project>`;

/** A server for one test, and a folder that holds its certificate as `ca.pem`. */
async function serve(t: TestContext, files: Readonly<Record<string, string>> = {}) {
  const server = await startTlsServer(certificate);
  t.after(() => server.stop());
  const folder = tempFolder(t, { ...files, 'ca.pem': certificate.pem });
  return { server, folder, url: `https://localhost:${server.port}/` };
}

async function probe(args: readonly string[], folder: string, environment: Record<string, string> = {}) {
  const { exitCode, stdout, stderr } = await runCli(['probe', '--format', 'json', ...args], folder, { environment });
  assert.equal(stderr, '');
  assertFitsSchema(stdout);
  return { exitCode, targets: JSON.parse(stdout).targets as ProbeTarget[] };
}

test('a good server is ok with exit code 0, and nothing is left open', async (t) => {
  const { server, folder, url } = await serve(t);
  const { exitCode, targets } = await probe([url, '--ca', 'ca.pem'], folder);
  assert.equal(exitCode, 0);
  const [target] = targets;
  assert.equal(target?.verdict, 'ok');
  assert.equal(target?.via, 'direct');
  assert.ok(target?.clients.some(({ id, windows, connects }) => id === 'net-4.6.2' && windows === '10' && connects));
  assert.deepEqual(target?.projects, []);
  await server.allClosed();
});

test('a certificate that nobody trusts is exit code 1', async (t) => {
  const { folder, url } = await serve(t);
  const { exitCode, targets } = await probe([url, '--no-clients'], folder);
  assert.equal(exitCode, 1);
  assert.equal(targets[0]?.verdict, 'certificate');
  assert.deepEqual(targets[0]?.clients, []);
});

test('a host that is not reached is exit code 2, unless another one answered badly', async (t) => {
  const { folder, url } = await serve(t);
  const gone = `https://localhost:${await freePort()}/`;
  const { exitCode, targets } = await probe([gone], folder);
  assert.equal(exitCode, 2);
  assert.deepEqual([targets[0]?.verdict, targets[0]?.reason], ['unreachable', 'refused']);
  assert.equal((await probe([gone, url, '--no-clients'], folder)).exitCode, 1);
});

test('the workspace is asked which of its projects connect', async (t) => {
  const { folder, url } = await serve(t, { 'a/Old.csproj': project('net452'), 'a/New.csproj': project('net48') });
  const { targets } = await probe([url, '--ca', 'ca.pem', '--workspace', 'a'], folder);
  assert.deepEqual(
    targets[0]?.projects.map(({ file, connects }) => [file, connects]),
    [
      ['a/New.csproj', 'yes'],
      ['a/Old.csproj', 'no'],
    ],
  );
  assert.match(targets[0]?.projects[1]?.reason ?? '', /Retarget it to \.NET Framework 4\.6\.2 or later\.$/);
});

test('text fits 80 columns and names the projects', async (t) => {
  const { folder, url } = await serve(t, { 'a/Old.csproj': project('net452'), 'a/New.csproj': project('net48') });
  const { stdout, exitCode } = await runCli(['probe', url, '--ca', 'ca.pem', '--workspace', 'a'], folder);
  assert.equal(exitCode, 0);
  assert.ok(stdout.startsWith(`${url}: ok\n`), stdout);
  assert.deepEqual(
    stdout.split('\n').filter((line) => line.length > 80),
    [],
  );
  assert.match(stdout, /^ {4}no {7}a\/Old\.csproj$/m);
  assert.match(stdout, /^ {2}1 of 2 projects connect, 1 cannot\.$/m);
});

test('Markdown is for a ticket', async (t) => {
  const { folder, url } = await serve(t, { 'Old.csproj': project('net452') });
  const args = ['probe', url, '--format', 'markdown', '--workspace', 'Old.csproj', '--ca', 'ca.pem'];
  const { stdout } = await runCli(args, folder);
  assert.ok(stdout.startsWith(`## TLS of \`${url}\`: ok\n`), stdout);
  assert.match(stdout, /^### Projects$/m);
  assert.match(stdout, /^\| `Old\.csproj` \| no \| /m);
});

test('a proxy of the command line is used for every host, and its password is not printed', async (t) => {
  const { server, folder } = await serve(t);
  const proxy = await startProxy({
    answer: ({ headers }) =>
      headers.has('proxy-authorization')
        ? 'tunnel'
        : { send: 'HTTP/1.1 407 x\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n' },
    target: server.port,
  });
  t.after(() => proxy.stop());
  const with407 = await probe(['localhost', '--proxy', `http://127.0.0.1:${proxy.port}`], folder);
  assert.deepEqual(
    [with407.exitCode, with407.targets[0]?.verdict, with407.targets[0]?.reason],
    [2, 'unreachable', 'proxy-authentication'],
  );
  const args = ['localhost', '--proxy', `http://user:s3cret@127.0.0.1:${proxy.port}`, '--ca', 'ca.pem'];
  const { exitCode, targets } = await probe(args, folder);
  assert.deepEqual([exitCode, targets[0]?.via, targets[0]?.verdict], [0, 'proxy', 'ok']);
  assert.doesNotMatch(JSON.stringify(targets), /s3cret|user/);
});

test('a proxy of the environment is used, except for this machine and for what no_proxy names', async (t) => {
  const { folder, server } = await serve(t);
  const proxy = await startProxy({ answer: () => 'tunnel', target: server.port });
  t.after(() => proxy.stop());
  const environment = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
  const { targets } = await probe(['contoso.crm4.dynamics.com', '--no-clients'], folder, environment);
  assert.deepEqual([targets[0]?.via, targets[0]?.verdict], ['proxy', 'intercepted']);
  const before = proxy.requests.length;
  await probe([`localhost:${server.port}`, '--no-clients'], folder, environment);
  assert.equal(proxy.requests.length, before);
});

test('wrong arguments are exit code 2 and say why, before anything is contacted', async (t) => {
  const { folder, server, url } = await serve(t);
  writeFileSync(join(folder, 'empty.pem'), 'nothing');
  const cases: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [[], /missing required argument/],
    [['ftp://localhost'], /scheme "ftp:"/],
    [[url, 'not a host'], /is not a URL/],
    [[url, '--timeout', '0'], /number of seconds/],
    [[url, '--ca', 'missing.pem'], /--ca: /],
    [[url, '--ca', 'empty.pem'], /holds no certificate/],
    [[url, '--proxy', 'socks5://localhost:1'], /--proxy is not an address/],
    [[url, '--format', 'sarif'], /Allowed choices/],
    [[url, '--workspace', 'nowhere'], /no file or folder "nowhere"/],
  ];
  for (const [args, message] of cases) {
    const { exitCode, stdout, stderr } = await runCli(['probe', ...args], folder);
    assert.equal(exitCode, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, message);
  }
  assert.equal(server.total, 0);
});
