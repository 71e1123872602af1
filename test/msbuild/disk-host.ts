import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { FolderEntry, WorkspaceHost } from '../../server/src/core/model/host.ts';
import { decodeBytes } from '../../server/src/core/text/encoding.ts';

/** The disk as it is, for comparisons with real MSBuild. */
export const diskHost: WorkspaceHost = {
  caseSensitive: process.platform !== 'win32' && process.platform !== 'darwin',
  readText(path: string): string | undefined {
    try {
      const decoded = decodeBytes(readFileSync(path));
      return 'text' in decoded ? decoded.text : undefined;
    } catch {
      // Not there, or no file.
      return undefined;
    }
  },
  stat(path: string): 'file' | 'folder' | undefined {
    const found = statSync(path, { throwIfNoEntry: false });
    return found ? (found.isDirectory() ? 'folder' : 'file') : undefined;
  },
  readFolder(path: string): readonly FolderEntry[] | undefined {
    try {
      return readdirSync(path, { withFileTypes: true }).map((entry) => ({
        name: entry.name,
        isFolder: entry.isDirectory(),
      }));
    } catch {
      // Not there, or no folder.
      return undefined;
    }
  },
};
