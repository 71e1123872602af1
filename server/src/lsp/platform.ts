import type { Connection } from 'vscode-languageserver';
import type { Analysis, FilePath, MachineReading, Notice, Settings, WordFilter, WorkspaceHost } from '../core/index.ts';

/** What the server asks of the system that it runs on. */
export interface ServerPlatform {
  /** A host for the files of the workspace folders. */
  createHost(roots: readonly FilePath[], settings: Settings): PlatformHost;
  /** The present day as `YYYY-MM-DD`, in universal time. */
  today(): string;
  /** Answers the requests of the TLS probe; absent where there are no sockets. */
  registerProbe?(server: ProbeServer): void;
  /** Whether Visual Studio 2015 is installed, as its variable VS140COMNTOOLS says; absent where nobody knows. */
  readonly hasVisualStudio2015?: boolean | undefined;
  /** Reads the registry of the machine; absent where there is none. Called only when a person asks for it. */
  readonly readMachine?: (() => Promise<MachineReading>) | undefined;
}

/** What the probe's handlers ask of the server. */
export interface ProbeServer {
  readonly connection: Connection;
  /** The workspace folders, once they are known. */
  readonly roots: () => Promise<readonly FilePath[]>;
  readonly settingsFor: (path: FilePath) => Settings;
  /** The analysis of the present state. */
  readonly analysis: () => Promise<Analysis>;
}

/** Core's host, and what the server needs around it. */
export interface PlatformHost extends WorkspaceHost {
  mentions(path: FilePath, words: WordFilter): boolean | undefined;
  /** Drops what is remembered of paths. */
  forget(paths: Iterable<FilePath>): void;
  /** Relevant files below a workspace folder. */
  findFiles(root: FilePath, settings: Settings, signal: AbortSignal): Promise<FilePath[]>;
  /** Loads what the analysis asked for and did not get; answers the paths that are there now. */
  loadWanted(): Promise<FilePath[]>;
  /** True for a file in Unicode, or one that is not there: editors take others for Unicode and garble them. */
  isUnicode(path: FilePath): boolean;
  /** What could not be read. */
  notices(): readonly Notice[];
}
