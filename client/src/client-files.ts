import { FileType, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type FindFilesParams,
  type FolderContent,
  findFilesRequest,
  readFileRequest,
  readFolderRequest,
} from '../../server/src/lsp/protocol.ts';

/** Folders that never hold what a person wrote; the same as on a disk. */
const prunedFolders = new Set(['bin', 'obj', 'packages', 'node_modules', '.git', '.vs']);

/** Answers the server's questions about files where it has no disk. Walks folders itself: a search may never answer. */
export function serveFiles(client: BaseLanguageClient): void {
  client.onRequest(findFilesRequest, ({ folder, ...names }: FindFilesParams) => findFiles(Uri.parse(folder), names));
  client.onRequest(readFileRequest, (uri: string) => readFile(Uri.parse(uri)));
  client.onRequest(readFolderRequest, (uri: string) => readFolder(Uri.parse(uri)));
}

async function findFiles(folder: Uri, names: Omit<FindFilesParams, 'folder'>): Promise<string[]> {
  const files: string[] = [];
  const stack = [folder];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const current = next;
    for (const { name, isFolder } of (await readFolder(current))?.entries ?? []) {
      const uri = Uri.joinPath(current, name);
      if (isFolder && !prunedFolders.has(name)) {
        stack.push(uri);
      } else if (!isFolder && isWanted(name.toLowerCase(), names)) {
        files.push(uri.toString());
      }
    }
  }
  return files;
}

function isWanted(name: string, { extensions, names }: Omit<FindFilesParams, 'folder'>): boolean {
  return (
    extensions.some((extension) => name.endsWith(extension)) ||
    names.some((wanted) => (wanted.endsWith('*') ? name.startsWith(wanted.slice(0, -1)) : name === wanted))
  );
}

/** The bytes as base64, which survives every transport. */
async function readFile(uri: Uri): Promise<string | null> {
  try {
    const bytes = await workspace.fs.readFile(uri);
    let binary = '';
    for (let i = 0; i < bytes.length; i += 8192) {
      binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
    }
    return btoa(binary);
  } catch {
    // Not there, or not readable: the same to an analysis.
    return null;
  }
}

async function readFolder(uri: Uri): Promise<FolderContent | null> {
  try {
    const status = await workspace.fs.stat(uri);
    if ((status.type & FileType.Directory) === 0) {
      return { kind: 'file', entries: [] };
    }
    const entries = await workspace.fs.readDirectory(uri);
    return {
      kind: 'folder',
      entries: entries
        .filter(([, type]) => (type & FileType.SymbolicLink) === 0)
        .map(([name, type]) => ({ name, isFolder: (type & FileType.Directory) !== 0 })),
    };
  } catch {
    // Not there, or not readable: the same to an analysis.
    return null;
  }
}
