import assert from 'node:assert/strict';
import test from 'node:test';
import { createFileSource, type Evaluation, evaluateProject } from '../../server/src/core/msbuild/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';
import { readTable, rowFiles, type Table, tableNames } from './tables/table.ts';

/** Rows that the evaluator leaves unknown on purpose, with the reason. */
const leftUnknown: Readonly<Record<string, string>> = {
  "'$(Registry:HKEY_LOCAL_MACHINE\\Software\\X@Y)' == ''": 'a registry that differs from machine to machine',
  '$(Registry:HKEY_LOCAL_MACHINE\\Software\\X@Y)': 'a registry that differs from machine to machine',
  "$([System.Environment]::GetEnvironmentVariable('NO_SUCH_VARIABLE_HERE'))": 'the environment of the build',
  '$(Text.Chars[1])': 'no such function: refused and unknown come to the same',
  '$(Text.GetType())': 'not allowed: refused and unknown come to the same',
  '$(Text.NoSuchMethod())': 'no such function: refused and unknown come to the same',
  "$([System.Boolean]::Parse('TRUE'))": 'not allowed: refused and unknown come to the same',
  "$([MSBuild]::NoSuch('a'))": 'no such function: refused and unknown come to the same',
  '$([NoSuch.Type]::Foo())': 'no such type: refused and unknown come to the same',
  '$([System.DateTime]::Now.NoSuch)': 'the clock',
  "$([MSBuild]::StableStringHash('abc'))": 'nobody chooses a target by a hash',
};

for (const name of tableNames) {
  const table = readTable(name);
  test(`${name} have the values that MSBuild gives them`, () => {
    const wrong: string[] = [];
    for (const [row, expected] of Object.entries(table.rows)) {
      const answer = answerOf(evaluateRow(table, row));
      if (answer !== expected && !(answer.startsWith('unknown') && row in leftUnknown)) {
        wrong.push(`${row}\n    MSBuild: ${JSON.stringify(expected)}\n    we: ${JSON.stringify(answer)}`);
      }
    }
    assert.deepEqual(wrong, []);
  });
}

function evaluateRow(table: Table, row: string): Evaluation {
  const files = Object.entries(rowFiles(table, row)).map(([name, text]) => [`/case/${name}`, text] as const);
  const host = new MemoryHost(Object.fromEntries(files));
  return evaluateProject({ path: '/case/Row.proj', files: createFileSource(host), system: 'unix' });
}

/** What the table would say: the value, `refused`, or why it is unknown. */
function answerOf(evaluation: Evaluation): string {
  if (evaluation.problems.some((problem) => problem.kind === 'refused')) {
    return 'refused';
  }
  const value = evaluation.value('Result');
  return value.known ? value.value : `unknown: ${value.reasons.join('; ')}`;
}
