import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { release, tmpdir, version } from 'node:os';
import { join } from 'node:path';
import { machineExportKeys } from '../../core/facts/machine-keys.ts';
import { decodeBytes, type MachineReading } from '../../core/index.ts';

/**
 * Reads this machine's registry, only when a person asks for it ("Check This Machine", `dynamics-tls machine`).
 *
 * The only file that starts a program. Node has no way into the registry of Windows, and the libraries that have one
 * are native code or run the same reg.exe themselves. So it runs the reg.exe of Windows by its full path, with fixed
 * arguments that only read: it exports the keys of one constant list into a folder of its own, which is deleted
 * afterwards. What it writes is what a person would export by hand, in any language of Windows.
 */
export async function readThisMachine(tool: RegistryTool = windowsTool()): Promise<MachineReading> {
  const folder = mkdtempSync(join(tmpdir(), 'dynamics-tls-'));
  try {
    const exports: string[] = [];
    const absent: string[] = [];
    for (const [i, key] of machineExportKeys.entries()) {
      const file = join(folder, `${i}.reg`);
      const text = (await exportKey(tool, key, file)) ? readText(file) : undefined;
      if (text === undefined) {
        absent.push(key);
      } else {
        exports.push(text);
      }
    }
    return {
      exports,
      absent,
      windows: { build: Number(release().split('.')[2]), isServer: /server/i.test(version()) },
      is64Bit: tool.is64Bit,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The program that exports keys, as `PROGRAM ...args export KEY FILE /y`. */
export interface RegistryTool {
  readonly program: string;
  readonly args: readonly string[];
  readonly is64Bit: boolean;
}

/** Whether this is a machine with a registry. */
export const hasRegistry = process.platform === 'win32';

function windowsTool(): RegistryTool {
  const { SystemRoot = 'C:\\Windows', PROCESSOR_ARCHITECTURE = '', PROCESSOR_ARCHITEW6432 = '' } = process.env;
  return {
    program: `${SystemRoot}\\System32\\reg.exe`,
    args: [],
    is64Bit: /64/.test(PROCESSOR_ARCHITECTURE + PROCESSOR_ARCHITEW6432),
  };
}

/**
 * True when the key was exported, false when there is none. Rejects when the program cannot be run. The view is that of
 * 64-bit programs, whatever this process is: the list names keys below Wow6432Node by themselves.
 */
function exportKey({ program, args, is64Bit }: RegistryTool, key: string, file: string): Promise<boolean> {
  const all = [...args, 'export', key, file, '/y', ...(is64Bit ? ['/reg:64'] : [])];
  return new Promise((resolve, reject) => {
    execFile(program, all, { windowsHide: true, timeout: 60_000 }, (error) => {
      if (error && typeof error.code !== 'number') {
        reject(new Error(`The registry cannot be read: ${error.message.split('\n')[0]}`));
      } else {
        resolve(error === null);
      }
    });
  });
}

function readText(file: string): string | undefined {
  const decoded = decodeBytes(readFileSync(file));
  return 'notText' in decoded ? undefined : decoded.text;
}
