import { encodeBytes } from '../text/encoding.ts';
import { registryScript, undoScript } from './registry-scripts.ts';
import type { RegistrySnapshot } from './registry-snapshot.ts';
import { registryFile, undoRegistryFile } from './registry-texts.ts';
import { type RegistryOptions, wantedValues } from './registry-values.ts';

/** A file to be written where the person wants it. */
export interface CreatedFile {
  readonly name: string;
  /** What it is for, in a few words. */
  readonly purpose: string;
  readonly bytes: Uint8Array;
}

/**
 * A registry file and a script that switch the TLS defaults of .NET Framework on, each with its undo file. Nothing is
 * applied.
 *
 * @param before the registry as it was, where it is known: then the undo file restores exactly that.
 */
export function createRegistryFiles(options: RegistryOptions, before?: RegistrySnapshot): CreatedFile[] {
  const values = wantedValues(options);
  // The registry editor writes UTF-16 with a byte order mark. Windows PowerShell takes a script without one for ANSI.
  return [
    {
      name: 'dynamics-tls.reg',
      purpose: 'sets the values when it is imported',
      bytes: encodeBytes(registryFile(values), { label: 'utf-16le', bomLength: 2 }),
    },
    {
      name: 'dynamics-tls-undo.reg',
      purpose: before ? 'restores the values that the export holds' : 'deletes the values again',
      bytes: encodeBytes(undoRegistryFile(values, before), { label: 'utf-16le', bomLength: 2 }),
    },
    {
      name: 'dynamics-tls.ps1',
      purpose: 'saves what stands there, then sets the values',
      bytes: encodeBytes(registryScript(values), { label: 'utf-8', bomLength: 3 }),
    },
    {
      name: 'dynamics-tls-undo.ps1',
      purpose: 'restores what the first script saved',
      bytes: encodeBytes(undoScript(values), { label: 'utf-8', bomLength: 3 }),
    },
  ];
}
