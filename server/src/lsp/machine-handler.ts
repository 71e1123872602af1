import type { Connection } from 'vscode-languageserver';
import {
  createRegistryFiles,
  hasMachineProblem,
  judgeMachine,
  type MachineReading,
  machineMarkdown,
  machineSentence,
  RegistrySnapshot,
  registryExportText,
  switchEdits,
  windowsVersions,
} from '../core/index.ts';
import type { ServerPlatform } from './platform.ts';
import {
  type MachineAnswer,
  type MachineParams,
  machineRequest,
  type RegistryFilesAnswer,
  type RegistryFilesParams,
  registryFilesRequest,
  type SwitchEditsAnswer,
  type SwitchEditsParams,
  switchEditsRequest,
  type WindowsVersion,
  windowsVersionsRequest,
} from './protocol.ts';

/** Answers the commands "Check This Machine" and "Create Registry File". */
export function handleMachine(connection: Connection, platform: ServerPlatform): void {
  connection.onRequest<MachineAnswer, void>(machineRequest, async (params: MachineParams): Promise<MachineAnswer> => {
    try {
      return answer(await read(params, platform), params);
    } catch (error) {
      connection.console.error(`The registry could not be read: ${String(error)}`);
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  });
  connection.onRequest<SwitchEditsAnswer, void>(switchEditsRequest, answerSwitchEdits);
  connection.onRequest(windowsVersionsRequest, (): WindowsVersion[] =>
    windowsVersions.map(({ id, name }) => ({ id, name })),
  );
  connection.onRequest<RegistryFilesAnswer, void>(
    registryFilesRequest,
    ({ schannel, winHttp, before }: RegistryFilesParams): RegistryFilesAnswer => {
      const exports = before.map((base64) => registryExportText(bytesOf(base64)));
      if (exports.some((text) => text === undefined)) {
        return { problem: 'The file is no registry file.' };
      }
      const snapshot = RegistrySnapshot.read({ exports: exports.filter((text) => text !== undefined), absent: [] });
      const files = createRegistryFiles({ schannel, winHttp }, before.length > 0 ? snapshot : undefined);
      return { files: files.map(({ name, purpose, bytes }) => ({ name, purpose, base64: base64Of(bytes) })) };
    },
  );
}

function answerSwitchEdits({ name, text }: SwitchEditsParams): SwitchEditsAnswer {
  const result = switchEdits(`/${name}`, text);
  return result.state === 'refused'
    ? { problem: result.reason }
    : {
        edits: (result.state === 'edits' ? result.edits : []).map(({ range, newText }) => ({ ...range, newText })),
      };
}

async function read({ files, windows }: MachineParams, platform: ServerPlatform): Promise<MachineReading> {
  if (!files) {
    if (!platform.readMachine) {
      throw new Error('There is no registry here. Choose an exported registry file.');
    }
    return platform.readMachine();
  }
  const exports = files.map(({ name, base64 }) => {
    const text = registryExportText(bytesOf(base64));
    if (text === undefined) {
      throw new Error(`${name} is no registry file.`);
    }
    return text;
  });
  const known = windowsVersions.find(({ id }) => id === windows);
  return { exports, absent: [], windows: known?.id ?? null, is64Bit: null };
}

function answer(reading: MachineReading, { files }: MachineParams): MachineAnswer {
  const report = judgeMachine(reading);
  const source = files ? files.map(({ name }) => name).join(', ') : 'the registry of this machine';
  return {
    sentence: machineSentence(report),
    hasProblem: hasMachineProblem(report),
    knowsWindows: report.windows !== null,
    wantsRegistryFile: report.checks.some(({ next }) => next?.includes('Create Registry File') === true),
    markdown: machineMarkdown(report, source),
  };
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0));
}

function base64Of(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
