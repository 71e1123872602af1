/** Child processes with their time and their memory. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root: string = fileURLToPath(new URL('../..', import.meta.url));

/** A built bundle. */
export const built = (name: 'cli' | 'server'): string => `${root}dist/${name}.js`;

export interface Run {
  readonly milliseconds: number;
  /** Largest resident size in MB; not a number for programs that are not Node. */
  readonly megabytes: number;
  readonly output: string;
  readonly exitCode: number | null;
}

/** Said on standard error when a Node process ends; `maxRSS` is in kilobytes. */
const reportMemory = `data:text/javascript,process.on('exit',()=>process.stderr.write('@maxRSS='+process.resourceUsage().maxRSS+'@'))`;

/** Runs a Node script to its end. */
export function runNode(args: readonly string[], cwd = root): Promise<Run> {
  return runProgram(process.execPath, ['--import', reportMemory, ...args], cwd);
}

export function runProgram(program: string, args: readonly string[], cwd = root): Promise<Run> {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      errors += chunk;
    });
    child.on('error', reject);
    child.on('close', (exitCode) => {
      const kilobytes = /@maxRSS=(\d+)@/.exec(errors)?.[1];
      resolve({
        milliseconds: performance.now() - begin,
        megabytes: kilobytes === undefined ? Number.NaN : Number(kilobytes) / 1024,
        output,
        exitCode,
      });
    });
  });
}
