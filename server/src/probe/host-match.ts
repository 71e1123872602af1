import type { Certificate } from './port.ts';
import { expandIpv6 } from './url.ts';

/**
 * Whether a certificate is for a host: its subject alternative names decide; the common name only where there are
 * none at all, as clients of .NET Framework still read it. A wildcard stands for exactly the first label.
 * Source: https://www.rfc-editor.org/rfc/rfc9525#section-6.3
 */
export function matchesHost(certificate: Certificate, host: string, isAddress: boolean): boolean {
  if (isAddress) {
    return certificate.ipAddresses.some((address) => sameAddress(address, host));
  }
  if (certificate.dnsNames.length > 0) {
    return certificate.dnsNames.some((name) => matchesName(name, host));
  }
  const { commonName } = certificate;
  return certificate.ipAddresses.length === 0 && commonName !== null && matchesName(commonName, host);
}

/** Whether a name of a certificate covers a host; both in ASCII. */
export function matchesName(pattern: string, host: string): boolean {
  const wanted = pattern.toLowerCase().replace(/\.$/, '');
  if (!wanted.startsWith('*.')) {
    return wanted === host;
  }
  const parent = wanted.slice(2);
  const dot = host.indexOf('.');
  // "*.com" would be everything: a wildcard needs two labels behind it.
  return parent.includes('.') && !parent.includes('*') && dot > 0 && host.slice(dot + 1) === parent;
}

function sameAddress(one: string, other: string): boolean {
  if (one.includes(':') && other.includes(':')) {
    return expandIpv6(one)?.join() === expandIpv6(other)?.join();
  }
  return one === other;
}
