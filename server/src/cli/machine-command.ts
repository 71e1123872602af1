import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { schannelDefaults, type WindowsId } from '../core/facts/tls-windows.ts';
import {
  hasMachineProblem,
  judgeMachine,
  type MachineReading,
  machineMarkdown,
  registryExportText,
  resolvePath,
} from '../core/index.ts';
import { hasRegistry, readThisMachine } from '../platform/node/registry-of-this-machine.ts';
import { machineJson } from './formats/machine-json.ts';
import { machineText } from './formats/machine-text.ts';
import { colorsFor } from './formats/text.ts';
import { CliError, type CliIo, ExitCode } from './io.ts';
import { reasonOf } from './reason.ts';

export interface MachineOptions {
  readonly reg?: readonly string[];
  readonly windows?: WindowsId;
  readonly format: 'text' | 'json' | 'markdown';
}

/** Adds `machine` to the program. */
export function addMachineCommand(program: Command, io: CliIo, setExitCode: (code: ExitCode) => void): void {
  program
    .command('machine')
    .description('say what the registry of a Windows machine does to TLS; changes nothing')
    .option('--reg <file...>', 'read exported registry files in place of this machine')
    .addOption(
      new Option('--windows <version>', 'the Windows that the files come from, where they do not tell').choices(
        schannelDefaults.map(({ id }) => id),
      ),
    )
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json', 'markdown']).default('text'))
    .action(async (options: MachineOptions) => {
      setExitCode(await runMachine(options, io));
    });
}

/** `dynamics-tls machine`: 1 when connections fail or may fail by a setting, 0 when not. */
export async function runMachine(options: MachineOptions, io: CliIo): Promise<ExitCode> {
  const reading = await read(options, io);
  const source = options.reg ? options.reg.join(', ') : 'the registry of this machine';
  const report = judgeMachine(reading);
  io.stdout(
    options.format === 'json'
      ? machineJson(report, options.reg ?? null)
      : options.format === 'markdown'
        ? machineMarkdown(report, source)
        : machineText(report, source, colorsFor(io)),
  );
  return hasMachineProblem(report) ? ExitCode.found : ExitCode.nothing;
}

async function read({ reg, windows }: MachineOptions, io: CliIo): Promise<MachineReading> {
  if (reg) {
    const exports = reg.map((file) => readRegistryExport(file, io));
    return { exports, absent: [], windows: windows ?? null, is64Bit: null };
  }
  const readMachine = io.readMachine ?? (hasRegistry ? readThisMachine : undefined);
  if (!readMachine) {
    throw new CliError(
      'This system has no registry. Export the keys on the Windows machine (docs/check-this-machine.md lists them), and name the files with --reg.',
    );
  }
  try {
    return await readMachine();
  } catch (error) {
    throw new CliError(reasonOf(error));
  }
}

/** The text of a registry file. Throws for one that cannot be read, or is none. */
export function readRegistryExport(file: string, io: CliIo): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(resolvePath(io.cwd, file));
  } catch (error) {
    throw new CliError(`${file} cannot be read: ${reasonOf(error)}.`);
  }
  const text = registryExportText(bytes);
  if (text === undefined) {
    throw new CliError(`${file} is no registry file.`);
  }
  return text;
}
