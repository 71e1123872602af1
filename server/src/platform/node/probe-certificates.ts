import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import type { Certificate, CertificateStore } from '../../probe/port.ts';

/** Certificates read by node:crypto, and the roots of Node and of this machine. Reads the roots once, when asked. */
export function nodeCertificates(): CertificateStore {
  let publicRoots: readonly Certificate[] | undefined;
  let systemRoots: readonly Certificate[] | undefined;
  return {
    parse: (der) => readCertificate(der),
    parseFile: (content) => readFile(content),
    publicRoots() {
      publicRoots ??= readAll(tls.rootCertificates);
      return publicRoots;
    },
    systemRoots() {
      systemRoots ??= readAll(systemCertificates());
      return systemRoots;
    },
  };
}

/**
 * What this machine trusts. Node asks the system from 22.15 on; before that only the file that NODE_EXTRA_CA_CERTS
 * names would be known to Node, and it does not show it.
 */
function systemCertificates(): readonly string[] {
  if (typeof tls.getCACertificates !== 'function') {
    return [];
  }
  // Linux keeps each root twice: in a file of its own and in the bundle.
  return [...new Set([...tls.getCACertificates('system'), ...tls.getCACertificates('extra')])];
}

function readAll(certificates: readonly (string | Uint8Array)[]): Certificate[] {
  return certificates.map(readCertificate).filter((certificate) => certificate !== undefined);
}

function readFile(content: Uint8Array): Certificate[] {
  const text = Buffer.from(content).toString('latin1');
  const blocks = text.match(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END[^-]*-----/g);
  return readAll(blocks ?? [content]);
}

const known = new WeakMap<Certificate, X509Certificate>();

function readCertificate(source: string | Uint8Array): Certificate | undefined {
  let x509: X509Certificate;
  try {
    x509 = new X509Certificate(source);
  } catch {
    return undefined;
  }
  // Of hundreds of roots only the subject is ever asked for, so that everything else waits until it is.
  const names = (kind: string): string[] =>
    alternativeNames(x509.subjectAltName ?? '')
      .filter(([one]) => one === kind)
      .map(([, value]) => value.toLowerCase());
  const certificate: Certificate = {
    subject: oneLine(x509.subject),
    get fingerprint() {
      return x509.fingerprint256;
    },
    get issuer() {
      return oneLine(x509.issuer);
    },
    get commonName() {
      return /^CN=(.*)$/m.exec(x509.subject ?? '')?.[1] ?? null;
    },
    get notBefore() {
      return Date.parse(x509.validFrom);
    },
    get notAfter() {
      return Date.parse(x509.validTo);
    },
    get dnsNames() {
      return names('DNS');
    },
    get ipAddresses() {
      return names('IP Address');
    },
    get isAuthority() {
      return x509.ca;
    },
    get key() {
      return keyDescription(x509);
    },
    get signature() {
      return signatureName(x509.raw);
    },
    isIssuedBy(other) {
      const issuer = known.get(other);
      try {
        return issuer !== undefined && x509.checkIssued(issuer) && x509.verify(issuer.publicKey);
      } catch {
        // A key that this build of OpenSSL does not support cannot have been checked.
        return false;
      }
    },
  };
  known.set(certificate, x509);
  return certificate;
}

/** Node gives one attribute a line, the most general first; certificates are usually shown the other way round. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').reverse().join(', ');
}

/** `DNS:a.example, IP Address:127.0.0.1`, where values with odd characters stand in JSON quotes. */
function alternativeNames(text: string): [kind: string, value: string][] {
  const entries = text.matchAll(/(?:^|, )([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,]*)/g);
  return [...entries].map(([, kind = '', value = '']) => [kind, value.startsWith('"') ? unquote(value) : value]);
}

function unquote(value: string): string {
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
}

function keyDescription(x509: X509Certificate): string {
  try {
    const { asymmetricKeyType: type = '', asymmetricKeyDetails: details } = x509.publicKey;
    const size = details?.modulusLength ?? details?.namedCurve;
    return size === undefined ? type.toUpperCase() : `${type.toUpperCase()} ${size}`;
  } catch {
    return 'unknown';
  }
}

/**
 * Names of signature algorithms by their object identifiers, in hexadecimal.
 * Sources: https://www.rfc-editor.org/rfc/rfc8017#appendix-C, https://www.rfc-editor.org/rfc/rfc5758#section-3.2,
 * https://www.rfc-editor.org/rfc/rfc8410#section-3
 */
const signatureNames: Readonly<Record<string, string>> = {
  '2a864886f70d010104': 'md5WithRSAEncryption',
  '2a864886f70d010105': 'sha1WithRSAEncryption',
  '2a864886f70d01010a': 'RSASSA-PSS',
  '2a864886f70d01010b': 'sha256WithRSAEncryption',
  '2a864886f70d01010c': 'sha384WithRSAEncryption',
  '2a864886f70d01010d': 'sha512WithRSAEncryption',
  '2a8648ce3d0401': 'ecdsa-with-SHA1',
  '2a8648ce3d040302': 'ecdsa-with-SHA256',
  '2a8648ce3d040303': 'ecdsa-with-SHA384',
  '2a8648ce3d040304': 'ecdsa-with-SHA512',
  '2b6570': 'Ed25519',
  '2b6571': 'Ed448',
};

/** Reads the outer signature algorithm: Certificate ::= SEQUENCE { tbs, SEQUENCE { OBJECT IDENTIFIER ... }, ... }. */
function signatureName(der: Uint8Array): string {
  const outer = element(der, 0);
  const signed = outer && element(der, outer.content);
  const algorithm = signed && element(der, signed.end);
  const identifier = algorithm && element(der, algorithm.content);
  const hex = identifier ? Buffer.from(der.subarray(identifier.content, identifier.end)).toString('hex') : '';
  return signatureNames[hex] ?? 'unknown';
}

function element(der: Uint8Array, start: number): { readonly content: number; readonly end: number } | undefined {
  const first = der[start + 1];
  if (first === undefined) {
    return undefined;
  }
  const count = first < 0x80 ? 0 : first - 0x80;
  const content = start + 2 + count;
  const length = count === 0 ? first : der.subarray(start + 2, content).reduce((sum, byte) => sum * 256 + byte, 0);
  return content + length <= der.length ? { content, end: content + length } : undefined;
}
