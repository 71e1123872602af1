import type { TextRange } from '../model/finding.ts';
import type { TlsUse } from '../model/protocol-use.ts';

/** A use whose places count from the begin of a file instead of from that of a part of it. */
export function shiftUse(use: TlsUse, offset: number): TlsUse {
  const range = shiftRange(use.range, offset);
  switch (use.kind) {
    case 'protocol':
      return {
        ...use,
        range,
        valueRange: shiftRange(use.valueRange, offset),
        places: use.places.map((place) => ({ ...place, range: shiftRange(place.range, offset) })),
      };
    case 'certificate-check':
      return { ...use, range, valueRange: shiftRange(use.valueRange, offset) };
    case 'switch':
      return {
        ...use,
        range,
        nameRange: shiftRange(use.nameRange, offset),
        valueRange: shiftRange(use.valueRange, offset),
      };
    case 'registry-write':
      return {
        ...use,
        range,
        keyRange: shiftRange(use.keyRange, offset),
        nameRange: shiftRange(use.nameRange, offset),
        dataRange: shiftRange(use.dataRange, offset),
      };
  }
}

/** A range, moved. */
export function shiftRange({ start, end }: TextRange, offset: number): TextRange {
  return { start: start + offset, end: end + offset };
}
