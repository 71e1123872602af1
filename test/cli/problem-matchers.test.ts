import assert from 'node:assert/strict';
import test from 'node:test';
import { runCli } from '../harness/cli-io.ts';
import { readRepositoryFile } from '../harness/repository.ts';
import { tempFolder } from '../harness/temp-folder.ts';

interface Pattern {
  readonly regexp: string;
  readonly file?: number;
  readonly line?: number;
  readonly column?: number;
  readonly location?: number;
  readonly severity?: number;
  readonly code?: number;
  readonly message?: number;
}

const matchers: readonly { readonly name: string; readonly pattern: Pattern | readonly Pattern[] }[] = JSON.parse(
  readRepositoryFile('package.json'),
).contributes.problemMatchers;

/** What VS Code reads out of the output of a task, line by line, without its colours. */
function problemsIn(output: string, name: string): Record<string, string | undefined>[] {
  const matcher = matchers.find((candidate) => candidate.name === name);
  const patterns: readonly Pattern[] = [matcher?.pattern ?? []].flat();
  const lines = output.replace(/\x1b\[[\d;]*m/g, '').split(/\r?\n/);
  return lines.flatMap((_, i) => {
    const matches = patterns.map(({ regexp }, k) => new RegExp(regexp).exec(lines[i + k] ?? ''));
    if (patterns.length === 0 || matches.some((match) => match === null)) {
      return [];
    }
    const fields = patterns.flatMap(({ regexp: _regexp, ...groups }, k) =>
      Object.entries(groups).map(([field, group]) => [field, matches[k]?.[group as number]]),
    );
    return [Object.fromEntries(fields)];
  });
}

const project = (version: string, type = 'Exe') =>
  `<Project>\n  <PropertyGroup>\n    <OutputType>${type}</OutputType>\n    <TargetFrameworkVersion>${version}</TargetFrameworkVersion>\n  </PropertyGroup>\n</Project>\n`;

test('every finding of the audit is a problem, coloured or not', async (t) => {
  const folder = tempFolder(t, {
    'Old App/App.csproj': project('v4.5.2'),
    'src/New.csproj': project('v4.6.1'),
    'tools/App.vshost.exe.config': '<configuration />',
  });
  for (const stdoutIsTerminal of [false, true]) {
    const { stdout } = await runCli(['audit'], folder, { stdoutIsTerminal });
    const problems = problemsIn(stdout, 'dynamics-tls');
    assert.deepEqual(
      problems.map(({ file, line, column, severity, code }) => [file, line, column, severity, code]),
      [
        ['Old App/App.csproj', '4', '29', 'error', 'target-framework-too-old'],
        ['src/New.csproj', '4', '29', 'warning', 'target-framework-too-old'],
        ['tools/App.vshost.exe.config', '1', '1', 'info', 'hosting-process-file'],
      ],
    );
    assert.ok(problems.every(({ message }) => (message ?? '').length > 20));
  }
});

test('the decisive line of an explained log is a problem', async (t) => {
  const failed =
    '2026-11-25 10:00:00 ERROR The underlying connection was closed: An unexpected error occurred on a send.';
  const folder = tempFolder(t, { 'logs/import.log': `Started.\n${failed}\n${failed}\n` });
  const { stdout } = await runCli(['explain-error', 'logs/import.log'], folder, { stdoutIsTerminal: true });
  assert.deepEqual(problemsIn(stdout, 'dynamics-tls-explain-error'), [
    {
      file: 'logs/import.log',
      code: 'tls-version',
      line: '2',
      message: 'The underlying connection was closed: An unexpected error occurred on a',
    },
  ]);
});

const build = [
  '  Determining projects to restore...',
  '/src/Importer/Program.cs(12,5): warning CA5386: Avoid hardcoding SecurityProtocolType Tls12 value [/src/Importer/Importer.csproj]',
  '  3>C:\\src\\Importer\\Program.cs(14,9,14,20): error CA5364: Do not use deprecated security protocols [C:\\src\\Importer\\Importer.csproj]',
  'C:\\Program Files\\MSBuild\\Microsoft.Common.CurrentVersion.targets(2364,5): warning MSB3274: The primary reference "Contoso.Sdk" could not be resolved because it was built against the ".NETFramework,Version=v4.6.2" framework. [C:\\src\\A.csproj]',
  '/src/Importer/Program.cs(20,5): warning CS0168: The variable is declared but never used [/src/Importer/Importer.csproj]',
  'Build succeeded.',
].join('\n');

test('of a build only what concerns TLS and old targets is a problem', () => {
  assert.deepEqual(
    problemsIn(build, 'dynamics-tls-build').map(({ file, location, severity, code }) => [
      file?.split(/[\\/]/).at(-1),
      location,
      severity,
      code,
    ]),
    [
      ['Program.cs', '12,5', 'warning', 'CA5386'],
      ['Program.cs', '14,9,14,20', 'error', 'CA5364'],
      ['Microsoft.Common.CurrentVersion.targets', '2364,5', 'warning', 'MSB3274'],
    ],
  );
});
