// Runs the program given as arguments and ends the whole process group as soon as stdin closes, which happens when
// the process that started the guard ends, even if that was killed. Plain JavaScript: it starts in milliseconds.
import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
const program = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
program.once('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
program.once('exit', (code) => endGroup(code ?? 1));
process.stdin
  .on('end', () => endGroup(1))
  .on('error', () => endGroup(1))
  .resume();

function endGroup(code) {
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(process.pid), '/t', '/f']);
    return;
  }
  process.exitCode = code;
  process.kill(-process.pid, 'SIGKILL');
}
