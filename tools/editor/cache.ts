import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Builds a folder once per machine and returns its path. The folder gets its final name only after `build` has
 * succeeded, so a half-finished one (network gone, process killed) is never mistaken for a good one.
 * @param name Folder name, with the version in it, so that a new version never meets an old folder.
 * @param build Fills the empty folder it is given; throws when it cannot.
 */
export async function cachedFolder(name: string, build: (folder: string) => Promise<void>): Promise<string> {
  const finished = join(cacheRoot(), name);
  if (existsSync(join(finished, finishedMarker))) {
    return finished;
  }
  const unfinished = join(cacheRoot(), `${name}.${randomUUID().slice(0, 8)}.partial`);
  await mkdir(unfinished, { recursive: true });
  try {
    await build(unfinished);
    await writeFile(join(unfinished, finishedMarker), `${new Date().toISOString()}\n`);
    await publish(unfinished, finished);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return finished;
}

/** The folder for everything that is expensive to fetch and the same for every checkout. Outside the work tree. */
export function cacheRoot(): string {
  const chosen = process.env['DYNAMICS_TLS_CACHE'];
  if (chosen) {
    return chosen;
  }
  const base =
    process.env['XDG_CACHE_HOME'] ??
    (process.platform === 'win32' ? process.env['LOCALAPPDATA'] : undefined) ??
    join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache');
  return join(base, 'dynamics-tls');
}

/** Says on stderr what takes long. Output stays one line per step: it is read in build logs as well. */
export function progress(message: string): void {
  process.stderr.write(`editor: ${message}\n`);
}

/**
 * Runs a program to its end, without a window and without input.
 * @returns What it wrote to stdout.
 * @throws When it cannot be started or ends with another code than 0; the message has the last lines of its output.
 */
export async function runToEnd(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string | undefined>; timeoutMilliseconds?: number } = {},
): Promise<string> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: options.timeoutMilliseconds,
    // npm is a .cmd file on Windows, which only a shell can start.
    shell: process.platform === 'win32' && !command.endsWith('.exe'),
  });
  let stdout = '';
  let everything = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    everything += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    everything += chunk;
  });
  const outcome = await new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code === 0 ? '' : `ended with ${signal ?? code}`));
  });
  if (outcome !== '') {
    const tail = everything.trim().split('\n').slice(-15).join('\n');
    throw new Error(`${command} ${args.join(' ')} ${outcome}\n${tail}`);
  }
  return stdout;
}

/** Runs npm with the given arguments, three times at most: registries and proxies have bad seconds. */
export async function runNpm(args: readonly string[], folder: string): Promise<void> {
  // npm tells its scripts where it lives; started that way it needs no shell and no PATH.
  const npmScript = process.env['npm_execpath'];
  const [command, first] =
    npmScript && /\bnpm-cli\.c?js$/.test(npmScript) ? [process.execPath, [npmScript]] : ['npm', []];
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const attempts = 3;
  for (let attempt = 1; ; attempt++) {
    try {
      await runToEnd(command, [...first, ...args, ...quiet], { cwd: folder, timeoutMilliseconds: 15 * 60_000 });
      return;
    } catch (error) {
      if (attempt === attempts) {
        throw error;
      }
      const pause = attempt * 5;
      progress(`npm failed (attempt ${attempt} of ${attempts}), trying again in ${pause} s: ${firstLine(error)}`);
      await new Promise((resolve) => setTimeout(resolve, pause * 1000));
    }
  }
}

export function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0] ?? '';
}

const finishedMarker = '.finished';

async function publish(unfinished: string, finished: string): Promise<void> {
  // A folder without the marker is a leftover of somebody's clean-up, not of an installation.
  if (existsSync(finished) && !existsSync(join(finished, finishedMarker))) {
    await rm(finished, { recursive: true, force: true });
  }
  try {
    await rename(unfinished, finished);
  } catch (error) {
    // Another process was faster; its folder is as good as ours.
    if (!existsSync(join(finished, finishedMarker))) {
      throw error;
    }
  }
}
