import { schannelClientKey } from '../facts/machine-keys.ts';
import {
  netFrameworkValues,
  type RegistryView,
  type RuntimeGeneration,
  runtimeKeyPath,
  winHttpKeyPath,
} from '../facts/registry-keys.ts';

/** What besides the values of .NET Framework is set. */
export interface RegistryOptions {
  /** TLS 1.2 for clients in Schannel, which Windows 7 and Server 2008 R2 need. */
  readonly schannel: boolean;
  /** TLS 1.1 and 1.2 for programs that leave the choice to WinHTTP. */
  readonly winHttp: boolean;
}

/** A number that is set. */
export interface WantedValue {
  readonly key: string;
  readonly name: string;
  readonly number: number;
  /** True for a key below Wow6432Node, which 32-bit Windows does not have. */
  readonly isWow64: boolean;
}

const views: readonly RegistryView[] = ['native', 'wow64'];
const generations: readonly RuntimeGeneration[] = ['4', '2'];

/**
 * TLS 1.1 and 1.2, the mask that the guidance of Windows gives.
 * Source: https://learn.microsoft.com/mem/configmgr/core/plan-design/security/enable-tls-1-2-client
 */
const winHttpMask = 0xa00;

/** All values that "Create Registry File" sets, both runtimes in both views first. */
export function wantedValues({ schannel, winHttp }: RegistryOptions): WantedValue[] {
  const dotNet = generations.flatMap((generation) =>
    views.flatMap((view) =>
      netFrameworkValues.map((name) => ({
        key: runtimeKeyPath(generation, view),
        name,
        number: 1,
        isWow64: view === 'wow64',
      })),
    ),
  );
  const client = { key: schannelClientKey('TLS 1.2'), isWow64: false };
  return [
    ...dotNet,
    ...(schannel
      ? [
          { ...client, name: 'Enabled', number: 1 },
          { ...client, name: 'DisabledByDefault', number: 0 },
        ]
      : []),
    ...(winHttp
      ? views.map((view) => ({
          key: winHttpKeyPath(view),
          name: 'DefaultSecureProtocols',
          number: winHttpMask,
          isWow64: view === 'wow64',
        }))
      : []),
  ];
}

/** Values by their key, in order. */
export function byKey(values: readonly WantedValue[]): Map<string, WantedValue[]> {
  const keys = new Map<string, WantedValue[]>();
  for (const value of values) {
    const group = keys.get(value.key);
    if (group) {
      group.push(value);
    } else {
      keys.set(value.key, [value]);
    }
  }
  return keys;
}
