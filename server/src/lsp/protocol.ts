/**
 * Requests and notifications besides LSP's own. The only file of the server that the client imports.
 */

/** Server to client, whenever it changes: what the language status item shows. */
export const statusNotification = 'dynamicsTls/status';

export interface ServerStatus {
  readonly state: 'busy' | 'idle';
  /** Projects done and to do while busy. */
  readonly done: number;
  readonly total: number;
  readonly errors: number;
  readonly warnings: number;
  readonly informations: number;
  readonly projects: number;
}

/** Client to server, from the command "Audit Workspace": look for files anew, analyse all, answer with the counts. */
export const auditRequest = 'dynamicsTls/audit';

/** Server to client, where the server has no disk: all relevant files of a workspace folder. */
export const findFilesRequest = 'dynamicsTls/findFiles';

export interface FindFilesParams {
  /** URI of the workspace folder. */
  readonly folder: string;
  /** Extensions with a dot, in lower case. */
  readonly extensions: readonly string[];
}

/** Server to client, where the server has no disk: the bytes of a file as base64, or null when it is not there. */
export const readFileRequest = 'dynamicsTls/readFile';

/** Server to client, where the server has no disk: what stands at a URI, and the names in a folder. */
export const readFolderRequest = 'dynamicsTls/readFolder';

export interface FolderContent {
  readonly kind: 'file' | 'folder';
  readonly entries: readonly { readonly name: string; readonly isFolder: boolean }[];
}

/** What the client tells the server at start, in `initializationOptions`. */
export interface InitializationOptions {
  /** Set for workspaces that no disk holds: the server then asks the client for files. */
  readonly clientFiles?: boolean;
  /** Settings for clients without `workspace/configuration`. */
  readonly settings?: unknown;
}

/** Client to server, from the command "Check Visual Studio 2015 Hosting Process" and the notice at start. */
export const hostingProcessRequest = 'dynamicsTls/hostingProcess';

export interface HostingProcessResult {
  /** Programs that Visual Studio 2015 debugs in its hosting process; `isSure` where a solution shows it. */
  readonly programs: readonly {
    readonly uri: string;
    readonly place: { readonly uri: string; readonly range: WireRange };
    readonly isSure: boolean;
  }[];
  /** Committed files of the hosting process. */
  readonly files: readonly string[];
  /** LSP's WorkspaceEdit that switches the process off in all programs. */
  readonly edit: unknown;
}

/** LSP's range. */
export interface WireRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}
