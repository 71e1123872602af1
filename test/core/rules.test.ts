import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  applyEditsToBytes,
  createAnalyzer,
  defaultSettings,
  type Finding,
  fileKind,
  fixAll,
  formatMessage,
  LineIndex,
  rules,
  type Settings,
} from '../../server/src/core/index.ts';
import { type Expectation, type Fixture, readFixture } from '../harness/fixture.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const root = fileURLToPath(new URL('../rules', import.meta.url));

for (const rule of readdirSync(root)) {
  for (const name of existsSync(`${root}/${rule}`) ? readdirSync(`${root}/${rule}`).sort() : []) {
    test(`${rule}: ${name}`, () => checkCase(readFixture(`${root}/${rule}/${name}`), rule));
  }
}

/** A case speaks for its folder's rule, and for the rules that its markers name. */
function checkCase(fixture: Fixture, rule: string): void {
  const isMeant = (name: string) =>
    name === rule || fixture.expectations.some((expectation) => expectation.rule === name);
  const settings = settingsOf(rule);
  const analyzer = analyzerFor(fixture, settings);
  const analysis = analyzer.analyze();
  assert.deepEqual(analysis.failures, []);
  const findings = analysis.findings.filter((finding) => isMeant(finding.rule));
  assert.deepEqual(
    findings.map((finding) => describe(finding, fixture)).sort(),
    fixture.expectations.map(describeExpectation).sort(),
  );
  for (const expectation of fixture.expectations) {
    checkWords(expectation, findings, fixture);
  }
  checkFixes(fixture, isMeant, settings);
}

/** What a case says about fixes, first without and then with those that a person has to choose. */
function checkFixes(fixture: Fixture, isMeant: (rule: string) => boolean, settings: Settings): void {
  checkTwins(fixture, isMeant, false, settings);
  if (fixture.confirmed.size > 0) {
    checkTwins(fixture, isMeant, true, settings);
  }
}

/** The twin's bytes, nothing else changed, clean afterwards, and nothing to do twice. */
function checkTwins(
  fixture: Fixture,
  isMeant: (rule: string) => boolean,
  withConfirm: boolean,
  settings: Settings,
): void {
  const twins = withConfirm ? fixture.confirmed : fixture.fixed;
  const options = { isWanted: ({ rule }: Finding) => isMeant(rule), withConfirm };
  const result = fixAll(analyzerFor(fixture, settings), options);
  const fixed = fixture.files.map((file) => {
    const edits = result.changes.find(({ path }) => path === file.path)?.edits ?? [];
    return { ...file, bytes: edits.length === 0 ? file.bytes : applyEditsToBytes(file.bytes, file, edits) };
  });
  for (const file of fixed) {
    const expected = twins.get(file.path) ?? fixture.files.find(({ path }) => path === file.path)?.bytes;
    assert.equal(show(file.bytes), show(expected), `${file.path} after the fix`);
  }
  if (twins.size > 0) {
    const again = fixAll(
      analyzerFor({ ...fixture, files: fixed.map((file) => ({ ...file, text: textOf(file.bytes, file) })) }, settings),
      options,
    );
    assert.deepEqual(again.changes, [], 'a second fix changes nothing');
    assert.deepEqual(
      again.after.findings
        .filter(({ rule, severity }) => isMeant(rule) && severity !== 'information')
        .map((finding) => finding.rule),
      [],
      'the result is clean',
    );
  }
}

/** A rule that is off by default is on for its own cases. */
function settingsOf(rule: string): Settings {
  const own = rules.find(({ id }) => id === rule);
  return own?.isOffByDefault ? { ...defaultSettings, rules: { [rule]: own.severity } } : defaultSettings;
}

function analyzerFor(fixture: Fixture, settings: Settings) {
  const host = new MemoryHost(Object.fromEntries(fixture.files.map((file) => [file.path, file.text])));
  const analyzer = createAnalyzer({ host, settingsFor: () => settings, today: () => '2026-11-25' });
  analyzer.setFiles(fixture.files.map(({ path }) => path).filter((path) => fileKind(path) !== undefined));
  return analyzer;
}

function describe(finding: Finding, fixture: Fixture): string {
  const lines = new LineIndex(fixture.files.find(({ path }) => path === finding.path)?.text ?? '');
  const start = lines.positionAt(finding.range.start);
  const end = lines.positionAt(finding.range.end);
  const sameLine = start.line === end.line ? end.column + 1 : `(line ${end.line + 1}) ${end.column + 1}`;
  const expectation = fixture.expectations.find(
    (candidate) => candidate.path === finding.path && candidate.line === start.line + 1,
  );
  const severity = expectation && expectation.severity === undefined ? '' : ` ${finding.severity}`;
  return `${finding.path}:${start.line + 1}:${start.column + 1}-${sameLine} ${finding.rule}${severity}`;
}

function describeExpectation({ path, line, column, endColumn, rule, severity }: Expectation): string {
  return `${path}:${line}:${column}-${endColumn} ${rule}${severity === undefined ? '' : ` ${severity}`}`;
}

function checkWords({ path, line, rule, text }: Expectation, findings: readonly Finding[], fixture: Fixture): void {
  const lines = new LineIndex(fixture.files.find((file) => file.path === path)?.text ?? '');
  const messages = findings
    .filter(
      (finding) =>
        finding.path === path && finding.rule === rule && lines.positionAt(finding.range.start).line === line - 1,
    )
    .map((finding) => formatMessage(finding.message));
  assert.ok(
    messages.some((message) => message.includes(text)),
    `"${text}" is part of ${JSON.stringify(messages)}`,
  );
}

function textOf(bytes: Uint8Array, file: { encoding: { label: string } }): string {
  return new TextDecoder(file.encoding.label).decode(bytes);
}

/** Bytes as a text that shows every difference. */
function show(bytes: Uint8Array | undefined): string {
  return JSON.stringify(Buffer.from(bytes ?? []).toString('latin1')).replaceAll('\\n', '\\n\n');
}
