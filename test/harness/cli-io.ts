import type { CliIo } from '../../server/src/cli/io.ts';
import { main } from '../../server/src/cli/main.ts';
import { normalizePath } from '../../server/src/core/index.ts';

export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process. */
export async function runCli(args: readonly string[], cwd: string, io: Partial<CliIo> = {}): Promise<CliResult> {
  let stdout = '';
  let stderr = '';
  let time = 0;
  const exitCode = await main(args, {
    cwd: normalizePath(cwd),
    environment: {},
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    now: () => time++,
    signal: new AbortController().signal,
    ...io,
  });
  return { exitCode, stdout, stderr };
}
