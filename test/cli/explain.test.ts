import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runCli } from '../harness/cli-io.ts';
import { checkJson } from '../harness/schema.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const project = (target: string, body = '', output = 'Exe') =>
  `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>${output}</OutputType><TargetFramework>${target}</TargetFramework></PropertyGroup><ItemGroup>${body}</ItemGroup></Project>`;

function workspace(t: TestContext): string {
  return tempFolder(t, {
    'App/App.csproj': project('net48', '<ProjectReference Include="../Lib/Lib.csproj" />'),
    'Lib/Lib.csproj': project('net452', '', 'Library'),
    'Old/Old.csproj': project('net452'),
    'Directory.Build.props': '<Project />',
    'readme.txt': '',
  });
}

test('exit code 1 exactly when a process is unsafe', async (t) => {
  const folder = workspace(t);
  assert.equal((await runCli(['explain'], folder)).exitCode, 1);
  assert.equal((await runCli(['explain', 'Old'], folder)).exitCode, 1);
  assert.equal((await runCli(['explain', 'App', 'Lib'], folder)).exitCode, 0);
  assert.equal((await runCli(['explain'], tempFolder(t, { 'a.config': '<configuration />' }))).exitCode, 0);
});

test('exit code 2 for what is not there, cannot be explained, or is no option', async (t) => {
  const folder = workspace(t);
  for (const [args, message] of [
    [['nowhere'], /no file or folder "nowhere"/],
    [['readme.txt'], /not a kind of file/],
    [['Directory.Build.props'], /belongs to no process/],
    [['--format', 'yaml'], /Allowed choices are text, json/],
  ] as const) {
    const { exitCode, stderr, stdout } = await runCli(['explain', ...args], folder);
    assert.equal(exitCode, 2, args.join(' '));
    assert.match(stderr, message);
    assert.equal(stdout, '');
  }
});

test('a project is explained with the programs around it, and alone in the output', async (t) => {
  const { stdout, exitCode } = await runCli(['explain', 'Lib/Lib.csproj', '--format', 'json'], workspace(t));
  assert.equal(exitCode, 0);
  const { processes } = checkJson('explain', stdout);
  assert.deepEqual(
    processes.map(
      (process: { project: string; verdict: string; programs: string[]; target: null; configuration: null }) => [
        process.project,
        process.verdict,
        process.programs,
        process.target,
        process.configuration,
      ],
    ),
    [['Lib/Lib.csproj', 'safe', ['App/App.csproj'], null, null]],
  );
});

test('text fits 80 columns, but for places, and says verdict, chain and fix', async (t) => {
  const folder = workspace(t);
  const { stdout } = await runCli(['explain'], folder);
  assert.match(stdout, /^unsafe: Old\/Old\.csproj$/m);
  assert.match(stdout, /^ {2}decides {2}The entry assembly of Old\.csproj targets/m);
  assert.match(stdout, /^ {2}fix {6}Target \.NET Framework 4\.6\.2 or later$/m);
  assert.match(stdout, /^3 processes: 1 unsafe, 2 safe$/m);
  const contoso = fileURLToPath(new URL('../scenarios/contoso', import.meta.url));
  const lines = [stdout, (await runCli(['explain'], contoso)).stdout].join('').split('\n');
  const isPlace = (line: string) => /^ +\S+:\d+$/.test(line) || /^[a-z ]+: \S+$/.test(line);
  assert.deepEqual(
    lines.filter((line) => line.length > 80 && !isPlace(line)),
    [],
  );
});

test('audit and explain agree on every project of the sample', async () => {
  const contoso = fileURLToPath(new URL('../scenarios/contoso', import.meta.url));
  const audit = checkJson('audit', (await runCli(['audit', '--format', 'json'], contoso)).stdout);
  const { processes } = checkJson('explain', (await runCli(['explain', '--format', 'json'], contoso)).stdout);
  const rank = ['unsafe', 'unknown', 'safe', 'not-affected'];
  for (const { file, verdict, because } of audit.projects) {
    const own = processes.filter(({ project: path }: { project: string }) => path === file);
    const worst = rank.find((candidate) => own.some((process: { verdict: string }) => process.verdict === candidate));
    assert.equal(worst, verdict, file);
    const texts = own.flatMap((process: { because: { text: string }[] }) => process.because.map(({ text }) => text));
    assert.ok(
      because.every(({ text }: { text: string }) => texts.includes(text)),
      file,
    );
  }
});
