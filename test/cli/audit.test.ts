import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { runCli } from '../harness/cli-io.ts';
import { checkJson } from '../harness/schema.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const project = (version: string, type = 'Exe') =>
  `<Project>\n  <PropertyGroup>\n    <OutputType>${type}</OutputType>\n    <TargetFrameworkVersion>${version}</TargetFrameworkVersion>\n  </PropertyGroup>\n</Project>\n`;

test('the text shows place, line, marker, fix and summary', async (t) => {
  const folder = tempFolder(t, { 'src/App.csproj': project('v4.5.2') });
  const { stdout, exitCode, stderr } = await runCli(['audit'], folder);
  assert.equal(exitCode, 1);
  assert.equal(stderr, '');
  assert.deepEqual(stdout.split('\n'), [
    'src/App.csproj:4:29 error .NET Framework 4.5.2 offers only SSL 3.0 and TLS 1.0 by default, and Dynamics 365 and Dataverse online refuse both. Target .NET Framework 4.6.2 or later. [target-framework-too-old]',
    '  4 |     <TargetFrameworkVersion>v4.5.2</TargetFrameworkVersion>',
    '    |                             ^^^^^^',
    '  fix: Retarget to .NET Framework 4.6.2',
    '',
    '1 error (1 project: 0 safe, 1 unsafe, 0 unknown, 0 not affected; 0.0 s)',
    '',
  ]);
});

test('the JSON is that of the contract', async (t) => {
  const folder = tempFolder(t, { 'src/App.csproj': project('v4.5.2'), 'src/Lib.csproj': project('v4.8', 'Library') });
  const { stdout, exitCode } = await runCli(['audit', 'src', '--format', 'json'], folder);
  assert.equal(exitCode, 1);
  const { milliseconds: _, ...summary } = checkJson('audit', stdout).summary;
  const output = checkJson('audit', stdout);
  assert.deepEqual(summary, { files: 2, projects: 2, findings: { error: 1, warning: 0, information: 0, hint: 0 } });
  assert.equal(output.formatVersion, 1);
  assert.equal(output.tool.name, 'dynamics-tls');
  assert.deepEqual(
    output.findings.map(
      (finding: { file: string; range: unknown; rule: string; project: string; fixes: unknown }) => finding,
    ),
    [
      {
        rule: 'target-framework-too-old',
        severity: 'error',
        file: 'src/App.csproj',
        range: { start: { line: 4, column: 29 }, end: { line: 4, column: 35 } },
        message: output.findings[0].message,
        project: 'src/App.csproj',
        fixes: [{ title: 'Retarget to .NET Framework 4.6.2' }],
        related: [],
      },
    ],
  );
  assert.deepEqual(
    output.projects.map(({ because: _because, ...rest }: { because: unknown }) => rest),
    [
      {
        file: 'src/App.csproj',
        role: 'client',
        targetFrameworks: [
          { declared: 'v4.5.2', moniker: '.NETFramework,Version=v4.5.2', file: 'src/App.csproj', line: 4 },
        ],
        verdict: 'unsafe',
      },
      {
        file: 'src/Lib.csproj',
        role: 'library',
        targetFrameworks: [
          { declared: 'v4.8', moniker: '.NETFramework,Version=v4.8', file: 'src/Lib.csproj', line: 4 },
        ],
        verdict: 'unknown',
      },
    ],
  );
});

test('what a comment silences does not count, is counted, and stands in the JSON with its reason', async (t) => {
  const line = '    <TargetFrameworkVersion>v4.5.2</TargetFrameworkVersion>';
  const silenced = (words: string) =>
    project('v4.5.2').replace(
      line,
      `    <!-- dynamics-tls-disable-next-line target-framework-too-old${words} -->\n${line}`,
    );
  const folder = tempFolder(t, { 'A.csproj': silenced(' until 2027-01-31: goes in spring'), 'B.csproj': silenced('') });
  const today = () => '2026-11-25';
  const text = await runCli(['audit'], folder, { today });
  assert.equal(text.exitCode, 0);
  assert.match(text.stdout, /^nothing to report \(2 projects: 0 safe, 2 unsafe, .*; 2 disabled by comments; /);
  const output = checkJson('audit', (await runCli(['audit', '--format', 'json'], folder, { today })).stdout);
  assert.deepEqual(output.findings, []);
  assert.deepEqual(
    output.suppressed.map(({ file, rule, range, comment, reason, until }: Record<string, unknown>) => ({
      file,
      rule,
      range,
      comment,
      reason,
      until,
    })),
    ['A.csproj', 'B.csproj'].map((file) => ({
      file,
      rule: 'target-framework-too-old',
      range: { start: { line: 5, column: 29 }, end: { line: 5, column: 35 } },
      comment: { line: 4 },
      reason: file === 'A.csproj' ? 'goes in spring' : null,
      until: file === 'A.csproj' ? '2027-01-31' : null,
    })),
  );
  const later = await runCli(['audit'], folder, { today: () => '2027-02-01' });
  assert.equal(later.exitCode, 1);
  assert.match(later.stdout, /A\.csproj:4:\d+ information This exception ended on 2027-01-31/);
});

test('neither a comment nor a rule that is off changes what explain says of a process', async (t) => {
  const comment = '  <!-- dynamics-tls-disable-file target-framework-too-old: goes in spring -->\n';
  const plain = tempFolder(t, { 'A.csproj': project('v4.5.2') });
  const silenced = tempFolder(t, { 'A.csproj': project('v4.5.2').replace('<Project>\n', `<Project>\n${comment}`) });
  const switchedOff = tempFolder(t, {
    'A.csproj': project('v4.5.2'),
    '.dynamics-tls.json': '{ "rules": { "target-framework-too-old": "off" } }',
  });
  const verdicts = async (folder: string) => {
    const { stdout, exitCode } = await runCli(['explain', '--format', 'json'], folder);
    const { processes } = checkJson('explain', stdout);
    return [exitCode, processes.map(({ verdict, windows }: Record<string, unknown>) => ({ verdict, windows }))];
  };
  const expected = await verdicts(plain);
  assert.equal(expected[0], 1);
  assert.deepEqual(await verdicts(silenced), expected);
  assert.deepEqual(await verdicts(switchedOff), expected);
  assert.equal((await runCli(['audit'], silenced)).exitCode, 0);
  assert.equal((await runCli(['audit'], switchedOff)).exitCode, 0);
});

/** What `--fail-on` makes of a warning. */
for (const [level, expected] of [
  ['error', 0],
  ['warning', 1],
  ['information', 1],
  ['never', 0],
] as const) {
  test(`--fail-on ${level} ends with ${expected} for a warning`, async (t) => {
    const folder = tempFolder(t, { 'App.csproj': project('v4.6') });
    assert.equal((await runCli(['audit', '--fail-on', level], folder)).exitCode, expected);
  });
}

test('nothing to report ends with 0', async (t) => {
  const folder = tempFolder(t, { 'App.csproj': project('v4.8') });
  const { stdout, exitCode } = await runCli(['audit'], folder);
  assert.equal(exitCode, 0);
  assert.match(stdout, /^nothing to report/);
});

/** Wrong command lines: exit code 2, and a text that helps. */
for (const { args, text } of [
  { args: ['audit', 'no-such-folder'], text: /There is no file or folder "no-such-folder"/ },
  { args: ['audit', 'notes.md'], text: /"notes\.md" is not a kind of file that is analysed/ },
  { args: ['audti'], text: /Did you mean audit\?/ },
  { args: ['audit', '--formta', 'json'], text: /Did you mean --format\?/ },
  { args: ['audit', '--format', 'yaml'], text: /Allowed choices are text, json/ },
  { args: ['fix', '--target', '4.5'], text: /must be one of 4\.6\.2/ },
]) {
  test(`\`${args.join(' ')}\` is refused with help`, async (t) => {
    const folder = tempFolder(t, { 'notes.md': '' });
    const { exitCode, stderr, stdout } = await runCli(args, folder);
    assert.equal(exitCode, 2);
    assert.match(stderr, text);
    assert.equal(stdout, '');
  });
}

test('help and version are printed to standard output with exit code 0', async (t) => {
  const folder = tempFolder(t);
  const help = await runCli(['--help'], folder);
  assert.equal(help.exitCode, 0);
  for (const command of ['audit', 'fix', 'server']) {
    assert.match(help.stdout, new RegExp(`^  ${command} `, 'm'));
  }
  const version = await runCli(['--version'], folder);
  assert.deepEqual([version.exitCode, version.stdout], [0, '0.0.0-source\n']);
});

test('colours are for terminals, and NO_COLOR refuses them', async (t) => {
  const folder = tempFolder(t, { 'App.csproj': project('v4.5') });
  const controlSequence = '\u001b[';
  assert.ok((await runCli(['audit'], folder, { stdoutIsTerminal: true })).stdout.includes(controlSequence));
  assert.ok(!(await runCli(['audit'], folder)).stdout.includes(controlSequence));
  assert.ok(
    !(await runCli(['audit'], folder, { stdoutIsTerminal: true, environment: { NO_COLOR: '1' } })).stdout.includes(
      controlSequence,
    ),
  );
});

test('what .gitignore names and what is built is left out', async (t) => {
  const old = project('v4.0');
  const folder = tempFolder(t, {
    '.git/HEAD': '',
    '.gitignore': 'out/\n*.old.csproj\n!keep.old.csproj\n',
    'A.csproj': old,
    'x.old.csproj': old,
    'keep.old.csproj': old,
    'out/B.csproj': old,
    'sub/.gitignore': '/C.csproj\n',
    'sub/C.csproj': old,
    'sub/deep/C.csproj': old,
    'Packages/D.csproj': old,
    ...Object.fromEntries(
      ['bin', 'obj', 'packages', 'node_modules', '.git', '.vs'].map((name) => [`${name}/E.csproj`, old]),
    ),
  });
  const names = async (path: string, cwd: string) =>
    checkJson('audit', (await runCli(['audit', path, '--format', 'json'], cwd)).stdout).projects.map(
      ({ file }: { file: string }) => file,
    );
  assert.deepEqual(await names('.', folder), ['A.csproj', 'Packages/D.csproj', 'keep.old.csproj', 'sub/deep/C.csproj']);
  assert.deepEqual(await names('.', join(folder, 'sub')), ['deep/C.csproj'], 'rules above the folder count');
  const excluded = await runCli(['audit', '--exclude', 'sub', '*/D.csproj', '--format', 'json'], folder);
  assert.deepEqual(
    checkJson('audit', excluded.stdout).projects.map(({ file }: { file: string }) => file),
    ['A.csproj', 'keep.old.csproj'],
  );
});

test('a solution stands for its projects, a project for itself', async (t) => {
  const folder = tempFolder(t, {
    'All.sln': 'Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "A", "a\\A.csproj", "{1}"\nEndProject\n',
    'a/A.csproj': project('v4.5'),
    'b/B.csproj': project('v4.5'),
  });
  const files = async (path: string) =>
    checkJson('audit', (await runCli(['audit', path, '--format', 'json'], folder)).stdout).projects.map(
      ({ file }: { file: string }) => file,
    );
  assert.deepEqual(await files('All.sln'), ['a/A.csproj']);
  assert.deepEqual(await files('b/B.csproj'), ['b/B.csproj']);
});

test('links out of the folder, loops and unreadable things cost a notice at most', async (t) => {
  const outside = tempFolder(t, { 'Secret.props': '<Project/>' });
  const folder = tempFolder(t, {
    'App.csproj':
      '<Project><Import Project="link.props"/><PropertyGroup><OutputType>Exe</OutputType><TargetFrameworkVersion>v4.5</TargetFrameworkVersion></PropertyGroup></Project>',
    'Binary.csproj': new Uint8Array([1, 0, 2]),
  });
  symlinkSync(join(outside, 'Secret.props'), join(folder, 'link.props'));
  symlinkSync(folder, join(folder, 'loop'));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'dead.csproj'));
  const { stdout, exitCode } = await runCli(['audit', '--format', 'json'], folder);
  const output = checkJson('audit', stdout);
  assert.equal(exitCode, 1);
  assert.equal(output.findings.filter(({ severity }: { severity: string }) => severity === 'error').length, 1);
  const notices = output.notices.map(({ file, message }: { file: string; message: string }) => `${file}: ${message}`);
  assert.ok(
    notices.some((notice: string) => /^link\.props: .*leaves the folder/.test(notice)),
    notices.join('\n'),
  );
  assert.ok(
    notices.some((notice: string) => /^Binary\.csproj: .*not text/.test(notice)),
    notices.join('\n'),
  );
});

test('a folder that cannot be read is named, and the rest is audited', {
  skip: process.getuid?.() === 0 && 'root reads everything',
}, async (t) => {
  const folder = tempFolder(t, { 'App.csproj': project('v4.5') });
  mkdirSync(join(folder, 'locked'));
  chmodSync(join(folder, 'locked'), 0);
  t.after(() => chmodSync(join(folder, 'locked'), 0o700));
  const { stdout } = await runCli(['audit', '--format', 'json'], folder);
  assert.deepEqual(
    checkJson('audit', stdout).notices.map(({ file }: { file: string }) => file),
    ['locked'],
  );
});

test('control characters of a file never reach the terminal', async (t) => {
  const folder = tempFolder(t);
  writeFileSync(
    join(folder, 'App.csproj'),
    '<Project><PropertyGroup>\u001b[31m<TargetFrameworkVersion>v4.5</TargetFrameworkVersion></PropertyGroup></Project>',
  );
  const { stdout } = await runCli(['audit'], folder);
  assert.ok(!stdout.includes('\u001b'));
});
