import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeFileAtomically } from '../../server/src/platform/node/write-file.ts';
import { runCli } from '../harness/cli-io.ts';
import { checkJson } from '../harness/schema.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const contoso = fileURLToPath(new URL('../scenarios/contoso', import.meta.url));
const project = (version: string) =>
  `<Project>\n  <PropertyGroup>\n    <OutputType>Exe</OutputType>\n    <TargetFrameworkVersion>${version}</TargetFrameworkVersion>\n  </PropertyGroup>\n</Project>\n`;

test('the sample solution is silent after the fix, and a second fix changes nothing', async (t) => {
  const folder = tempFolder(t, contoso);
  const before = snapshot(folder);
  const first = await runCli(['fix', '--format', 'json'], folder);
  assert.equal(first.exitCode, 0, first.stderr);
  const output = checkJson('fix', first.stdout);
  const after = snapshot(folder);
  const changed = [...after]
    .filter(([name, bytes]) => before.get(name) !== bytes)
    .map(([name]) => name)
    .sort();
  assert.deepEqual([...output.files].sort(), changed);
  assert.deepEqual([...before.keys()], [...after.keys()], 'no file is left behind');
  for (const name of changed) {
    assert.ok(
      differingLines(before.get(name) ?? '', after.get(name) ?? '') <= 2,
      `${name} changes one value, or a value and a profile`,
    );
  }
  assert.ok(output.leftAlone.length >= 2, 'plug-in and workflow activity are left alone and named');
  const audit = await runCli(['audit', '--format', 'json'], folder);
  assert.equal(audit.exitCode, 0);
  const left = checkJson('audit', audit.stdout).findings.filter(
    ({ severity }: { severity: string }) => severity !== 'information',
  );
  assert.deepEqual(left, []);
  const second = await runCli(['fix', '--format', 'json'], folder);
  assert.deepEqual(checkJson('fix', second.stdout).files, []);
  assert.deepEqual(snapshot(folder), after);
});

test('--target writes the version that was asked for', async (t) => {
  const folder = tempFolder(t, {
    'A.csproj': project('v4.5'),
    'B.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net452</TargetFramework></PropertyGroup></Project>',
  });
  assert.equal((await runCli(['fix', '--target', 'net48'], folder)).exitCode, 0);
  assert.match(readFileSync(join(folder, 'A.csproj'), 'utf8'), />v4\.8</);
  assert.match(readFileSync(join(folder, 'B.csproj'), 'utf8'), />net48</);
});

test('a read-only file is left as it is and named, the others are fixed', async (t) => {
  const folder = tempFolder(t, { 'A.csproj': project('v4.5'), 'B.csproj': project('v4.0') });
  chmodSync(join(folder, 'A.csproj'), 0o444);
  const { exitCode, stdout } = await runCli(['fix'], folder);
  assert.equal(exitCode, 2);
  assert.match(stdout, /failed A\.csproj: .*read-only/);
  assert.equal(readFileSync(join(folder, 'A.csproj'), 'utf8'), project('v4.5'));
  assert.equal(readFileSync(join(folder, 'B.csproj'), 'utf8'), project('v4.6.2'));
});

test('a write that fails leaves the old file and nothing else', (t) => {
  const folder = tempFolder(t, { 'A.csproj': 'old' });
  const path = join(folder, 'A.csproj');
  const broken = new Proxy(new Uint8Array(3), {
    get() {
      throw new Error('the disk is full');
    },
  });
  assert.throws(() => writeFileAtomically(path, broken));
  assert.equal(readFileSync(path, 'utf8'), 'old');
  assert.deepEqual(readdirSync(folder), ['A.csproj']);
});

test('the mode of a file stays', (t) => {
  const folder = tempFolder(t, { 'A.csproj': 'old' });
  const path = join(folder, 'A.csproj');
  chmodSync(path, 0o640);
  writeFileAtomically(path, new TextEncoder().encode('new'));
  assert.equal(statSync(path).mode & 0o777, 0o640);
  assert.equal(readFileSync(path, 'utf8'), 'new');
});

test('what needs a person is counted and ends with 1', async (t) => {
  const folder = tempFolder(t);
  writeFileSync(
    join(folder, 'P.csproj'),
    '<Project><PropertyGroup><OutputType>Library</OutputType><TargetFrameworkVersion>v4.8</TargetFrameworkVersion></PropertyGroup><ItemGroup><Reference Include="Microsoft.Xrm.Sdk"/><Compile Include="P.cs"/></ItemGroup></Project>',
  );
  writeFileSync(join(folder, 'P.cs'), 'class P : IPlugin { }');
  const { exitCode, stdout } = await runCli(['fix'], folder);
  assert.equal(exitCode, 1);
  assert.match(stdout, /1 findings? needs? a person/);
});

function snapshot(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name)).toString('latin1')]));
}

function differingLines(before: string, after: string): number {
  const kept = new Set(after.split('\n'));
  return before.split('\n').filter((line) => !kept.has(line)).length;
}

test('--dry-run prints a patch that git applies to what the fix would write, and writes nothing', async (t) => {
  const folder = tempFolder(t, contoso);
  const twin = tempFolder(t, contoso);
  const before = snapshot(folder);
  const { stdout, exitCode } = await runCli(['fix', '--dry-run'], folder);
  assert.equal(exitCode, 1);
  assert.deepEqual(snapshot(folder), before);
  await runCli(['fix'], twin);
  const utf8Only = [...before].filter(
    ([name, bytes]) => !bytes.startsWith('\u00ff\u00fe') && !/Contoso\.Archive/.test(name),
  );
  writeFileSync(join(folder, 'fix.patch'), stdout);
  const excluded = [...before.keys()].filter((name) => !utf8Only.some(([other]) => other === name));
  execFileSync('git', ['apply', '--whitespace=nowarn', ...excluded.map((name) => `--exclude=${name}`), 'fix.patch'], {
    cwd: folder,
    env: { ...process.env, GIT_DIR: '/nonexistent' },
  });
  const after = snapshot(twin);
  for (const [name] of utf8Only) {
    assert.equal(snapshot(folder).get(name), after.get(name), name);
  }
});
