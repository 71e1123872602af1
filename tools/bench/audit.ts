/** The audit of a company's tree, in a process of its own, against reading the same files and against ripgrep. */
import { built, runNode, runProgram } from './processes.ts';
import { type Row, row } from './rounds.ts';
import { withTree } from './tree.ts';

export function benchAudit(projectCount = 10_000, rounds = 3): Promise<Row[]> {
  return withTree(projectCount, async ({ folder, fileCount }) => {
    const audit = async () => {
      const run = await runNode([built('cli'), 'audit', '--format', 'json', folder]);
      const { summary } = JSON.parse(run.output) as { summary: { projects: number } };
      if (summary.projects !== projectCount) {
        throw new Error(`The audit saw ${summary.projects} projects instead of ${projectCount}.`);
      }
      return run;
    };
    const plainRead = () => runNode([`${import.meta.dirname}/plain-read.ts`, folder]);
    const hasRipgrep = await runProgram('rg', ['--version']).catch(() => undefined);
    const ripgrep = () => runProgram('rg', ['-c', 'TargetFramework', folder]);
    console.log(`audit: ${projectCount} projects among ${fileCount} files`);
    if (!hasRipgrep) {
      console.log('audit: rg is not on the PATH, so only a plain read is compared');
    }
    await plainRead();
    const name = `audit of ${projectCount} projects`;
    const ours = [];
    const reads = [];
    const searches = [];
    for (let round = 0; round < rounds; round++) {
      ours.push(await audit());
      reads.push(await plainRead());
      if (hasRipgrep) {
        searches.push(await ripgrep());
      }
    }
    const times = ours.map(({ milliseconds }) => milliseconds);
    return [
      row(
        { name, referenceName: 'plain read' },
        times,
        reads.map(({ milliseconds }) => milliseconds),
      ),
      ...(hasRipgrep
        ? [
            row(
              { name, referenceName: 'rg -c TargetFramework' },
              times,
              searches.map(({ milliseconds }) => milliseconds),
            ),
          ]
        : []),
      row(
        { name: `${name}, memory`, referenceName: 'plain read', unit: 'MB' },
        ours.map(({ megabytes }) => megabytes),
        reads.map(({ megabytes }) => megabytes),
      ),
    ];
  });
}
