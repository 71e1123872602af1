import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import type { Log, Region, Result } from 'sarif';
import { applyEdits, LineIndex, rules } from '../../server/src/core/index.ts';
import { runCli } from '../harness/cli-io.ts';
import { readRepositoryFile } from '../harness/repository.ts';
import { checkJson } from '../harness/schema.ts';
import { tempFolder } from '../harness/temp-folder.ts';

/** The official schema, as Microsoft's package for tests carries it. */
const schema = JSON.parse(
  readRepositoryFile('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'),
) as Record<string, unknown>;
// It is written for draft 4, and of what has changed since then only the name of its own address concerns it.
const { id, $schema: _draft, ...keywords } = schema;
const validate = new Ajv({
  allErrors: true,
  strict: false,
  // One pattern of the schema is none in Unicode mode.
  unicodeRegExp: false,
  // The parts of an address and of a date are checked by the multitool.
  formats: { uri: true, 'uri-reference': true, 'date-time': true },
}).compile({ ...keywords, $id: String(id) });

async function sarifOf(folder: string, args: readonly string[] = []): Promise<{ log: Log; exitCode: number }> {
  const { stdout, exitCode } = await runCli(['audit', '--format', 'sarif', ...args], folder, {
    today: () => '2026-11-25',
  });
  const log = JSON.parse(stdout) as Log;
  assert.ok(validate(log), JSON.stringify(validate.errors?.slice(0, 5), undefined, 2));
  return { log, exitCode };
}

const resultsOf = (log: Log): Result[] => log.runs[0]?.results ?? [];
const regionOf = (result: Result | undefined): Region | undefined => result?.locations?.[0]?.physicalLocation?.region;
const fileOf = (result: Result) =>
  decodeURIComponent(result.locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? '');

const project = (version: string, before = '') =>
  `<Project>\n${before}  <PropertyGroup>\n    <OutputType>Exe</OutputType>\n    <TargetFrameworkVersion>${version}</TargetFrameworkVersion>\n  </PropertyGroup>\n</Project>\n`;

const scenarios = fileURLToPath(new URL('../scenarios', import.meta.url));

for (const name of readdirSync(scenarios).filter((entry) => existsSync(join(scenarios, `${entry}.expected.json`)))) {
  test(`${name}: SARIF says what the JSON says`, async () => {
    const folder = join(scenarios, name);
    const { log, exitCode } = await sarifOf(folder);
    const json = await runCli(['audit', '--format', 'json'], folder);
    assert.equal(exitCode, json.exitCode);
    const output = checkJson('audit', json.stdout);
    const severities = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const;
    const plain = output.findings.map(
      (finding: {
        rule: string;
        severity: keyof typeof severities;
        file: string;
        message: string;
        range: { start: { line: number; column: number }; end: { line: number; column: number } };
        fixes: unknown[];
        related: unknown[];
      }) => ({
        rule: finding.rule,
        level: severities[finding.severity],
        file: finding.file,
        range: Object.values(finding.range)
          .flatMap(({ line, column }) => [line, column])
          .join(),
        message: finding.message.endsWith('.') ? finding.message : `${finding.message}.`,
        fixes: finding.fixes.length,
        related: finding.related.length,
      }),
    );
    const sarif = resultsOf(log).map((result) => {
      const { startLine = 1, startColumn = 1, endLine = 1, endColumn = 1 } = regionOf(result) ?? {};
      return {
        rule: result.ruleId,
        level: result.level,
        file: fileOf(result),
        range: [startLine, startColumn, endLine, endColumn].join(),
        message: result.message.text,
        fixes: result.fixes?.length ?? 0,
        related: result.relatedLocations?.length ?? 0,
      };
    });
    const order = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
    assert.deepEqual(sarif.toSorted(order), plain.toSorted(order));
    const prints = resultsOf(log).map(({ partialFingerprints }) => partialFingerprints?.['dynamicsTls/v1']);
    assert.equal(new Set(prints).size, prints.length, 'every result has a fingerprint of its own');
  });
}

test('every rule is described, with help, page and messages that fill in to the text', async (t) => {
  const folder = tempFolder(t, { 'A.csproj': project('v4.5') });
  const { log } = await sarifOf(folder);
  const { driver } = log.runs[0]?.tool ?? {};
  assert.deepEqual(
    driver?.rules?.map(({ id }) => id),
    rules.map(({ id }) => id),
  );
  for (const rule of driver?.rules ?? []) {
    assert.match(rule.helpUri ?? '', /^https:\/\/.*\.md$/);
    assert.match(rule.help?.markdown ?? '', /^## What it finds\n\n\S/);
    assert.ok((rule.help?.text ?? '').length > 40, rule.id);
    assert.doesNotMatch(rule.help?.markdown ?? '', /\]\((?!https:)|^```\w+ /m, rule.id);
  }
  assert.match(log.runs[0]?.automationDetails?.id ?? '', /^dynamics-tls\//);
  for (const { ruleIndex = -1, message } of resultsOf(log)) {
    const template: string = driver?.rules?.[ruleIndex]?.messageStrings?.[message.id ?? '']?.text ?? '';
    const filled = template.replace(/\{\{|\}\}|\{(\d+)\}/g, (whole: string, index?: string) =>
      index === undefined ? (whole[0] ?? '') : (message.arguments?.[Number(index)] ?? ''),
    );
    assert.equal(filled, message.text);
  }
});

test('a fingerprint survives moved lines, and is another one for another target', async (t) => {
  const folder = tempFolder(t, { 'A.csproj': project('v4.5') });
  const print = async () => resultsOf((await sarifOf(folder)).log)[0]?.partialFingerprints?.['dynamicsTls/v1'];
  const first = await print();
  assert.match(first ?? '', /^[0-9a-f]{16}:1$/);
  writeFileSync(join(folder, 'A.csproj'), project('v4.5', '\n\n  <!-- a -->\n').replaceAll('\n', '\r\n'));
  assert.equal(await print(), first);
  writeFileSync(join(folder, 'A.csproj'), project('v4.0'));
  assert.notEqual(await print(), first);
});

test('the fixes, applied as SARIF says, give what the command fix gives', async (t) => {
  const text = project('v4.5').replaceAll('\n', '\r\n');
  const folder = tempFolder(t, { 'A B#1.csproj': text });
  const { log } = await sarifOf(folder);
  const [result] = resultsOf(log);
  assert.ok(result);
  assert.equal(result.locations?.[0]?.physicalLocation?.artifactLocation?.uri, 'A%20B%231.csproj');
  const lines = new LineIndex(text);
  const edits = (result.fixes?.[0]?.artifactChanges[0]?.replacements ?? []).map(
    ({ deletedRegion, insertedContent }) => ({
      range: {
        start: lines.offsetAt({
          line: (deletedRegion.startLine ?? 1) - 1,
          column: (deletedRegion.startColumn ?? 1) - 1,
        }),
        end: lines.offsetAt({ line: (deletedRegion.endLine ?? 1) - 1, column: (deletedRegion.endColumn ?? 1) - 1 }),
      },
      newText: insertedContent?.text ?? '',
    }),
  );
  await runCli(['fix'], folder);
  assert.equal(applyEdits(text, edits), readFileSync(join(folder, 'A B#1.csproj'), 'utf8'));
});

test('what is silenced or in the baseline stands there with the reason, and does not count', async (t) => {
  const comment = '  <!-- dynamics-tls-disable-file target-framework-too-old until 2027-01-31: goes in spring -->\n';
  const folder = tempFolder(t, { 'A.csproj': project('v4.5', comment), 'B.csproj': project('v4.5') });
  await runCli(['audit', '--write-baseline', '--baseline', 'known.json'], folder);
  writeFileSync(join(folder, 'C.csproj'), project('v4.0'));
  const { log, exitCode } = await sarifOf(folder, ['--baseline', 'known.json']);
  assert.equal(exitCode, 1);
  assert.deepEqual(
    resultsOf(log).map((result) => [
      fileOf(result),
      result.baselineState,
      result.suppressions?.map(({ kind, status, justification }) => [kind, status, justification]),
    ]),
    [
      ['A.csproj', undefined, [['inSource', 'accepted', 'goes in spring']]],
      ['B.csproj', 'unchanged', [['external', 'accepted', 'It was there before: the baseline lists it.']]],
      ['C.csproj', 'new', undefined],
    ],
  );
  const [suppression] = resultsOf(log)[0]?.suppressions ?? [];
  assert.equal(suppression?.location?.physicalLocation?.region?.startLine, 2);
  assert.deepEqual(suppression?.properties, { until: '2027-01-31' });
});

test('a finding about a whole file has no region, and what could not be read is a notification', async (t) => {
  const folder = tempFolder(t, {
    'A.csproj': project('v4.8'),
    'A.vshost.exe': new Uint8Array([77, 90, 0]),
    'B.csproj': new Uint8Array([1, 0, 2]),
  });
  const { log } = await sarifOf(folder);
  const result = resultsOf(log).find(({ ruleId }) => ruleId === 'hosting-process-file');
  assert.ok(result);
  assert.equal(regionOf(result), undefined);
  const texts = log.runs[0]?.invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text);
  assert.ok(texts?.includes('The file is not text and was not read.'), String(texts));
});

test('a password on the line of a finding, and the folder of the machine, are not in the log', async (t) => {
  const folder = tempFolder(t, {
    'App.csproj': project('v4.8'),
    'App.config':
      '<configuration>\n  <connectionStrings>\n    <add name="crm" connectionString="Url=http://contoso.crm4.dynamics.com;Username=a;Password=Hunter2" />\n  </connectionStrings>\n</configuration>\n',
  });
  const { stdout } = await runCli(['audit', '--format', 'sarif'], folder);
  assert.match(stdout, /clear-text-url/);
  assert.ok(!stdout.includes('Hunter2'));
  assert.ok(!stdout.includes(folder));
});
