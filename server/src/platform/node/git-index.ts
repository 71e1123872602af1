/** A file that git's index lists, with what the file system said of it when it was last the same. */
export interface IndexEntry {
  /** Relative to the top of the work tree. */
  readonly path: string;
  /** The object that holds its content. */
  readonly oid: string;
  readonly size: number;
  readonly seconds: number;
  readonly nanoseconds: number;
  /** What stands there: a file, a link, or the folder of a submodule. */
  readonly kind: 'file' | 'link' | 'submodule';
}

export interface GitIndex {
  readonly entries: readonly IndexEntry[];
  /** The tree that the index is equal to, where it knows; undefined when something was added to it since. */
  readonly tree: string | undefined;
}

/** By the four bits of the type in a mode. */
const kinds: Readonly<Record<number, IndexEntry['kind']>> = { 8: 'file', 10: 'link', 14: 'submodule' };

const entryHead = 62;
const extendedFlag = 0x4000;
const stageMask = 0x3000;

/**
 * Reads git's index, versions 2 to 4 (https://git-scm.com/docs/index-format). Undefined for what is none, or is cut
 * off: then nothing is known to be unchanged. One file is listed once, whatever the state of a merge.
 */
export function readGitIndex(bytes: Buffer): GitIndex | undefined {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'DIRC') {
    return undefined;
  }
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4) {
    return undefined;
  }
  try {
    return readEntries(bytes, version);
  } catch (error) {
    if (error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

function readEntries(bytes: Buffer, version: number): GitIndex {
  const entries: IndexEntry[] = [];
  let at = 12;
  let path = '';
  for (let count = bytes.readUInt32BE(8); count > 0; count--) {
    const flags = bytes.readUInt16BE(at + 60);
    const nameAt = at + entryHead + ((flags & extendedFlag) !== 0 ? 2 : 0);
    let nameStart = nameAt;
    let prefix = '';
    if (version === 4) {
      const { value, end } = readVariableNumber(bytes, nameAt);
      prefix = path.slice(0, path.length - value);
      nameStart = end;
    }
    const nameEnd = bytes.indexOf(0, nameStart);
    if (nameEnd < 0) {
      throw new RangeError('a name without an end');
    }
    // Bytes as characters, so that lengths that count bytes are right; decoded when the entry is complete.
    path = prefix + bytes.toString('latin1', nameStart, nameEnd);
    if ((flags & stageMask) === 0) {
      entries.push({
        path: Buffer.from(path, 'latin1').toString('utf8'),
        oid: bytes.toString('hex', at + 40, at + 60),
        size: bytes.readUInt32BE(at + 36),
        seconds: bytes.readUInt32BE(at + 8),
        nanoseconds: bytes.readUInt32BE(at + 12),
        kind: kinds[bytes.readUInt32BE(at + 24) >>> 12] ?? 'file',
      });
    }
    // Before version 4, entries are filled up to a multiple of eight with one zero at least.
    at = version === 4 ? nameEnd + 1 : at + ((nameEnd - at + 8) & ~7);
  }
  return { entries, tree: readCachedTree(bytes, at) };
}

/** A number of seven bits a byte, the highest first, as packs write offsets. */
function readVariableNumber(bytes: Buffer, start: number): { readonly value: number; readonly end: number } {
  let at = start;
  let byte = bytes.readUInt8(at++);
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    byte = bytes.readUInt8(at++);
    value = (value + 1) * 128 + (byte & 0x7f);
  }
  return { value, end: at };
}

/** The root of the extension "cache tree", which is there while nothing was added since a tree was read or written. */
function readCachedTree(bytes: Buffer, start: number): string | undefined {
  for (let at = start; at + 8 <= bytes.length - 20; ) {
    const size = bytes.readUInt32BE(at + 4);
    if (bytes.toString('latin1', at, at + 4) === 'TREE') {
      const head = /^\0(-?\d+) \d+\n/.exec(bytes.toString('latin1', at + 8, at + 8 + Math.min(size, 40)));
      const oidAt = at + 8 + (head?.[0].length ?? 0);
      return head && !head[1]?.startsWith('-') ? bytes.toString('hex', oidAt, oidAt + 20) : undefined;
    }
    at += 8 + size;
  }
  return undefined;
}
