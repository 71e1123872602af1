import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheRoot, runToEnd } from './cache.ts';
import { ensureVsCodeServer } from './install.ts';
import { nodeBinary } from './node-binary.ts';
import { startProcessGroup } from './process-group.ts';

export interface WebServerOptions {
  /** Added to (and stronger than) the quiet settings that every profile starts with. */
  settings?: Record<string, unknown>;
  /**
   * Extensions to install before the start: absolute paths of `.vsix` files (the extension as users get it) or of
   * source folders (used in place).
   */
  extensions?: readonly string[];
  /**
   * Lets a window run an extension under development and its tests. Such windows show no notifications and answer no
   * dialogs, so tests of what people see do without it.
   */
  allowTests?: boolean;
  /** Leaves workspace trust on, so that folders open in Restricted Mode. */
  askForTrust?: boolean;
}

/** A running VS Code server with a profile of its own. */
export interface WebServer {
  /** `127.0.0.1:PORT`, also the authority of its `vscode-remote` URIs. */
  authority: string;
  /** Folder with the log files of the server, the extension hosts and the output channels. */
  logFolder: string;
  /** Everything the server has printed so far. */
  output(): string;
  /** Ends the server with all its extension hosts and removes the profile. */
  stop(): Promise<void>;
}

/** Starts VS Code's server on a free port of this machine; nobody else can reach it. */
export async function startWebServer(options: WebServerOptions = {}): Promise<WebServer> {
  const serverFolder = await ensureVsCodeServer();
  const profile = await mkdtemp(join(tmpdir(), 'dynamics-tls-profile-'));
  const program = join(serverFolder, 'out', 'server-main.js');
  const folders = ['--server-data-dir', profile, '--extensions-dir', join(profile, 'extensions')];
  await writeSettings(profile, options.settings ?? {});
  for (const extension of options.extensions ?? []) {
    if (extension.endsWith('.vsix')) {
      await runToEnd(nodeBinary(), [program, ...folders, '--install-extension', extension, '--force'], {
        timeoutMilliseconds: 120_000,
      });
    } else {
      await linkExtension(extension, join(profile, 'extensions'));
    }
  }
  const args = [
    program,
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
    ...['--disable-telemetry', ...folders],
    // A closed page never comes back: its extension host may go at once.
    ...['--reconnection-grace-time', '5'],
    ...(options.allowTests ? ['--enable-smoke-test-driver'] : []),
    ...(options.askForTrust ? [] : ['--disable-workspace-trust']),
  ];
  const group = startProcessGroup(nodeBinary(), args, {
    NODE_COMPILE_CACHE: join(cacheRoot(), 'compiled'),
    // No gallery to ask: whatever is tested here is on this machine.
    EXTENSIONS_GALLERY: '{}',
    // Left over from the terminal of another VS Code, these would make the server talk to that one.
    VSCODE_IPC_HOOK_CLI: undefined,
    NODE_OPTIONS: undefined,
  });
  let output = '';
  const port = await new Promise<string>((resolve, reject) => {
    const collect = (chunk: string) => {
      output += chunk;
      const match = /Extension host agent listening on (\d+)/.exec(output);
      if (match?.[1]) {
        resolve(match[1]);
      }
    };
    group.stdout.setEncoding('utf8').on('data', collect);
    group.stderr.setEncoding('utf8').on('data', collect);
    void group.ended.then((how) => reject(new Error(`VS Code's server ${how} before it was ready:\n${output}`)));
  });
  return {
    authority: `127.0.0.1:${port}`,
    logFolder: join(profile, 'data', 'logs'),
    output: () => output,
    stop: async () => {
      await group.end();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A folder in a profile that is new is taken over as an installed extension; a link to it as well. */
async function linkExtension(source: string, folder: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'));
  await mkdir(folder, { recursive: true });
  const name = `${manifest.publisher}.${manifest.name}-${manifest.version}`;
  await symlink(source, join(folder, name), process.platform === 'win32' ? 'junction' : 'dir');
}

/** Nothing on the screen and nothing on the network that the test did not ask for. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  // In a browser VS Code saves by itself after a second; the tests save as people on the desktop do.
  'files.autoSave': 'off',
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'npm.autoDetect': 'off',
  'window.commandCenter': false,
  'files.simpleDialog.enable': true,
};

async function writeSettings(profile: string, settings: Record<string, unknown>): Promise<void> {
  const folder = join(profile, 'data', 'User');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
}
