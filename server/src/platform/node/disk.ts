import { type Dirent, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import {
  basename,
  type DecodedText,
  decodeBytes,
  dirname,
  type FilePath,
  type FolderEntry,
  mentionsWord,
  type Notice,
  normalizePath,
  type WordFilter,
  type WorkspaceHost,
} from '../../core/index.ts';
import { FolderListings } from './folder-listings.ts';
import { searchBytes } from './search-bytes.ts';

/** What happened to a file that could not be given to the analysis. */
export interface DiskProblem {
  readonly path: FilePath;
  readonly kind: 'too-large' | 'not-text' | 'unreadable' | 'leaves-workspace';
  /** The system's error code or the size in bytes. */
  readonly detail: string;
}

/** What a person reads about a file that was not read. */
export function describeProblem({ path, kind, detail }: DiskProblem): Notice {
  const size = (Number(detail) / 1024 / 1024).toFixed(1);
  return { path, message: { key: kind, template: problemTemplates[kind], values: { detail, size } } };
}

const problemTemplates: Readonly<Record<DiskProblem['kind'], string>> = {
  'too-large': 'The file has {size} MiB and was not read (setting maximumFileSize).',
  'not-text': 'The file is not text and was not read.',
  unreadable: 'The file could not be read ({detail}).',
  'leaves-workspace': 'The file is a link that leaves the folder, and was not read.',
};

/** A decoded file with its bytes, for edits that keep every other byte. */
export interface DiskFile extends DecodedText {
  readonly bytes: Uint8Array;
}

export interface DiskOptions {
  /** Folders whose links must stay inside. */
  readonly roots: readonly FilePath[];
  /** Bytes. */
  readonly maximumFileSize: number;
}

/** The disk as core's host: synchronous, remembering what it read until {@link Disk.forget}. */
export class Disk implements WorkspaceHost {
  readonly caseSensitive = process.platform !== 'win32' && process.platform !== 'darwin';
  readonly problems = new Map<FilePath, DiskProblem>();
  readonly #options: DiskOptions;
  readonly #texts = new Map<FilePath, string | undefined>();
  readonly #listings: FolderListings;
  readonly #realFolders = new Map<FilePath, string | undefined>();

  constructor(options: DiskOptions) {
    this.#options = options;
    this.#listings = new FolderListings(options.roots, this.caseSensitive);
  }

  readText(path: FilePath): string | undefined {
    if (!this.#texts.has(path)) {
      this.#texts.set(path, this.readFile(path)?.text);
    }
    return this.#texts.get(path);
  }

  /** A file that mentions nothing is not kept, and too large or not, nothing is told of it. */
  mentions(path: FilePath, words: WordFilter): boolean | undefined {
    const text = this.#texts.get(path);
    if (text !== undefined) {
      return mentionsWord(text, words);
    }
    try {
      const found = searchBytes(path, words);
      if (found !== 'utf-16') {
        return found;
      }
      const decoded = this.readText(path);
      return decoded === undefined ? undefined : mentionsWord(decoded, words);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
      return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : this.#refuse(path, 'unreadable', code);
    }
  }

  /** Reads a file anew, with its bytes. */
  readFile(path: FilePath): DiskFile | undefined {
    this.problems.delete(path);
    try {
      const status = lstatSync(path, { throwIfNoEntry: false });
      if (!status) {
        return undefined;
      }
      const isReal = status.isSymbolicLink() ? statSync(path) : status;
      if (!isReal.isFile()) {
        return undefined;
      }
      if (this.#leavesWorkspace(path, status.isSymbolicLink())) {
        return this.#refuse(path, 'leaves-workspace', '');
      }
      if (isReal.size > this.#options.maximumFileSize) {
        return this.#refuse(path, 'too-large', String(isReal.size));
      }
      const bytes = readFileSync(path);
      const decoded = decodeBytes(bytes);
      return 'notText' in decoded ? this.#refuse(path, 'not-text', '') : { ...decoded, bytes };
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
      return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : this.#refuse(path, 'unreadable', code);
    }
  }

  stat(path: FilePath): 'file' | 'folder' | undefined {
    return this.#listings.stat(path);
  }

  readFolder(path: FilePath): readonly FolderEntry[] | undefined {
    return this.#listings.entries(path);
  }

  /** Takes over what a search for files read, so that it is not read twice. */
  rememberFolder(path: FilePath, entries: readonly Dirent[]): void {
    this.#listings.remember(path, entries);
  }

  /** Drops what is remembered of paths, and of the folders that hold them. */
  forget(paths: Iterable<FilePath>): void {
    for (const path of paths) {
      this.#texts.delete(path);
      this.#listings.forget(path);
    }
  }

  #refuse(path: FilePath, kind: DiskProblem['kind'], detail: string): undefined {
    this.problems.set(path, { path, kind, detail });
    return undefined;
  }

  /** True for a path below a root whose real place is not below any root: a link led out. */
  #leavesWorkspace(path: FilePath, isLink: boolean): boolean {
    const root = this.#options.roots.find((candidate) => isInside(candidate, path));
    if (root === undefined) {
      return false;
    }
    const folder = this.#realFolder(dirname(path));
    const real = isLink ? realPath(path) : folder;
    return (
      real === undefined ||
      !this.#options.roots.some((candidate) => isInside(this.#realFolder(candidate) ?? candidate, real))
    );
  }

  #realFolder(path: FilePath): string | undefined {
    if (!this.#realFolders.has(path)) {
      this.#realFolders.set(path, this.#resolveFolder(path));
    }
    return this.#realFolders.get(path);
  }

  /** A folder that is no link stands where its parent really is; asking the system goes through all parts each time. */
  #resolveFolder(path: FilePath): string | undefined {
    const parent =
      this.caseSensitive && this.#listings.isPlainFolder(path) ? this.#realFolder(dirname(path)) : undefined;
    return parent === undefined ? realPath(path) : `${parent}${parent.endsWith('/') ? '' : '/'}${basename(path)}`;
  }
}

/** True for a folder itself and everything below it. */
export function isInside(folder: FilePath, path: FilePath): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

function realPath(path: FilePath): string | undefined {
  try {
    return normalizePath(realpathSync(path));
  } catch {
    // A link to nothing, or a loop.
    return undefined;
  }
}
