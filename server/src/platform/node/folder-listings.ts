import { type Dirent, readdirSync, statSync } from 'node:fs';
import { basename, dirname, type FilePath, type FolderEntry } from '../../core/index.ts';

/** What a folder says of a name; `ask` for links and devices, of which only the system knows what they are. */
type Kind = 'file' | 'folder' | 'ask';

/** Names by their key, in the order of the names. */
type Listing = ReadonlyMap<string, { readonly name: string; readonly kind: Kind }>;

/** Milliseconds. Listings that nobody used for so long are read again: not every change on disk is told. */
const maximumAge = 3000;

/**
 * Contents of folders, read once for all questions about their names: an evaluation looks for a dozen files that are
 * not there in every folder up to the root. Only folders of the workspace are read as a whole; elsewhere the system is
 * asked about the one path.
 */
export class FolderListings {
  readonly #roots: readonly FilePath[];
  readonly #caseSensitive: boolean;
  readonly #listings = new Map<FilePath, Listing | 'missing' | 'unreadable'>();
  #lastUse = 0;

  constructor(roots: readonly FilePath[], caseSensitive: boolean) {
    this.#roots = roots;
    this.#caseSensitive = caseSensitive;
  }

  stat(path: FilePath): 'file' | 'folder' | undefined {
    const kind = this.#kindOf(path);
    return kind === 'ask' ? askSystem(path) : kind;
  }

  /** What stands in a folder, without links; undefined when it cannot be read. */
  entries(path: FilePath): readonly FolderEntry[] | undefined {
    const listing = this.#isInRoots(path) ? this.#listing(path) : this.#read(path);
    return typeof listing === 'string'
      ? undefined
      : [...listing.values()].flatMap(({ name, kind }) =>
          kind === 'ask' ? [] : [{ name, isFolder: kind === 'folder' }],
        );
  }

  /** True for a folder below a root that is certainly no link. */
  isPlainFolder(path: FilePath): boolean {
    return !this.#roots.includes(path) && this.#kindOf(path) === 'folder';
  }

  /** Takes over what somebody else read. */
  remember(path: FilePath, entries: readonly Dirent[]): void {
    this.#dropOld();
    this.#listings.set(path, this.#toListing(entries));
  }

  /** Drops what the folders on the way to a path say, and what the path itself holds. */
  forget(path: FilePath): void {
    this.#listings.delete(path);
    for (let folder = dirname(path); this.#isInRoots(folder) && folder !== dirname(folder); folder = dirname(folder)) {
      this.#listings.delete(folder);
    }
  }

  #kindOf(path: FilePath): Kind | undefined {
    const folder = dirname(path);
    if (!this.#isInRoots(folder)) {
      return 'ask';
    }
    const listing = this.#listing(folder);
    if (typeof listing === 'string') {
      return listing === 'missing' ? undefined : 'ask';
    }
    const name = basename(path);
    return listing.get(this.#key(name))?.kind ?? (this.#caseSensitive || isPlainName(name) ? undefined : 'ask');
  }

  #listing(folder: FilePath): Listing | 'missing' | 'unreadable' {
    this.#dropOld();
    const known = this.#listings.get(folder);
    if (known) {
      return known;
    }
    // The folder above knows whether there is anything to read, without an error that costs more than the answer.
    const isThere = this.#roots.includes(folder) || this.stat(folder) === 'folder';
    const listing = isThere ? this.#read(folder) : 'missing';
    this.#listings.set(folder, listing);
    return listing;
  }

  #read(folder: FilePath): Listing | 'missing' | 'unreadable' {
    const entries = readEntries(folder);
    return entries ? this.#toListing(entries) : 'unreadable';
  }

  #toListing(entries: readonly Dirent[]): Listing {
    return new Map(entries.map((entry) => [this.#key(entry.name), { name: entry.name, kind: kindOfEntry(entry) }]));
  }

  #key(name: string): string {
    return this.#caseSensitive ? name : name.toLowerCase();
  }

  #isInRoots(path: FilePath): boolean {
    return this.#roots.some((root) => path.startsWith(root) && (path.length === root.length || isBelow(root, path)));
  }

  #dropOld(): void {
    const now = performance.now();
    if (now - this.#lastUse > maximumAge) {
      this.#listings.clear();
    }
    this.#lastUse = now;
  }
}

/** Entries of a folder in the order of their names, or undefined when it cannot be read. */
export function readEntries(path: FilePath): Dirent[] | undefined {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // Gone, or not ours to read. The caller knows what that means for it.
    return undefined;
  }
}

function isBelow(root: FilePath, path: FilePath): boolean {
  return root.endsWith('/') || path[root.length] === '/';
}

/** Other names may be found under another spelling: short names, trailing dots, composed letters. */
function isPlainName(name: string): boolean {
  return /^[\w\-.()+@$ ]*[\w)]$/.test(name);
}

function kindOfEntry(entry: Dirent): Kind {
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'ask';
}

function askSystem(path: FilePath): 'file' | 'folder' | undefined {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) {
    return undefined;
  }
  return status.isDirectory() ? 'folder' : status.isFile() ? 'file' : undefined;
}
