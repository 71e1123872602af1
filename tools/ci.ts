/** `npm run ci`: everything that a change must pass, and the proof that nothing generated is stale. */
import { execFileSync, spawnSync } from 'node:child_process';

for (const script of ['generate', 'lint', 'test', 'package']) {
  const result = spawnSync('npm', ['run', script], { stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.status !== 0) {
    process.exit(result.status ?? 1);
  }
}
const changed = execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' });
if (changed !== '') {
  console.error(`Files changed while checking; commit what is generated:\n${changed}`);
  process.exit(1);
}
