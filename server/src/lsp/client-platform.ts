import type { Connection } from 'vscode-languageserver';
import { analyzedExtensions, analyzedNames } from '../core/index.ts';
import { type ClientFiles, ClientFilesHost } from '../platform/browser/client-files-host.ts';
import { pathOfUri, uriOfPath } from './convert.ts';
import type { ServerPlatform } from './platform.ts';
import { type FolderContent, findFilesRequest, readFileRequest, readFolderRequest } from './protocol.ts';

/** Files that the client reads for the server: in a browser, and for workspaces that no disk holds. */
export function clientPlatform(connection: Connection): ServerPlatform {
  const files: ClientFiles = {
    async findFiles(root) {
      const params = { folder: uriOfPath(root), extensions: analyzedExtensions, names: analyzedNames };
      const uris = await connection.sendRequest<string[]>(findFilesRequest, params);
      return uris.map(pathOfUri);
    },
    async readFile(path) {
      const base64 = await connection.sendRequest<string | null>(readFileRequest, uriOfPath(path));
      return base64 === null ? undefined : Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    },
    async readFolder(path) {
      return (await connection.sendRequest<FolderContent | null>(readFolderRequest, uriOfPath(path))) ?? undefined;
    },
  };
  return {
    createHost: (_, settings) => new ClientFilesHost(files, settings),
    today: () => new Date().toISOString().slice(0, 10),
  };
}
