import { namedGroups, signatureSchemes } from '../core/facts/tls-parameters.ts';
import { newestVersion, type TlsVersion, versionCode } from '../core/facts/tls-versions.ts';
import { bytes, concatBytes, latin1Bytes, uint16, uint24, vector8, vector16 } from './bytes.ts';

/** What a ClientHello offers. */
export interface Offer {
  /** At least one. Without TLS 1.3 the server may answer with anything up to the newest; the others are bounds. */
  readonly versions: readonly TlsVersion[];
  readonly suites: readonly number[];
  readonly groups: readonly number[];
  readonly signatures: readonly number[];
  /** Groups for which a public key is sent at once; TLS 1.3 only. */
  readonly keyShares: readonly number[];
  /** The name for the server name indication; null sends none. */
  readonly serverName: string | null;
  /** Protocols above, such as `http/1.1`; none sends no extension. */
  readonly applicationProtocols: readonly string[];
  /** Whether the record around the message carries the message's version, or the oldest that can be meant. */
  readonly recordVersion: 'own' | 'oldest';
  /** Extensions with empty content that only tell how old the client is. */
  readonly sessionTicket: boolean;
  readonly extendedMasterSecret: boolean;
  readonly statusRequest: boolean;
  /** Fills a message of 256 to 511 bytes up to 512: some load balancers drop those sizes (RFC 7685). */
  readonly padded: boolean;
}

/** The random parts of a ClientHello; a second one of the same connection repeats them. */
export interface HelloMaterial {
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly keyShares: readonly KeyShare[];
  /** What a HelloRetryRequest asked to be sent back. */
  readonly cookie: Uint8Array | null;
}

/** A public key for one group. */
export interface KeyShare {
  readonly group: number;
  readonly key: Uint8Array;
}

/** Numbers of extensions in a ClientHello and a ServerHello (same registry as the groups). */
export const extensionType = {
  serverName: 0,
  statusRequest: 5,
  supportedGroups: 10,
  pointFormats: 11,
  signatureAlgorithms: 13,
  applicationProtocols: 16,
  padding: 21,
  extendedMasterSecret: 23,
  sessionTicket: 35,
  supportedVersions: 43,
  cookie: 44,
  pskModes: 45,
  signatureAlgorithmsCert: 50,
  keyShare: 51,
  renegotiationInfo: 0xff01,
} as const;

/** The signalling suite that stands for an empty renegotiation_info where extensions cannot be sent (RFC 5746). */
const emptyRenegotiationInfo = 0x00ff;

/**
 * A ClientHello in one record.
 * Source of the form: https://www.rfc-editor.org/rfc/rfc8446#section-4.1.2, for older versions
 * https://www.rfc-editor.org/rfc/rfc5246#section-7.4.1.2 and https://www.rfc-editor.org/rfc/rfc6101#section-5.6.1.2
 */
export function buildClientHello(offer: Offer, material: HelloMaterial): Uint8Array {
  const newest = newestVersion(offer.versions) ?? 'TLS 1.2';
  const legacyVersion = Math.min(versionCode(newest), versionCode('TLS 1.2'));
  const hasExtensions = newest !== 'SSL 3.0';
  const suites = hasExtensions ? offer.suites : [...offer.suites, emptyRenegotiationInfo];
  const head = concatBytes(
    uint16(legacyVersion),
    material.random,
    vector8(material.sessionId),
    vector16(...suites.map(uint16)),
    vector8(bytes(0)),
  );
  const body = hasExtensions ? concatBytes(head, extensionsOf(offer, material, head.length)) : head;
  const message = concatBytes(bytes(1), uint24(body.length), body);
  const oldest = Math.min(legacyVersion, versionCode('TLS 1.0'));
  const recordVersion = offer.recordVersion === 'own' ? legacyVersion : oldest;
  return concatBytes(bytes(22), uint16(recordVersion), vector16(message));
}

function extensionsOf(offer: Offer, material: HelloMaterial, headLength: number): Uint8Array {
  const offersTls13 = offer.versions.includes('TLS 1.3');
  const offersTls12 = offersTls13 || offer.versions.includes('TLS 1.2');
  const extensions: Uint8Array[] = [];
  const add = (type: number, ...content: readonly Uint8Array[]): void => {
    extensions.push(concatBytes(uint16(type), vector16(...content)));
  };

  if (offer.serverName !== null) {
    add(extensionType.serverName, vector16(bytes(0), vector16(latin1Bytes(offer.serverName))));
  }
  if (offer.statusRequest) {
    add(extensionType.statusRequest, bytes(1), uint16(0), uint16(0));
  }
  if (offer.groups.length > 0) {
    add(extensionType.supportedGroups, vector16(...offer.groups.map(uint16)));
    add(extensionType.pointFormats, vector8(bytes(0)));
  }
  if (offersTls12) {
    add(extensionType.signatureAlgorithms, vector16(...offer.signatures.map(uint16)));
  }
  if (offer.sessionTicket) {
    add(extensionType.sessionTicket);
  }
  if (offer.applicationProtocols.length > 0) {
    const names = offer.applicationProtocols.map((name) => vector8(latin1Bytes(name)));
    add(extensionType.applicationProtocols, vector16(...names));
  }
  if (offer.extendedMasterSecret) {
    add(extensionType.extendedMasterSecret);
  }
  if (offersTls13) {
    const newestFirst = [...offer.versions].reverse();
    add(extensionType.supportedVersions, vector8(...newestFirst.map((version) => uint16(versionCode(version)))));
    add(extensionType.pskModes, vector8(bytes(1)));
    const shares = material.keyShares.map(({ group, key }) => concatBytes(uint16(group), vector16(key)));
    add(extensionType.keyShare, vector16(...shares));
    if (material.cookie) {
      add(extensionType.cookie, vector16(material.cookie));
    }
  }
  add(extensionType.renegotiationInfo, bytes(0));
  if (offer.padded) {
    const length = 4 + headLength + 2 + extensions.reduce((sum, extension) => sum + extension.length, 0);
    if (length >= 256 && length < 512) {
      add(extensionType.padding, new Uint8Array(Math.max(0, 512 - length - 4)));
    }
  }
  return vector16(...extensions);
}

const groups = namedGroups;
const schemes = signatureSchemes;

/** Groups of the probe's own offers up to TLS 1.2; without finite fields, whose presence changes the choice of suites. */
const groupsUpToTls12: readonly number[] = [
  groups.x25519,
  groups.secp256r1,
  groups.secp384r1,
  groups.secp521r1,
  groups.x448,
  groups.brainpoolP256r1,
  groups.brainpoolP384r1,
  groups.brainpoolP512r1,
  groups.secp224r1,
];

const groupsOfTls13: readonly number[] = [
  groups.x25519,
  groups.secp256r1,
  groups.secp384r1,
  groups.secp521r1,
  groups.x448,
  groups.ffdhe2048,
  groups.ffdhe3072,
];

/** The probe's own offer of one version, as wide as it can be. */
export function probeOffer(version: TlsVersion, suites: readonly number[], serverName: string | null): Offer {
  const isTls13 = version === 'TLS 1.3';
  return {
    versions: [version],
    suites,
    groups: isTls13 ? groupsOfTls13 : groupsUpToTls12,
    signatures: Object.values(schemes),
    keyShares: isTls13 ? [groups.x25519, groups.secp256r1] : [],
    serverName,
    applicationProtocols: [],
    // Old servers refuse records above their own version.
    recordVersion: 'oldest',
    sessionTicket: false,
    extendedMasterSecret: version !== 'SSL 3.0',
    statusRequest: false,
    padded: true,
  };
}
