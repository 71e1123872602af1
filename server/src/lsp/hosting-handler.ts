import type { Connection, WorkspaceEdit } from 'vscode-languageserver';
import { hostingList } from '../core/index.ts';
import type { Converter } from './convert.ts';
import type { ServerPlatform } from './platform.ts';
import { type HostingProcessResult, hostingProcessRequest } from './protocol.ts';
import type { ServerWorkspace } from './workspace.ts';

/** Answers the command "Check Visual Studio 2015 Hosting Process". */
export function handleHostingProcess(
  connection: Connection,
  workspace: ServerWorkspace,
  converter: Converter,
  platform: ServerPlatform,
): void {
  connection.onRequest(hostingProcessRequest, async (): Promise<HostingProcessResult> => {
    const { findings } = await workspace.analysis();
    const list = hostingList(findings);
    const uri = (path: string) => converter.location({ path, range: { start: 0, end: 0 } }).uri;
    const edit: WorkspaceEdit = converter.workspaceEdit(list.changes, true);
    return {
      programs: list.programs.map(({ path, at, sign }) => ({
        uri: uri(path),
        place: converter.location(at),
        sign,
      })),
      files: list.files.map(uri),
      edit,
      isInstalled: platform.hasVisualStudio2015 === true,
    };
  });
}
