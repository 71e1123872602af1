import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startWebServer, type WebServer } from '../../../tools/editor/web-server.ts';
import { type EditorWindow, openWindow } from '../../../tools/editor/window.ts';
import type { Workbench } from '../../../tools/editor/workbench.ts';
import { saveLogs } from '../launch-web.ts';
import { reportFolder } from '../places.ts';
import { copyWorkspace, type WorkspaceCopy } from '../workspaces.ts';

/** What all page tests of a run share. */
export interface Session {
  browser: Browser;
  /** Absolute path of the extension's source folder. */
  extension: string;
  /** Absolute path of the .vsix file made of it; undefined when there is none that is up to date. */
  packagedExtension: string | undefined;
}

export interface WindowWish {
  /** A folder of `test/editor/workspaces`, or an absolute path. */
  workspace: string;
  /** Uses the .vsix file in place of the source folder; without one the tests are skipped. */
  isPackaged?: boolean;
  /** Opens the folder in Restricted Mode. */
  isRestricted?: boolean;
  settings?: Record<string, unknown>;
}

let current: Session | undefined;
const servers = new Map<string, Promise<WebServer>>();

/** Called by the runner before the test files are loaded. */
export function openSession(session: Session): void {
  current = session;
}

/** Ends the servers of all windows. */
export async function closeSession(): Promise<void> {
  for (const server of servers.values()) {
    await (await server).stop();
  }
  servers.clear();
}

/**
 * Gives the tests of the suite that calls it one window on a fresh copy of a workspace. The window opens before the
 * first test and closes after the last; a failed test leaves a picture and the logs.
 * @returns A function to be called inside tests: the workbench as a person uses it.
 */
export function useWindow(wish: WindowWish): () => Workbench {
  let workspace: WorkspaceCopy | undefined;
  let window: EditorWindow | undefined;

  suiteSetup(async function () {
    const { browser, packagedExtension } = theSession();
    if (wish.isPackaged && !packagedExtension) {
      this.skip();
    }
    workspace = await copyWorkspace(wish.workspace);
    window = await openWindow(browser, await serverFor(wish), { folder: workspace.folder });
  });

  teardown(async function () {
    if (this.currentTest?.state === 'failed') {
      const name = this.currentTest
        .titlePath()
        .join('-')
        .replace(/[^\w]+/g, '-');
      await window?.page.screenshot({ path: join(reportFolder, `${name}.png`) });
      await saveLogs(await serverFor(wish), name);
    }
  });

  suiteTeardown(async () => {
    await window?.close();
    await workspace?.remove();
  });

  return () => {
    if (!window) {
      throw new Error('The window is open only while tests run.');
    }
    return window.workbench;
  };
}

/** Windows that wish for the same server share it: each has its own browser profile and extension host anyway. */
function serverFor(wish: WindowWish): Promise<WebServer> {
  const { extension: source, packagedExtension } = theSession();
  const extension = wish.isPackaged && packagedExtension ? packagedExtension : source;
  const options = { extensions: [extension], askForTrust: wish.isRestricted === true, settings: wish.settings ?? {} };
  const key = JSON.stringify(options);
  const server = servers.get(key) ?? startWebServer(options);
  servers.set(key, server);
  return server;
}

function theSession(): Session {
  if (!current) {
    throw new Error('Page tests are run by test/editor/run.ts.');
  }
  return current;
}
