interface StreamDecoder {
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}
/** The Encoding Standard's decoder, the same object in Node, browsers and workers, which is why no port is needed. */
const TextDecoder = (
  globalThis as unknown as {
    TextDecoder: new (label: string, options?: { fatal?: boolean }) => StreamDecoder;
  }
).TextDecoder;

/**
 * Decodes a file that arrives in chunks, for reading only: byte order mark first, then UTF-16 by its zeros, UTF-8, and
 * Windows-1252 from the first bytes on that are no UTF-8.
 */
export class TextStream {
  #decoder: StreamDecoder | undefined;

  push(bytes: Uint8Array): string {
    if (bytes.length === 0) {
      return '';
    }
    if (!this.#decoder) {
      const label = labelOf(bytes);
      this.#decoder = new TextDecoder(label, { fatal: label === 'utf-8' });
    }
    return this.#decode(bytes, true);
  }

  end(): string {
    return this.#decoder ? this.#decode(new Uint8Array(), false) : '';
  }

  #decode(bytes: Uint8Array, stream: boolean): string {
    try {
      return (this.#decoder as StreamDecoder).decode(bytes, { stream });
    } catch {
      // Not UTF-8: a log in the code page of a western Windows. The cut end of the chunk before is lost, at most 3 bytes.
      this.#decoder = new TextDecoder('windows-1252');
      return this.#decoder.decode(bytes, { stream });
    }
  }
}

function labelOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return 'utf-16le';
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return 'utf-16be';
  }
  // Letters of ASCII in UTF-16 have a zero beside them, always on the same side.
  const head = bytes.subarray(0, 512);
  const zeros = [0, 0];
  head.forEach((byte, i) => {
    zeros[i % 2] = (zeros[i % 2] ?? 0) + (byte === 0 ? 1 : 0);
  });
  const [even = 0, odd = 0] = zeros;
  if (odd > head.length / 8 && even === 0) {
    return 'utf-16le';
  }
  return even > head.length / 8 && odd === 0 ? 'utf-16be' : 'utf-8';
}
