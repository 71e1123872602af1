import type { RegistryWrite as CodeWrite, RegistryWriteData } from '../model/protocol-use.ts';
import type { RegistryData } from '../sources/registry-file.ts';
import type { RegistryWrite } from './registry-writes.ts';

/** The writes of code whose key, name and data are known, in the words of everything that judges the registry. */
export function toRegistryWrites(uses: readonly CodeWrite[]): RegistryWrite[] {
  return uses.flatMap(({ key, name, data, view, keyRange, nameRange, dataRange, range }) =>
    key.known && name.known && data.known
      ? [
          {
            change: data.value.type === 'deleted' ? ('delete-value' as const) : ('set' as const),
            path: key.value,
            pathRange: keyRange,
            ...(view === undefined ? {} : { view }),
            name: name.value,
            nameRange,
            data: dataOf(data.value),
            dataRange,
            range,
          },
        ]
      : [],
  );
}

function dataOf(data: RegistryWriteData): RegistryData {
  return data.type === 'other' ? { type: 'other', value: '' } : data;
}
