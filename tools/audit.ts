/**
 * `npm run audit -- [PATH...]`: builds the command line and audits the paths, or the bundled sample solution.
 * Ends with 0 when the audit ran, whatever it found: the command line itself has the exit codes for build servers.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cwd = process.env['INIT_CWD'] ?? process.cwd();
const given = process.argv.slice(2);
const hasPath = given.some((argument, i) => !argument.startsWith('-') && !given[i - 1]?.startsWith('--'));
const args = hasPath ? given : [...given, resolve(root, 'test/scenarios/contoso')];

run([resolve(root, 'esbuild.mjs')], root, 'ignore');
const { status } = spawnSync(process.execPath, [resolve(root, 'dist/cli.js'), 'audit', ...args], {
  cwd,
  stdio: 'inherit',
});
process.exitCode = status === 0 || status === 1 ? 0 : 2;

function run(args: readonly string[], folder: string, stdout: 'ignore' | 'inherit'): void {
  const result = spawnSync(process.execPath, args, { cwd: folder, stdio: ['ignore', stdout, 'inherit'] });
  if (result.status !== 0) {
    process.exit(2);
  }
}
