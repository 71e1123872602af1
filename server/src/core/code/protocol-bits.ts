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

/**
 * What an expression makes of the protocols that are allowed at present: `(present & keep | set) ^ toggle`. A constant
 * keeps nothing.
 */
export interface Change {
  readonly keep: number;
  readonly set: number;
  readonly toggle: number;
}

export const present: Change = { keep: -1, set: 0, toggle: 0 };

export function constant(value: number): Change {
  return { keep: 0, set: value, toggle: 0 };
}

export function isConstant({ keep, toggle }: Change): boolean {
  return keep === 0 && toggle === 0;
}

/** Joins two expressions; undefined where both depend on what is allowed at present. */
export function combine(operator: 'or' | 'and' | 'xor', a: Change, b: Change): Change | undefined {
  const [changing, fixed] = isConstant(b) ? [a, b.set] : isConstant(a) ? [b, a.set] : [a, undefined];
  if (fixed === undefined) {
    return undefined;
  }
  const { keep, set, toggle } = changing;
  switch (operator) {
    case 'or':
      return { keep: keep & ~fixed, set: (set & ~fixed) | fixed, toggle: toggle & ~fixed };
    case 'and':
      return { keep: keep & fixed, set: set & fixed, toggle: toggle & fixed };
    default:
      return isConstant(changing) ? constant(set ^ fixed) : { keep, set, toggle: toggle ^ fixed };
  }
}

/** The bits that are not set; undefined for what depends on the present. */
export function complement(change: Change): Change | undefined {
  return isConstant(change) ? constant(~change.set) : undefined;
}
