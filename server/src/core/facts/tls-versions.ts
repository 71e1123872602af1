/** The protocol versions that the probe can offer, oldest first, spelled as the command line's contract spells them. */
export const tlsVersions = ['SSL 3.0', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'] as const;

/** One of {@link tlsVersions}. */
export type TlsVersion = (typeof tlsVersions)[number];

const codes: Readonly<Record<TlsVersion, number>> = {
  'SSL 3.0': 0x0300,
  'TLS 1.0': 0x0301,
  'TLS 1.1': 0x0302,
  'TLS 1.2': 0x0303,
  'TLS 1.3': 0x0304,
};

/**
 * The number that stands for a version on the wire.
 * Source: https://www.rfc-editor.org/rfc/rfc8446#section-4.2.1
 */
export function versionCode(version: TlsVersion): number {
  return codes[version];
}

/** The version behind a number on the wire, or undefined for one that this project does not know. */
export function versionFromCode(code: number): TlsVersion | undefined {
  return tlsVersions.find((version) => codes[version] === code);
}

/** The newest of some versions; undefined for none. */
export function newestVersion(versions: readonly TlsVersion[]): TlsVersion | undefined {
  return tlsVersions.findLast((version) => versions.includes(version));
}

/** Names in a sentence: `TLS 1.0`, `TLS 1.0 and TLS 1.1`, `SSL 3.0, TLS 1.0 and TLS 1.1`. */
export function protocolList(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
