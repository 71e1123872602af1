/**
 * The evaluator against real MSBuild: one command a project, and MSBuild's own API in one process. The projects are
 * those of the differential test, and those of a generated company.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createFileSource } from '../../server/src/core/msbuild/index.ts';
import { projectCases } from '../../test/msbuild/cases.ts';
import { comparedItems, evaluateLikeOracle, questionFor, type Subject } from '../../test/msbuild/compare.ts';
import { diskHost } from '../../test/msbuild/disk-host.ts';
import { generateProject } from '../../test/msbuild/generator.ts';
import { askCommandLine, findSdk, Oracle, type Sdk } from '../../test/msbuild/oracle/oracle.ts';
import { built, runNode } from './processes.ts';
import { measure, type Row, row, time } from './rounds.ts';
import { withTree } from './tree.ts';

const sampleSize = 10;
/** Projects of the generator, as many as the differential test compares. */
const seedCount = 420;
/** Evaluations with one file source. The other process drops what it has read as often. */
const evaluationsPerSource = 200;

export async function benchEvaluate(projectCount = 300): Promise<Row[]> {
  const sdk = findSdk();
  if (!sdk) {
    console.log('evaluate: skipped, there is no dotnet on the PATH');
    return [];
  }
  const oracle = new Oracle(sdk);
  try {
    return [
      ...(await withDifferentialProjects((subjects) =>
        compare(`${subjects.length} evaluations`, subjects, oracle, sdk),
      )),
      ...(await withTree(projectCount, async ({ folder, projects }) => {
        const subjects = projects.map((path) => ({ path, globals: {} }));
        const rows = await compare(`${projectCount} projects of a company`, subjects, oracle, sdk);
        const ours: number[] = [];
        for (let round = 0; round < 3; round++) {
          ours.push((await runNode([built('cli'), 'audit', '--format', 'json', folder])).milliseconds);
        }
        const [, command] = rows;
        const pair = { name: `whole audit of ${projectCount} projects`, referenceName: command?.referenceName ?? '' };
        return [
          ...rows,
          row(
            pair,
            ours,
            ours.map(() => command?.reference ?? Number.NaN),
          ),
        ];
      })),
    ];
  } finally {
    oracle.close();
  }
}

/** Two rows: against MSBuild's API in one process, and against a command for each. */
async function compare(name: string, subjects: readonly Subject[], oracle: Oracle, sdk: Sdk): Promise<Row[]> {
  const inOneProcess = await measure({
    name,
    referenceName: "MSBuild's API in one process",
    rounds: 3,
    warmUps: 3,
    ours: () => evaluateRepeatedly(subjects),
    reference: () => time(() => askAll(oracle, subjects)),
  });
  const commands: number[] = [];
  for (const subject of subjects.filter((_, i) => i % Math.ceil(subjects.length / sampleSize) === 0)) {
    commands.push(await time(() => askCommandLine(sdk, questionFor(subject))));
  }
  const referenceName = `dotnet msbuild for each (${commands.length} measured)`;
  const all = commands.map((milliseconds) => milliseconds * subjects.length);
  return [
    inOneProcess,
    row(
      { name, referenceName },
      commands.map(() => inOneProcess.ours),
      all,
    ),
  ];
}

/** Writes the projects of the differential test to a folder that is removed in the end. */
async function withDifferentialProjects<T>(use: (subjects: readonly Subject[]) => Promise<T>): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'dynamics-tls-bench-'));
  try {
    const subjects: Subject[] = [];
    const write = (folder: string, files: Readonly<Record<string, string>>): void => {
      for (const [name, text] of Object.entries(files)) {
        const path = join(root, folder, name);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
      }
    };
    for (const [index, { files, entry, globals }] of projectCases.entries()) {
      write(`hand-${index}`, files);
      subjects.push({ path: join(root, `hand-${index}`, entry), globals });
    }
    for (let seed = 1; seed <= seedCount; seed++) {
      const { files, entry, globals } = generateProject(seed);
      write(`seed-${seed}`, files);
      subjects.push(...globals.map((one) => ({ path: join(root, `seed-${seed}`, entry), globals: one })));
    }
    return await use(subjects);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Ours is so short beside the other that one run of it says little: the mean of several, one after the other. */
async function evaluateRepeatedly(subjects: readonly Subject[]): Promise<number> {
  const repetitions = 5;
  const all = await time(() => {
    for (let i = 0; i < repetitions; i++) {
      evaluateAgain(subjects);
    }
  });
  return all / repetitions;
}

/** Everything anew: files are read and parsed again. */
function evaluateAgain(subjects: readonly Subject[]): void {
  let files = createFileSource(diskHost);
  for (const [index, subject] of subjects.entries()) {
    if (index % evaluationsPerSource === 0) {
      files = createFileSource(diskHost);
    }
    const evaluation = evaluateLikeOracle(subject, files);
    for (const type of Object.keys(comparedItems)) {
      evaluation.items(type);
    }
  }
}

/** MSBuild refuses some of them, as it should; that takes its time as well. */
async function askAll(oracle: Oracle, subjects: readonly Subject[]): Promise<void> {
  for (const subject of subjects) {
    await oracle.ask(questionFor(subject));
  }
}
