import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
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
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
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
