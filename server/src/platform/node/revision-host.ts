import {
  dirname,
  type FilePath,
  type FolderEntry,
  mentionsWord,
  type WordFilter,
  type WorkspaceHost,
} from '../../core/index.ts';

/** A host that shows the files either as they are or as they were, and is asked anew after each change. */
export class RevisionHost implements WorkspaceHost {
  readonly #host: WorkspaceHost;
  #texts: ReadonlyMap<FilePath, string | undefined> = new Map();
  /** Folders that hold files of another state. */
  #folders: ReadonlySet<FilePath> = new Set();

  constructor(host: WorkspaceHost) {
    this.#host = host;
  }

  get caseSensitive(): boolean {
    return this.#host.caseSensitive;
  }

  /** Shows files as they were; undefined is a file that was not there. An empty table shows everything as it is. */
  show(texts: ReadonlyMap<FilePath, string | undefined>): void {
    this.#texts = texts;
    const folders = new Set<FilePath>();
    for (const path of texts.keys()) {
      for (let folder = dirname(path); !folders.has(folder); folder = dirname(folder)) {
        folders.add(folder);
      }
    }
    this.#folders = folders;
  }

  readText(path: FilePath): string | undefined {
    return this.#texts.has(path) ? this.#texts.get(path) : this.#host.readText(path);
  }

  mentions(path: FilePath, words: WordFilter): boolean | undefined {
    if (this.#texts.has(path) || !this.#host.mentions) {
      const text = this.readText(path);
      return text === undefined ? undefined : mentionsWord(text, words);
    }
    return this.#host.mentions(path, words);
  }

  stat(path: FilePath): 'file' | 'folder' | undefined {
    if (this.#texts.has(path)) {
      return this.#texts.get(path) === undefined ? undefined : 'file';
    }
    const now = this.#host.stat(path);
    return now === undefined && this.#folders.has(path) && (this.readFolder(path)?.length ?? 0) > 0 ? 'folder' : now;
  }

  readFolder(path: FilePath): readonly FolderEntry[] | undefined {
    const now = this.#host.readFolder(path);
    if (!this.#folders.has(path)) {
      return now;
    }
    const entries = new Map((now ?? []).map((entry) => [entry.name, entry]));
    const prefix = path.endsWith('/') ? path : `${path}/`;
    for (const [file, text] of this.#texts) {
      if (!file.startsWith(prefix)) {
        continue;
      }
      const [name = '', ...rest] = file.slice(prefix.length).split('/');
      if (rest.length === 0 && text === undefined) {
        entries.delete(name);
      } else if (text !== undefined && !entries.has(name)) {
        entries.set(name, { name, isFolder: rest.length > 0 });
      }
    }
    return entries.size === 0 && now === undefined ? undefined : [...entries.values()];
  }
}
