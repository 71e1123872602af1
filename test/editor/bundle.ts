import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { suiteBundle } from './places.ts';

/**
 * Bundles the suites of `test/editor/suite` into one module that exports `run()`, which both VS Codes call.
 * @returns The names of the suites; each is the name of its workspace.
 */
export async function bundleSuites(): Promise<string[]> {
  const folder = join(import.meta.dirname, 'suite');
  const entries = await readdir(folder, { withFileTypes: true });
  const suites = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const table: string[] = [];
  for (const suite of suites) {
    if (!existsSync(join(import.meta.dirname, 'workspaces', suite))) {
      throw new Error(`The suite "${suite}" has no workspace test/editor/workspaces/${suite}.`);
    }
    const files = (await readdir(join(folder, suite))).filter((file) => file.endsWith('.test.ts')).sort();
    const loads = files.map((file) => `require('./${suite}/${file}');`).join(' ');
    table.push(`${JSON.stringify(suite)}: () => { ${loads} }`);
  }
  await build({
    stdin: {
      contents: `import { runSuite } from './run-suite.ts';\nexport const run = () => runSuite({ ${table.join(', ')} });`,
      resolveDir: folder,
      loader: 'ts',
    },
    outfile: suiteBundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return suites;
}
