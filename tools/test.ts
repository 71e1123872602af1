/**
 * `npm test [-- GROUP...]`: runs the groups `unit`, `msbuild`, `windows` and `editor` (all of them without an argument), builds
 * what they need, and closes with one line of counts. Suites whose tool is missing are counted as skipped.
 */
import { spawn, spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const allGroups = ['unit', 'msbuild', 'windows', 'editor'] as const;
const wanted = process.argv.slice(2);
const groups = wanted.length > 0 ? wanted : allGroups;
const total: Counts = { passed: 0, failed: 0, skipped: 0 };

step('build', ['esbuild.mjs']);
for (const group of groups) {
  console.log(`\n# ${group}`);
  add(group === 'editor' ? await runEditor() : await runNodeTests(filesOf(group)));
}
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

function filesOf(group: string): string[] {
  const slow: Readonly<Record<string, string[]>> = {
    msbuild: globSync('test/msbuild/**/differential*.test.ts'),
    windows: globSync('test/windows/**/*.test.ts'),
  };
  if (slow[group]) {
    return slow[group];
  }
  if (group === 'unit') {
    return globSync('test/**/*.test.ts')
      .filter((file) => !Object.values(slow).flat().includes(file) && !file.startsWith('test/editor/'))
      .sort();
  }
  // Anything else names files, for one test at a time.
  return globSync(group);
}

async function runNodeTests(files: string[]): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  const stream = run({ files, concurrency: 2 });
  const isLeaf = (event: { details: { type?: string | undefined } }) => event.details.type !== 'suite';
  stream.on('test:pass', (event) => {
    if (isLeaf(event)) {
      counts[event.skip === undefined || event.skip === false ? 'passed' : 'skipped']++;
    }
  });
  stream.on('test:fail', (event) => {
    if (isLeaf(event)) {
      counts.failed++;
    }
  });
  const reporter = stream.compose(new spec());
  for await (const chunk of reporter) {
    process.stdout.write(chunk as string);
  }
  return counts;
}

/** The editor suite prints its counts itself; it packages the extension first, since it installs the package too. */
async function runEditor(): Promise<Counts> {
  step('package', ['tools/package.ts']);
  const child = spawn(process.execPath, ['test/editor/run.ts'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    process.stdout.write(chunk);
  });
  const status = await new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? 1)));
  const match = /^editor: (\d+) passed, (\d+) failed, (\d+) skipped/m.exec(output);
  if (!match) {
    console.error(`The editor suite ended with ${status} and without its counts.`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const [passed = 0, failed = 0, skipped = 0] = match.slice(1).map(Number);
  return { passed, failed: status !== 0 && failed === 0 ? 1 : failed, skipped };
}

function step(name: string, args: readonly string[]): void {
  const result = spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (result.status !== 0) {
    console.error(`${name} failed`);
    process.exit(1);
  }
}

function add(counts: Counts): void {
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
