/** The evaluator against real MSBuild: one command a project, and MSBuild's own API in one process. */
import { createFileSource } from '../../server/src/core/msbuild/index.ts';
import { comparedItems, evaluateLikeOracle, questionFor } from '../../test/msbuild/compare.ts';
import { diskHost } from '../../test/msbuild/disk-host.ts';
import { askCommandLine, findSdk, Oracle } from '../../test/msbuild/oracle/oracle.ts';
import { built, runNode } from './processes.ts';
import { measure, median, type Row, row, time } from './rounds.ts';
import { withTree } from './tree.ts';

const sampleSize = 10;

export async function benchEvaluate(projectCount = 300): Promise<Row[]> {
  const sdk = findSdk();
  if (!sdk) {
    console.log('evaluate: skipped, there is no dotnet on the PATH');
    return [];
  }
  return withTree(projectCount, async ({ folder, projects }) => {
    const oracle = new Oracle(sdk);
    try {
      const command = await timeCommands(projects.filter((_, i) => i % Math.ceil(projectCount / sampleSize) === 0));
      const inOneProcess = await measure({
        name: `evaluation of ${projectCount} projects`,
        referenceName: "MSBuild's API in one process",
        rounds: 3,
        ours: () => time(() => evaluateAgain(projects)),
        reference: () => time(() => askAll(oracle, projects)),
      });
      const audits: number[] = [];
      for (let round = 0; round < 3; round++) {
        audits.push((await runNode([built('cli'), 'audit', '--format', 'json', folder])).milliseconds);
      }
      const referenceName = `dotnet msbuild for each (${command.length} measured)`;
      const all = command.map((milliseconds) => milliseconds * projectCount);
      return [
        inOneProcess,
        row(
          { name: `evaluation of ${projectCount} projects`, referenceName },
          command.map(() => inOneProcess.ours),
          all,
        ),
        row(
          { name: `whole audit of ${projectCount} projects`, referenceName },
          audits,
          audits.map(() => median(all)),
        ),
      ];
    } finally {
      oracle.close();
    }

    async function timeCommands(sample: readonly string[]): Promise<number[]> {
      const times: number[] = [];
      for (const path of sample) {
        times.push(await time(() => sdk && askCommandLine(sdk, questionFor({ path, globals: {} }))));
      }
      return times;
    }
  });
}

/** Everything anew: files are read and parsed again. */
function evaluateAgain(projects: readonly string[]): void {
  const files = createFileSource(diskHost);
  for (const path of projects) {
    const evaluation = evaluateLikeOracle({ path, globals: {} }, files);
    for (const type of Object.keys(comparedItems)) {
      evaluation.items(type);
    }
  }
}

async function askAll(oracle: Oracle, projects: readonly string[]): Promise<void> {
  for (const path of projects) {
    const { error } = await oracle.ask(questionFor({ path, globals: {} }));
    if (error !== null) {
      throw new Error(`MSBuild refuses ${path}: ${error}`);
    }
  }
}
