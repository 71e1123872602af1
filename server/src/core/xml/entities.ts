/**
 * A decoded text that knows where each of its characters stands in the source. Entities, comments between two runs of
 * text, and CDATA sections make the two differ.
 */
export class MappedText {
  readonly value: string;
  /** Source offset of each UTF-16 unit of `value`, or undefined where source and value run in step from `#start`. */
  readonly #offsets: readonly number[] | undefined;
  readonly #ends: readonly number[] | undefined;
  readonly #start: number;

  private constructor(value: string, start: number, offsets?: readonly number[], ends?: readonly number[]) {
    this.value = value;
    this.#start = start;
    this.#offsets = offsets;
    this.#ends = ends;
  }

  /** Text that stands in the source as it is. */
  static plain(value: string, start: number): MappedText {
    return new MappedText(value, start);
  }

  /** Decodes a run of character data or an attribute value. */
  static decode(source: string, start: number, end: number): MappedText {
    const raw = source.slice(start, end);
    return raw.includes('&') ? MappedText.join(decodeEntities(raw, start)) : MappedText.plain(raw, start);
  }

  /** Joins runs that may stand apart in the source. */
  static join(units: readonly MappedUnit[], emptyStart = 0): MappedText {
    const first = units[0];
    return new MappedText(
      units.map((unit) => unit.text).join(''),
      first ? first.start : emptyStart,
      units.flatMap((unit) =>
        Array.from({ length: unit.text.length }, (_, i) => (unit.isEntity ? unit.start : unit.start + i)),
      ),
      units.flatMap((unit) =>
        Array.from({ length: unit.text.length }, (_, i) => (unit.isEntity ? unit.end : unit.start + i + 1)),
      ),
    );
  }

  /** The text as an XML processor hands it on: CRLF and CR are one LF (https://www.w3.org/TR/xml/#sec-line-ends). */
  withXmlLineEnds(): MappedText {
    if (!this.value.includes('\r')) {
      return this;
    }
    const units: MappedUnit[] = [];
    for (const match of this.value.matchAll(/\r\n?|[^\r]/gs)) {
      const start = this.startOf(match.index);
      const end = this.endOf(match.index + match[0].length);
      units.push({ text: match[0].startsWith('\r') ? '\n' : match[0], start, end, isEntity: end - start !== 1 });
    }
    return MappedText.join(units);
  }

  /** Source offset where the character at an index of `value` starts. */
  startOf(index: number): number {
    if (!this.#offsets) {
      return this.#start + index;
    }
    return this.#offsets[index] ?? this.#ends?.[index - 1] ?? this.#start;
  }

  /** Source offset where the character before an index of `value` ends. */
  endOf(index: number): number {
    if (!this.#ends) {
      return this.#start + index;
    }
    return index === 0 ? this.startOf(0) : (this.#ends[index - 1] ?? this.#start);
  }

  /** The source range of a part of `value`; what stands between its runs (a comment) is inside. */
  sourceRange(from: number, to: number): { start: number; end: number } {
    const start = this.startOf(from);
    return { start, end: Math.max(start, this.endOf(to)) };
  }

  /** The runs of source text that a part of `value` consists of, in order. */
  sourceRuns(from: number, to: number): { start: number; end: number }[] {
    const runs: { start: number; end: number }[] = [];
    for (let i = from; i < to; i++) {
      const start = this.startOf(i);
      const end = this.endOf(i + 1);
      const last = runs[runs.length - 1];
      if (last && (last.end === start || last.start === start)) {
        last.end = end;
      } else {
        runs.push({ start, end });
      }
    }
    return runs;
  }
}

/** A run of decoded text: either plain text, or one entity whose whole source range stands for its characters. */
export interface MappedUnit {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isEntity: boolean;
}

/**
 * Splits raw character data into plain runs and decoded entities: the five names of XML and character references.
 * Entities that a document declares are never expanded (nobody's tool should), they stay as written.
 * Source: https://www.w3.org/TR/xml/#sec-references
 */
export function decodeEntities(raw: string, start: number): MappedUnit[] {
  const units: MappedUnit[] = [];
  const reference = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g;
  let position = 0;
  for (let match = reference.exec(raw); match; match = reference.exec(raw)) {
    const text = match[3] ? named[match[3]] : characterOf(match[1], match[2]);
    if (text === undefined) {
      continue;
    }
    if (match.index > position) {
      units.push(plainUnit(raw.slice(position, match.index), start + position));
    }
    position = match.index + match[0].length;
    units.push({ text, start: start + match.index, end: start + position, isEntity: true });
  }
  if (position < raw.length) {
    units.push(plainUnit(raw.slice(position), start + position));
  }
  return units;
}

/** Escapes a text for character data and for attribute values in either quotes. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => escapes[char] ?? char);
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function plainUnit(text: string, start: number): MappedUnit {
  return { text, start, end: start + text.length, isEntity: false };
}

function characterOf(decimal: string | undefined, hexadecimal: string | undefined): string | undefined {
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number.parseInt(decimal, 10);
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}
