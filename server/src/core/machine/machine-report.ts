import type { TlsVersion } from '../facts/tls-versions.ts';
import type { WindowsBuild } from '../facts/windows-builds.ts';

/**
 * How a setting stands. `complete`: set for all programs. `half`: for some of them. `off`: it switches TLS 1.2 off or
 * falls back to old defaults. `misspelt`: written under a name, in a place or with a type that nobody reads.
 * `default`: not set, so that the default of Windows or of the program holds. `not-read`: the file does not say.
 */
export type MachineState = 'complete' | 'half' | 'off' | 'misspelt' | 'default' | 'not-read';

/** `bad`: connections fail by this. `weak`: some fail, or may. `note`: worth knowing. `good`: nothing to do. */
export type MachineLevel = 'bad' | 'weak' | 'note' | 'good';

export type MachineArea = 'dotnet' | 'schannel' | 'cipher-suites' | 'winhttp' | 'internet-settings';

/** One value with its place, present or not. */
export interface MachineValue {
  /** Full path of the key. */
  readonly key: string;
  readonly name: string;
  /** As a registry file writes it, such as `dword:00000001`; null where there is none. */
  readonly data: string | null;
}

/** One setting of the machine. */
export interface MachineCheck {
  /** Kebab-case, stable: scripts may compare it. */
  readonly id: string;
  readonly area: MachineArea;
  readonly title: string;
  readonly state: MachineState;
  readonly level: MachineLevel;
  /** What it means, in one or two sentences. */
  readonly text: string;
  /** What to do, as a whole sentence; null where there is nothing to do. */
  readonly next: string | null;
  readonly values: readonly MachineValue[];
}

/** What programs of one kind offer on this machine when nothing in the program itself says otherwise. */
export interface MachinePrograms {
  /** Lowest and highest target, without `v`. */
  readonly from: string;
  readonly to: string;
  readonly bits: 32 | 64;
  /** Null where it is not known. */
  readonly protocols: readonly TlsVersion[] | null;
  /** Whether one of the protocols and one of the cipher suites is accepted by Dataverse; null where not known. */
  readonly connects: boolean | null;
}

/** The state of a machine, as its registry tells it. */
export interface MachineReport {
  readonly windows: WindowsBuild | null;
  /** Newest .NET Framework 4, without `v`; null where none is there or it was not read. */
  readonly dotNet: string | null;
  /** Whether the runtime of 2.0 to 3.5 is there; null where it was not read. */
  readonly hasClr2: boolean | null;
  readonly programs: readonly MachinePrograms[];
  readonly checks: readonly MachineCheck[];
}
