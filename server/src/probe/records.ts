import { ByteQueue } from './bytes.ts';

/** Kinds of records that may stand before encryption starts. */
export const recordType = { changeCipherSpec: 20, alert: 21, handshake: 22 } as const;

/** Something that the server said: one alert, one handshake message, or a change of the cipher. */
export type ServerItem =
  | { readonly kind: 'alert'; readonly isFatal: boolean; readonly code: number }
  | { readonly kind: 'message'; readonly type: number; readonly body: Uint8Array }
  | { readonly kind: 'change-cipher-spec' };

/** Plaintext of a record is at most 2^14 bytes long (RFC 8446, section 5.1). */
const maximalRecord = 16_384;

/**
 * The longest message that is still read to its end. Certificate messages of real servers stay below 20 KiB; the
 * field would allow 16 MiB.
 */
const maximalMessage = 262_144;

/**
 * The most records that are read. A flight cut into single bytes has a few thousand; a stream of more of them only
 * costs time.
 */
const maximalRecords = 20_000;

/**
 * Cuts a stream of bytes into what the server said, however it is split into records and pieces. Knows nothing of
 * order and meaning. Once `isBroken` is true, the stream is not TLS and nothing more comes out.
 */
export class RecordReader {
  /** True as soon as the bytes cannot be TLS any more. */
  isBroken = false;
  /** True once a whole record came, which only a TLS server sends. */
  sawRecord = false;
  private count = 0;
  private readonly pending = new ByteQueue();
  private readonly handshake = new ByteQueue();
  private readonly alert = new ByteQueue();

  /** Takes the next piece of the stream and tells what it completed, in order. */
  push(piece: Uint8Array): ServerItem[] {
    this.pending.append(piece);
    const items: ServerItem[] = [];
    while (!this.isBroken && this.takeRecord(items)) {
      // Every round consumes one record.
    }
    return items;
  }

  private takeRecord(items: ServerItem[]): boolean {
    if (this.headerCannotBeTls()) {
      this.isBroken = true;
      return false;
    }
    const [type = 0, , , high = 0, low = 0] = this.pending.view(5);
    const end = 5 + high * 256 + low;
    if (this.pending.length < 5 || this.pending.length < end) {
      return false;
    }
    const content = this.pending.take(end).subarray(5);
    this.count++;
    this.isBroken = this.count > maximalRecords || !this.acceptRecord(type, content, items);
    this.sawRecord ||= !this.isBroken;
    return !this.isBroken;
  }

  /** Looks at as much of a record's header as is there, so that a banner without five bytes is seen as well. */
  private headerCannotBeTls(): boolean {
    const [type, major, minor, high, low] = this.pending.view(5);
    const isKnownType = type === undefined || (type >= recordType.changeCipherSpec && type <= recordType.handshake);
    const isKnownVersion = (major === undefined || major === 3) && (minor === undefined || minor <= 4);
    const length = (high ?? 0) * 256 + (low ?? 0);
    const isPossibleLength = low === undefined || (length > 0 && length <= maximalRecord);
    return !(isKnownType && isKnownVersion && isPossibleLength);
  }

  private acceptRecord(type: number, content: Uint8Array, items: ServerItem[]): boolean {
    if (type === recordType.handshake) {
      this.handshake.append(content);
      return this.takeMessages(items);
    }
    if (this.handshake.length > 0) {
      // Nothing may stand between the pieces of a handshake message.
      return false;
    }
    if (type === recordType.alert) {
      this.alert.append(content);
      return this.takeAlerts(items);
    }
    items.push({ kind: 'change-cipher-spec' });
    return content.length === 1 && content[0] === 1;
  }

  private takeMessages(items: ServerItem[]): boolean {
    while (this.handshake.length >= 4) {
      const [type = 0, high = 0, middle = 0, low = 0] = this.handshake.view(4);
      const length = high * 65_536 + middle * 256 + low;
      if (length > maximalMessage) {
        return false;
      }
      if (this.handshake.length < 4 + length) {
        return true;
      }
      items.push({ kind: 'message', type, body: this.handshake.take(4 + length).subarray(4) });
    }
    return true;
  }

  private takeAlerts(items: ServerItem[]): boolean {
    while (this.alert.length >= 2) {
      const [level = 0, code = 0] = this.alert.take(2);
      if (level !== 1 && level !== 2) {
        return false;
      }
      items.push({ kind: 'alert', isFatal: level === 2, code });
    }
    return true;
  }
}
