/**
 * `npm run bench [-- PART...]`: measures the parts `audit`, `keystroke`, `evaluate`, `probe`, `source` and `start` (all of them without an
 * argument). Each figure that counts is a ratio to a reference that ran in turn with ours, so that it means the same on
 * a slow machine; absolute times stand beside it. `--no-build` measures the bundles that are there.
 */
import { spawnSync } from 'node:child_process';
import { benchAudit } from './bench/audit.ts';
import { benchEvaluate } from './bench/evaluate.ts';
import { benchKeystroke } from './bench/keystroke.ts';
import { benchProbe } from './bench/probe.ts';
import { root } from './bench/processes.ts';
import { formatTable, type Row } from './bench/rounds.ts';
import { benchSource } from './bench/source.ts';
import { benchStart } from './bench/start.ts';

const parts: Readonly<Record<string, () => Promise<Row[]>>> = {
  audit: benchAudit,
  keystroke: benchKeystroke,
  evaluate: benchEvaluate,
  probe: benchProbe,
  source: benchSource,
  start: benchStart,
};

const wanted = process.argv.slice(2).filter((argument) => argument !== '--no-build');
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no part "${unknown.join('", "')}". Parts: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}
if (!process.argv.includes('--no-build')) {
  const { status } = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    process.exit(1);
  }
}
const rows: Row[] = [];
for (const [name, bench] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) {
    rows.push(...(await bench()));
  }
}
console.log(`\n${formatTable(rows)}`);
