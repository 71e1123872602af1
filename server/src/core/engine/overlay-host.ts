import { type FolderEntry, mentionsWord, type WordFilter, type WorkspaceHost } from '../model/host.ts';
import type { FilePath } from '../model/path.ts';

/** A host with texts laid over it, to see what an edit would do before anybody makes it. */
export class OverlayHost implements WorkspaceHost {
  readonly #host: WorkspaceHost;
  readonly #texts = new Map<FilePath, string>();

  constructor(host: WorkspaceHost) {
    this.#host = host;
  }

  get caseSensitive(): boolean {
    return this.#host.caseSensitive;
  }

  /** Lays a text over a file, or takes it away with undefined. */
  lay(path: FilePath, text: string | undefined): void {
    if (text === undefined) {
      this.#texts.delete(path);
    } else {
      this.#texts.set(path, text);
    }
  }

  readText(path: FilePath): string | undefined {
    return this.#texts.get(path) ?? this.#host.readText(path);
  }

  mentions(path: FilePath, words: WordFilter): boolean | undefined {
    const text = this.#texts.get(path) ?? (this.#host.mentions ? undefined : this.#host.readText(path));
    return text === undefined ? this.#host.mentions?.(path, words) : mentionsWord(text, words);
  }

  stat(path: FilePath): 'file' | 'folder' | undefined {
    return this.#texts.has(path) ? 'file' : this.#host.stat(path);
  }

  readFolder(path: FilePath): readonly FolderEntry[] | undefined {
    return this.#host.readFolder(path);
  }
}
