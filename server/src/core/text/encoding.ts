import type { TextEdit } from '../model/finding.ts';
import { applyEdits, sortEdits } from './edits.ts';

/** How the bytes of a file spell its text. */
export interface Encoding {
  /** `utf-8`, `utf-16le`, `utf-16be`, or the label of a legacy encoding as the Encoding Standard names it. */
  readonly label: string;
  /** Bytes of the byte order mark (0 when there is none). The decoded text does not contain the mark. */
  readonly bomLength: number;
}

/** The text of a file with the way back to its bytes. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
  /** False where bytes did not form characters: the text is good for reading, and edits outside such places are safe. */
  readonly isExact: boolean;
}

/** What {@link decodeBytes} answers for content that is no text. */
export interface NotText {
  readonly notText: true;
}

/** An edit would have changed bytes outside its range. */
export class LossyEditError extends Error {
  override name = 'LossyEditError';
}

interface Decoder {
  decode(bytes: Uint8Array, options?: { stream?: boolean }): string;
}
/** The Encoding Standard's decoder, the same object in Node, browsers and workers, which is why no port is needed. */
const TextDecoder = (
  globalThis as unknown as {
    TextDecoder: new (label: string, options: { fatal?: boolean; ignoreBOM?: boolean }) => Decoder;
  }
).TextDecoder;
const TextEncoder = (globalThis as unknown as { TextEncoder: new () => { encode(text: string): Uint8Array } })
  .TextEncoder;

/**
 * Decodes a file: byte order mark first, then UTF-16 by its pattern, valid UTF-8, the encoding that an XML declaration
 * names, and Windows-1252 for what is left. Content with NUL bytes outside UTF-16 is not text.
 */
export function decodeBytes(bytes: Uint8Array): DecodedText | NotText {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return decodeWith(bytes, { label: 'utf-8', bomLength: 3 });
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return decodeWith(bytes, { label: 'utf-16le', bomLength: 2 });
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return decodeWith(bytes, { label: 'utf-16be', bomLength: 2 });
  }
  if (bytes[0] === 0x3c && bytes[1] === 0 && bytes[3] === 0) {
    return decodeWith(bytes, { label: 'utf-16le', bomLength: 0 });
  }
  if (bytes[0] === 0 && bytes[1] === 0x3c && bytes[2] === 0) {
    return decodeWith(bytes, { label: 'utf-16be', bomLength: 0 });
  }
  if (bytes.subarray(0, 8192).includes(0)) {
    return { notText: true };
  }
  const declared = declaredEncoding(bytes);
  if (!declared || declared === 'utf-8') {
    const utf8 = tryUtf8(bytes);
    if (utf8 !== undefined) {
      return { text: utf8, encoding: { label: 'utf-8', bomLength: 0 }, isExact: true };
    }
    return decodeWith(bytes, { label: 'windows-1252', bomLength: 0 });
  }
  return decodeWith(bytes, { label: declared, bomLength: 0 });
}

/**
 * Applies edits to the bytes of a file: inserted text is encoded, every other byte is copied.
 * Throws {@link LossyEditError} when the encoding cannot spell the new text, or when a range cannot be mapped to bytes.
 */
export function applyEditsToBytes(bytes: Uint8Array, decoded: DecodedText, edits: readonly TextEdit[]): Uint8Array {
  const toByte = byteOffsets(bytes, decoded);
  const pieces: Uint8Array[] = [];
  let position = 0;
  for (const edit of sortEdits(edits)) {
    pieces.push(bytes.subarray(position, toByte(edit.range.start)), encodeText(edit.newText, decoded.encoding.label));
    position = toByte(edit.range.end);
  }
  pieces.push(bytes.subarray(position));
  const result = concat(pieces);
  const check = decodeWith(result, decoded.encoding);
  if (check.text !== applyEdits(decoded.text, edits)) {
    throw new LossyEditError(`The edit cannot be written in ${decoded.encoding.label} without changing other text.`);
  }
  return result;
}

/** The bytes of a new file. Throws {@link LossyEditError} for a legacy encoding that cannot spell the text. */
export function encodeBytes(text: string, { label, bomLength }: Encoding): Uint8Array {
  return encodeText((bomLength > 0 ? '\ufeff' : '') + text, label);
}

function decodeWith(bytes: Uint8Array, encoding: Encoding): DecodedText {
  const body = bytes.subarray(encoding.bomLength);
  if (encoding.label === 'utf-16le' || encoding.label === 'utf-16be') {
    return { text: decodeUtf16(body, encoding.label === 'utf-16be'), encoding, isExact: body.length % 2 === 0 };
  }
  try {
    return { text: decoderFor(encoding.label, true).decode(body), encoding, isExact: true };
  } catch {
    // Bytes that are no characters: shown as U+FFFD, kept as they are by every edit.
    decoders.clear();
    return { text: decoderFor(encoding.label, false).decode(body), encoding, isExact: false };
  }
}

const decoders = new Map<string, Decoder>();

/** Decoders are kept, until one of them failed in the middle: making one costs more than decoding a small file. */
function decoderFor(label: string, fatal: boolean): Decoder {
  const key = `${label} ${fatal}`;
  const existing = decoders.get(key);
  if (existing) {
    return existing;
  }
  const decoder = new TextDecoder(label, { fatal, ignoreBOM: true });
  decoders.set(key, decoder);
  return decoder;
}

/** Decodes code units one by one, so that lone surrogates survive. A last odd byte is left out of the text. */
function decodeUtf16(body: Uint8Array, isBigEndian: boolean): string {
  const chunks: string[] = [];
  const high = isBigEndian ? 0 : 1;
  const unitCount = body.length >> 1;
  for (let from = 0; from < unitCount; from += 8192) {
    const units: number[] = [];
    for (let i = from; i < Math.min(unitCount, from + 8192); i++) {
      units.push(((body[i * 2 + high] as number) << 8) | (body[i * 2 + 1 - high] as number));
    }
    chunks.push(String.fromCharCode(...units));
  }
  return chunks.join('');
}

function tryUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoderFor('utf-8', true).decode(bytes);
  } catch {
    // Not UTF-8; the caller goes on with a legacy encoding.
    decoders.clear();
    return undefined;
  }
}

/** The supported encoding that an XML declaration in the first bytes names. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  // Most files have no declaration, and their first characters say so.
  const first = bytes.findIndex((byte) => byte > 0x20 && byte !== 0xa0);
  if (bytes[first] !== 0x3c || bytes[first + 1] !== 0x3f) {
    return undefined;
  }
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  const label = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1]?.toLowerCase();
  if (!label || label.startsWith('utf-16')) {
    return undefined;
  }
  try {
    new TextDecoder(label, {});
    return label === 'utf8' ? 'utf-8' : label;
  } catch {
    // An unknown label; the bytes decide.
    return undefined;
  }
}

function encodeText(text: string, label: string): Uint8Array {
  if (label === 'utf-16le' || label === 'utf-16be') {
    const bytes = new Uint8Array(text.length * 2);
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      bytes[i * 2] = label === 'utf-16le' ? unit & 0xff : unit >> 8;
      bytes[i * 2 + 1] = label === 'utf-16le' ? unit >> 8 : unit & 0xff;
    }
    return bytes;
  }
  if (label !== 'utf-8' && /[^\x00-\x7f]/.test(text)) {
    // Only ASCII is the same in every encoding that this tool meets; nothing that it writes needs more.
    throw new LossyEditError(`The new text cannot be written in ${label}.`);
  }
  return new TextEncoder().encode(text);
}

/** A function from text offsets to byte offsets of the same file. */
function byteOffsets(bytes: Uint8Array, decoded: DecodedText): (offset: number) => number {
  const { label, bomLength } = decoded.encoding;
  if (label.startsWith('utf-16')) {
    return (offset) => bomLength + offset * 2;
  }
  if (decoded.text.length === bytes.length - bomLength) {
    return (offset) => bomLength + offset;
  }
  if (label === 'utf-8' && decoded.isExact) {
    const encoder = new TextEncoder();
    return (offset) => bomLength + encoder.encode(decoded.text.slice(0, offset)).length;
  }
  return (offset) => bomLength + searchByteOffset(bytes.subarray(bomLength), label, offset);
}

/** For multi-byte legacy encodings: the shortest prefix of the bytes that decodes to `offset` units. */
function searchByteOffset(body: Uint8Array, label: string, offset: number): number {
  let low = 0;
  let high = body.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    // As a stream, a character that is cut in two counts only when its last byte is there.
    const { length } = new TextDecoder(label, { ignoreBOM: true }).decode(body.subarray(0, middle), { stream: true });
    if (length < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let position = 0;
  for (const piece of pieces) {
    result.set(piece, position);
    position += piece.length;
  }
  return result;
}
