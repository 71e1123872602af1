/** `npm run package`: one VSIX in the root, from production bundles. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { name, version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { name: string; version: string };
const file = `${name}-${version}.vsix`;

rmSync(`${root}dist`, { recursive: true, force: true });
rmSync(`${root}${file}`, { force: true });
run(['esbuild.mjs', '--production']);
run(['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--out', file]);

function run(args: readonly string[]): void {
  const result = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (result.status !== 0) {
    console.error(result.stdout);
    process.exit(result.status ?? 1);
  }
}
