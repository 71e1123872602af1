import { open } from 'node:fs/promises';
import {
  type DynamicsUrl,
  decodeBytes,
  dynamicsUrlExtensions,
  dynamicsUrlWords,
  type FilePath,
  findDynamicsUrls,
  type Settings,
} from '../../core/index.ts';
import { findFiles } from './find-files.ts';

/** Bounds of one search: it serves a list of suggestions, and a person is waiting for it. */
const maximalFiles = 20_000;
const maximalBytes = 1024 * 1024;
const maximalUrls = 200;

/** All Dynamics URLs in the files of a folder that people write them into, file by file. Contacts nobody. */
export async function* findWorkspaceUrls(
  root: FilePath,
  settings: Pick<Settings, 'exclude'>,
  signal: AbortSignal,
): AsyncGenerator<{ readonly path: FilePath; readonly url: DynamicsUrl }> {
  const isRelevant = (path: FilePath): boolean =>
    dynamicsUrlExtensions.some((extension) => path.toLowerCase().endsWith(extension));
  let files = 0;
  let urls = 0;
  for (const path of findFiles(root, { isRelevant, exclude: settings.exclude, signal })) {
    if (++files > maximalFiles) {
      return;
    }
    for (const url of await urlsOf(path)) {
      yield { path, url };
      if (++urls >= maximalUrls) {
        return;
      }
    }
  }
}

async function urlsOf(path: FilePath): Promise<DynamicsUrl[]> {
  const bytes = await readStart(path);
  if (!bytes || !mayNameServer(bytes)) {
    return [];
  }
  const decoded = decodeBytes(bytes);
  return 'notText' in decoded ? [] : findDynamicsUrls(decoded.text);
}

/** A quick look at the bytes: most files name no server, and decoding costs more than this. */
function mayNameServer(bytes: Buffer): boolean {
  const isWide = bytes[0] === 0xff || bytes[0] === 0xfe;
  const text = bytes.toString('latin1').toLowerCase();
  return isWide || dynamicsUrlWords.some((word) => text.includes(word));
}

async function readStart(path: FilePath): Promise<Buffer | undefined> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(Math.min(size, maximalBytes)) });
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    // Not readable, or gone meanwhile: it suggests nothing then.
    return undefined;
  }
}
