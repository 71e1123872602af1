import type { ConnectingCommand } from '../../facts/powershell-commands.ts';
import type { TextRange } from '../../model/finding.ts';
import type { FilePath } from '../../model/path.ts';
import type { TlsUse } from '../../model/protocol-use.ts';
import type { PowerShellScript } from './nodes.ts';

/**
 * What the process allows at a point of a script. `unset`: nobody has said anything; `maybe`: on some ways only, or by
 * code that is not known; `modern`: TLS 1.2 is among it, or Windows decides; `obsolete`: none of that.
 */
export type TlsState = 'unset' | 'maybe' | 'modern' | 'obsolete';

/** A script file with its text. */
export interface ScriptFile {
  readonly path: FilePath;
  readonly text: string;
  readonly script: PowerShellScript;
}

/** A command that connects to Dynamics, with the state that it runs in. */
export interface Connection {
  readonly path: FilePath;
  readonly range: TextRange;
  readonly command: ConnectingCommand;
  readonly state: TlsState;
  /** What the arguments say about the server. */
  readonly host: 'online' | 'on-premises' | 'unknown';
  /** True in a function that the script defines and does not call: others do. */
  readonly isForOthers: boolean;
}

/** A place where TLS 1.2 is allowed after a connection was opened. */
export interface LateSetting {
  readonly path: FilePath;
  readonly range: TextRange;
}

/** What a script does about TLS when it runs, as far as reading it tells. */
export interface ScriptReading {
  /** Of the script itself, not of those that it loads. */
  readonly uses: readonly TlsUse[];
  /** Of the script and of those that it loads, in the order in which they run. */
  readonly connections: readonly Connection[];
  readonly lateSettings: readonly LateSetting[];
  /** When the script has run to its end. */
  readonly finalState: TlsState;
  /** Scripts that it loads. */
  readonly loaded: ReadonlySet<FilePath>;
  /** True where it also loads scripts whose names are not known. */
  readonly loadsUnknown: boolean;
  /** False where the script is too large to be followed to its end. */
  readonly isComplete: boolean;
}
