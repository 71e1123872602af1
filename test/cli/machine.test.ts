import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { type TestContext } from 'node:test';
import { runCli } from '../harness/cli-io.ts';
import { repositoryRoot } from '../harness/repository.ts';
import { checkJson } from '../harness/schema.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const machines = `${repositoryRoot}test/core/machines/`;
const read = (name: string) => readFileSync(`${machines}${name}.reg`, 'utf8');

function machine(t: TestContext, files: Readonly<Record<string, string>>, args: readonly string[] = []) {
  return runCli(['machine', '--reg', ...Object.keys(files), ...args], tempFolder(t, files));
}

test('a machine on which nothing is wrong ends with 0, and with the values and their places', async (t) => {
  const { exitCode, stdout, stderr } = await machine(t, { 'w10.reg': read('windows-10') });
  assert.equal(stderr, '');
  assert.equal(exitCode, 0);
  assert.match(stdout, /^w10\.reg: Windows 10 \(build 19045\), \.NET Framework 4\.8\n {2}Nothing to report\./);
  assert.match(
    stdout,
    /^ {7}HKEY_LOCAL_MACHINE\\SOFTWARE\\Wow6432Node\\Microsoft\\\.NETFramework\\v4\.0\.30319\\SchUseStrongCrypto is not set$/m,
  );
  assert.match(stdout, /^ {4}4\.0 to 4\.5\.2 {2}64-bit {2}TLS 1\.0 +fails$/m);
  assert.match(stdout, /Unified Service Desk 3\.1, 3\.2 and 3\.3: Meets the requirement\./);
});

test('a setting by which connections fail ends with 1', async (t) => {
  const files = { 'w10.reg': read('windows-10'), 'off.reg': read('states/schannel-refused') };
  const { exitCode, stdout } = await machine(t, files);
  assert.equal(exitCode, 1);
  assert.match(stdout, /^ {2}bad {2}TLS 1\.2 of Windows \(Schannel, client\): off$/m);
  assert.match(stdout, /Client\\Enabled = dword:00000000$/m);
});

for (const name of ['windows-7', 'windows-10', 'windows-11', 'server-2012-r2', 'server-2022']) {
  test(`JSON about ${name} fits its schema`, async (t) => {
    const { stdout, exitCode } = await machine(t, { 'a.reg': read(name) }, ['--format', 'json']);
    const output = checkJson('machine', stdout);
    assert.deepEqual(output.files, ['a.reg']);
    assert.equal(output.hasProblem, exitCode === 1);
    assert.ok(output.products.length >= 6);
  });
}

test('Markdown names what is wrong first, and what a registry holds stays text', async (t) => {
  const name = 'Sch|Use`Strong';
  const text = `Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client]\r\n"Enabled"=dword:00000000\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002]\r\n"Functions"="<b>|${name}"\r\n`;
  const { stdout } = await machine(t, { 'a.reg': text }, ['--format', 'markdown']);
  assert.ok(stdout.indexOf('## What is wrong') < stdout.indexOf('## All settings'));
  assert.match(stdout, /### Problem: TLS 1\.2 of Windows/);
  assert.match(stdout, /: ``"<b>\|Sch\|Use`Strong"``$/m);
});

test('the Windows of a file that does not tell it can be given', async (t) => {
  const text =
    'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL]\r\n';
  const args = ['--format', 'json', '--windows'];
  const old = checkJson('machine', (await machine(t, { 'a.reg': text }, [...args, '7'])).stdout);
  const current = checkJson('machine', (await machine(t, { 'a.reg': text }, [...args, 'server-2022'])).stdout);
  const level = (output: typeof old) =>
    output.checks.find((check: { id: string }) => check.id === 'schannel-tls-1.2').level;
  assert.deepEqual([level(old), level(current)], ['bad', 'good']);
  assert.equal(current.windows.name, 'Windows Server 2022');
});

test('files that are not there or no registry files, and systems without a registry, end with 2', async (t) => {
  const missing = await runCli(['machine', '--reg', 'no.reg'], tempFolder(t, {}));
  assert.deepEqual([missing.exitCode, missing.stderr], [2, 'error: no.reg cannot be read: there is no such file.\n']);
  const wrong = await machine(t, { 'a.reg': 'hello' });
  assert.deepEqual([wrong.exitCode, wrong.stderr], [2, 'error: a.reg is no registry file.\n']);
  if (process.platform !== 'win32') {
    const none = await runCli(['machine'], tempFolder(t, {}));
    assert.equal(none.exitCode, 2);
    assert.match(none.stderr, /has no registry\. .*--reg/);
  }
});

test('the registry of the machine itself is read through a port', async (t) => {
  const readMachine = async () => ({
    exports: [read('server-2019')],
    absent: [],
    windows: { build: 17763, isServer: true },
    is64Bit: true,
  });
  const { stdout, exitCode } = await runCli(['machine'], tempFolder(t, {}), { readMachine });
  assert.equal(exitCode, 0);
  assert.match(stdout, /^the registry of this machine: Windows Server 2019 \(build 17763\), \.NET Framework 4\.7\.2\n/);
  const failing = await runCli(['machine'], tempFolder(t, {}), {
    readMachine: () => Promise.reject(new Error('no reg.exe')),
  });
  assert.deepEqual([failing.exitCode, failing.stderr], [2, 'error: no reg.exe\n']);
});
