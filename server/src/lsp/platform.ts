import type { FilePath, Notice, Settings, WorkspaceHost } from '../core/index.ts';

/** What the server asks of the system that it runs on. */
export interface ServerPlatform {
  /** A host for the files of the workspace folders. */
  createHost(roots: readonly FilePath[], settings: Settings): PlatformHost;
}

/** Core's host, and what the server needs around it. */
export interface PlatformHost extends WorkspaceHost {
  /** Drops what is remembered of paths. */
  forget(paths: Iterable<FilePath>): void;
  /** Relevant files below a workspace folder. */
  findFiles(root: FilePath, settings: Settings, signal: AbortSignal): Promise<FilePath[]>;
  /** Loads what the analysis asked for and did not get; answers the paths that are there now. */
  loadWanted(): Promise<FilePath[]>;
  /** What could not be read. */
  notices(): readonly Notice[];
}
