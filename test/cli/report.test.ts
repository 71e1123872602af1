import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { runCli } from '../harness/cli-io.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const project = (version: string) =>
  `<Project>\n  <PropertyGroup>\n    <OutputType>Exe</OutputType>\n    <TargetFrameworkVersion>${version}</TargetFrameworkVersion>\n  </PropertyGroup>\n</Project>\n`;
const files = { 'src/Old/Old.csproj': project('v4.5.2'), 'src/New/New.csproj': project('v4.8') };
const today = () => '2026-11-25';

test('Markdown goes to standard output, with links from the working folder', async (t) => {
  const { stdout, exitCode, stderr } = await runCli(['report'], tempFolder(t, files), { today });
  assert.equal(exitCode, 1);
  assert.equal(stderr, '');
  assert.match(stdout, /^## Must be recompiled \(1\)$/m);
  assert.match(stdout, /\[src\/Old\/Old\.csproj:4\]\(<src\/Old\/Old\.csproj#L4>\)/);
  assert.match(stdout, /^Dynamics TLS .+, 2026-11-25\. /m);
});

test('the ending of the file decides about the format, and links begin at the file', async (t) => {
  const folder = tempFolder(t, files);
  const { stdout, stderr, exitCode } = await runCli(['report', 'src', '--output', 'out/tls.html'], folder, { today });
  assert.deepEqual([stdout, exitCode], ['', 1]);
  assert.equal(stderr, 'out/tls.html is written: 1 unsafe, 0 unknown, 1 safe, 0 not affected.\n');
  const page = readFileSync(join(folder, 'out/tls.html'), 'utf8');
  assert.match(page, /^<!DOCTYPE html>\n/);
  assert.match(page, /<title>TLS report: src<\/title>/);
  assert.match(page, /href="\.\.\/src\/Old\/Old\.csproj#L4"/);
});

test('a report that is there is replaced, and is the same the second time', async (t) => {
  const folder = tempFolder(t, { ...files, 'tls.md': 'old' });
  const write = async () => {
    await runCli(['report', '--output', 'tls.md', '--title', 'Contoso'], folder, { today });
    return readFileSync(join(folder, 'tls.md'), 'utf8');
  };
  const first = await write();
  assert.match(first, /^# TLS report: Contoso\n/);
  assert.equal(await write(), first);
});

test('exit code 0 when nothing is unsafe', async (t) => {
  const { exitCode } = await runCli(['report', 'src/New/New.csproj'], tempFolder(t, files), { today });
  assert.equal(exitCode, 0);
});

for (const [args, message] of [
  [['report', 'nowhere'], /There is no file or folder "nowhere"/],
  [['report', '--output', 'taken'], /taken is a folder\. Name a file\./],
  [['report', '--format', 'pdf'], /Allowed choices are markdown, html/],
  [['report', '--title', ' '], /It must not be empty/],
] as const) {
  test(`${args.join(' ')} ends with 2 and says why`, async (t) => {
    const folder = tempFolder(t, files);
    mkdirSync(join(folder, 'taken'));
    const { exitCode, stderr, stdout } = await runCli(args, folder, { today });
    assert.deepEqual([exitCode, stdout], [2, '']);
    assert.match(stderr, message);
  });
}
