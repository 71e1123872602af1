import type { RegistryView } from '../facts/registry-keys.ts';
import type { TextRange } from '../model/finding.ts';
import { type RegistryData, readRegistryFile } from '../sources/registry-file.ts';

/**
 * One change to the registry, whatever makes it: a line of a registry file, `reg add`, a cmdlet. Judgements take a list
 * of them, in the order in which they are made, and know nothing of the source.
 */
export interface RegistryWrite {
  readonly change: 'set' | 'delete-value' | 'delete-key';
  /** The key with its hive, without quotes: `HKEY_LOCAL_MACHINE\SOFTWARE\...`, `HKLM\...`. */
  readonly path: string;
  /** Of the path, as far as it is written in one piece; a replacement for a part of it counts from its start. */
  readonly pathRange: TextRange;
  /** Set where something else than the path chooses the view of 32-bit or 64-bit programs (`reg add ... /reg:32`). */
  readonly view?: RegistryView;
  /** Name of the value, empty for the default value and for the deletion of a key. */
  readonly name: string;
  readonly nameRange: TextRange;
  /** `deleted` for deletions. */
  readonly data: RegistryData;
  readonly dataRange: TextRange;
  /** The whole line or statement. */
  readonly range: TextRange;
}

/** The changes that the import of a registry file makes; nothing for a text without a signature. */
export function writesOfRegistryFile(text: string): RegistryWrite[] {
  return readRegistryFile(text).keys.flatMap(({ path, range, isDeleted, values }): RegistryWrite[] => {
    if (isDeleted) {
      const none = { start: range.end, end: range.end };
      return [
        {
          change: 'delete-key',
          path,
          pathRange: range,
          name: '',
          nameRange: none,
          data: { type: 'deleted' },
          dataRange: none,
          range,
        },
      ];
    }
    return values.map((value) => ({
      change: value.data.type === 'deleted' ? 'delete-value' : 'set',
      path,
      pathRange: range,
      name: value.name,
      nameRange: value.nameRange,
      data: value.data,
      dataRange: value.dataRange,
      range: value.range,
    }));
  });
}

/**
 * The last write of each value that is left when all changes have been made, by a name that the caller gives to values
 * it is interested in. Deletions take away what was written before; a deleted key takes its values with it.
 */
export function lastWrites(
  writes: readonly RegistryWrite[],
  nameOf: (write: RegistryWrite) => string | undefined,
): Map<string, RegistryWrite> {
  const last = new Map<string, RegistryWrite>();
  for (const write of writes) {
    if (write.change === 'delete-key') {
      const deleted = write.path.trim().toLowerCase();
      for (const [name, other] of last) {
        const path = other.path.trim().toLowerCase();
        if (other.view === write.view && (path === deleted || path.startsWith(`${deleted}\\`))) {
          last.delete(name);
        }
      }
      continue;
    }
    const name = nameOf(write);
    if (name !== undefined) {
      last.delete(name);
      if (write.change === 'set') {
        last.set(name, write);
      }
    }
  }
  return last;
}

/** The number that a write sets, undefined for everything but a number. */
export function numberOf(write: RegistryWrite | undefined): number | undefined {
  return write?.data.type === 'dword' ? write.data.value : undefined;
}
