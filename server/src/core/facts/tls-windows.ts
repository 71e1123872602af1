import type { NamedGroup, SignatureScheme } from './tls-parameters.ts';
import type { TlsVersion } from './tls-versions.ts';

/** Windows versions, by the ids of the command line's contract. */
export type WindowsId =
  | '7'
  | '8.1'
  | '10'
  | '11'
  | 'server-2008r2'
  | 'server-2012r2'
  | 'server-2016'
  | 'server-2019'
  | 'server-2022'
  | 'server-2025';

/** What Schannel offers on one Windows version before anybody changes its registry or policy. */
export interface SchannelDefaults {
  readonly id: WindowsId;
  readonly name: string;
  /** Versions that a client offers when it leaves the choice to the system. */
  readonly systemDefault: readonly TlsVersion[];
  /** Versions that a client offers when it asks for them by name; the system refuses the others. */
  readonly available: readonly TlsVersion[];
  /** Cipher suites in the system's order. */
  readonly suites: readonly string[];
  /** Of these, the ones that the flag SCH_USE_STRONG_CRYPTO leaves out. */
  readonly notStrong: readonly string[];
  readonly groups: readonly NamedGroup[];
  readonly signatures: readonly SignatureScheme[];
}

/*
 * Suites and their order, and the column "Allowed by SCH_USE_STRONG_CRYPTO":
 * https://learn.microsoft.com/windows/win32/secauthn/tls-cipher-suites-in-windows-7 (and -8-1, -10-v1607, -10-v1809,
 * -10-v1903, -server-2022, -11, -server-2025). NULL suites are left out: only an application that names them gets them.
 */
const suitesOfWindows7 = [
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_DHE_RSA_WITH_AES_256_CBC_SHA',
  'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_AES_256_CBC_SHA256',
  'TLS_RSA_WITH_AES_128_CBC_SHA256',
  'TLS_RSA_WITH_AES_256_CBC_SHA',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  'TLS_DHE_DSS_WITH_AES_256_CBC_SHA256',
  'TLS_DHE_DSS_WITH_AES_128_CBC_SHA256',
  'TLS_DHE_DSS_WITH_AES_256_CBC_SHA',
  'TLS_DHE_DSS_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
  'TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA',
  'TLS_RSA_WITH_RC4_128_SHA',
  'TLS_RSA_WITH_RC4_128_MD5',
] as const;

const suitesOfWindows10v1607 = [
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_DHE_RSA_WITH_AES_256_CBC_SHA',
  'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_AES_256_CBC_SHA256',
  'TLS_RSA_WITH_AES_128_CBC_SHA256',
  'TLS_RSA_WITH_AES_256_CBC_SHA',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
  'TLS_DHE_DSS_WITH_AES_256_CBC_SHA256',
  'TLS_DHE_DSS_WITH_AES_128_CBC_SHA256',
  'TLS_DHE_DSS_WITH_AES_256_CBC_SHA',
  'TLS_DHE_DSS_WITH_AES_128_CBC_SHA',
  'TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA',
  'TLS_RSA_WITH_RC4_128_SHA',
  'TLS_RSA_WITH_RC4_128_MD5',
] as const;

const suitesOfWindows10v1809 = suitesOfWindows10v1607.filter(
  (name) => !name.includes('_DSS_') && !name.includes('_RC4_') && !/^TLS_DHE_RSA_.*_CBC_SHA$/.test(name),
);
const suitesOfWindows11 = ['TLS_AES_256_GCM_SHA384', 'TLS_AES_128_GCM_SHA256', ...suitesOfWindows10v1809];
const suitesOfServer2025 = suitesOfWindows11.filter((name) => !name.includes('_DHE_') && !name.includes('_3DES_'));

const rc4 = ['TLS_RSA_WITH_RC4_128_SHA', 'TLS_RSA_WITH_RC4_128_MD5'];
const dhe256 = ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'];

/*
 * Protocols of a client: https://learn.microsoft.com/windows/win32/secauthn/protocols-in-tls-ssl--schannel-ssp- .
 * SSL 3.0 is off for clients from Windows 10 1607 and Server 2016 on. TLS 1.0 and 1.1 stand as each system was first
 * released: the newest builds of Windows 11 and Server 2025 switch them off.
 * Windows 7 and Server 2008 R2 know TLS 1.1 and 1.2 but offer them only to a client that names them.
 */
const sslToTls10: readonly TlsVersion[] = ['SSL 3.0', 'TLS 1.0'];
const sslToTls12: readonly TlsVersion[] = ['SSL 3.0', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2'];
const tls10ToTls12: readonly TlsVersion[] = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2'];
const tls10ToTls13: readonly TlsVersion[] = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'];

/*
 * Groups: up to 8.1 the suites carry the curves P256 and P384 in their names (page of each suite list); from 1607 on
 * https://learn.microsoft.com/windows/win32/secauthn/tls-elliptic-curves-in-windows-10-1607-and-later .
 */
const nistGroups: readonly NamedGroup[] = ['secp256r1', 'secp384r1'];
const groupsSince1607: readonly NamedGroup[] = ['x25519', 'secp256r1', 'secp384r1'];

/*
 * Signature algorithms are not documented by Microsoft. These are what clients on Schannel put on the wire, as
 * captured for https://github.com/testssl/testssl.sh (etc/client-simulation.txt: Internet Explorer 11 on 7, 8.1 and
 * 10, Edge 17 on 10). TLS 1.3 cannot do without the PSS schemes (https://www.rfc-editor.org/rfc/rfc8446#section-9.1);
 * their place in the order on Windows 11 is an assumption, which matters to no server that follows the standard.
 */
const signaturesOfWindows7: readonly SignatureScheme[] = [
  'rsa_pkcs1_sha512',
  'ecdsa_secp521r1_sha512',
  'rsa_pkcs1_sha256',
  'rsa_pkcs1_sha384',
  'rsa_pkcs1_sha1',
  'ecdsa_secp256r1_sha256',
  'ecdsa_secp384r1_sha384',
  'ecdsa_sha1',
  'dsa_sha1',
];
const signaturesOfWindows81: readonly SignatureScheme[] = [
  'rsa_pkcs1_sha256',
  'rsa_pkcs1_sha384',
  'rsa_pkcs1_sha512',
  'rsa_pkcs1_sha1',
  'ecdsa_secp256r1_sha256',
  'ecdsa_secp384r1_sha384',
  'ecdsa_secp521r1_sha512',
  'ecdsa_sha1',
  'dsa_sha1',
];
const signaturesOfWindows10: readonly SignatureScheme[] = [
  'rsa_pkcs1_sha256',
  'rsa_pkcs1_sha384',
  'rsa_pkcs1_sha1',
  'ecdsa_secp256r1_sha256',
  'ecdsa_secp384r1_sha384',
  'ecdsa_sha1',
  'dsa_sha1',
  'rsa_pkcs1_sha512',
  'ecdsa_secp521r1_sha512',
];
const signaturesOfWindows11: readonly SignatureScheme[] = [
  'rsa_pss_rsae_sha256',
  'rsa_pss_rsae_sha384',
  'rsa_pss_rsae_sha512',
  ...signaturesOfWindows10,
];

const windows7 = {
  systemDefault: sslToTls10,
  available: sslToTls12,
  suites: suitesOfWindows7,
  notStrong: rc4,
  groups: nistGroups,
  signatures: signaturesOfWindows7,
};
const windows81 = {
  systemDefault: sslToTls12,
  available: sslToTls12,
  suites: suitesOfWindows7,
  notStrong: rc4,
  groups: nistGroups,
  signatures: signaturesOfWindows81,
};
const windows10 = {
  systemDefault: tls10ToTls12,
  available: tls10ToTls12,
  groups: groupsSince1607,
  signatures: signaturesOfWindows10,
};
const windows11 = {
  systemDefault: tls10ToTls13,
  available: tls10ToTls13,
  groups: groupsSince1607,
  signatures: signaturesOfWindows11,
};

/**
 * Schannel as installed and updated, oldest first within client and server. The row of Windows 10 is that of 1903 and
 * later, the only builds still in use.
 */
export const schannelDefaults: readonly SchannelDefaults[] = [
  { id: '7', name: 'Windows 7', ...windows7 },
  { id: '8.1', name: 'Windows 8.1', ...windows81 },
  { id: '10', name: 'Windows 10', ...windows10, suites: suitesOfWindows10v1809, notStrong: dhe256 },
  {
    id: '11',
    name: 'Windows 11',
    ...windows11,
    suites: suitesOfWindows11,
    notStrong: [...dhe256, 'TLS_RSA_WITH_3DES_EDE_CBC_SHA'],
  },
  { id: 'server-2008r2', name: 'Server 2008 R2', ...windows7 },
  { id: 'server-2012r2', name: 'Server 2012 R2', ...windows81 },
  { id: 'server-2016', name: 'Server 2016', ...windows10, suites: suitesOfWindows10v1607, notStrong: rc4 },
  { id: 'server-2019', name: 'Server 2019', ...windows10, suites: suitesOfWindows10v1809, notStrong: [] },
  {
    id: 'server-2022',
    name: 'Server 2022',
    ...windows11,
    suites: suitesOfWindows11,
    notStrong: [...dhe256, 'TLS_RSA_WITH_3DES_EDE_CBC_SHA'],
  },
  { id: 'server-2025', name: 'Server 2025', ...windows11, suites: suitesOfServer2025, notStrong: [] },
];
