import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import {
  applyEditsToBytes,
  type CreatedFile,
  createRegistryFiles,
  type DecodedText,
  decodeBytes,
  encodeBytes,
  RegistrySnapshot,
  resolvePath,
  switchEdits,
} from '../core/index.ts';
import { writeFileAtomically } from '../platform/node/write-file.ts';
import { formatVersion, tool } from './formats/json.ts';
import { CliError, type CliIo, ExitCode } from './io.ts';
import { readRegistryExport } from './machine-command.ts';
import { reasonOf } from './reason.ts';

export interface RegistryCommandOptions {
  readonly out: string;
  readonly schannel: boolean;
  readonly winhttp: boolean;
  readonly before?: readonly string[];
  readonly force: boolean;
  readonly appConfig?: string;
  readonly format: 'text' | 'json';
}

/** Adds `registry` to the program. */
export function addRegistryCommand(program: Command, io: CliIo, setExitCode: (code: ExitCode) => void): void {
  program
    .command('registry')
    .description(
      'write a registry file and a script for programs that cannot be recompiled, and their undo files; applies nothing',
    )
    .option('--out <folder>', 'where to write the four files', '.')
    .option('--schannel', 'also TLS 1.2 of Windows itself (needed on Windows 7 and Server 2008 R2)', false)
    .option('--winhttp', 'also the default protocols of WinHTTP', false)
    .option('--before <file...>', 'exports of the machine as it is: the undo file then restores exactly that')
    .option(
      '--app-config <file>',
      'instead, set the AppContext switch in the .config file of one program (runtime 4.6 or later)',
    )
    .option('--force', 'overwrite files that exist', false)
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .action((options: RegistryCommandOptions) => {
      setExitCode(runRegistry(options, io));
    });
}

/** `dynamics-tls registry`: writes the files and says what they are. Always 0, or 2 when it could not write. */
export function runRegistry(options: RegistryCommandOptions, io: CliIo): ExitCode {
  if (options.appConfig !== undefined) {
    return setSwitch(options.appConfig, options, io);
  }
  const { schannel, winhttp: winHttp, before } = options;
  const exports = before?.map((file) => readRegistryExport(file, io));
  const files = createRegistryFiles({ schannel, winHttp }, exports && RegistrySnapshot.read({ exports, absent: [] }));
  const written = writeFiles(files, options, io);
  io.stdout(options.format === 'json' ? json(files, written) : text(files, written, options));
  return ExitCode.nothing;
}

/** The way for one program alone: its configuration file is completed, or made. */
function setSwitch(given: string, { format }: RegistryCommandOptions, io: CliIo): ExitCode {
  const file = /\.exe$/i.test(given) ? `${given}.config` : given;
  const path = resolvePath(io.cwd, file);
  const bytes = existsSync(path) ? readConfig(path, file) : new Uint8Array();
  const decoded = decodeBytes(bytes);
  if ('notText' in decoded) {
    throw new CliError(`${file} is no text.`);
  }
  const result = switchEdits(path, decoded.text);
  if (result.state === 'refused') {
    throw new CliError(result.reason);
  }
  if (result.state === 'edits') {
    writeConfig(path, file, bytes, decoded, result.edits);
  }
  const purpose =
    result.state === 'done'
      ? 'has the switch already'
      : 'has the switch now: the program offers TLS 1.2 from its next start on, where .NET Framework 4.6 or later is installed';
  io.stdout(
    format === 'json'
      ? json([{ purpose }], [file])
      : `${file} ${purpose}.\nPrograms for 2.0 to 3.5 and programs whose code names a protocol do not change.\n`,
  );
  return ExitCode.nothing;
}

function readConfig(path: string, file: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new CliError(`${file} cannot be read: ${reasonOf(error)}.`);
  }
}

function writeConfig(
  path: string,
  file: string,
  bytes: Uint8Array,
  decoded: DecodedText,
  edits: Parameters<typeof applyEditsToBytes>[2],
): void {
  try {
    if (existsSync(path)) {
      writeFileAtomically(path, applyEditsToBytes(bytes, decoded, edits));
    } else {
      writeFileSync(path, encodeBytes(edits[0]?.newText ?? '', { label: 'utf-8', bomLength: 0 }), { flag: 'wx' });
    }
  } catch (error) {
    throw new CliError(`${file} cannot be written: ${reasonOf(error)}.`);
  }
}

/** Paths as they are shown, in the order of the files. */
function writeFiles(files: readonly CreatedFile[], { out, force }: RegistryCommandOptions, io: CliIo): string[] {
  const shown = files.map(({ name }) => (out === '.' ? name : `${out.replace(/[\\/]+$/, '')}/${name}`));
  const present = force ? undefined : shown.find((path) => existsSync(resolvePath(io.cwd, path)));
  if (present !== undefined) {
    throw new CliError(`${present} exists already. Nothing was written; --force overwrites.`);
  }
  try {
    mkdirSync(resolvePath(io.cwd, out), { recursive: true });
  } catch (error) {
    throw new CliError(`${out} cannot be made: ${reasonOf(error)}.`);
  }
  for (const [i, path] of shown.entries()) {
    try {
      writeFileSync(resolvePath(io.cwd, path), files[i]?.bytes ?? new Uint8Array(), { flag: force ? 'w' : 'wx' });
    } catch (error) {
      throw new CliError(`${path} cannot be written: ${reasonOf(error)}.`);
    }
  }
  return shown;
}

function text(files: readonly CreatedFile[], written: readonly string[], { schannel }: RegistryCommandOptions): string {
  const width = Math.max(...written.map(({ length }) => length));
  return [
    'Written, and not applied:',
    ...files.map(({ purpose }, i) => `  ${written[i]?.padEnd(width)}  ${purpose}`),
    '',
    'They are for the whole machine: every program of .NET Framework on it changes. Restart the programs afterwards.',
    ...(schannel ? [] : ['On Windows 7 and Server 2008 R2 they need --schannel as well.']),
    'Better where it is possible: retarget the program to .NET Framework 4.6.2 or later (dynamics-tls fix), or set',
    'the AppContext switch in the .config file of this one program: dynamics-tls registry --app-config NAME.exe.config.',
    '',
  ].join('\n');
}

function json(files: readonly Pick<CreatedFile, 'purpose'>[], written: readonly string[]): string {
  const document = {
    formatVersion,
    tool,
    files: files.map(({ purpose }, i) => ({ file: written[i], purpose })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
