import { commands, type QuickPickItem, window } from 'vscode';
import {
  type ExperimentalCapabilities,
  type MachineAnswer,
  type MachineParams,
  machineRequest,
  type WindowsVersion,
  windowsVersionsRequest,
} from '../../../server/src/lsp/protocol.ts';
import type { CommandContext } from '../activate.ts';
import { chooseRegistryFiles } from '../registry-files.ts';

/**
 * Says what the registry of a Windows machine does to TLS: that of the machine where the server runs, or exported files.
 * Nothing is read before the person has chosen.
 */
export async function checkThisMachine(context: CommandContext): Promise<void> {
  try {
    await context.started;
    const params = await askWhat(context);
    if (params) {
      await checkAndShow(context, params);
    }
  } catch (error) {
    context.log.error(`The machine could not be checked: ${String(error)}`);
    void window.showErrorMessage(`Dynamics TLS: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Undefined when the person chose nothing. */
async function askWhat({ client }: CommandContext): Promise<MachineParams | undefined> {
  const experimental = client.initializeResult?.capabilities.experimental as ExperimentalCapabilities | undefined;
  if (experimental?.dynamicsTlsMachine) {
    const self = {
      label: '$(vm) This machine',
      detail: 'Reads the registry with the reg.exe of Windows. Nothing is changed.',
      isSelf: true,
    };
    const file = { label: '$(file) An exported registry file...', detail: 'Of another machine.', isSelf: false };
    const choice = await window.showQuickPick([self, file], {
      title: 'Check This Machine',
      placeHolder: 'Which registry?',
    });
    if (!choice || choice.isSelf) {
      return choice && { files: null, windows: null };
    }
  }
  const files = await chooseRegistryFiles('Check This Machine: choose exported registry files', 'Check');
  return files && { files, windows: null };
}

async function checkAndShow(context: CommandContext, params: MachineParams): Promise<void> {
  const answer = await context.client.sendRequest<MachineAnswer>(machineRequest, params);
  if ('problem' in answer) {
    void window.showErrorMessage(`Dynamics TLS: ${answer.problem}`);
    return;
  }
  await context.machinePage.show(answer.markdown);
  const create = 'Create Registry File';
  const choose = 'Choose Windows Version';
  const show = answer.hasProblem ? window.showWarningMessage : window.showInformationMessage;
  const buttons = [
    ...(answer.wantsRegistryFile ? [create] : []),
    ...(answer.knowsWindows || !params.files ? [] : [choose]),
  ];
  void show(`Dynamics TLS: ${answer.sentence}`, ...buttons).then(async (choice) => {
    if (choice === create) {
      await commands.executeCommand('dynamicsTls.createRegistryFile');
    } else if (choice === choose) {
      await chooseWindows(context, params);
    }
  });
}

/** Exports often leave out which Windows they come from, and much depends on its defaults. */
async function chooseWindows(context: CommandContext, params: MachineParams): Promise<void> {
  const versions = await context.client.sendRequest<WindowsVersion[]>(windowsVersionsRequest);
  const items = versions.map(({ id, name }): QuickPickItem & { id: string } => ({ label: name, id }));
  const choice = await window.showQuickPick(items, { title: 'Which Windows do the files come from?' });
  if (choice) {
    await checkAndShow(context, { ...params, windows: choice.id });
  }
}
