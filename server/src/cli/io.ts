import type { MachineReading } from '../core/index.ts';

/** What the command line asks of its surroundings, so that tests can call it. */
export interface CliIo {
  /** Absolute, with `/`. */
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  stdout(text: string): void;
  stderr(text: string): void;
  /** What is read when a command is given `-`; nothing where there is no standard input. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Reads this machine's registry; absent, the platform does where there is one. */
  readMachine?(): Promise<MachineReading>;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  /** Monotonic milliseconds. */
  now(): number;
  /** The present day as `YYYY-MM-DD`, in universal time; without it no suppression expires. */
  today?(): string;
  readonly signal: AbortSignal;
}

/** Exit codes of every sub-command. */
export const ExitCode = { nothing: 0, found: 1, failed: 2 } as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** The job cannot be done; the message says what to do. Ends the command with exit code 2. */
export class CliError extends Error {
  override name = 'CliError';
}
