import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests, SilentReporter } from '@vscode/test-electron';
import { cacheRoot, firstLine, progress } from '../../tools/editor/cache.ts';
import type { SuiteLaunch } from './launch.ts';

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

/** Runs a suite in desktop VS Code, with a profile of its own. */
export async function launchOnDesktop(executable: string, launch: SuiteLaunch): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'dynamics-tls-desktop-'));
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      launch.onLine(`No end after ${launch.limitMilliseconds / 1000} s.`);
      resolve();
    }, launch.limitMilliseconds);
  });
  try {
    const run = runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: launch.extension,
      extensionTestsPath: launch.bundle,
      launchArgs: [
        launch.folder,
        ...['--user-data-dir', join(profile, 'data'), '--extensions-dir', join(profile, 'extensions')],
        ...['--disable-workspace-trust', '--disable-telemetry', '--skip-welcome', '--skip-release-notes'],
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
    // Failed tests arrive as results; what else goes wrong shows as missing results.
    await Promise.race([run.then(undefined, (error) => launch.onLine(firstLine(error))), limit]);
  } finally {
    clearTimeout(timer);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  }
}
