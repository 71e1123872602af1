import type { TlsVersion } from './tls-versions.ts';

/**
 * Names of the values of SslProtocols, in lower case, and whether Dynamics 365 and Dataverse online accept what they
 * name. `default` is SSL 3.0 and TLS 1.0; `none` leaves the choice to Windows.
 * Source: https://github.com/microsoft/referencesource (System/net/System/Net/SecureProtocols/SslEnumTypes.cs)
 */
export const sslProtocolNames: Readonly<Record<string, 'obsolete' | 'current' | 'system'>> = {
  none: 'system',
  ssl2: 'obsolete',
  ssl3: 'obsolete',
  tls: 'obsolete',
  tls11: 'obsolete',
  default: 'obsolete',
  tls12: 'current',
  tls13: 'current',
};

/** The versions behind the same names; none for the choice of Windows, and SSL 2.0 is offered nowhere any more. */
export const sslProtocolVersions: Readonly<Record<string, readonly TlsVersion[]>> = {
  none: [],
  ssl2: [],
  ssl3: ['SSL 3.0'],
  tls: ['TLS 1.0'],
  tls11: ['TLS 1.1'],
  default: ['SSL 3.0', 'TLS 1.0'],
  tls12: ['TLS 1.2'],
  tls13: ['TLS 1.3'],
};
