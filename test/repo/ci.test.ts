import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { parse } from 'yaml';
import { analyzedExtensions, analyzedNames, fileKind } from '../../server/src/core/index.ts';
import { readRepositoryFile, repositoryRoot } from '../harness/repository.ts';
import { tempFolder } from '../harness/temp-folder.ts';

interface Step {
  readonly name?: string;
  readonly displayName?: string;
  readonly run?: string;
  readonly bash?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const action = parse(readRepositoryFile('action.yml')) as {
  inputs: Record<string, { default?: string }>;
  outputs: Record<string, { value: string }>;
  runs: { using: string; steps: Step[] };
};
const template = parse(readRepositoryFile('ci/azure-pipelines.yml')) as {
  parameters: { name: string; default: unknown }[];
  steps: Step[];
};
const hooks = parse(readRepositoryFile('.pre-commit-hooks.yaml')) as Record<string, unknown>[];

const cli = `${repositoryRoot}dist/cli.js`;
const skip = process.platform === 'win32' ? 'no bash' : !existsSync(cli) && 'not built: npm run build';
const old =
  '<Project><PropertyGroup><OutputType>Exe</OutputType><TargetFrameworkVersion>v4.5</TargetFrameworkVersion></PropertyGroup></Project>\n';

/** Runs the script of a step as the engine would, with variables for the expressions of its `env`. */
function runStep(t: TestContext, step: Step | undefined, values: Readonly<Record<string, string>>) {
  const folder = tempFolder(t, { 'src/A.csproj': old, 'b c/B.csproj': old });
  const results = tempFolder(t);
  const files = { summary: join(results, 'summary'), output: join(results, 'output') };
  const env = {
    PATH: process.env['PATH'] ?? '',
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_OUTPUT: files.output,
    RESULTS: results,
    ...values,
  };
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-e', '-o', 'pipefail', '-c', step?.run ?? step?.bash ?? 'exit 9'],
    {
      cwd: folder,
      env,
      encoding: 'utf8',
    },
  );
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  return { folder, results, status, stdout, stderr, summary: read(files.summary), output: read(files.output) };
}

const auditStep = action.runs.steps.find(({ name }) => name === 'Audit');
const defaults = {
  TOOL: cli,
  PATHS: '.',
  FAIL_ON: 'warning',
  CHANGED_SINCE: '',
  BASELINE: '',
  TARGET: '',
  EXCLUDE: '',
  ANNOTATIONS: 'true',
  SUMMARY: 'true',
  SARIF_FILE: '',
};

test('the GitHub action hands every input over as a variable, and has no expression in a script', () => {
  assert.equal(action.runs.using, 'composite');
  const handed = action.runs.steps.flatMap((step) => Object.values(step.env ?? {})).join();
  for (const name of Object.keys(action.inputs)) {
    assert.ok(handed.includes(`inputs.${name}`) || name === 'working-directory', name);
  }
  assert.deepEqual(Object.keys(auditStep?.env ?? {}).sort(), Object.keys(defaults).sort());
  for (const { run = '' } of action.runs.steps) {
    assert.doesNotMatch(run, /\$\{\{/);
  }
});

test('the GitHub action annotates, summarises, writes SARIF and ends with the exit code', { skip }, (t) => {
  const run = runStep(t, auditStep, { ...defaults, SARIF_FILE: 'a.sarif' });
  assert.equal(run.status, 1, run.stderr);
  assert.match(run.stdout, /^::error file=b c\/B\.csproj,line=1,.*\n::error file=src\/A\.csproj,/m);
  assert.match(run.summary, /^\*\*2 error\*\*$/m);
  assert.equal(run.output, 'exit-code=1\n');
  assert.equal(JSON.parse(readFileSync(join(run.folder, 'a.sarif'), 'utf8')).runs[0].results.length, 2);
});

test('the GitHub action takes paths and globs line by line, and levels', { skip }, (t) => {
  const one = runStep(t, auditStep, { ...defaults, PATHS: 'b c\n', ANNOTATIONS: 'false', SUMMARY: 'false' });
  assert.match(one.stdout, /^b c\/B\.csproj:1:/);
  assert.equal(one.summary, '');
  const none = runStep(t, auditStep, { ...defaults, EXCLUDE: 'src\nb c/**\n' });
  assert.deepEqual([none.status, none.output], [0, 'exit-code=0\n']);
  assert.equal(runStep(t, auditStep, { ...defaults, FAIL_ON: 'never' }).status, 0);
});

test('nothing of an input is run, and what cannot be done ends with 2', { skip }, (t) => {
  const run = runStep(t, auditStep, {
    ...defaults,
    PATHS: '$(touch run1)`touch run2`;touch run3',
    EXCLUDE: '$(touch run4)',
  });
  assert.deepEqual([run.status, run.output], [2, 'exit-code=2\n']);
  assert.deepEqual(readdirSync(run.folder).sort(), ['b c', 'src']);
});

const azureStep = template.steps.find(({ displayName }) => displayName === 'Audit TLS');
const azureDefaults = {
  TOOL: repositoryRoot.replace(/\/$/, ''),
  PATHS: '.',
  FAIL_ON: 'warning',
  CHANGED_SINCE: '',
  BASELINE: '',
  PUBLISH: 'True',
};

test('the Azure template hands every parameter over as a variable, and has no expression in a script', () => {
  assert.deepEqual(Object.keys(azureStep?.env ?? {}).sort(), [...Object.keys(azureDefaults), 'RESULTS'].sort());
  const text = readRepositoryFile('ci/azure-pipelines.yml');
  for (const { name } of template.parameters) {
    assert.ok(text.includes(`parameters.${name} `), name);
  }
  for (const { bash = '' } of template.steps) {
    assert.doesNotMatch(bash, /\$\{\{|\$\((?!\{)\w+\.\w+\)/);
  }
});

test('the Azure template reports issues, publishes results and ends with the exit code', { skip }, (t) => {
  const run = runStep(t, azureStep, azureDefaults);
  assert.equal(run.status, 1, run.stderr);
  assert.match(run.stdout, /^##vso\[task\.logissue type=error;sourcepath=b c\/B\.csproj;linenumber=1;/m);
  assert.deepEqual(readdirSync(run.results).sort(), [
    'dynamics-tls.junit.xml',
    'dynamics-tls.md',
    'dynamics-tls.sarif',
  ]);
  assert.ok(run.stdout.endsWith(`##vso[task.uploadsummary]${run.results}/dynamics-tls.md\n`));
  assert.deepEqual(readdirSync(runStep(t, azureStep, { ...azureDefaults, PUBLISH: 'False' }).results), []);
  assert.equal(runStep(t, azureStep, { ...azureDefaults, PATHS: 'nowhere' }).status, 2);
});

test('the hooks of pre-commit run what the command line knows, and see every file that is analysed', () => {
  assert.deepEqual(
    hooks.map(({ id }) => id),
    ['dynamics-tls', 'dynamics-tls-all'],
  );
  for (const { entry, language, pass_filenames: passes } of hooks) {
    assert.equal(language, 'node');
    assert.equal(passes, false);
    const options = String(entry).match(/--[\w-]+/g) ?? [];
    const help = readRepositoryFile('README.md');
    assert.deepEqual(
      options.filter((option) => !help.includes(`\`${option}`)),
      [],
    );
  }
  // Python's flag at the start, JavaScript's beside the pattern.
  const files = new RegExp(String(hooks[0]?.['files']).replace('(?i)', ''), 'i');
  const names = [
    ...analyzedExtensions.map((extension) => `x${extension}`),
    ...analyzedNames.map((name) => name.replace('*', 'x')),
  ];
  // Files in other languages are looked at only where somebody asked for it.
  const unasked = ['hosting-process-file', 'other-client'];
  const unseen = names.filter((name) => !unasked.includes(fileKind(name) ?? '') && !files.test(name));
  assert.deepEqual(unseen, []);
});

test('the package for npm holds the command line and its schemas, and nothing else', {
  skip: !existsSync(cli) && 'not built: npm run build',
}, () => {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files }] = JSON.parse(output) as [{ files: { path: string }[] }];
  const strays = files.map(({ path }) => path).filter((path) => !/^server\/schemas\/[\w-]+\.schema\.json$/.test(path));
  assert.deepEqual(strays.sort(), ['LICENSE', 'README.md', 'dist/cli.js', 'package.json']);
});
