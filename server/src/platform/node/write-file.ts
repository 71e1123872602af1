import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';

/**
 * Replaces a file so that a crash or a full disk leaves either the old or the new content: writes beside it, syncs,
 * renames. Keeps the file's mode; a link keeps pointing where it did. Throws the system's error; the old file is then
 * untouched.
 */
export function writeFileAtomically(path: string, bytes: Uint8Array): void {
  const target = lstatSync(path).isSymbolicLink() ? realpathSync(path) : path;
  const { mode } = lstatSync(target);
  if ((mode & 0o222) === 0) {
    throw Object.assign(new Error(`${path} is read-only`), { code: 'EACCES' });
  }
  const temporary = `${target}.${process.pid}-${randomBytes(6).toString('hex')}${leftoverEnd}`;
  try {
    const file = openSync(temporary, 'wx', mode & 0o777);
    try {
      for (let position = 0; position < bytes.length; ) {
        position += writeSync(file, bytes, position);
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    chmodSync(temporary, mode & 0o7777);
    renameSync(temporary, target);
  } catch (error) {
    try {
      unlinkSync(temporary);
    } catch {
      // It was never made, or is renamed already.
    }
    throw error;
  }
}

const leftoverEnd = '.dynamics-tls.tmp';
const leftoverName = /\.(\d+)-[0-9a-f]{12}\.dynamics-tls\.tmp$/;

/** Removes what a process that was killed left beside the files that it was writing. */
export function removeLeftovers(folders: Iterable<string>): void {
  for (const folder of folders) {
    for (const name of namesIn(folder)) {
      const owner = leftoverName.exec(name)?.[1];
      if (owner !== undefined && !isRunning(Number(owner))) {
        try {
          unlinkSync(`${folder}/${name}`);
        } catch {
          // It hurts nobody; the next run tries again.
        }
      }
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // What cannot be read is told when its files are written.
    return [];
  }
}

function isRunning(process_: number): boolean {
  try {
    return process.kill(process_, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
