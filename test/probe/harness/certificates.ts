import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate made for a test, with its key. */
export interface TestCertificate {
  readonly subject: string;
  readonly key: KeyObject;
  readonly der: Uint8Array;
  readonly pem: string;
  readonly keyPem: string;
}

/** What a test certificate says; everything has a harmless default. */
export interface CertificateRequest {
  readonly subject?: string;
  readonly dnsNames?: readonly string[];
  readonly ipAddresses?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly isAuthority?: boolean;
  /** Who signs; the certificate itself when absent. */
  readonly issuer?: TestCertificate;
  readonly keyType?: 'rsa' | 'ec' | 'fresh-rsa';
}

/** Making an RSA key takes long, so that certificates share one unless they ask for a fresh one. */
let sharedKey: KeyObject | undefined;

const yesterday = new Date(Date.now() - 86_400_000);
const inTenYears = new Date(Date.now() + 10 * 365 * 86_400_000);

/** Makes an X.509 version 3 certificate signed with SHA-256. */
export function makeCertificate(request: CertificateRequest = {}): TestCertificate {
  const { subject = 'localhost', keyType = 'rsa', issuer } = request;
  const key = makeKey(keyType);
  const signer = issuer?.key ?? key;
  const algorithm = sequence(
    signer.asymmetricKeyType === 'rsa'
      ? [oid('2a864886f70d01010b'), tagged(0x05, Buffer.alloc(0))]
      : [oid('2a8648ce3d040302')],
  );
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(8)]);
  const body = sequence([
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, serial),
    algorithm,
    name(issuer?.subject ?? subject),
    sequence([time(request.notBefore ?? yesterday), time(request.notAfter ?? inTenYears)]),
    name(subject),
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(extensions(request))),
  ]);
  const signature = sign('sha256', body, signer);
  const der = sequence([body, algorithm, tagged(0x03, Buffer.concat([Buffer.from([0]), signature]))]);
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    subject,
    key,
    der,
    pem: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    keyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function makeKey(keyType: NonNullable<CertificateRequest['keyType']>): KeyObject {
  if (keyType === 'ec') {
    return generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
  }
  const makeRsa = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  if (keyType === 'fresh-rsa') {
    return makeRsa();
  }
  sharedKey ??= makeRsa();
  return sharedKey;
}

function extensions({ isAuthority = false, dnsNames, ipAddresses }: CertificateRequest): Buffer[] {
  const list: Buffer[] = [];
  if (isAuthority) {
    const constraints = sequence([tagged(0x01, Buffer.from([0xff]))]);
    list.push(sequence([oid('551d13'), tagged(0x01, Buffer.from([0xff])), tagged(0x04, constraints)]));
  }
  const names = [
    ...(dnsNames ?? []).map((text) => tagged(0x82, Buffer.from(text, 'latin1'))),
    ...(ipAddresses ?? []).map((address) => tagged(0x87, Buffer.from(address.split('.').map(Number)))),
  ];
  if (names.length > 0) {
    list.push(sequence([oid('551d11'), tagged(0x04, sequence(names))]));
  }
  if (list.length === 0) {
    // An empty list of extensions is not allowed; this one says only what would hold without it.
    list.push(sequence([oid('551d13'), tagged(0x04, sequence([]))]));
  }
  return list;
}

function name(commonName: string): Buffer {
  return sequence([tagged(0x31, sequence([oid('550403'), tagged(0x0c, Buffer.from(commonName, 'utf8'))]))]);
}

function time(date: Date): Buffer {
  return tagged(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`, 'latin1'));
}

function oid(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'));
}

function sequence(parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
