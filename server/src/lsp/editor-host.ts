import { type FilePath, type FolderEntry, mentionsWord, type WordFilter, type WorkspaceHost } from '../core/index.ts';
import type { PlatformHost } from './platform.ts';

/** The platform's files with the texts of open documents in front of them. */
export class EditorHost implements WorkspaceHost {
  readonly #platform: PlatformHost;
  readonly #openText: (path: FilePath) => string | undefined;

  constructor(platform: PlatformHost, openText: (path: FilePath) => string | undefined) {
    this.#platform = platform;
    this.#openText = openText;
  }

  get caseSensitive(): boolean {
    return this.#platform.caseSensitive;
  }

  readText(path: FilePath): string | undefined {
    return this.#openText(path) ?? this.#platform.readText(path);
  }

  mentions(path: FilePath, words: WordFilter): boolean | undefined {
    const text = this.#openText(path);
    return text === undefined ? this.#platform.mentions(path, words) : mentionsWord(text, words);
  }

  stat(path: FilePath): 'file' | 'folder' | undefined {
    return this.#openText(path) === undefined ? this.#platform.stat(path) : 'file';
  }

  readFolder(path: FilePath): readonly FolderEntry[] | undefined {
    return this.#platform.readFolder(path);
  }
}
