import { type RegistryData, readRegistryFile } from '../sources/registry-file.ts';
import { decodeBytes } from '../text/encoding.ts';

/** One value as it stands in the registry. */
export interface SnapshotValue {
  /** Full path of its key, as written. */
  readonly key: string;
  readonly name: string;
  readonly data: RegistryData;
  /** The data as the export spells it, for a file that restores it; null where only an old format could repeat it. */
  readonly written: string | null;
}

/** What was read of a machine's registry: exports, and what is known to be absent. */
export interface RegistryReading {
  /** Texts of `.reg` files as the registry editor or reg.exe writes them; later ones win. */
  readonly exports: readonly string[];
  /** Full paths of keys that were asked for and are not there. */
  readonly absent: readonly string[];
}

/** The text of an exported registry file, or undefined for bytes that are none. */
export function registryExportText(bytes: Uint8Array): string | undefined {
  const decoded = decodeBytes(bytes);
  return 'notText' in decoded || !readRegistryFile(decoded.text).hasSignature ? undefined : decoded.text;
}

interface SnapshotKey {
  readonly path: string;
  readonly values: Map<string, SnapshotValue>;
}

/** A part of a registry, without regard to letter case. Nothing of it is changed; `with` makes another one. */
export class RegistrySnapshot {
  readonly #keys: ReadonlyMap<string, SnapshotKey>;
  readonly #absent: readonly string[];

  private constructor(keys: ReadonlyMap<string, SnapshotKey>, absent: readonly string[]) {
    this.#keys = keys;
    this.#absent = absent;
  }

  static read({ exports, absent }: RegistryReading): RegistrySnapshot {
    const keys = new Map<string, SnapshotKey>();
    for (const text of exports) {
      importInto(keys, text);
    }
    return new RegistrySnapshot(keys, absent.map(identity));
  }

  /** What is there after a registry file has been imported, deletions included. */
  with(text: string): RegistrySnapshot {
    const keys = new Map([...this.#keys].map(([id, key]) => [id, { path: key.path, values: new Map(key.values) }]));
    importInto(keys, text);
    return new RegistrySnapshot(keys, this.#absent);
  }

  value(path: string, name: string): SnapshotValue | undefined {
    return this.#keys.get(identity(path))?.values.get(name.toLowerCase());
  }

  hasKey(path: string): boolean {
    return this.#keys.has(identity(path));
  }

  /**
   * True where it is known what stands at a key, absence included: the key or one above it was exported, or it is known
   * to be absent.
   */
  isCovered(path: string): boolean {
    const id = identity(path);
    return isAtOrBelow(id, this.#keys.keys()) || isAtOrBelow(id, this.#absent);
  }

  /** All values, by key and name. */
  *values(): Generator<SnapshotValue> {
    for (const { values } of this.#keys.values()) {
      yield* values.values();
    }
  }

  /** Full paths of all keys, as written. */
  keys(): string[] {
    return [...this.#keys.values()].map(({ path }) => path);
  }
}

/** Short names of hives are written out, and a control set by its number counts as the current one. */
function identity(path: string): string {
  return path
    .trim()
    .replace(/\\+$/, '')
    .replace(/^HKLM(?=\\)/i, 'HKEY_LOCAL_MACHINE')
    .replace(/^HKCU(?=\\)/i, 'HKEY_CURRENT_USER')
    .replace(/^(HKEY_LOCAL_MACHINE\\SYSTEM)\\ControlSet\d{3}(?=\\)/i, '$1\\CurrentControlSet')
    .toLowerCase();
}

function isAtOrBelow(id: string, roots: Iterable<string>): boolean {
  for (const root of roots) {
    if (id === root || id.startsWith(`${root}\\`)) {
      return true;
    }
  }
  return false;
}

function importInto(keys: Map<string, SnapshotKey>, text: string): void {
  const file = readRegistryFile(text);
  if (!file.hasSignature) {
    return;
  }
  // Texts in hexadecimal have one byte for each character there.
  const isOldFormat = text.includes('REGEDIT4');
  for (const { path, isDeleted, values } of file.keys) {
    const id = identity(path);
    if (isDeleted) {
      for (const other of [...keys.keys()].filter((name) => name === id || name.startsWith(`${id}\\`))) {
        keys.delete(other);
      }
      continue;
    }
    const key = keys.get(id) ?? { path: path.trim(), values: new Map<string, SnapshotValue>() };
    keys.set(id, key);
    for (const { name, data, dataRange } of values) {
      if (data.type === 'deleted') {
        key.values.delete(name.toLowerCase());
      } else if (data.type !== 'malformed') {
        const raw = text.slice(dataRange.start, dataRange.end);
        const written = isOldFormat && /^hex\([127]\)/i.test(raw) ? null : raw;
        key.values.set(name.toLowerCase(), { key: key.path, name, data, written });
      }
    }
  }
}
