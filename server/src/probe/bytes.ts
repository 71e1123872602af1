/** Joins byte strings. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

/** Numbers below 256 as bytes. */
export function bytes(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values);
}

/** Two bytes, the high one first. */
export function uint16(value: number): Uint8Array {
  return bytes(value >> 8, value & 0xff);
}

/** Three bytes, the high one first. */
export function uint24(value: number): Uint8Array {
  return bytes(value >> 16, (value >> 8) & 0xff, value & 0xff);
}

/** Content with its length in front, one or two bytes long. */
export function vector8(...parts: readonly Uint8Array[]): Uint8Array {
  const content = concatBytes(...parts);
  return concatBytes(bytes(content.length), content);
}

/** Content with its length in front, two bytes long. */
export function vector16(...parts: readonly Uint8Array[]): Uint8Array {
  const content = concatBytes(...parts);
  return concatBytes(uint16(content.length), content);
}

/** Text as bytes; every character must be below 256. */
export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Bytes as text, each byte one character. */
export function latin1Text(content: Uint8Array): string {
  let text = '';
  for (const value of content) {
    text += String.fromCharCode(value);
  }
  return text;
}

/** Whether two byte strings are equal. */
export function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

/** Thrown by {@link ByteReader} at the end of its bytes, and by parsers for what cannot be. */
export class MalformedError extends Error {}

/** Reads numbers and vectors one after the other; throws {@link MalformedError} when the bytes do not suffice. */
export class ByteReader {
  private readonly content: Uint8Array;
  private offset = 0;

  constructor(content: Uint8Array) {
    this.content = content;
  }

  get remaining(): number {
    return this.content.length - this.offset;
  }

  take(length: number): Uint8Array {
    if (length > this.remaining) {
      throw new MalformedError('The message ends too early.');
    }
    this.offset += length;
    return this.content.subarray(this.offset - length, this.offset);
  }

  uint8(): number {
    return this.number(1);
  }

  uint16(): number {
    return this.number(2);
  }

  uint24(): number {
    return this.number(3);
  }

  vector8(): Uint8Array {
    return this.take(this.uint8());
  }

  vector16(): Uint8Array {
    return this.take(this.uint16());
  }

  vector24(): Uint8Array {
    return this.take(this.uint24());
  }

  private number(length: number): number {
    return this.take(length).reduce((value, next) => value * 256 + next, 0);
  }
}

/** Bytes that arrive at one end and leave at the other; each costs the same however small the pieces are. */
export class ByteQueue {
  private buffer: Uint8Array = new Uint8Array(1024);
  private start = 0;
  private end = 0;

  get length(): number {
    return this.end - this.start;
  }

  append(piece: Uint8Array): void {
    if (this.end + piece.length > this.buffer.length) {
      const grown = this.length + piece.length > this.buffer.length / 2;
      const target = grown ? new Uint8Array((this.length + piece.length) * 2) : this.buffer;
      target.set(this.view(this.length));
      this.end = this.length;
      this.start = 0;
      this.buffer = target;
    }
    this.buffer.set(piece, this.end);
    this.end += piece.length;
  }

  /** The first bytes, or fewer when there are fewer; valid until the next call. */
  view(length: number): Uint8Array {
    return this.buffer.subarray(this.start, Math.min(this.end, this.start + length));
  }

  /** Removes the first bytes and returns a copy. */
  take(length: number): Uint8Array {
    const result = this.view(length).slice();
    this.start += result.length;
    return result;
  }
}
