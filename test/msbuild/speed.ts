/**
 * Speed of the evaluator against real MSBuild, in one run:
 *
 *     node test/msbuild/speed.ts FOLDER [MOST]
 *
 * Evaluates the projects below a folder (at most MOST, 300 by default) with this evaluator from nothing and once more,
 * with MSBuild's API in one process, and a few of them with one `dotnet msbuild` each. Prints milliseconds a project and
 * the ratios. `measureSpeed` is for the benchmark.
 */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createFileSource, type FileSource } from '../../server/src/core/msbuild/index.ts';
import { evaluateLikeOracle, questionFor } from './compare.ts';
import { diskHost } from './disk-host.ts';
import { askCommandLine, findSdk, Oracle } from './oracle/oracle.ts';

export interface Speed {
  readonly projects: number;
  /** Milliseconds a project. */
  readonly cold: number;
  readonly warm: number;
  readonly api: number;
  readonly commandLine: number;
}

/** Measures; undefined where there is no .NET SDK. */
export async function measureSpeed(folder: string, most = 300): Promise<Speed | undefined> {
  const sdk = findSdk();
  if (!sdk) {
    return undefined;
  }
  const paths = findProjects(folder).slice(0, most);
  const files = createFileSource(diskHost);
  const cold = timeOurs(paths, files);
  const warm = timeOurs(paths, files);
  const oracle = new Oracle(sdk);
  await oracle.ask(questionFor({ path: paths[0] ?? '', globals: {} }));
  const start = performance.now();
  for (const path of paths) {
    await oracle.ask(questionFor({ path, globals: {} }));
  }
  const api = (performance.now() - start) / paths.length;
  oracle.close();
  const sample = paths.filter((_, index) => index % Math.ceil(paths.length / 8) === 0);
  const commandStart = performance.now();
  for (const path of sample) {
    askCommandLine(sdk, { path, properties: ['TargetFrameworkMoniker', 'OutputType'] });
  }
  const commandLine = (performance.now() - commandStart) / sample.length;
  return { projects: paths.length, cold, warm, api, commandLine };
}

function timeOurs(paths: readonly string[], files: FileSource): number {
  const start = performance.now();
  for (const path of paths) {
    const evaluation = evaluateLikeOracle({ path, globals: {} }, files);
    evaluation.framework();
    evaluation.items('PackageReference');
    evaluation.items('ProjectReference');
  }
  return (performance.now() - start) / paths.length;
}

function findProjects(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(cs|vb|fs)proj$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

if (import.meta.main) {
  const speed = await measureSpeed(resolve(process.argv[2] ?? '.'), Number(process.argv[3] ?? 300));
  if (!speed) {
    console.error('There is no .NET SDK on this machine.');
    process.exitCode = 2;
  } else {
    const show = (value: number): string => value.toFixed(2);
    console.log(`${speed.projects} projects; milliseconds a project:`);
    console.log(`  evaluator, files read for the first time  ${show(speed.cold)}`);
    console.log(`  evaluator, files known                    ${show(speed.warm)}`);
    console.log(
      `  MSBuild's API in one process              ${show(speed.api)}  (${show(speed.api / speed.cold)} times)`,
    );
    console.log(
      `  one dotnet msbuild a project              ${show(speed.commandLine)}  (${show(speed.commandLine / speed.cold)} times)`,
    );
  }
}
