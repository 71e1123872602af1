import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureChromium } from './browser.ts';
import { cachedFolder, cacheRoot, progress, runNpm, runToEnd } from './cache.ts';
import { nodeBinary } from './node-binary.ts';

/**
 * The npm package that carries a complete VS Code (workbench, extension host, built-in extensions). Unlike the desktop
 * application it comes through the npm registry, which is reachable wherever this project can be installed.
 * https://www.npmjs.com/package/code-server
 */
export const codeServerVersion = '4.139.1';

/**
 * Installs VS Code's server into the cache, once per version.
 * @returns The folder that holds `out/server-main.js`.
 */
export async function ensureVsCodeServer(): Promise<string> {
  const folder = await cachedFolder(`code-server-${codeServerVersion}-${recipe}`, installCodeServer);
  return serverFolderOf(folder);
}

/** Native modules whose absence VS Code notices, and what stands in for them. */
const nativeModuleStubs = { spdlog: 'spdlog-stub.cjs', 'native-watchdog': 'native-watchdog-stub.cjs' };

/** Raise it when the steps below change, so that folders made by older steps are left alone. */
const recipe = 2;

async function installCodeServer(folder: string): Promise<void> {
  const started = performance.now();
  progress(`installing VS Code (code-server ${codeServerVersion}, once per machine) into ${cacheRoot()}`);
  // The manifest keeps npm from climbing to a package.json further up.
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  // Scripts would compile native modules for minutes and need system headers; none of those modules is needed.
  const production = ['install', '--omit=dev', '--ignore-scripts'];
  await runNpm(['install', '--ignore-scripts', '--save-exact', `code-server@${codeServerVersion}`], folder);
  const server = serverFolderOf(folder);
  await runNpm(production, server);
  await runNpm(production, join(server, 'extensions'));
  for (const [module, stub] of Object.entries(nativeModuleStubs)) {
    await copyFile(join(import.meta.dirname, stub), join(server, 'node_modules', '@vscode', module, 'index.js'));
  }
  await runToEnd(nodeBinary(), [join(server, 'out', 'server-main.js'), '--version']);
  progress(`VS Code installed in ${Math.round((performance.now() - started) / 1000)} s`);
}

function serverFolderOf(folder: string): string {
  return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  progress(`VS Code: ${await ensureVsCodeServer()}`);
  const chromium = await ensureChromium();
  progress(`Chromium: ${chromium.executablePath} (${chromium.origin})`);
}
