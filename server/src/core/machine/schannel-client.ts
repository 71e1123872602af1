import { schannelClientKey } from '../facts/machine-keys.ts';
import { type TlsVersion, tlsVersions } from '../facts/tls-versions.ts';
import { type Machine, numberAt } from './machine.ts';

/** What Schannel gives to clients of this machine. */
export interface SchannelClient {
  /** Versions for programs that leave the choice to Windows; undefined where Windows is not known. */
  readonly systemDefault: readonly TlsVersion[] | undefined;
  /** Versions for programs that ask for them by name. */
  readonly available: readonly TlsVersion[] | undefined;
}

/** How the registry stands about one protocol. */
export interface ProtocolSwitch {
  /** False where Windows refuses it, true where it is allowed by name; undefined where the default holds. */
  readonly enabled: boolean | undefined;
  /** False where it is offered to those that leave the choice to Windows. */
  readonly disabledByDefault: boolean | undefined;
}

/** `Enabled` 0 refuses a protocol, everything else allows it; `DisabledByDefault` 0 offers it. */
export function protocolSwitch({ registry }: Machine, protocol: TlsVersion): ProtocolSwitch {
  const key = schannelClientKey(protocol);
  const enabled = numberAt(registry, key, 'Enabled');
  const disabledByDefault = numberAt(registry, key, 'DisabledByDefault');
  return {
    enabled: enabled === undefined ? undefined : enabled !== 0,
    disabledByDefault: disabledByDefault === undefined ? undefined : disabledByDefault !== 0,
  };
}

/** The defaults of the Windows version, changed by the registry. A protocol that Windows does not have stays away. */
export function schannelClient(machine: Machine): SchannelClient {
  const { schannel } = machine;
  if (!schannel) {
    return { systemDefault: undefined, available: undefined };
  }
  const available = tlsVersions.filter(
    (version) => schannel.available.includes(version) && protocolSwitch(machine, version).enabled !== false,
  );
  const systemDefault = available.filter((version) => {
    const { disabledByDefault } = protocolSwitch(machine, version);
    return disabledByDefault === undefined ? schannel.systemDefault.includes(version) : !disabledByDefault;
  });
  return { systemDefault, available };
}
