import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** A program with everything it starts. */
export interface ProcessGroup {
  stdout: Readable;
  stderr: Readable;
  /** Resolves when the program has ended, for whatever reason. */
  ended: Promise<string>;
  /** Ends the program and all its descendants, and waits until that is done. Calling it twice is harmless. */
  end(): Promise<void>;
}

/**
 * Starts a program in a process group of its own, under a small guard that ends the group when this process is gone.
 * A crashed or killed test run must not leave editors behind.
 */
export function startProcessGroup(
  command: string,
  args: readonly string[],
  env: Record<string, string | undefined>,
): ProcessGroup {
  const guard = spawn(process.execPath, [join(import.meta.dirname, 'process-guard.mjs'), command, ...args], {
    // The guard reads its stdin only to learn that we are gone.
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    detached: true,
  });
  const ended = new Promise<string>((resolve) => {
    guard.once('error', (error) => resolve(error.message));
    guard.once('exit', (code, signal) => resolve(`ended with ${signal ?? code}`));
  });
  guard.stdin.on('error', () => {
    // The guard is gone already; `ended` tells.
  });
  return {
    stdout: guard.stdout,
    stderr: guard.stderr,
    ended,
    end: async () => {
      endGroup(guard);
      await ended;
    },
  };
}

function endGroup(guard: ChildProcess): void {
  if (guard.pid === undefined || guard.exitCode !== null || guard.signalCode !== null) {
    return;
  }
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(guard.pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-guard.pid, 'SIGKILL');
  } catch {
    // The group ended in the meantime.
  }
}
