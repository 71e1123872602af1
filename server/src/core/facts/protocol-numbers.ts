import type { ProtocolName } from '../model/protocol-use.ts';

/**
 * Members of the two enumerations of protocols and their numbers. A protocol has two bits: one for clients, one for
 * servers.
 * Source: https://github.com/microsoft/referencesource (System/net/System/Net/SecureProtocols/SslEnumTypes.cs,
 * System/net/System/Net/_SSPIWrapper.cs)
 */
export const protocolEnums: Readonly<
  Record<'SecurityProtocolType' | 'SslProtocols', Readonly<Record<string, number>>>
> = {
  SecurityProtocolType: { SystemDefault: 0, Ssl3: 48, Tls: 192, Tls11: 768, Tls12: 3072, Tls13: 12288 },
  SslProtocols: { None: 0, Ssl2: 12, Ssl3: 48, Tls: 192, Default: 240, Tls11: 768, Tls12: 3072, Tls13: 12288 },
};

/** The bits of each protocol, the oldest first. */
const bits: readonly (readonly [name: ProtocolName, bits: number])[] = [
  ['SSL 2.0', 12],
  ['SSL 3.0', 48],
  ['TLS 1.0', 192],
  ['TLS 1.1', 768],
  ['TLS 1.2', 3072],
  ['TLS 1.3', 12288],
];

/** All bits that mean something. */
export const allProtocolBits = 0x3ffc;

/** TLS 1.2 and 1.3, which Dynamics 365 and Dataverse online accept. */
export const acceptedBits = 3072 | 12288;

/** The protocols that a number stands for; one bit of a protocol is enough. */
export function protocolsOf(value: number): ProtocolName[] {
  return bits.flatMap(([name, mask]) => ((value & mask) === 0 ? [] : name));
}

/** The number of a member, whatever its letter case; undefined for no member. */
export function memberValue(type: keyof typeof protocolEnums, name: string, ignoresCase: boolean): number | undefined {
  const members = protocolEnums[type];
  if (Object.hasOwn(members, name)) {
    return members[name];
  }
  const found = ignoresCase ? Object.keys(members).find((key) => key.toLowerCase() === name.toLowerCase()) : undefined;
  return found === undefined ? undefined : members[found];
}

/** The number of a member of either enumeration, whatever its letter case. */
export function memberOfEither(name: string): number | undefined {
  return memberValue('SecurityProtocolType', name, true) ?? memberValue('SslProtocols', name, true);
}
