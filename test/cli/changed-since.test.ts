import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { runCli } from '../harness/cli-io.ts';
import { checkJson } from '../harness/schema.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const skip = !hasGit() && 'no git to make repositories with';
const project = (version: string, type = 'Exe', more = '') =>
  `<Project>\n  <PropertyGroup>\n    <OutputType>${type}</OutputType>\n    <TargetFrameworkVersion>${version}</TargetFrameworkVersion>\n  </PropertyGroup>\n${more}</Project>\n`;
const sdk = (more = '') =>
  `<Project Sdk="Microsoft.NET.Sdk">\n  <PropertyGroup>\n    <OutputType>Exe</OutputType>\n${more}  </PropertyGroup>\n</Project>\n`;

function hasGit(): boolean {
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A repository with one commit of these files; what comes next is up to the test. */
function repository(t: TestContext, files: Record<string, string>, ...initOptions: string[]) {
  const folder = tempFolder(t, files);
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', ...args],
      {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, GIT_CONFIG_GLOBAL: '', GIT_CONFIG_NOSYSTEM: '1' },
      },
    );
  git('init', '-q', '-b', 'main', ...initOptions);
  git('add', '.');
  git('commit', '-qm', 'first');
  const write = (name: string, text: string) => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const commit = () => {
    git('add', '-A');
    git('commit', '-qm', 'next');
  };
  return { folder, git, write, commit };
}

async function worse(folder: string, ref: string, ...args: string[]): Promise<string[]> {
  const { stdout, stderr } = await runCli(['audit', '--format', 'json', '--changed-since', ref, ...args], folder);
  assert.notEqual(stdout, '', stderr);
  const output = checkJson('audit', stdout);
  return output.findings.map(({ file, rule, severity }: Record<string, string>) => `${file} ${rule} ${severity}`);
}

test('only what the change made worse is told, and only that counts', { skip }, async (t) => {
  const { folder, git, write, commit } = repository(t, {
    'Old.csproj': project('v4.5'),
    'Good.csproj': project('v4.8'),
  });
  git('checkout', '-qb', 'topic');
  assert.deepEqual(await worse(folder, 'main'), []);
  const quiet = await runCli(['audit', '--changed-since', 'main'], folder);
  assert.equal(quiet.exitCode, 0);
  assert.match(
    quiet.stdout,
    /^nothing to report \(2 projects: 1 safe, 1 unsafe, .*; 1 not worse than at [0-9a-f]{7}; /,
  );
  write('Good.csproj', project('v4.5'));
  write('New/New.csproj', project('v4.0'));
  commit();
  assert.deepEqual(await worse(folder, 'main'), [
    'Good.csproj target-framework-too-old error',
    'New/New.csproj target-framework-too-old error',
  ]);
  assert.equal((await runCli(['audit', '--changed-since', 'main'], folder)).exitCode, 1);
});

/** How a change can be there without a commit. */
for (const [name, change] of [
  ['changed', () => undefined],
  ['staged', (git: (...args: string[]) => string) => git('add', '-A')],
] as const) {
  test(`what is only ${name} counts as well`, { skip }, async (t) => {
    const { folder, git, write } = repository(t, { 'A.csproj': project('v4.8'), 'B.csproj': project('v4.5') });
    write('A.csproj', project('v4.5'));
    write('sub/New.csproj', project('v4.5'));
    rmSync(join(folder, 'B.csproj'));
    change(git);
    assert.deepEqual(await worse(folder, 'HEAD'), [
      'A.csproj target-framework-too-old error',
      'sub/New.csproj target-framework-too-old error',
    ]);
  });
}

test('what a shared file does to a project that nobody touched is told', { skip }, async (t) => {
  const props = (target: string) =>
    `<Project><PropertyGroup><TargetFramework>${target}</TargetFramework></PropertyGroup></Project>\n`;
  const { folder, write, commit } = repository(t, { 'App/App.csproj': sdk(), 'Directory.Build.props': props('net48') });
  write('Directory.Build.props', props('net45'));
  commit();
  assert.deepEqual(await worse(folder, 'HEAD~1'), ['Directory.Build.props target-framework-too-old error']);
  assert.deepEqual(await worse(join(folder, 'App'), 'HEAD~1'), [
    '../Directory.Build.props target-framework-too-old error',
  ]);
});

test('a file that goes away changes what others mean, and a new configuration counts for today', {
  skip,
}, async (t) => {
  const target = (name: string, condition: string) =>
    `<TargetFramework Condition="${condition}Exists('$(MSBuildThisFileDirectory)modern.txt')">${name}</TargetFramework>`;
  const { folder, write, commit } = repository(t, {
    'App/App.csproj': sdk(),
    'Directory.Build.props': `<Project><PropertyGroup>\n${target('net48', '')}\n${target('net45', '!')}\n</PropertyGroup></Project>\n`,
    'modern.txt': 'yes',
  });
  rmSync(join(folder, 'modern.txt'));
  commit();
  assert.deepEqual(await worse(folder, 'HEAD^'), ['Directory.Build.props target-framework-too-old error']);
  write('.dynamics-tls.json', '{ "rules": { "target-framework-too-old": "hint" } }');
  assert.deepEqual(await worse(folder, 'HEAD^'), ['Directory.Build.props target-framework-too-old hint']);
});

test('a finding that became worse is told, one that moved or whose file was renamed is not', { skip }, async (t) => {
  const reference = '  <ItemGroup><ProjectReference Include="Lib.csproj" /></ItemGroup>\n';
  const { folder, write, commit } = repository(t, {
    'Lib.csproj': project('v4.5', 'Library'),
    'App.csproj': project('v4.8', 'Exe', reference),
    'a/Moved.csproj': project('v4.0'),
    'Shifted.csproj': project('v4.0'),
  });
  write('App.csproj', project('v4.8'));
  write('Shifted.csproj', `\n\n${project('v4.0').replace('<OutputType>', '<!-- x -->\n    <OutputType>')}`);
  mkdirSync(join(folder, 'b'));
  renameSync(join(folder, 'a/Moved.csproj'), join(folder, 'b/Renamed.csproj'));
  commit();
  assert.deepEqual(await worse(folder, 'HEAD~1'), ['Lib.csproj target-framework-too-old warning']);
});

test('the branch that went on is compared with where the two part', { skip }, async (t) => {
  const { folder, git, write, commit } = repository(t, { 'A.csproj': project('v4.5'), 'B.csproj': project('v4.8') });
  git('checkout', '-qb', 'topic');
  write('B.csproj', project('v4.5'));
  commit();
  git('checkout', '-q', 'main');
  write('A.csproj', project('v4.8'));
  commit();
  git('checkout', '-q', 'topic');
  assert.deepEqual(await worse(folder, 'main'), ['B.csproj target-framework-too-old error']);
});

test('packed objects, tags, short hashes, other work trees and index version 4 are read', { skip }, async (t) => {
  const { folder, git, write, commit } = repository(t, {
    'deep/er/A.csproj': project('v4.8'),
    'deep/B.csproj': project('v4.5'),
  });
  git('tag', '-a', 'v1', '-m', 'one');
  for (let i = 0; i < 5; i++) {
    write('deep/er/A.csproj', project('v4.8', 'Exe', `<!-- ${i} -->\n`.repeat(50 + i)));
    commit();
  }
  write('deep/er/A.csproj', project('v4.5'));
  commit();
  git('gc', '-q', '--aggressive');
  assert.deepEqual(
    readdirSync(join(folder, '.git/objects')).filter((name) => /^[0-9a-f]{2}$/.test(name)),
    [],
    'everything is packed',
  );
  const expected = ['deep/er/A.csproj target-framework-too-old error'];
  assert.deepEqual(await worse(folder, 'v1'), expected);
  assert.deepEqual(await worse(folder, git('rev-parse', '--short', 'v1^{commit}').trim()), expected);
  assert.deepEqual(await worse(folder, 'HEAD~6'), expected);
  git('update-index', '--index-version', '4');
  assert.deepEqual(await worse(folder, 'v1'), expected);
  const other = `${tempFolder(t)}/linked`;
  git('worktree', 'add', '-q', other, 'v1');
  writeFileSync(join(other, 'deep/er/A.csproj'), project('v4.0'));
  assert.deepEqual(await worse(other, 'HEAD'), expected);
});

test('a file that was touched and not changed is no change', { skip }, async (t) => {
  const { folder } = repository(t, { 'A.csproj': project('v4.5') });
  utimesSync(join(folder, 'A.csproj'), 1, 1);
  assert.deepEqual(await worse(folder, 'HEAD'), []);
});

test('links and submodules count as unchanged', { skip: skip || process.platform === 'win32' }, async (t) => {
  const inner = repository(t, { 'Sub.csproj': project('v4.5') });
  const { folder, git, write, commit } = repository(t, { 'A.csproj': project('v4.8') });
  git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.folder, 'lib/sub');
  symlinkSync('A.csproj', join(folder, 'Link.csproj'));
  commit();
  write('A.csproj', project('v4.5'));
  rmSync(join(folder, 'Link.csproj'));
  symlinkSync('lib/sub/Sub.csproj', join(folder, 'Link.csproj'));
  const expected = ['A.csproj target-framework-too-old error'];
  assert.deepEqual(await worse(folder, 'HEAD'), expected);
  assert.deepEqual(await worse(folder, 'HEAD~1'), expected);
});

test('what the baseline lists is not told either', { skip }, async (t) => {
  const { folder, write } = repository(t, { 'A.csproj': project('v4.8'), 'B.csproj': project('v4.8') });
  write('A.csproj', project('v4.5'));
  await runCli(['audit', '--write-baseline', '--baseline', 'known.json'], folder);
  write('B.csproj', project('v4.5'));
  assert.deepEqual(await worse(folder, 'HEAD', '--baseline', 'known.json'), [
    'B.csproj target-framework-too-old error',
  ]);
});

/** What cannot be done: exit code 2, and what to do. */
for (const [name, prepare, ref, message] of [
  [
    'a name that is not there',
    () => undefined,
    'no-such-branch',
    /there is no commit "no-such-branch" in this repository\. .*fetch-depth/,
  ],
  ['more parents than there are', () => undefined, 'HEAD~9', /there is no commit "HEAD~9"/],
  [
    'a clone that borrows objects',
    (folder: string) => writeFileSync(join(folder, '.git/objects/info/alternates'), '/nowhere\n'),
    'HEAD',
    /borrows objects/,
  ],
  [
    'a repository of SHA-256',
    (folder: string) => writeFileSync(join(folder, '.git/config'), '[extensions]\n\tobjectformat = sha256\n'),
    'HEAD',
    /SHA-256/,
  ],
] as const) {
  test(`${name} is said with exit code 2`, { skip }, async (t) => {
    const { folder } = repository(t, { 'A.csproj': project('v4.8') });
    prepare(folder);
    const { exitCode, stderr, stdout } = await runCli(['audit', '--changed-since', ref], folder);
    assert.equal(exitCode, 2);
    assert.match(stderr, message);
    assert.equal(stdout, '');
  });
}

test('outside of a repository there is nothing to compare with', async (t) => {
  const folder = tempFolder(t, { 'A.csproj': project('v4.8') });
  const { exitCode, stderr } = await runCli(['audit', '--changed-since', 'main'], folder);
  assert.equal(exitCode, 2);
  assert.match(stderr, /is in no git repository/);
});

test('a shallow clone is compared with the named commit, and it is said', { skip }, async (t) => {
  const { folder, git, write, commit } = repository(t, { 'A.csproj': project('v4.8') });
  git('checkout', '-qb', 'topic');
  write('A.csproj', project('v4.5'));
  commit();
  git('checkout', '-q', 'main');
  write('Other.csproj', project('v4.8'));
  commit();
  const clone = `${tempFolder(t)}/clone`;
  git('clone', '-q', '--depth', '1', '--no-single-branch', '--branch', 'topic', `file://${folder}`, clone);
  const { stderr, exitCode } = await runCli(['audit', '--changed-since', 'origin/main'], clone);
  assert.equal(exitCode, 1);
  assert.match(stderr, /does not reach the commit from which HEAD and origin\/main come/);
});
