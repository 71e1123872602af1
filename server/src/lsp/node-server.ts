import type { Connection } from 'vscode-languageserver';
import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { type FilePath, fileKind, type Notice, type Settings } from '../core/index.ts';
import { Disk, describeProblem } from '../platform/node/disk.ts';
import { findFiles } from '../platform/node/find-files.ts';
import { hasRegistry, readThisMachine } from '../platform/node/registry-of-this-machine.ts';
import type { PlatformHost, ServerPlatform } from './platform.ts';
import { registerProbe } from './probe-handler.ts';
import { startServer } from './server.ts';

/** Disk and file search of Node. */
export const nodePlatform: ServerPlatform = {
  createHost: (roots, settings) => new DiskHost(roots, settings),
  today: () => new Date().toISOString().slice(0, 10),
  registerProbe,
  hasVisualStudio2015: 'VS140COMNTOOLS' in process.env,
  readMachine: hasRegistry ? () => readThisMachine() : undefined,
};

/** The server on standard input and output, for the command line. Ends with the process. */
export function runStdioServer(): Promise<never> {
  const connection = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(process.stdin),
    new StreamMessageWriter(process.stdout),
  );
  process.stdin.on('end', () => process.exit(0));
  startServer(connection as Connection, nodePlatform);
  return new Promise(() => undefined);
}

class DiskHost extends Disk implements PlatformHost {
  constructor(roots: readonly FilePath[], settings: Settings) {
    super({ roots, maximumFileSize: settings.maximumFileSize * 1024 * 1024 });
  }

  async findFiles(root: FilePath, settings: Settings, signal: AbortSignal): Promise<FilePath[]> {
    const files: FilePath[] = [];
    let count = 0;
    for (const file of findFiles(root, {
      isRelevant: (path) => fileKind(path) !== undefined,
      exclude: settings.exclude,
      onFolder: (folder, entries) => this.rememberFolder(folder, entries),
      signal,
    })) {
      files.push(file);
      if (++count % 200 === 0) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    return files;
  }

  isUnicode(path: FilePath): boolean {
    return /^utf-/.test(this.readFile(path)?.encoding.label ?? 'utf-8');
  }

  /** The disk answers at once: nothing is ever wanting. */
  async loadWanted(): Promise<FilePath[]> {
    return [];
  }

  notices(): readonly Notice[] {
    return [...this.problems.values()].map(describeProblem);
  }
}
