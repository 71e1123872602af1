import type { FilePath } from './path.ts';

/**
 * What core asks of the world. Every answer is synchronous. A host that has not loaded something yet answers
 * `undefined` and remembers the question; it loads what was asked and has the analysis run again.
 */
export interface WorkspaceHost {
  /** Whether two paths that differ in letter case name different files. */
  readonly caseSensitive: boolean;
  /** The decoded text of a file (an editor's unsaved text first), or undefined when there is none to be had. */
  readText(path: FilePath): string | undefined;
  /** `file`, `folder`, or undefined when nothing is there. */
  stat(path: FilePath): 'file' | 'folder' | undefined;
  /** Names in a folder, or undefined when it cannot be read. */
  readFolder(path: FilePath): readonly FolderEntry[] | undefined;
}

/** One name in a folder. Symbolic links that leave the workspace are not listed. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}
