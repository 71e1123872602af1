import { createReadStream } from 'node:fs';

/** The bytes of a file, a piece at a time; fails like node:fs does. */
export function readChunks(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path, { highWaterMark: 256 * 1024 });
}
