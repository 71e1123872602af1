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
  /**
   * Whether a file contains one of some words, answered without keeping its text: most files of a workspace are only
   * ever asked this. Undefined as in {@link readText}. A host without it has its texts searched.
   */
  mentions?(path: FilePath, words: WordFilter): boolean | undefined;
  /** Names in a folder, or undefined when it cannot be read. */
  readFolder(path: FilePath): readonly FolderEntry[] | undefined;
}

/** One name in a folder. Symbolic links that leave the workspace are not listed. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** Words of which one is looked for. They are ASCII, so that bytes can be searched before anybody decodes them. */
export interface WordFilter {
  readonly words: readonly string[];
  readonly ignoresCase: boolean;
}

/** True for a text that contains one of the words. */
export function mentionsWord(text: string, { words, ignoresCase }: WordFilter): boolean {
  const searched = ignoresCase ? text.toLowerCase() : text;
  return words.some((word) => searched.includes(ignoresCase ? word.toLowerCase() : word));
}
