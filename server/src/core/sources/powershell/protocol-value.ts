import { allProtocolBits, memberOfEither, protocolsOf as namesOf } from '../../facts/protocol-numbers.ts';
import type { TextRange } from '../../model/finding.ts';
import { type Known, known, unknown } from '../../model/known.ts';
import type { ProtocolName, ProtocolPlace } from '../../model/protocol-use.ts';
import type { ProtocolValue, Value } from './value.ts';

/** Protocols by a name of the enumerations, whatever its letter case. */
export function protocolsByName(name: string, range: TextRange): ProtocolValue | undefined {
  const mask = memberOfEither(name);
  return mask === undefined ? undefined : exactly(mask, range);
}

/** A value as the conversion of PowerShell reads it: a number, names with commas, a list of both. */
export function toProtocols(value: Value, text: string): ProtocolValue | undefined {
  switch (value.kind) {
    case 'protocols':
      return value.protocols;
    case 'number':
      return exactly(value.value, value.range);
    case 'text':
      return fromText(value.value, value.range, text);
    case 'list':
      return value.items.map((item) => toProtocols(item, text)).reduce((a, b) => a && b && or(a, b), nothing);
    default:
      return undefined;
  }
}

const nothing: ProtocolValue | undefined = { base: 'none', added: 0, removed: 0, toggled: 0, places: [] };

function fromText(value: string, range: TextRange, text: string): ProtocolValue | undefined {
  let mask = 0;
  const places: ProtocolPlace[] = [];
  let from = range.start;
  for (const part of value.split(',').map((piece) => piece.trim())) {
    const own = /^\d+$/.test(part) ? Number(part) : memberOfEither(part);
    if (own === undefined) {
      return undefined;
    }
    // Where the text is written in another way than it reads (escapes, joined texts), the whole stands for its parts.
    const at = text.slice(0, range.end).toLowerCase().indexOf(part.toLowerCase(), from);
    const place = at < 0 ? range : { start: at, end: at + part.length };
    from = at < 0 ? from : place.end;
    mask |= own;
    places.push(...placesOf(own, place));
  }
  return { base: 'none', added: mask, removed: 0, toggled: 0, places };
}

function exactly(mask: number, range: TextRange): ProtocolValue | undefined {
  return (mask & ~allProtocolBits) === 0
    ? { base: 'none', added: mask, removed: 0, toggled: 0, places: placesOf(mask, range) }
    : undefined;
}

function placesOf(mask: number, range: TextRange): ProtocolPlace[] {
  return namesOf(mask).map((protocol) => ({ protocol, range }));
}

/** The value that the process has at present. */
export const currentProtocols: ProtocolValue = { base: 'current', added: 0, removed: 0, toggled: 0, places: [] };

export function or(a: ProtocolValue, b: ProtocolValue): ProtocolValue {
  const places = [...a.places, ...b.places];
  const base = a.base === b.base || b.base === 'none' ? a.base : a.base === 'none' ? b.base : 'unknown';
  const added = a.added | b.added;
  const removed = (a.removed | b.removed) & ~added;
  return { base, added, removed, toggled: a.toggled | b.toggled, places };
}

export function and(a: ProtocolValue, b: ProtocolValue): ProtocolValue | undefined {
  const places = [...a.places, ...b.places];
  const [left, right] = a.base === 'none' ? [b, a] : [a, b];
  if (right.base === 'all') {
    const removed = left.removed | right.removed;
    return { ...left, added: left.added & ~right.removed, removed, places };
  }
  if (right.base !== 'none') {
    return undefined;
  }
  return left.base === 'none'
    ? { ...left, added: left.added & right.added, places }
    : { ...left, added: left.added & right.added, removed: left.removed | (allProtocolBits & ~right.added), places };
}

export function xor(a: ProtocolValue, b: ProtocolValue): ProtocolValue | undefined {
  const places = [...a.places, ...b.places];
  const [left, right] = a.base === 'none' ? [b, a] : [a, b];
  if (right.base !== 'none') {
    return undefined;
  }
  return left.base === 'none'
    ? { ...left, added: left.added ^ right.added, places }
    : { ...left, toggled: left.toggled ^ right.added, places };
}

export function not(a: ProtocolValue): ProtocolValue | undefined {
  return a.base === 'none' ? { base: 'all', added: 0, removed: a.added, toggled: 0, places: a.places } : undefined;
}

/** `+` and `-` on numbers: right where no bit is in both. */
export function plus(a: ProtocolValue, b: ProtocolValue): ProtocolValue {
  return or(a, b);
}

export function minus(a: ProtocolValue, b: ProtocolValue): ProtocolValue | undefined {
  const inverse = not(b);
  return inverse && and(a, inverse);
}

/** The protocols that a mask stands for; unknown for a formula that depends on the running process. */
export function protocolsOf(mask: number): Known<readonly ProtocolName[]> {
  return known(namesOf(mask));
}

export const unknownProtocols: Known<readonly ProtocolName[]> = unknown('the value is known at run time only');
