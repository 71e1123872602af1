/**
 * Retargets what stands below folders, which are copies, and proves the result with real MSBuild where there is one.
 *
 *     node test/msbuild/retarget-folder.ts [--target 4.6.2] FOLDER...
 *
 * Evaluating a project runs its property functions, so use it on folders that you trust.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findSdk, Oracle } from './oracle/oracle.ts';
import { proveRetarget } from './retarget-proof.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { target: { type: 'string', default: '4.6.2' } },
});
const sdk = findSdk();
const oracle = sdk && new Oracle(sdk);
const total = {
  projects: 0,
  retargeted: 0,
  leftAlone: 0,
  unresolved: 0,
  files: 0,
  followUps: 0,
  asked: 0,
  refused: 0,
  problems: 0,
};
for (const folder of positionals) {
  const proof = await proveRetarget(resolve(folder), values.target, oracle);
  const { problems, unresolved, ...counts } = proof;
  console.log(`${folder}: ${JSON.stringify({ ...counts, unresolved: unresolved.length, problems: problems.length })}`);
  for (const line of [...problems, ...unresolved.map((one) => `unresolved ${one}`)]) {
    console.log(`  ${line}`);
  }
  for (const [key, value] of Object.entries(counts)) {
    total[key as keyof typeof counts] += value;
  }
  total.unresolved += unresolved.length;
  total.problems += problems.length;
}
oracle?.close();
console.log(JSON.stringify({ target: values.target, msbuild: sdk?.version ?? null, ...total }));
process.exitCode = total.problems > 0 ? 1 : 0;
