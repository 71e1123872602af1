import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { createFileSource } from '../../server/src/core/msbuild/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';
import { projectCases } from './cases.ts';
import { compareWith, evaluateLikeOracle, Tally } from './compare.ts';
import type { OracleAnswer } from './oracle/oracle.ts';

type Measured = Pick<OracleAnswer, 'properties' | 'items'> | 'refused';

const measured = JSON.parse(readFileSync(join(import.meta.dirname, 'cases.measured.json'), 'utf8')) as Record<
  string,
  Measured
>;

for (const one of projectCases) {
  test(`as in MSBuild: ${one.name}`, () => {
    const expected = measured[one.name];
    assert.ok(expected, 'the case has not been measured; run measure-cases.ts');
    const files = Object.fromEntries(Object.entries(one.files).map(([name, text]) => [`/case/${name}`, text]));
    const subject = { path: `/case/${one.entry}`, globals: one.globals };
    const evaluation = evaluateLikeOracle(subject, createFileSource(new MemoryHost(files)));
    const refusals = evaluation.problems.filter((problem) => problem.kind === 'refused');
    if (expected === 'refused') {
      assert.notEqual(refusals.length, 0, 'MSBuild refuses this project');
      return;
    }
    const tally = new Tally();
    compareWith({ error: null, milliseconds: 0, ...expected }, subject, evaluation, tally);
    assert.deepEqual(tally.different, []);
    assert.deepEqual(tally.wronglyRefused, []);
    assert.deepEqual([...tally.unknownReasons.keys()], []);
  });
}
