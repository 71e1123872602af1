import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { runCli } from '../harness/cli-io.ts';
import { checkJson } from '../harness/schema.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const project = (version: string, before = '', indent = '    ') =>
  `<Project>\n${before}  <PropertyGroup>\n${indent}<OutputType>Exe</OutputType>\n${indent}<TargetFrameworkVersion>${version}</TargetFrameworkVersion>\n  </PropertyGroup>\n</Project>\n`;
const rule = 'target-framework-too-old';
const write = ['audit', '--write-baseline', '--baseline', 'known.json'];
const compare = ['audit', '--baseline', 'known.json'];

test('a baseline is written once, the same each time, sorted, with a line for each entry', async (t) => {
  const folder = tempFolder(t, {
    'b/B.csproj': project('v4.5'),
    'a/A.csproj': project('v4.0'),
    'c/C.csproj': project('v4.8'),
  });
  const first = await runCli(write, folder);
  assert.equal(first.exitCode, 0);
  assert.match(first.stdout, /^nothing to report \(3 projects: .*; 2 in known\.json; /);
  const text = readFileSync(join(folder, 'known.json'), 'utf8');
  checkJson('baseline', text);
  assert.deepEqual(
    text
      .split('\n')
      .map((line) => line.replace(/"[0-9a-f]{16}"/g, '"#"').replace(/"message": "(.{14}).*"/, '"message": "$1"')),
    [
      '{',
      '  "formatVersion": 1,',
      '  "findings": {',
      '    "a/A.csproj": [',
      `      { "rule": "${rule}", "severity": "error", "line": "#", "around": "#", "message": ".NET Framework" }`,
      '    ],',
      '    "b/B.csproj": [',
      `      { "rule": "${rule}", "severity": "error", "line": "#", "around": "#", "message": ".NET Framework" }`,
      '    ]',
      '  }',
      '}',
      '',
    ],
  );
  await runCli(write, folder);
  assert.equal(readFileSync(join(folder, 'known.json'), 'utf8'), text);
});

test('without a name it stands in the working folder', async (t) => {
  const folder = tempFolder(t, { 'A.csproj': project('v4.5') });
  await runCli(['audit', '--write-baseline'], folder);
  const { exitCode } = await runCli(['audit', '--baseline', '.dynamics-tls-baseline.json'], folder);
  assert.equal(exitCode, 0);
});

/** What becomes of a project, and whether the baseline still knows its finding. */
for (const [name, after, isKnown] of [
  ['lines are put in before it', project('v4.5', '  <!-- one -->\n\n\n  <!-- two -->\n'), true],
  ['its indentation changes', project('v4.5', '', '\t\t'), true],
  ['its line ends change', project('v4.5').replaceAll('\n', '\r\n'), true],
  ['its neighbours change', project('v4.5').replace('<OutputType>Exe', '<OutputType>WinExe'), true],
  ['its line gets another target', project('v4.0'), false],
  [
    'a second one of another rule comes',
    project('v4.5').replace('<OutputType>', '<!-- dynamics-tls-disable-line no-such-rule -->\n    <OutputType>'),
    false,
  ],
] as const) {
  test(`a finding is ${isKnown ? 'recognised' : 'told'} when ${name}`, async (t) => {
    const folder = tempFolder(t, { 'A.csproj': project('v4.5') });
    await runCli(write, folder);
    const before = readFileSync(join(folder, 'known.json'), 'utf8');
    writeFileSync(join(folder, 'A.csproj'), after);
    const { exitCode, stderr } = await runCli(compare, folder);
    assert.equal(exitCode, isKnown ? 0 : 1);
    if (isKnown) {
      assert.equal(stderr, '');
      assert.equal(readFileSync(join(folder, 'known.json'), 'utf8'), before, 'the file stays as it is');
    }
  });
}

test('equal findings are counted, and one more is told', async (t) => {
  const withComments = (count: number) =>
    `<Project Sdk="Microsoft.NET.Sdk">\n${'<!-- dynamics-tls-disable-line no-such-rule -->\n'.repeat(count)}<PropertyGroup><TargetFramework>net48</TargetFramework></PropertyGroup>\n</Project>\n`;
  const folder = tempFolder(t, { 'A.csproj': withComments(6) });
  await runCli(write, folder);
  assert.match(readFileSync(join(folder, 'known.json'), 'utf8'), /"count": 2/);
  assert.equal((await runCli(compare, folder)).exitCode, 0);
  writeFileSync(join(folder, 'A.csproj'), withComments(7));
  const { stdout } = await runCli([...compare, '--format', 'json'], folder);
  const output = checkJson('audit', stdout);
  assert.equal(output.findings.length, 1);
  assert.deepEqual(output.baseline, { file: 'known.json', known: 6, gone: 0 });
  assert.equal(output.summary.findings.warning, 1);
});

test('what is gone is taken out, and told when it comes back', async (t) => {
  const folder = tempFolder(t, {
    'A.csproj': project('v4.5'),
    'B.csproj': project('v4.5'),
    'C.csproj': project('v4.5'),
  });
  await runCli(write, folder);
  const lines = readFileSync(join(folder, 'known.json'), 'utf8').split('\n');
  writeFileSync(join(folder, 'B.csproj'), project('v4.8'));
  const fixed = await runCli([...compare, '--format', 'json'], folder);
  assert.equal(fixed.exitCode, 0);
  assert.equal(fixed.stderr, '1 finding of the baseline is gone: known.json is shorter now.\n');
  assert.deepEqual(checkJson('audit', fixed.stdout).baseline, { file: 'known.json', known: 2, gone: 1 });
  const start = lines.indexOf('    "B.csproj": [');
  assert.deepEqual(readFileSync(join(folder, 'known.json'), 'utf8').split('\n'), lines.toSpliced(start, 3));
  writeFileSync(join(folder, 'B.csproj'), project('v4.5'));
  assert.equal((await runCli(compare, folder)).exitCode, 1);
});

test('a finding that has become worse is told', async (t) => {
  const library = project('v4.5').replace('Exe', 'Library');
  const reference = (version: string) =>
    project(version).replace(
      '  </PropertyGroup>',
      '  </PropertyGroup>\n  <ItemGroup><ProjectReference Include="Lib.csproj" /></ItemGroup>',
    );
  const folder = tempFolder(t, { 'Lib.csproj': library, 'App.csproj': reference('v4.8') });
  await runCli(write, folder);
  assert.match(readFileSync(join(folder, 'known.json'), 'utf8'), /"severity": "information"/);
  assert.equal((await runCli(compare, folder)).exitCode, 0);
  writeFileSync(join(folder, 'App.csproj'), project('v4.8'));
  assert.equal((await runCli(compare, folder)).exitCode, 1, 'no safe program loads the library any more');
});

test('a run over a part of the files takes nothing out of the others', async (t) => {
  const folder = tempFolder(t, { 'a/A.csproj': project('v4.5'), 'b/B.csproj': project('v4.5') });
  await runCli(write, folder);
  const before = readFileSync(join(folder, 'known.json'), 'utf8');
  writeFileSync(join(folder, 'b/B.csproj'), project('v4.8'));
  for (const path of ['a', 'a/A.csproj']) {
    assert.equal((await runCli([...compare, path], folder)).exitCode, 0);
    assert.equal(readFileSync(join(folder, 'known.json'), 'utf8'), before, path);
  }
});

test('a file that is deleted leaves the baseline', async (t) => {
  const folder = tempFolder(t, { 'A.csproj': project('v4.5'), 'known.json': '' });
  writeFileSync(
    join(folder, 'known.json'),
    '{ "formatVersion": 1, "findings": { "Gone.csproj": [{ "rule": "x", "severity": "error", "line": "0000000000000000", "around": "0000000000000000" }] } }',
  );
  await runCli(compare, folder);
  assert.equal(readFileSync(join(folder, 'known.json'), 'utf8'), '{\n  "formatVersion": 1,\n  "findings": {}\n}\n');
});

test('a baseline that cannot be written is said, and the audit goes on', {
  skip: process.getuid?.() === 0 && process.platform === 'win32' && 'root writes everything',
}, async (t) => {
  const folder = tempFolder(t, { 'A.csproj': project('v4.5') });
  await runCli(write, folder);
  writeFileSync(join(folder, 'A.csproj'), project('v4.8'));
  chmodSync(join(folder, 'known.json'), 0o444);
  const { exitCode, stderr } = await runCli(compare, folder);
  assert.equal(exitCode, 0);
  assert.equal(stderr, '1 finding of the baseline is gone, but known.json cannot be written: access is denied.\n');
});

/** Files that are no baseline: exit code 2, and what is wrong. */
for (const [text, message] of [
  [undefined, /known\.json cannot be read: there is no such file\. Write it first with --write-baseline\./],
  ['', /known\.json is no baseline: it is no JSON/],
  ['[]', /it has no "findings"/],
  ['{ "formatVersion": 2, "findings": {} }', /"formatVersion" is 2, and this version reads 1/],
  ['{ "formatVersion": 1, "findings": { "A": [{}] } }', /its entries for "A" are no findings/],
  ['{\n<<<<<<< HEAD\n}', /merge conflict/],
] as const) {
  test(`${JSON.stringify(text)} is refused as a baseline`, async (t) => {
    const folder = tempFolder(t, {
      'A.csproj': project('v4.5'),
      ...(text === undefined ? {} : { 'known.json': text }),
    });
    const { exitCode, stderr, stdout } = await runCli(compare, folder);
    assert.equal(exitCode, 2);
    assert.match(stderr, message);
    assert.equal(stdout, '');
  });
}

test('a password on the line of a finding does not get into the baseline', async (t) => {
  const secret = 'Hunter2-Hunter2';
  const folder = tempFolder(t, {
    'App.csproj': project('v4.8'),
    'App.config': `<configuration>\n  <connectionStrings>\n    <add name="crm" connectionString="Url=http://contoso.crm4.dynamics.com;Username=a;Password=${secret}" />\n  </connectionStrings>\n</configuration>\n`,
  });
  await runCli(write, folder);
  const text = readFileSync(join(folder, 'known.json'), 'utf8');
  assert.match(text, /clear-text-url/);
  assert.ok(!text.includes(secret));
});

test('--output writes what is printed otherwise', async (t) => {
  const folder = tempFolder(t, { 'A.csproj': project('v4.5') });
  const { exitCode, stdout } = await runCli(['audit', '--format', 'json', '--output', 'result.json'], folder);
  assert.deepEqual([exitCode, stdout], [1, '']);
  assert.equal(checkJson('audit', readFileSync(join(folder, 'result.json'), 'utf8')).findings.length, 1);
  const again = await runCli(['audit', '--format', 'json', '--output', 'result.json'], folder);
  assert.equal(again.exitCode, 1);
  const refused = await runCli(['audit', '--output', 'no/such/folder.txt'], folder);
  assert.equal(refused.exitCode, 2);
  assert.match(refused.stderr, /no\/such\/folder\.txt cannot be written: there is no such file/);
});
