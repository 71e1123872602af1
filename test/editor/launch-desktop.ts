import { appendFileSync, existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { downloadAndUnzipVSCode, SilentReporter } from '@vscode/test-electron';
import { cacheRoot, firstLine, progress } from '../../tools/editor/cache.ts';
import { startProcessGroup } from '../../tools/editor/process-group.ts';
import type { SuiteLaunch } from './launch.ts';
import { reportFolder } from './places.ts';
import { isFailureLine, isResultLine } from './run-mocha.ts';

/** What users have. */
const version = 'stable';

/**
 * Finds a desktop VS Code: the one named by VSCODE_EXECUTABLE, otherwise a download if its host answers quickly.
 * @returns The executable, or the reason why there is none.
 */
export async function findDesktop(): Promise<{ executable: string } | { missing: string }> {
  const named = process.env['VSCODE_EXECUTABLE'];
  if (named) {
    return existsSync(named)
      ? { executable: named }
      : { missing: `VSCODE_EXECUTABLE names ${named}, which does not exist` };
  }
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return { missing: 'there is no display' };
  }
  try {
    await fetch('https://update.code.visualstudio.com/api/releases/stable', { signal: AbortSignal.timeout(3_000) });
  } catch {
    return { missing: 'its download host does not answer' };
  }
  try {
    progress('downloading desktop VS Code (once per version)');
    const cachePath = join(cacheRoot(), 'desktop');
    return { executable: await downloadAndUnzipVSCode({ version, cachePath, reporter: new SilentReporter() }) };
  } catch (error) {
    return { missing: `its download failed (${firstLine(error)})` };
  }
}

/** Runs a suite in desktop VS Code, with a profile of its own and in a process group that ends with the suite. */
export async function launchOnDesktop(executable: string, launch: SuiteLaunch): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'dynamics-tls-desktop-'));
  const options = {
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: launch.extension,
    extensionTestsPath: launch.bundle,
    launchArgs: [
      launch.folder,
      ...['--user-data-dir', join(profile, 'data'), '--extensions-dir', join(profile, 'extensions')],
      '--disable-telemetry',
    ],
  };
  const child = join(import.meta.dirname, 'desktop-child.ts');
  const group = startProcessGroup(process.execPath, [child, JSON.stringify(options)], {});
  const log = join(reportFolder, `${launch.name}-console.log`);
  const onLine = resultPrinter(launch.onLine, (line) => appendFileSync(log, `${line}\n`));
  createInterface({ input: group.stdout }).on('line', onLine);
  createInterface({ input: group.stderr }).on('line', onLine);
  const timer = setTimeout(() => {
    launch.onLine(`No end after ${launch.limitMilliseconds / 1000} s.`);
    void group.end();
  }, launch.limitMilliseconds);
  try {
    // How it ended shows in the results: a failed test is one of them, and without results the suite has failed.
    await group.ended;
  } finally {
    clearTimeout(timer);
    if (!(await launch.isGood())) {
      await cp(join(profile, 'data', 'logs'), join(reportFolder, `${launch.name}-logs`), { recursive: true }).catch(
        () => undefined,
      );
    }
    await rm(profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  }
}

/** Prints the lines of results and of the stacks that follow them; the rest is only kept. */
function resultPrinter(print: (line: string) => void, keep: (line: string) => void): (line: string) => void {
  let isStack = false;
  return (line) => {
    isStack = isFailureLine(line) || (isStack && line.startsWith('      '));
    if (isResultLine(line) || isStack) {
      print(line);
    } else {
      keep(line);
    }
  };
}
