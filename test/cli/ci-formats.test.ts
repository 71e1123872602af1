import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import saxes from 'saxes';
import type { AuditOutput } from '../../server/src/cli/audit-output.ts';
import { auditAzure, auditGitHub } from '../../server/src/cli/formats/annotations.ts';
import { auditJunit } from '../../server/src/cli/formats/junit.ts';
import { auditMarkdown } from '../../server/src/cli/formats/markdown.ts';
import type { Finding, Severity } from '../../server/src/core/index.ts';
import { runCli } from '../harness/cli-io.ts';
import { repositoryRoot } from '../harness/repository.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const hostile = 'a: 100%, [b]; c\r\n::error::d ##vso[task.complete]|<script>&"\'`@team` http://x.example \u0007\ud800';

/** One finding with a hostile message, in a file with a hostile name. */
function outputOf(severity: Severity, message = hostile, file = 'a,b:c;d]%|`<&".csproj'): AuditOutput {
  const finding: Finding = {
    rule: 'target-framework-too-old',
    severity,
    path: '/w/x',
    range: { start: 6, end: 9 },
    message: { key: 'k', template: '{text}', values: { text: message } },
    project: null,
    related: [],
    fixes: [],
  };
  return {
    analysis: { findings: [finding], suppressed: [], projects: [], notices: [], failures: [] },
    findings: [finding],
    baseline: undefined,
    session: { display: () => file, disk: { readText: () => 'line\n  old\n' }, diskNotices: () => [] },
    milliseconds: 1500,
  } as unknown as AuditOutput;
}

test('a GitHub annotation is one line whose values are escaped as its runner reads them', () => {
  const [line = '', ...rest] = auditGitHub(outputOf('error')).split('\n');
  assert.deepEqual(rest, ['']);
  const [, command, properties = '', data = ''] = /^::(\w+) (.*?)::(.*)$/s.exec(line) ?? [];
  assert.equal(command, 'error');
  const decode = (text: string) =>
    text
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');
  const values = Object.fromEntries(properties.split(',').map((pair) => pair.split('=')));
  assert.deepEqual(
    { ...values, file: decode(values['file'] ?? '') },
    {
      file: 'a,b:c;d]%|`<&".csproj',
      line: '2',
      endLine: '2',
      col: '2',
      endColumn: '5',
      title: 'target-framework-too-old',
    },
  );
  assert.equal(decode(data), hostile);
});

for (const [severity, command] of [
  ['error', 'error'],
  ['warning', 'warning'],
  ['information', 'notice'],
  ['hint', 'notice'],
] as const) {
  test(`a finding of level ${severity} is ::${command} for GitHub`, () => {
    assert.ok(auditGitHub(outputOf(severity)).startsWith(`::${command} `));
  });
}

test('an issue of Azure is one line whose values are escaped as it reads them', () => {
  const [line = '', ...rest] = auditAzure(outputOf('warning')).split('\n');
  assert.deepEqual(rest, ['']);
  const [, properties = '', data = ''] = /^##vso\[task\.logissue (.*?)\](.*)$/s.exec(line) ?? [];
  const decode = (text: string) =>
    text
      .replaceAll('%3B', ';')
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%5D', ']')
      .replaceAll('%AZP25', '%');
  const values = Object.fromEntries(
    properties
      .split(';')
      .filter(Boolean)
      .map((pair) => pair.split('=')),
  );
  assert.deepEqual(
    { ...values, sourcepath: decode(values['sourcepath'] ?? '') },
    {
      type: 'warning',
      sourcepath: 'a,b:c;d]%|`<&".csproj',
      linenumber: '2',
      columnnumber: '2',
      code: 'target-framework-too-old',
    },
  );
  assert.equal(decode(data), hostile);
});

test('information is a line of the log for Azure, and no command', () => {
  const text = auditAzure(outputOf('information', '##vso[task.complete result=Failed;]x', '##vso[x]y'));
  assert.equal(text.split('\n').length, 2);
  assert.doesNotMatch(text, /##vso\[/);
});

test('JUnit is XML that says what was found, skipped and passed', async (t) => {
  const old = (comment: string) =>
    `<Project>${comment}<PropertyGroup><OutputType>Exe</OutputType><TargetFrameworkVersion>v4.5</TargetFrameworkVersion></PropertyGroup></Project>`;
  const folder = tempFolder(t, {
    'A.csproj': old(''),
    'B.csproj': old('<!-- dynamics-tls-disable-file target-framework-too-old: a "good" <reason> -->'),
    'C.csproj': old('').replace('v4.5', 'v4.8'),
    'D.csproj': old('')
      .replace('Exe', 'Library')
      .replace('v4.5', "$([MSBuild]::GetRegistryValue('HKEY_LOCAL_MACHINE\\SOFTWARE\\X', 'Y'))"),
  });
  const { stdout, exitCode } = await runCli(['audit', '--format', 'junit'], folder);
  assert.equal(exitCode, 1);
  const seen: string[] = [];
  const parser = new saxes.SaxesParser();
  parser.on('error', (error) => assert.fail(error));
  parser.on('opentag', ({ name, attributes }) => {
    const { message, time: _time, line: _line, file: _file, ...rest } = attributes as Record<string, string>;
    seen.push([name, ...Object.values(rest), ...(name === 'skipped' ? [message] : [])].join(' '));
  });
  parser.write(stdout).close();
  assert.deepEqual(seen, [
    'testsuites Dynamics TLS 4 1 0 1',
    'testsuite A.csproj 1 1 0 0',
    'testcase target-framework-too-old (line 1) A.csproj',
    'failure error',
    'testsuite B.csproj 1 0 0 1',
    'testcase target-framework-too-old (line 1) B.csproj',
    'skipped a "good" <reason>',
    'testsuite C.csproj 1 0 0 0',
    'testcase TLS C.csproj',
    'testsuite D.csproj 1 0 0 0',
    'testcase target-framework-unknown (line 1) D.csproj',
    'system-out',
  ]);
});

test('JUnit stays XML whatever a message holds', () => {
  const parser = new saxes.SaxesParser();
  const messages: string[] = [];
  parser.on('error', (error) => assert.fail(error));
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'failure') {
      messages.push(String((attributes as Record<string, string>)['message']));
    }
  });
  parser.write(auditJunit(outputOf('error'))).close();
  assert.deepEqual(messages, [hostile.replace('\u0007', '\ufffd').replace('\ud800', '\ufffd')]);
});

test('Markdown keeps its table, and nothing in it is HTML, a link or a mention', () => {
  const text = auditMarkdown(outputOf('warning'));
  const row = text.split('\n').find((line) => line.startsWith('| warning'));
  assert.ok(row);
  assert.equal(row.split(/(?<!\\)\|/).length, 6, 'four cells');
  assert.ok(!row.includes('<script>') && !row.includes('@team') && !/(?<!\()https?:\/\/x/.test(row), row);
  assert.ok(row.includes('``a,b:c;d]%\\|`<&".csproj:2``'), row);
});

test('Markdown of the sample solution has the counts and a row for each finding', async () => {
  const folder = join(repositoryRoot, 'test/scenarios/contoso');
  const { stdout } = await runCli(['audit', '--format', 'markdown'], folder);
  const json = JSON.parse((await runCli(['audit', '--format', 'json'], folder)).stdout);
  assert.equal(
    stdout.split('\n').filter((line) => /^\| (?:error|warning|information|hint) \|/.test(line)).length,
    json.findings.length,
  );
  assert.match(stdout, new RegExp(`^\\*\\*${json.summary.findings.error} error`, 'm'));
});
