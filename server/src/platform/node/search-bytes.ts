import { closeSync, openSync, readSync } from 'node:fs';
import type { WordFilter } from '../../core/index.ts';

const chunkSize = 1024 * 1024;

/** One buffer for all files: nothing of a file is kept. */
let buffer: Buffer | undefined;

/**
 * Whether a file contains one of some words. Only bytes are looked at, so that a file is decoded when it matters and not
 * before; `utf-16` is answered for a file whose bytes do not show words like that. Throws as the file system does.
 */
export function searchBytes(path: string, { words, ignoresCase }: WordFilter): boolean | 'utf-16' {
  buffer ??= Buffer.allocUnsafe(chunkSize);
  const longest = Math.max(0, ...words.map((word) => word.length));
  const wanted = ignoresCase ? words.map((word) => word.toLowerCase()) : words;
  const file = openSync(path, 'r');
  try {
    let kept = 0;
    for (let isFirst = true; ; isFirst = false) {
      const space = chunkSize - kept;
      const count = readSync(file, buffer, kept, space, null);
      const bytes = buffer.subarray(0, kept + count);
      if (isFirst && isUtf16(bytes)) {
        return 'utf-16';
      }
      if (hasWord(bytes, wanted, ignoresCase)) {
        return true;
      }
      if (count < space) {
        return false;
      }
      // A word may lie across two chunks.
      kept = Math.min(longest, bytes.length);
      buffer.copyWithin(0, bytes.length - kept, bytes.length);
    }
  } finally {
    closeSync(file);
  }
}

function hasWord(bytes: Buffer, words: readonly string[], ignoresCase: boolean): boolean {
  if (!ignoresCase) {
    return words.some((word) => bytes.includes(word, 0, 'latin1'));
  }
  const text = bytes.toString('latin1').toLowerCase();
  return words.some((word) => text.includes(word));
}

/** A byte order mark, or a letter with an empty half. */
function isUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  return (
    (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff) ||
    (bytes.length > 1 && first === 0) ||
    second === 0
  );
}
