import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { WebServer } from './web-server.ts';
import { Workbench } from './workbench.ts';

export interface WindowOptions {
  /** Absolute path of the folder to open. */
  folder: string;
  /** Absolute path of an extension to run from its source folder; left out when it is installed in the server. */
  extension?: string | undefined;
  /** A file inside the folder (relative path, `/` as separator) that is open from the start. */
  openFile?: string | undefined;
  /** Absolute path of a module that exports `run()`, to be called in the extension host. Needs `extension`. */
  tests?: string | undefined;
  /** Receives what the tests print. */
  onLog?: (line: string) => void;
  /** Receives the exit code of the tests. */
  onExit?: (code: number) => void;
  /** Called with the page before VS Code is loaded into it. */
  prepare?: (page: Page) => Promise<void>;
  size?: { width: number; height: number };
  /** Pixels per point in pictures; 2 gives pictures that stay sharp on good screens. */
  pixelRatio?: number;
}

/** One window of VS Code in a browser profile of its own, so that no layout or history is shared with another. */
export interface EditorWindow {
  workbench: Workbench;
  page: Page;
  close(): Promise<void>;
}

/**
 * Opens a folder in a new window and waits until the workbench is drawn. It does not wait for extensions: the tests
 * wait for what the extension does.
 */
export async function openWindow(browser: Browser, server: WebServer, options: WindowOptions): Promise<EditorWindow> {
  const context = await browser.newContext({
    viewport: options.size ?? { width: 1280, height: 800 },
    deviceScaleFactor: options.pixelRatio ?? 1,
    reducedMotion: 'reduce',
    colorScheme: 'light',
    locale: 'en-US',
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: `http://${server.authority}` });
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  try {
    // The names are the ones by which VS Code's web workbench reports to whatever automates it.
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
      options.onLog?.(args.map(String).join(' '));
    });
    await page.exposeFunction('codeAutomationExit', (code: number) => options.onExit?.(code));
    await options.prepare?.(page);
    await page.goto(addressOf(server, options), { timeout: 60_000 });
    await page.locator('.monaco-workbench .part.editor').waitFor({ timeout: 60_000 });
  } catch (error) {
    await context.close();
    throw error;
  }
  return {
    workbench: new Workbench(page, options.folder),
    page,
    close: () => closeWindow(context, page),
  };
}

/** The address that shows the folder in any browser, for tests and for people. */
export function addressOf(server: WebServer, options: WindowOptions): string {
  const remote = (path: string) => `vscode-remote://${server.authority}${encodeURI(forwardSlashes(path))}`;
  const payload: [string, string][] = [['skipWelcome', 'true']];
  if (options.extension) {
    payload.push(['extensionDevelopmentPath', remote(options.extension)]);
  }
  if (options.tests) {
    payload.push(['extensionTestsPath', remote(options.tests)]);
  }
  if (options.openFile) {
    payload.push(['openFile', remote(`${options.folder}/${options.openFile}`)]);
  }
  const folder = encodeURIComponent(forwardSlashes(options.folder));
  return `http://${server.authority}/?folder=${folder}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

function forwardSlashes(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  return slashed.startsWith('/') ? slashed : `/${slashed}`;
}

async function closeWindow(context: BrowserContext, page: Page): Promise<void> {
  // Leaving the page lets the workbench say goodbye, so that the server ends the extension host at once.
  await page.goto('about:blank', { timeout: 5_000 }).catch(() => undefined);
  await context.close();
}
