import { protocolEnums, protocolsOf } from './protocol-numbers.ts';
import { type TlsVersion, tlsVersions } from './tls-versions.ts';

const members = Object.entries(protocolEnums.SslProtocols).map(
  ([name, value]) => [name.toLowerCase(), protocolsOf(value)] as const,
);

/**
 * Names of the values of SslProtocols, in lower case, and whether Dynamics 365 and Dataverse online accept what they
 * name; `none` leaves the choice to Windows.
 */
export const sslProtocolNames: Readonly<Record<string, 'obsolete' | 'current' | 'system'>> = Object.fromEntries(
  members.map(([name, protocols]) => [
    name,
    protocols.length === 0
      ? 'system'
      : protocols.some((one) => one === 'TLS 1.2' || one === 'TLS 1.3')
        ? 'current'
        : 'obsolete',
  ]),
);

/** The versions behind the same names; none for the choice of Windows, and SSL 2.0 is offered nowhere any more. */
export const sslProtocolVersions: Readonly<Record<string, readonly TlsVersion[]>> = Object.fromEntries(
  members.map(([name, protocols]) => [name, tlsVersions.filter((version) => protocols.includes(version))]),
);
