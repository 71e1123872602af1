/** Files for evaluations: parsed once, shared by all of them. */
import { type FolderEntry, mentionsWord, type WordFilter, type WorkspaceHost } from '../model/host.ts';
import { type FilePath, normalizePath } from '../model/path.ts';
import { parseXml, type XmlDocument } from '../xml/index.ts';

/** What evaluations read. Build one with {@link createFileSource} and keep it for as many evaluations as possible. */
export interface FileSource {
  readonly caseSensitive: boolean;
  /** The parsed document, or undefined when the file cannot be read. */
  document(path: FilePath): XmlDocument | undefined;
  /** The text of a file that is no project, or undefined. */
  text(path: FilePath): string | undefined;
  /** Whether a file contains one of some words; undefined when it cannot be read. */
  mentions(path: FilePath, words: WordFilter): boolean | undefined;
  stat(path: FilePath): 'file' | 'folder' | undefined;
  readFolder(path: FilePath): readonly FolderEntry[] | undefined;
  /** Forgets what is known of these paths (changed, created or deleted), or everything. */
  forget(paths?: readonly FilePath[]): void;
  /** The path as a key of tables: equal for two spellings of one file. */
  key(path: FilePath): string;
}

/**
 * A file source on a host. What the host answered (nothing, too) is remembered until {@link FileSource.forget}: a host
 * that loads files later, or that sees them change, calls it with their paths. A document is parsed again only when its
 * text has changed.
 */
export function createFileSource(host: WorkspaceHost): FileSource {
  return new HostFileSource(host);
}

/** Keys are remembered for as many paths; a workspace of 10,000 projects asks for about as many times ten. */
const maximumKeys = 200_000;

class HostFileSource implements FileSource {
  readonly caseSensitive: boolean;
  readonly #host: WorkspaceHost;
  readonly #keys = new Map<FilePath, string>();
  readonly #documents = new Map<string, { text: string; document: XmlDocument }>();
  readonly #stats = new Map<string, 'file' | 'folder' | undefined>();
  readonly #folders = new Map<string, readonly FolderEntry[] | undefined>();
  /** Paths whose documents have been compared with the host since the last {@link forget}. */
  readonly #fresh = new Set<string>();

  constructor(host: WorkspaceHost) {
    this.#host = host;
    this.caseSensitive = host.caseSensitive;
  }

  key(path: FilePath): string {
    let key = this.#keys.get(path);
    if (key === undefined) {
      const normal = normalizePath(path);
      key = this.caseSensitive ? normal : normal.toLowerCase();
      if (this.#keys.size >= maximumKeys) {
        this.#keys.clear();
      }
      this.#keys.set(path, key);
    }
    return key;
  }

  document(path: FilePath): XmlDocument | undefined {
    const key = this.key(path);
    const cached = this.#documents.get(key);
    if (cached && this.#fresh.has(key)) {
      return cached.document;
    }
    const text = this.#host.readText(path);
    if (text === undefined) {
      return undefined;
    }
    this.#fresh.add(key);
    if (cached?.text === text) {
      return cached.document;
    }
    const document = parseXml(text);
    this.#documents.set(key, { text, document });
    return document;
  }

  text(path: FilePath): string | undefined {
    return this.#host.readText(path);
  }

  mentions(path: FilePath, words: WordFilter): boolean | undefined {
    if (this.#host.mentions) {
      return this.#host.mentions(path, words);
    }
    const text = this.#host.readText(path);
    return text === undefined ? undefined : mentionsWord(text, words);
  }

  stat(path: FilePath): 'file' | 'folder' | undefined {
    const key = this.key(path);
    const known = this.#stats.get(key);
    if (known !== undefined || this.#stats.has(key)) {
      return known;
    }
    const found = this.#host.stat(path);
    this.#stats.set(key, found);
    return found;
  }

  readFolder(path: FilePath): readonly FolderEntry[] | undefined {
    const key = this.key(path);
    if (!this.#folders.has(key)) {
      this.#folders.set(key, this.#host.readFolder(path));
    }
    return this.#folders.get(key);
  }

  forget(paths?: readonly FilePath[]): void {
    if (!paths) {
      this.#fresh.clear();
      this.#stats.clear();
      this.#folders.clear();
      return;
    }
    for (const path of paths) {
      const key = this.key(path);
      this.#fresh.delete(key);
      this.#stats.delete(key);
      this.#folders.delete(key);
      const slash = key.lastIndexOf('/');
      this.#folders.delete(slash <= 0 ? '/' : key.slice(0, slash));
    }
  }
}
