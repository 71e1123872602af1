/** What a fix leaves behind when it is killed, when the disk is full, and when files cannot be written. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { CliIo } from '../../server/src/cli/io.ts';
import { openSession } from '../../server/src/cli/session.ts';
import { writeChanges } from '../../server/src/cli/write-changes.ts';
import { normalizePath, planRetarget } from '../../server/src/core/index.ts';
import { removeLeftovers, writeFileAtomically } from '../../server/src/platform/node/write-file.ts';
import { runCli } from '../harness/cli-io.ts';
import { repositoryRoot } from '../harness/repository.ts';
import { checkJson } from '../harness/schema.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const cli = join(repositoryRoot, 'server/src/cli/bin.ts');
const project = (version: string) =>
  `<Project>\r\n  <PropertyGroup>\r\n    <OutputType>Exe</OutputType>\r\n    <TargetFrameworkVersion>${version}</TargetFrameworkVersion>\r\n  </PropertyGroup>\r\n</Project>\r\n`;
const runtime = (version: string) =>
  `<configuration><startup><supportedRuntime version="v4.0" sku=".NETFramework,Version=${version}"/></startup></configuration>\r\n`;

/** Projects with their configuration, all at one version. */
function projects(count: number, version: string): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      [`P${index}/P${index}.csproj`, project(version)],
      [`P${index}/App.config`, runtime(version)],
    ]).flat(),
  );
}

function contentOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
}

test('a fix of 1,000 projects that is killed leaves whole files, and the next run completes it', async (t) => {
  const old = projects(1000, 'v4.5.2');
  const fixed = projects(1000, 'v4.6.2');
  const folder = tempFolder(t, old);
  const child = spawn(process.execPath, [cli, 'fix', '--target', '4.6.2'], { cwd: folder, stdio: 'ignore' });
  const ended = once(child, 'exit');
  const watched = join(folder, 'P0/P0.csproj');
  while (child.exitCode === null && readFileSync(watched, 'latin1') === old['P0/P0.csproj']) {
    await setImmediate();
  }
  child.kill('SIGKILL');
  const [code, signal] = await ended;
  assert.deepEqual([code, signal], [null, 'SIGKILL'], 'it was killed while it worked');

  const between = contentOf(folder);
  const names = Object.keys(between);
  const leftovers = names.filter((name) => !(name in old));
  assert.deepEqual(
    leftovers.filter((name) => !/\.\d+-[0-9a-f]{12}\.dynamics-tls\.tmp$/.test(name)),
    [],
  );
  for (const name of Object.keys(old)) {
    assert.ok(between[name] === old[name] || between[name] === fixed[name], `${name} is old or new`);
  }
  for (let index = 0; index < 1000; index++) {
    const isRaised = between[`P${index}/P${index}.csproj`] === fixed[`P${index}/P${index}.csproj`];
    assert.ok(!isRaised || between[`P${index}/App.config`] === fixed[`P${index}/App.config`], `P${index}: in order`);
  }
  assert.ok(
    Object.keys(old).some((name) => between[name] === old[name]),
    'some files were not reached',
  );

  const again = await runCli(['fix', '--target', '4.6.2'], folder);
  assert.equal(again.exitCode, 0, again.stdout.slice(-500));
  assert.deepEqual(contentOf(folder), fixed);
});

test('a full disk ends the work with a clear message, and the next run completes it', async (t) => {
  const folder = tempFolder(t, projects(10, 'v4.5.2'));
  const session = openSession([], {}, ioOf(folder));
  const { changes } = planRetarget(session.analyzer, { goal: '4.6.2', scope: null, named: [] });
  let room = 7;
  const { files, failures } = await writeChanges(changes, session, ioOf(folder), (path, bytes) => {
    if (room-- === 0) {
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    }
    writeFileAtomically(path, bytes);
  });
  assert.deepEqual([files.length, failures.length], [7, 13]);
  assert.match(failures[0]?.message ?? '', /^The file was left as it is: the disk is full \(ENOSPC\)\.$/);
  assert.ok(failures.slice(1).every(({ message }) => /^Not tried, because the disk is full; make room/.test(message)));
  assert.equal((await runCli(['fix', '--target', '4.6.2'], folder)).exitCode, 0);
  assert.deepEqual(contentOf(folder), projects(10, 'v4.6.2'));
});

test('a disk that is really full loses nothing', {
  skip: canMount() ? false : 'no file system can be mounted here',
}, (t) => {
  const folder = tempFolder(t, { 'run.mjs': script });
  const files = JSON.stringify({ old: projects(40, 'v4.5.2'), fixed: projects(40, 'v4.6.2') });
  writeFileSync(join(folder, 'files.json'), files);
  mkdirSync(join(folder, 'small'));
  const command = `mount -t tmpfs -o size=600k,nr_inodes=400 tmpfs small && exec "${process.execPath}" run.mjs "${cli}"`;
  const output = execFileSync('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', command], {
    cwd: folder,
    encoding: 'utf8',
  });
  const { full, again } = JSON.parse(output);
  assert.equal(full.status, 2);
  assert.match(full.text, /the disk is full \(ENOSPC\)/);
  assert.deepEqual(full.wrong, [], 'every file is old or new, and nothing is left behind');
  assert.deepEqual(again, { status: 0, old: 0, wrong: [] });
});

/** Fills a small disk to the last byte, fixes, makes room, fixes again. */
const script = `
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync, openSync, writeSync, closeSync } from 'node:fs';
import { dirname, join } from 'node:path';
const { old, fixed } = JSON.parse(readFileSync('files.json', 'utf8'));
for (const [name, text] of Object.entries(old)) {
  mkdirSync(dirname(join('small', name)), { recursive: true });
  writeFileSync(join('small', name), text);
}
const filler = openSync('small/filler', 'w');
try {
  for (;;) writeSync(filler, Buffer.alloc(4096));
} catch {}
closeSync(filler);
function run() {
  const { status, stdout, stderr } = spawnSync(process.execPath, [process.argv[2], 'fix', '--target', '4.6.2'], { cwd: 'small', encoding: 'utf8' });
  const names = readdirSync('small', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(6));
  const now = Object.fromEntries(names.filter((name) => name !== 'filler').map((name) => [name, readFileSync(join('small', name), 'utf8')]));
  const wrong = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => now[name] === undefined || (now[name] !== old[name] && now[name] !== fixed[name]));
  return { status, text: stdout + stderr, old: Object.keys(old).filter((name) => now[name] === old[name]).length, wrong };
}
const full = run();
rmSync('small/filler');
const { text, ...again } = run();
console.log(JSON.stringify({ full, again }));
`;

function canMount(): boolean {
  try {
    execFileSync('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt'], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    // No such program, or no such right: the test with a failing port stands in.
    return false;
  }
}

test('a project waits for a configuration that is read-only, and the next run completes it', async (t) => {
  const folder = tempFolder(t, projects(3, 'v4.5.2'));
  chmodSync(join(folder, 'P1/App.config'), 0o444);
  const first = await runCli(['fix', '--target', '4.6.2', '--format', 'json'], folder);
  assert.equal(first.exitCode, 2);
  const { failures } = checkJson('fix', first.stdout);
  assert.deepEqual(
    failures.map(({ file, message }: { file: string; message: string }) => `${file}: ${message}`),
    [
      'P1/App.config: The file was left as it is: it is read-only or its folder does not admit changes (EACCES).',
      'P1/P1.csproj: Left for the next run, because P1/App.config could not be written.',
    ],
  );
  const expected = { ...projects(3, 'v4.6.2'), 'P1/App.config': runtime('v4.5.2'), 'P1/P1.csproj': project('v4.5.2') };
  assert.deepEqual(contentOf(folder), expected);
  chmodSync(join(folder, 'P1/App.config'), 0o644);
  assert.equal((await runCli(['fix', '--target', '4.6.2'], folder)).exitCode, 0);
  assert.deepEqual(contentOf(folder), projects(3, 'v4.6.2'));
});

test('Ctrl+C ends the work between two files and says what to do', async (t) => {
  const folder = tempFolder(t, projects(30, 'v4.5.2'));
  const session = openSession([], {}, ioOf(folder));
  const { changes } = planRetarget(session.analyzer, { goal: '4.6.2', scope: null, named: [] });
  const interrupted = new AbortController();
  const { files, failures } = await writeChanges(
    changes,
    session,
    { ...ioOf(folder), signal: interrupted.signal },
    (path, bytes) => {
      writeFileAtomically(path, bytes);
      interrupted.abort();
    },
  );
  assert.ok(files.length > 0 && files.length < 60 && files.length + failures.length === 60, `${files.length} files`);
  assert.match(failures[0]?.message ?? '', /^Interrupted before this file was reached; run the command again\.$/);
  assert.equal((await runCli(['fix', '--target', '4.6.2'], folder)).exitCode, 0);
  assert.deepEqual(contentOf(folder), projects(30, 'v4.6.2'));
});

test('leftovers of processes that are gone are removed, those of a running one are not', (t) => {
  const gone = spawnedAndGone();
  const folder = tempFolder(t, {
    [`A.csproj.${gone}-0123456789ab.dynamics-tls.tmp`]: 'x',
    [`A.csproj.${process.pid}-0123456789ab.dynamics-tls.tmp`]: 'x',
    'A.csproj.tmp': 'x',
  });
  removeLeftovers([folder]);
  assert.deepEqual(
    readdirSync(folder).sort(),
    [`A.csproj.${process.pid}-0123456789ab.dynamics-tls.tmp`, 'A.csproj.tmp'].sort(),
  );
});

/** The id of a process that has ended. */
function spawnedAndGone(): number {
  return Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
}

function ioOf(folder: string): CliIo {
  return {
    cwd: normalizePath(folder),
    environment: {},
    stdout: () => undefined,
    stderr: () => undefined,
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    now: () => 0,
    signal: new AbortController().signal,
  };
}
