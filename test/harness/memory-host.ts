import type { FolderEntry, WorkspaceHost } from '../../server/src/core/index.ts';

/** A workspace in memory; also counts what was asked, for tests about incremental work. */
export class MemoryHost implements WorkspaceHost {
  readonly caseSensitive: boolean;
  readonly files = new Map<string, string>();
  readonly reads: string[] = [];

  constructor(files: Readonly<Record<string, string>> = {}, caseSensitive = true) {
    this.caseSensitive = caseSensitive;
    for (const [path, text] of Object.entries(files)) {
      this.files.set(path, text);
    }
  }

  readText(path: string): string | undefined {
    this.reads.push(path);
    return this.files.get(this.#real(path));
  }

  stat(path: string): 'file' | 'folder' | undefined {
    if (this.files.has(this.#real(path))) {
      return 'file';
    }
    const prefix = path.endsWith('/') ? path : `${path}/`;
    return [...this.files.keys()].some((file) => this.#startsWith(file, prefix)) ? 'folder' : undefined;
  }

  readFolder(path: string): readonly FolderEntry[] | undefined {
    const prefix = path.endsWith('/') ? path : `${path}/`;
    const entries = new Map<string, boolean>();
    for (const file of this.files.keys()) {
      if (this.#startsWith(file, prefix)) {
        const [name = '', ...rest] = file.slice(prefix.length).split('/');
        entries.set(name, rest.length > 0);
      }
    }
    return entries.size === 0 ? undefined : [...entries].map(([name, isFolder]) => ({ name, isFolder }));
  }

  #real(path: string): string {
    if (this.caseSensitive || this.files.has(path)) {
      return path;
    }
    return [...this.files.keys()].find((file) => file.toLowerCase() === path.toLowerCase()) ?? path;
  }

  #startsWith(file: string, prefix: string): boolean {
    return this.caseSensitive ? file.startsWith(prefix) : file.toLowerCase().startsWith(prefix.toLowerCase());
  }
}
