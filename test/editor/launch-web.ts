import { appendFileSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startWebServer, type WebServer } from '../../tools/editor/web-server.ts';
import { openWindow } from '../../tools/editor/window.ts';
import type { SuiteLaunch } from './launch.ts';
import { reportFolder } from './places.ts';
import { isFailureLine, isResultLine } from './run-mocha.ts';

/** Runs a suite in VS Code's web server, with a page that shows the workbench. */
export async function launchInWebServer(browser: Browser, launch: SuiteLaunch): Promise<void> {
  const server = await startWebServer({ allowTests: true });
  try {
    await runInWindow(browser, server, launch);
  } finally {
    await server.stop();
  }
}

async function runInWindow(browser: Browser, server: WebServer, launch: SuiteLaunch): Promise<void> {
  let ended = (): void => undefined;
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  let failures = 0;
  const window = await openWindow(browser, server, {
    folder: launch.folder,
    extension: launch.extension,
    tests: launch.bundle,
    onLog: (line) => {
      if (!isResultLine(line)) {
        appendFileSync(join(reportFolder, `${launch.name}-console.log`), `${line}\n`);
        return;
      }
      launch.onLine(line);
      if (isFailureLine(line)) {
        failures++;
        void window.page
          .screenshot({ path: join(reportFolder, `${launch.name}-${failures}.png`) })
          .catch(() => undefined);
      }
    },
    onExit: () => ended(),
  });
  const timer = setTimeout(() => {
    launch.onLine(`No end after ${launch.limitMilliseconds / 1000} s.`);
    ended();
  }, launch.limitMilliseconds);
  try {
    await end;
  } finally {
    clearTimeout(timer);
    if (!(await launch.isGood())) {
      await mkdir(reportFolder, { recursive: true });
      await window.page.screenshot({ path: join(reportFolder, `${launch.name}-end.png`) }).catch(() => undefined);
      await saveLogs(server, launch.name);
    }
    await window.close();
  }
}

/** Keeps the log files of a server beside the pictures; the server's folder is removed with it. */
export async function saveLogs(server: WebServer, name: string): Promise<void> {
  await cp(server.logFolder, join(reportFolder, `${name}-logs`), { recursive: true, force: true }).catch(() => {
    // A server that never had a window has no logs.
  });
}
