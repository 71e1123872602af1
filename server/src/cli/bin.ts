import { normalizePath } from '../core/index.ts';
import { main } from './main.ts';

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
// A reader that went away (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

main(process.argv.slice(2), {
  cwd: normalizePath(process.cwd()),
  environment: process.env,
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  // Touched only when a command reads it: an open standard input keeps the process alive.
  get stdin() {
    return process.stdin;
  },
  stdoutIsTerminal: process.stdout.isTTY === true,
  stderrIsTerminal: process.stderr.isTTY === true,
  now: () => performance.now(),
  today: () => new Date().toISOString().slice(0, 10),
  signal: interrupted.signal,
}).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    if (interrupted.signal.aborted) {
      console.error('Interrupted.');
    } else {
      console.error('Internal error. Please report it with these lines:');
      console.error(error);
    }
    process.exitCode = 2;
  },
);
