import { readFile } from 'node:fs/promises';

/** Reads a file with certificates; fails like node:fs does. */
export function readTrustFile(path: string): Promise<Uint8Array> {
  return readFile(path);
}
