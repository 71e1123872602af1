/**
 * Compares the evaluator with real MSBuild on every project below a folder.
 *
 *     node test/msbuild/compare-folder.ts FOLDER... [--all] [--verbose]
 *
 * Prints, for each folder, how many values are equal, unknown and different, and lists what differs. `--all` compares
 * every configuration and every inner build of a project instead of the default ones; `--verbose` lists the reasons of
 * unknown values and what MSBuild refuses. Needs a .NET SDK; nothing is built, restored or downloaded, but evaluating a
 * project runs its property functions, so use it on folders that you trust.
 */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { recognizeTargets } from '../../server/src/core/msbuild/built-in/recognize.ts';
import { createFileSource, evaluateAll } from '../../server/src/core/msbuild/index.ts';
import { compareWith, evaluateLikeOracle, questionFor, type Subject, Tally } from './compare.ts';
import { diskHost } from './disk-host.ts';
import { findSdk, Oracle, type OracleAnswer } from './oracle/oracle.ts';

const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const folders = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const sdk = findSdk();
if (!sdk || folders.length === 0) {
  console.error(sdk ? 'Name a folder.' : 'There is no .NET SDK on this machine.');
  process.exit(2);
}
const oracle = new Oracle(sdk);
const total = { equal: 0, unknown: 0, different: 0, projects: 0 };
for (const folder of folders) {
  await compareFolder(resolve(folder));
}
oracle.close();
console.log(JSON.stringify(total));
process.exitCode = total.different > 0 ? 1 : 0;

async function compareFolder(folder: string): Promise<void> {
  const files = createFileSource(diskHost);
  const tally = new Tally();
  let ourTime = 0;
  let realTime = 0;
  for (const path of findProjects(folder)) {
    for (const subject of subjectsOf(path, files)) {
      const start = performance.now();
      const evaluation = evaluateLikeOracle(subject, files);
      evaluation.items('PackageReference');
      ourTime += performance.now() - start;
      const answer = await askTolerantly(subject);
      realTime += answer.milliseconds ?? 0;
      compareWith(answer, subject, evaluation, tally);
    }
  }
  console.log(`${folder}: ${tally.summary()}; ${ourTime.toFixed(0)} ms against ${realTime.toFixed(0)} ms`);
  for (const one of tally.different) {
    console.log(`  DIFFERENT ${one.path} ${one.name}: MSBuild "${one.real}", we "${one.ours}"`);
  }
  for (const one of tally.wronglyRefused) {
    console.log(`  WRONGLY REFUSED ${one}`);
  }
  if (options.includes('--verbose')) {
    for (const [reason, count] of [...tally.unknownReasons].sort((a, b) => b[1] - a[1])) {
      console.log(`  UNKNOWN ${count} ${reason}`);
    }
    for (const one of tally.refusals) {
      console.log(`  REFUSED ${one.path}: ${one.error.slice(0, 200)} (we: ${one.ours})`);
    }
  }
  total.equal += tally.equal;
  total.unknown += tally.unknown;
  total.different += tally.different.length;
  total.projects += tally.projects;
}

/** Imports from the folders of Visual Studio are not there on other systems; the rest of the project still counts. */
async function askTolerantly(subject: Subject): Promise<OracleAnswer> {
  const answer = await oracle.ask(questionFor(subject));
  const missing = /imported (?:project|file) "([^"]+)" (?:was not found|does not exist)/.exec(answer.error ?? '')?.[1];
  const isHarmless = missing !== undefined && recognizeTargets(missing)?.statements.length === 0;
  return isHarmless ? oracle.ask({ ...questionFor(subject), ignoreMissing: true }) : answer;
}

function subjectsOf(path: string, files: ReturnType<typeof createFileSource>): Subject[] {
  if (!options.includes('--all')) {
    return [{ path, globals: {} }];
  }
  const system = process.platform === 'win32' ? 'windows' : 'unix';
  const { outer, builds, configurations } = evaluateAll({ path, files, system, isWithoutSolution: true });
  const subjects: Subject[] = [outer.globalProperties, ...builds.map((build) => build.evaluation.globalProperties)].map(
    (globals) => ({ path, globals }),
  );
  for (const { configuration, platform } of configurations) {
    subjects.push({ path, globals: { Configuration: configuration, Platform: platform } });
  }
  return [...new Map(subjects.map((subject) => [JSON.stringify(subject.globals), subject])).values()];
}

function findProjects(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(cs|vb|fs)proj$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
