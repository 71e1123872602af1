// Writes every bundle from one table. `node esbuild.mjs` builds once, `--watch` keeps building.
import { readFileSync } from 'node:fs';
import esbuild from 'esbuild';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const isWatch = process.argv.includes('--watch');
const isProduction = process.argv.includes('--production');

/** A Node import in core breaks the two browser bundles at once, which is the point of building them always. */
const bundles = [
  { in: 'client/src/extension.ts', out: 'dist/client.js', platform: 'node', external: ['vscode'] },
  { in: 'server/src/lsp/main.node.ts', out: 'dist/server.js', platform: 'node' },
  { in: 'server/src/cli/bin.ts', out: 'dist/cli.js', platform: 'node', banner: '#!/usr/bin/env node' },
  { in: 'client/src/page/probe-page.ts', out: 'dist/probe-page.js', platform: 'browser', format: 'iife' },
  { in: 'client/src/extension.browser.ts', out: 'dist/browser/client.js', platform: 'browser', external: ['vscode'] },
  { in: 'server/src/lsp/main.browser.ts', out: 'dist/browser/server.js', platform: 'browser', format: 'iife' },
];

const contexts = await Promise.all(
  bundles.map((bundle) =>
    esbuild.context({
      entryPoints: [bundle.in],
      outfile: bundle.out,
      bundle: true,
      format: bundle.format ?? 'cjs',
      platform: bundle.platform,
      target: bundle.platform === 'node' ? 'node20' : 'es2022',
      external: bundle.external ?? [],
      define: { DYNAMICS_TLS_VERSION: JSON.stringify(version) },
      banner: bundle.banner ? { js: bundle.banner } : {},
      mainFields: bundle.platform === 'node' ? ['module', 'main'] : ['browser', 'module', 'main'],
      sourcemap: isProduction ? false : 'linked',
      minify: isProduction,
      legalComments: 'none',
      metafile: true,
      logLevel: isWatch ? 'info' : 'warning',
    }),
  ),
);
if (isWatch) {
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  await Promise.all(contexts.map((context) => context.rebuild()));
  await Promise.all(contexts.map((context) => context.dispose()));
}
