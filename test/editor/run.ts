import { existsSync, statSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../tools/editor/browser.ts';
import { progress } from '../../tools/editor/cache.ts';
import { codeServerVersion, ensureVsCodeServer } from '../../tools/editor/install.ts';
import { bundleSuites } from './bundle.ts';
import { findDesktop, launchOnDesktop } from './launch-desktop.ts';
import { launchInWebServer } from './launch-web.ts';
import { closeSession, openSession } from './page/session.ts';
import { reportFolder, repositoryRoot, suiteBundle } from './places.ts';
import { orderFile, resultsFile, type SuiteOrder, type TestResult } from './results.ts';
import { runMocha } from './run-mocha.ts';
import { copyWorkspace } from './workspaces.ts';

const { values: options } = parseArgs({
  options: {
    /** Only tests whose title matches this regular expression. */
    grep: { type: 'string' },
    /** `api` (inside the extension host) or `page` (what a person sees). Both without it. */
    only: { type: 'string' },
    /** `desktop` or `web`. Desktop where it can be had, otherwise web, without it. */
    launcher: { type: 'string' },
    /** Another extension than the one of this repository. */
    extension: { type: 'string', default: repositoryRoot },
    /** Another .vsix file than the newest one in the extension's folder. */
    vsix: { type: 'string' },
  },
});

const suiteLimitMilliseconds = 4 * 60_000;
const totalLimitMilliseconds = 15 * 60_000;

type Launcher = { desktop: string } | { web: true };

/** Nothing may keep a build waiting for ever: what still runs after this time ends with the process. */
const lastResort = setTimeout(() => {
  console.log('editor: stopped, the whole run took too long');
  process.exit(1);
}, totalLimitMilliseconds);

const results: TestResult[] = [];
try {
  results.push(...(await runEverything(resolve(options.extension))));
} catch (error) {
  console.log(error instanceof Error ? error.stack : error);
  results.push(failure('the run'));
}
clearTimeout(lastResort);
summarize(results);

async function runEverything(extension: string): Promise<TestResult[]> {
  await checkThatItIsBuilt(extension);
  await rm(reportFolder, { recursive: true, force: true });
  await mkdir(reportFolder, { recursive: true });
  const suites = await bundleSuites();
  const launcher = await chooseLauncher();
  await ensureVsCodeServer();
  const browser = await launchBrowser();
  try {
    const found: TestResult[] = [];
    if (options.only !== 'page') {
      for (const suite of suites) {
        found.push(...(await runInExtensionHost(suite, extension, launcher, browser)));
      }
    }
    if (options.only !== 'api') {
      found.push(...(await runOnPages(extension, browser)));
    }
    return found;
  } finally {
    await browser.close();
  }
}

async function checkThatItIsBuilt(extension: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(extension, 'package.json'), 'utf8'));
  if (!manifest.main || !existsSync(join(extension, manifest.main))) {
    throw new Error(`The extension is not built: ${manifest.main ?? '"main"'} is missing. Run "npm run build" first.`);
  }
}

async function chooseLauncher(): Promise<Launcher> {
  const web = `VS Code's web server (code-server ${codeServerVersion})`;
  if (options.launcher === 'web') {
    console.log(`editor: ${web}`);
    return { web: true };
  }
  const desktop = await findDesktop();
  if ('executable' in desktop) {
    console.log(`editor: desktop VS Code ${desktop.executable}; pages in ${web}`);
    return { desktop: desktop.executable };
  }
  if (options.launcher === 'desktop' || process.env['VSCODE_EXECUTABLE']) {
    throw new Error(`No desktop VS Code: ${desktop.missing}.`);
  }
  console.log(`editor: ${web}; no desktop VS Code, because ${desktop.missing}`);
  return { web: true };
}

async function runInExtensionHost(
  suite: string,
  extension: string,
  launcher: Launcher,
  browser: Browser,
): Promise<TestResult[]> {
  console.log(`\nin the extension host: ${suite}`);
  const workspace = await copyWorkspace(suite);
  const order: SuiteOrder = { workspace: suite, ...(options.grep ? { grep: options.grep } : {}) };
  await writeFile(join(workspace.parent, orderFile), JSON.stringify(order));
  const readResults = async (): Promise<TestResult[] | undefined> => {
    const file = join(workspace.parent, resultsFile);
    return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : undefined;
  };
  const launch = {
    name: suite,
    folder: workspace.folder,
    extension,
    bundle: suiteBundle,
    limitMilliseconds: suiteLimitMilliseconds,
    onLine: (line: string) => console.log(line),
    isGood: async () => (await readResults())?.every((result) => result.state !== 'failed') === true,
  };
  try {
    await ('desktop' in launcher ? launchOnDesktop(launcher.desktop, launch) : launchInWebServer(browser, launch));
    return (await readResults()) ?? [failure(`${suite}: left no results`)];
  } finally {
    await workspace.remove();
  }
}

async function runOnPages(extension: string, browser: Browser): Promise<TestResult[]> {
  console.log('\non the page');
  openSession({ browser, extension, packagedExtension: await findPackage(extension) });
  try {
    return await runMocha({
      load: async () => {
        const folder = join(import.meta.dirname, 'page');
        for (const file of (await readdir(folder)).filter((name) => name.endsWith('.test.ts')).sort()) {
          await import(pathToFileURL(join(folder, file)).href);
        }
      },
      grep: options.grep,
      onResult: (_, line) => console.log(line),
    });
  } finally {
    await closeSession();
  }
}

/** The newest .vsix file of the extension, unless the build is newer: testing yesterday's package proves nothing. */
async function findPackage(extension: string): Promise<string | undefined> {
  if (options.vsix) {
    return resolve(options.vsix);
  }
  const files = (await readdir(extension))
    .filter((name) => name.endsWith('.vsix'))
    .map((name) => join(extension, name));
  const newest = files.sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs)[0];
  const manifest = JSON.parse(await readFile(join(extension, 'package.json'), 'utf8'));
  if (newest && statSync(newest).mtimeMs >= statSync(join(extension, manifest.main)).mtimeMs) {
    return newest;
  }
  console.log(`  (${newest ? `${newest} is older than the build` : 'there is no .vsix file'}: run "npm run package")`);
  return undefined;
}

function failure(title: string): TestResult {
  return { title, state: 'failed', milliseconds: 0, error: 'see above' };
}

function summarize(all: readonly TestResult[]): void {
  const count = (state: TestResult['state']) => all.filter((result) => result.state === state).length;
  const failed = all.filter((result) => result.state === 'failed');
  if (failed.length > 0) {
    console.log(`\nfailed (pictures and logs are in ${reportFolder}):`);
    for (const result of failed) {
      console.log(`  ✗ ${result.title}`);
    }
  }
  // No test at all is a failure as well: a wrong pattern or an empty folder must not look like success.
  const isGood = failed.length === 0 && count('passed') > 0;
  if (all.length === 0) {
    progress('no test matches');
  }
  console.log(`\neditor: ${count('passed')} passed, ${failed.length} failed, ${count('skipped')} skipped`);
  process.exit(isGood ? 0 : 1);
}
