import { env, Uri, window, workspace } from 'vscode';
import {
  type RegistryFilesAnswer,
  type RegistryFilesParams,
  registryFilesRequest,
} from '../../../server/src/lsp/protocol.ts';
import type { CommandContext } from '../activate.ts';
import { bytesOfBase64 } from '../base64.ts';
import { setSwitchInProgram } from '../program-switch.ts';
import { chooseRegistryFiles } from '../registry-files.ts';

/**
 * For programs that cannot be recompiled: the switch in the program's own configuration file first, otherwise a registry
 * file and a script for the whole machine. Nothing is applied.
 */
export async function createRegistryFile(context: CommandContext): Promise<void> {
  try {
    await context.started;
    const program = {
      label: '$(file-code) One program: AppContext switch in its .config file',
      detail: 'Try this first. Needs no administrator and changes no other program; .NET Framework 4.6 or later.',
      isProgram: true,
    };
    const machine = {
      label: '$(server) The whole machine: registry file and script',
      detail:
        'Changes every program of .NET Framework on it. The files are written where you want them, and not applied.',
      isProgram: false,
    };
    const choice = await window.showQuickPick([program, machine], {
      title: 'Create Registry File',
      placeHolder: 'What cannot be recompiled?',
    });
    if (choice?.isProgram) {
      await setSwitchInProgram(context);
    } else if (choice) {
      await createFiles(context);
    }
  } catch (error) {
    context.log.error(`The registry file could not be created: ${String(error)}`);
    void window.showErrorMessage(`Dynamics TLS: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function createFiles({ client }: CommandContext): Promise<void> {
  const params = await askOptions();
  const folder = params && (await askFolder());
  if (!folder) {
    return;
  }
  const answer = await client.sendRequest<RegistryFilesAnswer>(registryFilesRequest, params);
  if ('problem' in answer) {
    throw new Error(answer.problem);
  }
  if (!(await mayOverwrite(folder, answer.files))) {
    return;
  }
  for (const { name, base64 } of answer.files) {
    await workspace.fs.writeFile(Uri.joinPath(folder, name), bytesOfBase64(base64));
  }
  const [first] = answer.files;
  if (first) {
    await window.showTextDocument(Uri.joinPath(folder, first.name));
  }
  const explain = 'Explain';
  const choice = await window.showInformationMessage(
    `Dynamics TLS: ${answer.files.length} files were written. Nothing was applied: the head of each says what it does, and what to restart.`,
    explain,
  );
  if (choice) {
    await env.openExternal(
      Uri.parse('https://github.com/dynamics-tls/dynamics-tls/blob/main/docs/create-registry-file.md'),
    );
  }
}

/** What is set besides the values of .NET Framework, and what the undo file restores. */
async function askOptions(): Promise<RegistryFilesParams | undefined> {
  const schannel = {
    label: 'TLS 1.2 of Windows (Schannel, client)',
    description: 'needed on Windows 7 and Server 2008 R2',
  };
  const winHttp = { label: 'Default protocols of WinHTTP', description: 'for programs that use WinHTTP' };
  const before = {
    label: 'Undo file from an export',
    description: 'restores what an exported registry file of this machine holds',
  };
  const chosen = await window.showQuickPick([schannel, winHttp, before], {
    title: 'Create Registry File: the values of .NET Framework in both views, and',
    placeHolder: 'Choose what else, or nothing, and press Enter',
    canPickMany: true,
  });
  if (!chosen) {
    return undefined;
  }
  const exports = chosen.includes(before)
    ? await chooseRegistryFiles('Exported registry files of the machine as it is', 'Use')
    : [];
  return (
    exports && {
      schannel: chosen.includes(schannel),
      winHttp: chosen.includes(winHttp),
      before: exports.map(({ base64 }) => base64),
    }
  );
}

async function askFolder(): Promise<Uri | undefined> {
  const current = workspace.workspaceFolders?.[0]?.uri;
  const [folder] =
    (await window.showOpenDialog({
      title: 'Create Registry File: where?',
      openLabel: 'Write Here',
      canSelectFolders: true,
      canSelectFiles: false,
      ...(current ? { defaultUri: current } : {}),
    })) ?? [];
  return folder;
}

async function mayOverwrite(folder: Uri, files: readonly { readonly name: string }[]): Promise<boolean> {
  const present: string[] = [];
  for (const { name } of files) {
    try {
      await workspace.fs.stat(Uri.joinPath(folder, name));
      present.push(name);
    } catch {
      // There is none, which is the normal case.
    }
  }
  if (present.length === 0) {
    return true;
  }
  const overwrite = 'Overwrite';
  const detail = present.join(', ');
  return (
    (await window.showWarningMessage('There are such files already.', { modal: true, detail }, overwrite)) === overwrite
  );
}
