import { existsSync, writeFileSync } from 'node:fs';
import type { FilePath } from '../core/index.ts';
import { writeFileAtomically } from '../platform/node/write-file.ts';
import { CliError } from './io.ts';
import { reasonOf } from './reason.ts';

/** Writes a file that an option names; what is there is replaced as a whole. Throws {@link CliError}. */
export function writeText(path: FilePath, text: string, name: string): void {
  try {
    const bytes = new TextEncoder().encode(text);
    if (existsSync(path)) {
      writeFileAtomically(path, bytes);
    } else {
      writeFileSync(path, bytes, { flag: 'wx' });
    }
  } catch (error) {
    throw new CliError(`${name} cannot be written: ${reasonOf(error)}.`);
  }
}
