/**
 * Groups for the key exchange, as numbers on the wire.
 * Source: https://www.iana.org/assignments/tls-parameters/tls-parameters.xhtml#tls-parameters-8
 */
export const namedGroups = {
  secp224r1: 0x0015,
  secp256r1: 0x0017,
  secp384r1: 0x0018,
  secp521r1: 0x0019,
  brainpoolP256r1: 0x001a,
  brainpoolP384r1: 0x001b,
  brainpoolP512r1: 0x001c,
  x25519: 0x001d,
  x448: 0x001e,
  ffdhe2048: 0x0100,
  ffdhe3072: 0x0101,
  ffdhe4096: 0x0102,
} as const;

/** Name of a group that the probe knows. */
export type NamedGroup = keyof typeof namedGroups;

/** The name of a group, or its number in hexadecimal where the table has none. */
export function groupName(code: number): string {
  const known = Object.entries(namedGroups).find(([, value]) => value === code);
  return known ? known[0] : `0x${code.toString(16).padStart(4, '0')}`;
}

/**
 * Signature schemes, as numbers on the wire. The first group has names of TLS 1.3, the second pairs of hash and
 * signature that only TLS 1.2 knows.
 * Source: https://www.iana.org/assignments/tls-parameters/tls-parameters.xhtml#tls-signaturescheme and, for the
 * pairs, https://www.rfc-editor.org/rfc/rfc5246#section-7.4.1.4.1
 */
export const signatureSchemes = {
  rsa_pkcs1_sha256: 0x0401,
  rsa_pkcs1_sha384: 0x0501,
  rsa_pkcs1_sha512: 0x0601,
  ecdsa_secp256r1_sha256: 0x0403,
  ecdsa_secp384r1_sha384: 0x0503,
  ecdsa_secp521r1_sha512: 0x0603,
  rsa_pss_rsae_sha256: 0x0804,
  rsa_pss_rsae_sha384: 0x0805,
  rsa_pss_rsae_sha512: 0x0806,
  ed25519: 0x0807,
  ed448: 0x0808,
  rsa_pss_pss_sha256: 0x0809,
  rsa_pss_pss_sha384: 0x080a,
  rsa_pss_pss_sha512: 0x080b,
  rsa_pkcs1_sha1: 0x0201,
  ecdsa_sha1: 0x0203,

  dsa_sha1: 0x0202,
  dsa_sha256: 0x0402,
  rsa_sha224: 0x0301,
  ecdsa_sha224: 0x0303,
} as const;

/** Name of a signature scheme that the probe knows. */
export type SignatureScheme = keyof typeof signatureSchemes;
