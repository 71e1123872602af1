/**
 * The proof that the evaluator gives MSBuild's answers: hand-made and generated projects, evaluated by both. Needs a
 * .NET SDK and is skipped where there is none; then the measured answers of cases.test.ts and tables.test.ts stand in.
 * MSBUILD_SEEDS (a number) and MSBUILD_FIRST_SEED choose other generated projects than the usual ones.
 *
 * Differences between Windows and other systems, which this test cannot see (it answers for the system it runs on):
 * - `$(OS)`, `IsOSPlatform` and `$(MSBuildRuntimeType)` (unknown on Windows: Visual Studio and dotnet differ);
 * - separators: other systems turn the backslashes of values that look like paths, and print items with slashes;
 * - `Exists` and imports of targets that only Visual Studio has (WebApplications, ...): missing elsewhere;
 * - letter case of files: `directory.build.props` is found on Windows only.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test, { after, before } from 'node:test';
import { createFileSource } from '../../server/src/core/msbuild/index.ts';
import { projectCases } from './cases.ts';
import { comparedProperties, compareWith, evaluateLikeOracle, questionFor, type Subject, Tally } from './compare.ts';
import { diskHost } from './disk-host.ts';
import { generateProject } from './generator.ts';
import { askCommandLine, findSdk, Oracle } from './oracle/oracle.ts';

const sdk = findSdk();
const seeds = Number(process.env['MSBUILD_SEEDS'] ?? 420);
const firstSeed = Number(process.env['MSBUILD_FIRST_SEED'] ?? 1);
const skip = sdk ? false : `no .NET SDK on this machine: ${projectCases.length + seeds} projects are not compared`;

let oracle: Oracle;
let root: string;

before(() => {
  if (sdk) {
    oracle = new Oracle(sdk);
    root = mkdtempSync(join(tmpdir(), 'msbuild-differential-'));
  }
});

after(() => {
  if (sdk) {
    oracle.close();
    rmSync(root, { recursive: true, force: true });
  }
});

test('hand-made projects have the values of MSBuild', { skip }, async (context) => {
  const tally = new Tally();
  for (const [index, one] of projectCases.entries()) {
    const folder = writeProject(join(root, `hand-${index}`), one.files);
    await compareOne({ path: join(folder, one.entry), globals: one.globals }, tally);
  }
  judge(tally, context);
  assert.equal(tally.refusedByMsbuildOnly, 0, 'what MSBuild refuses is said to be refused');
});

test('generated projects have the values of MSBuild', { skip }, async (context) => {
  const tally = new Tally();
  for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
    const { files, entry, globals } = generateProject(seed);
    const folder = writeProject(join(root, `seed-${seed}`), files);
    for (const one of globals) {
      await compareOne({ path: join(folder, entry), globals: one }, tally);
    }
    rmSync(folder, { recursive: true, force: true });
  }
  judge(tally, context);
});

test('the oracle says what the command line says', { skip }, async () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const { files, entry } = generateProject(seed);
    const folder = writeProject(join(root, `sample-${seed}`), files);
    const request = { path: join(folder, entry), properties: comparedProperties };
    const answer = await oracle.ask(request);
    const printed = askCommandLine(sdk as NonNullable<typeof sdk>, request);
    assert.equal(printed.error === null, answer.error === null);
    assert.deepEqual(printed.properties, answer.error === null ? answer.properties : {});
  }
});

async function compareOne(subject: Subject, tally: Tally): Promise<void> {
  const evaluation = evaluateLikeOracle(subject, createFileSource(diskHost));
  compareWith(await oracle.ask(questionFor(subject)), subject, evaluation, tally);
}

function judge(tally: Tally, context: { diagnostic(message: string): void }): void {
  context.diagnostic(tally.summary());
  for (const { path, error, ours } of tally.refusals) {
    if (ours === '') {
      context.diagnostic(`refused by MSBuild only: ${path}: ${error}`);
    }
  }
  for (const [reason, count] of tally.unknownReasons) {
    context.diagnostic(`unknown ${count} times: ${reason}`);
  }
  assert.deepEqual(tally.different, []);
  assert.deepEqual(tally.wronglyRefused, []);
  assert.ok(tally.unknownShare < 0.02, `${tally.unknownShare} of the values are unknown`);
}

function writeProject(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return folder;
}
