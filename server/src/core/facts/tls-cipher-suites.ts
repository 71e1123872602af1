import type { TlsVersion } from './tls-versions.ts';

/** A cipher suite by its registered name. */
export interface CipherSuite {
  readonly id: number;
  readonly name: string;
  /** The oldest version that may use the suite; a TLS 1.3 suite is for TLS 1.3 alone, all others are for older ones. */
  readonly since: TlsVersion;
  /** Whether Dataverse accepts it. */
  readonly dataverse: boolean;
}

/**
 * Every suite that the probe offers, those that Dataverse accepts first, so that a server that follows the client's
 * order shows them first. Suites that need a shared secret or a password (PSK, SRP) are left out: no client of
 * Dynamics has one.
 *
 * Names and numbers: https://www.iana.org/assignments/tls-parameters/tls-parameters.xhtml#tls-parameters-4
 * (the three EXPORT1024 suites: https://datatracker.ietf.org/doc/html/draft-ietf-tls-56-bit-ciphersuites-01)
 */
const rows: readonly (readonly [id: number, name: string, since: TlsVersion])[] = [
  [0x1302, 'TLS_AES_256_GCM_SHA384', 'TLS 1.3'],
  [0x1301, 'TLS_AES_128_GCM_SHA256', 'TLS 1.3'],
  [0xc02c, 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'TLS 1.2'],
  [0xc02b, 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'TLS 1.2'],
  [0xc030, 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS 1.2'],
  [0xc02f, 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS 1.2'],
  [0xc024, 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384', 'TLS 1.2'],
  [0xc023, 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256', 'TLS 1.2'],
  [0xc028, 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384', 'TLS 1.2'],
  [0xc027, 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256', 'TLS 1.2'],
  [0x1303, 'TLS_CHACHA20_POLY1305_SHA256', 'TLS 1.3'],
  [0x1304, 'TLS_AES_128_CCM_SHA256', 'TLS 1.3'],
  [0x1305, 'TLS_AES_128_CCM_8_SHA256', 'TLS 1.3'],
  [0xc009, 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA', 'TLS 1.0'],
  [0xc00a, 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA', 'TLS 1.0'],
  [0xc013, 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', 'TLS 1.0'],
  [0xc014, 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA', 'TLS 1.0'],
  [0xcca8, 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 'TLS 1.2'],
  [0xcca9, 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256', 'TLS 1.2'],
  [0x0032, 'TLS_DHE_DSS_WITH_AES_128_CBC_SHA', 'SSL 3.0'],
  [0x0033, 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 'SSL 3.0'],
  [0x0038, 'TLS_DHE_DSS_WITH_AES_256_CBC_SHA', 'SSL 3.0'],
  [0x0039, 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA', 'SSL 3.0'],
  [0x0040, 'TLS_DHE_DSS_WITH_AES_128_CBC_SHA256', 'TLS 1.2'],
  [0x0067, 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA256', 'TLS 1.2'],
  [0x006a, 'TLS_DHE_DSS_WITH_AES_256_CBC_SHA256', 'TLS 1.2'],
  [0x006b, 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA256', 'TLS 1.2'],
  [0x009e, 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS 1.2'],
  [0x009f, 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS 1.2'],
  [0x00a2, 'TLS_DHE_DSS_WITH_AES_128_GCM_SHA256', 'TLS 1.2'],
  [0x00a3, 'TLS_DHE_DSS_WITH_AES_256_GCM_SHA384', 'TLS 1.2'],
  [0xccaa, 'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 'TLS 1.2'],
  [0x002f, 'TLS_RSA_WITH_AES_128_CBC_SHA', 'SSL 3.0'],
  [0x0035, 'TLS_RSA_WITH_AES_256_CBC_SHA', 'SSL 3.0'],
  [0x003c, 'TLS_RSA_WITH_AES_128_CBC_SHA256', 'TLS 1.2'],
  [0x003d, 'TLS_RSA_WITH_AES_256_CBC_SHA256', 'TLS 1.2'],
  [0x009c, 'TLS_RSA_WITH_AES_128_GCM_SHA256', 'TLS 1.2'],
  [0x009d, 'TLS_RSA_WITH_AES_256_GCM_SHA384', 'TLS 1.2'],
  [0x000a, 'TLS_RSA_WITH_3DES_EDE_CBC_SHA', 'SSL 3.0'],
  [0x0013, 'TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA', 'SSL 3.0'],
  [0x0016, 'TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA', 'SSL 3.0'],
  [0xc008, 'TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA', 'TLS 1.0'],
  [0xc012, 'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA', 'TLS 1.0'],
  [0x0004, 'TLS_RSA_WITH_RC4_128_MD5', 'SSL 3.0'],
  [0x0005, 'TLS_RSA_WITH_RC4_128_SHA', 'SSL 3.0'],
  [0xc007, 'TLS_ECDHE_ECDSA_WITH_RC4_128_SHA', 'TLS 1.0'],
  [0xc011, 'TLS_ECDHE_RSA_WITH_RC4_128_SHA', 'TLS 1.0'],
  [0xc09c, 'TLS_RSA_WITH_AES_128_CCM', 'TLS 1.2'],
  [0xc09d, 'TLS_RSA_WITH_AES_256_CCM', 'TLS 1.2'],
  [0xc09e, 'TLS_DHE_RSA_WITH_AES_128_CCM', 'TLS 1.2'],
  [0xc09f, 'TLS_DHE_RSA_WITH_AES_256_CCM', 'TLS 1.2'],
  [0xc0a0, 'TLS_RSA_WITH_AES_128_CCM_8', 'TLS 1.2'],
  [0xc0a1, 'TLS_RSA_WITH_AES_256_CCM_8', 'TLS 1.2'],
  [0xc0a2, 'TLS_DHE_RSA_WITH_AES_128_CCM_8', 'TLS 1.2'],
  [0xc0a3, 'TLS_DHE_RSA_WITH_AES_256_CCM_8', 'TLS 1.2'],
  [0xc0ac, 'TLS_ECDHE_ECDSA_WITH_AES_128_CCM', 'TLS 1.2'],
  [0xc0ad, 'TLS_ECDHE_ECDSA_WITH_AES_256_CCM', 'TLS 1.2'],
  [0xc0ae, 'TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8', 'TLS 1.2'],
  [0xc0af, 'TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8', 'TLS 1.2'],
  [0x0041, 'TLS_RSA_WITH_CAMELLIA_128_CBC_SHA', 'SSL 3.0'],
  [0x0044, 'TLS_DHE_DSS_WITH_CAMELLIA_128_CBC_SHA', 'SSL 3.0'],
  [0x0045, 'TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA', 'SSL 3.0'],
  [0x0084, 'TLS_RSA_WITH_CAMELLIA_256_CBC_SHA', 'SSL 3.0'],
  [0x0087, 'TLS_DHE_DSS_WITH_CAMELLIA_256_CBC_SHA', 'SSL 3.0'],
  [0x0088, 'TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA', 'SSL 3.0'],
  [0x0096, 'TLS_RSA_WITH_SEED_CBC_SHA', 'SSL 3.0'],
  [0x0099, 'TLS_DHE_DSS_WITH_SEED_CBC_SHA', 'SSL 3.0'],
  [0x009a, 'TLS_DHE_RSA_WITH_SEED_CBC_SHA', 'SSL 3.0'],
  [0x00ba, 'TLS_RSA_WITH_CAMELLIA_128_CBC_SHA256', 'TLS 1.2'],
  [0x00bd, 'TLS_DHE_DSS_WITH_CAMELLIA_128_CBC_SHA256', 'TLS 1.2'],
  [0x00be, 'TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA256', 'TLS 1.2'],
  [0x00c0, 'TLS_RSA_WITH_CAMELLIA_256_CBC_SHA256', 'TLS 1.2'],
  [0x00c3, 'TLS_DHE_DSS_WITH_CAMELLIA_256_CBC_SHA256', 'TLS 1.2'],
  [0x00c4, 'TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA256', 'TLS 1.2'],
  [0xc004, 'TLS_ECDH_ECDSA_WITH_AES_128_CBC_SHA', 'TLS 1.0'],
  [0xc005, 'TLS_ECDH_ECDSA_WITH_AES_256_CBC_SHA', 'TLS 1.0'],
  [0xc00e, 'TLS_ECDH_RSA_WITH_AES_128_CBC_SHA', 'TLS 1.0'],
  [0xc00f, 'TLS_ECDH_RSA_WITH_AES_256_CBC_SHA', 'TLS 1.0'],
  [0xc025, 'TLS_ECDH_ECDSA_WITH_AES_128_CBC_SHA256', 'TLS 1.2'],
  [0xc026, 'TLS_ECDH_ECDSA_WITH_AES_256_CBC_SHA384', 'TLS 1.2'],
  [0xc029, 'TLS_ECDH_RSA_WITH_AES_128_CBC_SHA256', 'TLS 1.2'],
  [0xc02a, 'TLS_ECDH_RSA_WITH_AES_256_CBC_SHA384', 'TLS 1.2'],
  [0xc02d, 'TLS_ECDH_ECDSA_WITH_AES_128_GCM_SHA256', 'TLS 1.2'],
  [0xc02e, 'TLS_ECDH_ECDSA_WITH_AES_256_GCM_SHA384', 'TLS 1.2'],
  [0xc031, 'TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256', 'TLS 1.2'],
  [0xc032, 'TLS_ECDH_RSA_WITH_AES_256_GCM_SHA384', 'TLS 1.2'],
  [0xc050, 'TLS_RSA_WITH_ARIA_128_GCM_SHA256', 'TLS 1.2'],
  [0xc051, 'TLS_RSA_WITH_ARIA_256_GCM_SHA384', 'TLS 1.2'],
  [0xc052, 'TLS_DHE_RSA_WITH_ARIA_128_GCM_SHA256', 'TLS 1.2'],
  [0xc053, 'TLS_DHE_RSA_WITH_ARIA_256_GCM_SHA384', 'TLS 1.2'],
  [0xc056, 'TLS_DHE_DSS_WITH_ARIA_128_GCM_SHA256', 'TLS 1.2'],
  [0xc057, 'TLS_DHE_DSS_WITH_ARIA_256_GCM_SHA384', 'TLS 1.2'],
  [0xc05c, 'TLS_ECDHE_ECDSA_WITH_ARIA_128_GCM_SHA256', 'TLS 1.2'],
  [0xc05d, 'TLS_ECDHE_ECDSA_WITH_ARIA_256_GCM_SHA384', 'TLS 1.2'],
  [0xc060, 'TLS_ECDHE_RSA_WITH_ARIA_128_GCM_SHA256', 'TLS 1.2'],
  [0xc061, 'TLS_ECDHE_RSA_WITH_ARIA_256_GCM_SHA384', 'TLS 1.2'],
  [0xc072, 'TLS_ECDHE_ECDSA_WITH_CAMELLIA_128_CBC_SHA256', 'TLS 1.2'],
  [0xc073, 'TLS_ECDHE_ECDSA_WITH_CAMELLIA_256_CBC_SHA384', 'TLS 1.2'],
  [0xc076, 'TLS_ECDHE_RSA_WITH_CAMELLIA_128_CBC_SHA256', 'TLS 1.2'],
  [0xc077, 'TLS_ECDHE_RSA_WITH_CAMELLIA_256_CBC_SHA384', 'TLS 1.2'],
  [0xc086, 'TLS_ECDHE_ECDSA_WITH_CAMELLIA_128_GCM_SHA256', 'TLS 1.2'],
  [0xc087, 'TLS_ECDHE_ECDSA_WITH_CAMELLIA_256_GCM_SHA384', 'TLS 1.2'],
  [0xc08a, 'TLS_ECDHE_RSA_WITH_CAMELLIA_128_GCM_SHA256', 'TLS 1.2'],
  [0xc08b, 'TLS_ECDHE_RSA_WITH_CAMELLIA_256_GCM_SHA384', 'TLS 1.2'],
  [0x0003, 'TLS_RSA_EXPORT_WITH_RC4_40_MD5', 'SSL 3.0'],
  [0x0006, 'TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5', 'SSL 3.0'],
  [0x0007, 'TLS_RSA_WITH_IDEA_CBC_SHA', 'SSL 3.0'],
  [0x0008, 'TLS_RSA_EXPORT_WITH_DES40_CBC_SHA', 'SSL 3.0'],
  [0x0009, 'TLS_RSA_WITH_DES_CBC_SHA', 'SSL 3.0'],
  [0x0012, 'TLS_DHE_DSS_WITH_DES_CBC_SHA', 'SSL 3.0'],
  [0x0015, 'TLS_DHE_RSA_WITH_DES_CBC_SHA', 'SSL 3.0'],
  [0x0062, 'TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA', 'SSL 3.0'],
  [0x0063, 'TLS_DHE_DSS_EXPORT1024_WITH_DES_CBC_SHA', 'SSL 3.0'],
  [0x0064, 'TLS_RSA_EXPORT1024_WITH_RC4_56_SHA', 'SSL 3.0'],
  [0x0018, 'TLS_DH_anon_WITH_RC4_128_MD5', 'SSL 3.0'],
  [0x001b, 'TLS_DH_anon_WITH_3DES_EDE_CBC_SHA', 'SSL 3.0'],
  [0x0034, 'TLS_DH_anon_WITH_AES_128_CBC_SHA', 'SSL 3.0'],
  [0x003a, 'TLS_DH_anon_WITH_AES_256_CBC_SHA', 'SSL 3.0'],
  [0x0046, 'TLS_DH_anon_WITH_CAMELLIA_128_CBC_SHA', 'SSL 3.0'],
  [0x006c, 'TLS_DH_anon_WITH_AES_128_CBC_SHA256', 'TLS 1.2'],
  [0x006d, 'TLS_DH_anon_WITH_AES_256_CBC_SHA256', 'TLS 1.2'],
  [0x0089, 'TLS_DH_anon_WITH_CAMELLIA_256_CBC_SHA', 'SSL 3.0'],
  [0x00a6, 'TLS_DH_anon_WITH_AES_128_GCM_SHA256', 'TLS 1.2'],
  [0x00a7, 'TLS_DH_anon_WITH_AES_256_GCM_SHA384', 'TLS 1.2'],
  [0x00bf, 'TLS_DH_anon_WITH_CAMELLIA_128_CBC_SHA256', 'TLS 1.2'],
  [0x00c5, 'TLS_DH_anon_WITH_CAMELLIA_256_CBC_SHA256', 'TLS 1.2'],
  [0xc015, 'TLS_ECDH_anon_WITH_NULL_SHA', 'TLS 1.0'],
  [0xc016, 'TLS_ECDH_anon_WITH_RC4_128_SHA', 'TLS 1.0'],
  [0xc017, 'TLS_ECDH_anon_WITH_3DES_EDE_CBC_SHA', 'TLS 1.0'],
  [0xc018, 'TLS_ECDH_anon_WITH_AES_128_CBC_SHA', 'TLS 1.0'],
  [0xc019, 'TLS_ECDH_anon_WITH_AES_256_CBC_SHA', 'TLS 1.0'],
  [0x0001, 'TLS_RSA_WITH_NULL_MD5', 'SSL 3.0'],
  [0x0002, 'TLS_RSA_WITH_NULL_SHA', 'SSL 3.0'],
  [0x003b, 'TLS_RSA_WITH_NULL_SHA256', 'TLS 1.2'],
  [0xc006, 'TLS_ECDHE_ECDSA_WITH_NULL_SHA', 'TLS 1.0'],
  [0xc010, 'TLS_ECDHE_RSA_WITH_NULL_SHA', 'TLS 1.0'],
];

/**
 * What Dataverse accepts with TLS 1.3 and TLS 1.2.
 * Source: https://learn.microsoft.com/power-platform/admin/server-cipher-tls-requirements
 */
const acceptedByDataverse: ReadonlySet<string> = new Set([
  'TLS_AES_256_GCM_SHA384',
  'TLS_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
]);

/** All suites of the table above, in its order. */
export const cipherSuites: readonly CipherSuite[] = rows.map(([id, name, since]) => ({
  id,
  name,
  since,
  dataverse: acceptedByDataverse.has(name),
}));

const byId: ReadonlyMap<number, CipherSuite> = new Map(cipherSuites.map((suite) => [suite.id, suite]));
const byName: ReadonlyMap<string, CipherSuite> = new Map(cipherSuites.map((suite) => [suite.name, suite]));

/** The suite behind a number, or undefined for one that the probe never offers. */
export function suiteById(id: number): CipherSuite | undefined {
  return byId.get(id);
}

/** Whether Dataverse accepts the suite of this name; false for names that are not in the table. */
export function isAcceptedByDataverse(name: string): boolean {
  return acceptedByDataverse.has(name);
}

/** The number of a suite that stands in the table. Throws for any other name: that is a mistake in a facts table. */
export function suiteId(name: string): number {
  const suite = byName.get(name);
  if (!suite) {
    throw new Error(`Unknown cipher suite: ${name}`);
  }
  return suite.id;
}

/** The suites that can be negotiated with one version, in the order of the table. */
export function suitesFor(version: TlsVersion): readonly CipherSuite[] {
  if (version === 'TLS 1.3') {
    return cipherSuites.filter((suite) => suite.since === 'TLS 1.3');
  }
  // Names of versions sort in the order of their age: "SSL 3.0" < "TLS 1.0" < "TLS 1.1" < "TLS 1.2".
  return cipherSuites.filter((suite) => suite.since !== 'TLS 1.3' && suite.since <= version);
}

/** A suite's number as the contract writes it: `0xC02F`. */
export function formatSuiteId(id: number): string {
  return `0x${id.toString(16).toUpperCase().padStart(4, '0')}`;
}
