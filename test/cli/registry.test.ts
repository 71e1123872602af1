import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { runCli } from '../harness/cli-io.ts';
import { repositoryRoot } from '../harness/repository.ts';
import { checkJson } from '../harness/schema.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const names = ['dynamics-tls-undo.ps1', 'dynamics-tls-undo.reg', 'dynamics-tls.ps1', 'dynamics-tls.reg'];

test('four files are written, and the output says what they are and that nothing is applied', async (t) => {
  const folder = tempFolder(t, {});
  const { exitCode, stdout } = await runCli(['registry'], folder);
  assert.equal(exitCode, 0);
  assert.deepEqual(readdirSync(folder).sort(), names);
  assert.match(stdout, /^Written, and not applied:\n {2}dynamics-tls\.reg {7}sets the values when it is imported\n/);
  assert.match(stdout, /Windows 7 and Server 2008 R2 they need --schannel/);
  assert.match(stdout, /AppContext switch in the \.config/);
});

test('JSON fits its schema, and names files in the folder that was asked for', async (t) => {
  const folder = tempFolder(t, {});
  const { stdout } = await runCli(['registry', '--out', 'a/b', '--schannel', '--format', 'json'], folder);
  const { files } = checkJson('registry', stdout);
  assert.deepEqual(
    files.map(({ file }: { file: string }) => file).sort(),
    names.map((name) => `a/b/${name}`),
  );
  assert.match(
    readFileSync(join(folder, 'a/b/dynamics-tls.reg'), 'utf16le'),
    /SCHANNEL\\Protocols\\TLS 1\.2\\Client\]/,
  );
});

test('files that exist stay as they are, all of them, unless --force says otherwise', async (t) => {
  const folder = tempFolder(t, { 'dynamics-tls.ps1': 'mine' });
  const { exitCode, stderr } = await runCli(['registry'], folder);
  assert.equal(exitCode, 2);
  assert.equal(stderr, 'error: dynamics-tls.ps1 exists already. Nothing was written; --force overwrites.\n');
  assert.deepEqual(readdirSync(folder), ['dynamics-tls.ps1']);
  assert.equal((await runCli(['registry', '--force'], folder)).exitCode, 0);
  assert.notEqual(readFileSync(join(folder, 'dynamics-tls.ps1'), 'utf8'), 'mine');
});

test('with an export of the machine the undo file restores what it holds', async (t) => {
  const state = readFileSync(`${repositoryRoot}test/core/machines/states/dotnet-off.reg`);
  const folder = tempFolder(t, {});
  writeFileSync(join(folder, 'before.reg'), state);
  assert.equal((await runCli(['registry', '--before', 'before.reg'], folder)).exitCode, 0);
  const undo = readFileSync(join(folder, 'dynamics-tls-undo.reg'), 'utf16le');
  assert.match(
    undo,
    /\[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\\.NETFramework\\v4\.0\.30319\]\r\n"SchUseStrongCrypto"=dword:00000000\r\n/,
  );
  assert.match(undo, /; It restores 3 of 8 values/);
  assert.match(undo, /; The export does not hold these keys/);
});

test('a folder that cannot be made ends with 2', async (t) => {
  const folder = tempFolder(t, { file: '' });
  const { exitCode, stderr } = await runCli(['registry', '--out', 'file/below'], folder);
  assert.equal(exitCode, 2);
  assert.match(stderr, /^error: file\/below cannot be made: /);
});

test('with --app-config only the configuration of one program is completed, to the byte', async (t) => {
  const before = '<?xml version="1.0" encoding="utf-8"?>\r\n<configuration>\r\n\t<startup />\r\n</configuration>\r\n';
  const folder = tempFolder(t, { 'Sync.exe.config': `\ufeff${before}` });
  const args = ['registry', '--app-config', 'Sync.exe'];
  const first = await runCli(args, folder);
  assert.equal(first.exitCode, 0);
  assert.match(first.stdout, /^Sync\.exe\.config has the switch now: /);
  assert.deepEqual(readdirSync(folder), ['Sync.exe.config']);
  const after = readFileSync(join(folder, 'Sync.exe.config'), 'utf8');
  assert.equal(
    after,
    `\ufeff${before.replace('\t<startup />', '\t<startup />\r\n\t<runtime>\r\n\t\t<AppContextSwitchOverrides value="Switch.System.Net.DontEnableSchUseStrongCrypto=false" />\r\n\t</runtime>')}`,
  );
  assert.match((await runCli(args, folder)).stdout, /^Sync\.exe\.config has the switch already\./);
  assert.equal(readFileSync(join(folder, 'Sync.exe.config'), 'utf8'), after);
});

test('a configuration file that is not there is made, and a file that no program reads is refused', async (t) => {
  const folder = tempFolder(t, { 'data.xml': '<configuration />' });
  const made = await runCli(['registry', '--app-config', 'Sync.exe.config', '--format', 'json'], folder);
  assert.deepEqual(checkJson('registry', made.stdout).files[0].file, 'Sync.exe.config');
  assert.match(readFileSync(join(folder, 'Sync.exe.config'), 'utf8'), /DontEnableSchUseStrongCrypto=false/);
  const refused = await runCli(['registry', '--app-config', 'data.xml'], folder);
  assert.equal(refused.exitCode, 2);
  assert.match(refused.stderr, /is not the configuration file of a program/);
});
