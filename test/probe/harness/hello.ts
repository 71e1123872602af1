/** A ClientHello as a server reads it, independent of the code that writes it. */
export interface ReceivedHello {
  readonly recordVersion: number;
  readonly legacyVersion: number;
  /** Versions of supported_versions, or the legacy version alone. */
  readonly versions: readonly number[];
  readonly random: Buffer;
  readonly sessionId: Buffer;
  readonly suites: readonly number[];
  readonly compressions: readonly number[];
  readonly extensions: ReadonlyMap<number, Buffer>;
  readonly serverName: string | null;
  readonly groups: readonly number[];
  readonly signatures: readonly number[];
  readonly keyShares: ReadonlyMap<number, Buffer>;
  readonly cookie: Buffer | null;
  /** Length of the handshake message with its head. */
  readonly length: number;
}

/** Length of the first record in bytes, or undefined while it is not whole. */
export function recordLength(bytes: Buffer): number | undefined {
  const length = bytes.length < 5 ? undefined : 5 + bytes.readUInt16BE(3);
  return length !== undefined && bytes.length >= length ? length : undefined;
}

/** Reads a record with a ClientHello; throws for anything else. */
export function readHello(record: Buffer): ReceivedHello {
  if (record[0] !== 22 || record[5] !== 1 || record.readUIntBE(6, 3) !== record.length - 9) {
    throw new Error('This is no record with a ClientHello.');
  }
  let offset = 9;
  const take = (length: number): Buffer => {
    if (offset + length > record.length) {
      throw new Error('The ClientHello ends too early.');
    }
    offset += length;
    return record.subarray(offset - length, offset);
  };
  const number = (length: number): number => take(length).readUIntBE(0, length);
  const legacyVersion = number(2);
  const random = take(32);
  const sessionId = take(number(1));
  const suites = numbers(take(number(2)));
  const compressions = [...take(number(1))];
  const extensions = new Map<number, Buffer>();
  if (offset < record.length) {
    const end = number(2) + offset;
    while (offset < end) {
      const type = number(2);
      if (extensions.has(type)) {
        throw new Error(`Extension ${type} stands twice.`);
      }
      extensions.set(type, take(number(2)));
    }
  }
  if (offset !== record.length) {
    throw new Error('Bytes are left over.');
  }
  const supported = extensions.get(43);
  return {
    recordVersion: record.readUInt16BE(1),
    legacyVersion,
    versions: supported ? numbers(supported.subarray(1)) : [legacyVersion],
    random,
    sessionId,
    suites,
    compressions,
    extensions,
    serverName: extensions.get(0)?.subarray(5).toString('latin1') ?? null,
    groups: numbers(extensions.get(10)?.subarray(2) ?? Buffer.alloc(0)),
    signatures: numbers(extensions.get(13)?.subarray(2) ?? Buffer.alloc(0)),
    keyShares: readShares(extensions.get(51)),
    cookie: extensions.get(44)?.subarray(2) ?? null,
    length: record.length - 5,
  };
}

function numbers(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readUInt16BE(index * 2));
}

function readShares(bytes: Buffer | undefined): Map<number, Buffer> {
  const shares = new Map<number, Buffer>();
  let offset = 2;
  while (bytes && offset < bytes.length) {
    const length = bytes.readUInt16BE(offset + 2);
    shares.set(bytes.readUInt16BE(offset), bytes.subarray(offset + 4, offset + 4 + length));
    offset += 4 + length;
  }
  return shares;
}
