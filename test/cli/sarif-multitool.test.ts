import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import type { Log } from 'sarif';
import { sarifMultitool } from '../../tools/sarif/multitool.ts';
import { runCli } from '../harness/cli-io.ts';
import { repositoryRoot } from '../harness/repository.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const program = sarifMultitool();
const skip = program === undefined && 'no SARIF multitool: npm run sarif:install';

test('the multitool of Microsoft takes the log of the sample solution without an error or a warning', {
  skip,
}, async (t) => {
  const folder = tempFolder(t);
  const log = join(folder, 'audit.sarif');
  await runCli(['audit', '--format', 'sarif', '--output', log], join(repositoryRoot, 'test/scenarios/contoso'));
  assert.deepEqual(validate(log, folder), []);
});

test('the multitool takes a log with suppressions, a baseline and odd names', { skip }, async (t) => {
  const old = (comment: string) =>
    `<Project>\n${comment}<PropertyGroup><OutputType>Exe</OutputType><TargetFrameworkVersion>v4.5</TargetFrameworkVersion></PropertyGroup></Project>`;
  const folder = tempFolder(t, {
    'w/A B#%1.csproj': old('<!-- dynamics-tls-disable-file target-framework-too-old until 2027-01-31: spring -->\n'),
    'w/B.csproj': old(''),
    'w/Binary.csproj': new Uint8Array([1, 0, 2]),
  });
  const log = join(folder, 'audit.sarif');
  await runCli(['audit', '--write-baseline'], join(folder, 'w'));
  const baseline = ['--baseline', '.dynamics-tls-baseline.json'];
  await runCli(['audit', '--format', 'sarif', '--output', log, ...baseline], join(folder, 'w'));
  assert.deepEqual(validate(log, folder), []);
});

test('the multitool finds what is wrong', { skip }, async (t) => {
  const folder = tempFolder(t, {
    'bad.sarif': '{ "version": "2.1.0", "runs": [{ "results": [{ "message": { "text": "x" } }] }] }',
  });
  assert.notDeepEqual(validate(join(folder, 'bad.sarif'), folder), []);
});

/** What it says of a log, as `rule message`; notes left out: they want addresses to be reachable, and our texts quoted. */
function validate(log: string, folder: string): string[] {
  const output = join(folder, 'validation.sarif');
  const options = ['--output', output, '--log', 'ForceOverwrite', '--level', 'Error;Warning', '--rule-kind', 'Sarif'];
  try {
    execFileSync(program ?? '', ['validate', log, ...options], {
      stdio: 'ignore',
      // Without it .NET asks for a library that a small system does not have.
      env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' },
    });
  } catch {
    // It ends with 1 where it has something to say.
  }
  const { runs } = JSON.parse(readFileSync(output, 'utf8').replace(/^\ufeff/, '')) as Log;
  return (runs[0]?.results ?? []).map(
    ({ ruleId, message }) => `${ruleId} ${message.text ?? message.arguments?.join(' ')}`,
  );
}
