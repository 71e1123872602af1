import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import test from 'node:test';
import { createAnalyzer, defaultSettings, formatMessage } from '../../server/src/core/index.ts';
import { Disk, describeProblem } from '../../server/src/platform/node/disk.ts';
import { MemoryHost } from '../harness/memory-host.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const statement = 'ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls;';
const inFile = (body: string) => `using System.Net;\nclass A { void M() { ${body} } }\n`;
const many = 100_000;

function analyze(path: string, text: string) {
  const host = new MemoryHost({ [path]: text });
  const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings });
  analyzer.setFiles(host.files.keys());
  return analyzer.analyze();
}

const rulesOf = (path: string, text: string) => {
  const { findings, failures } = analyze(path, text);
  assert.deepEqual(failures, []);
  return findings.map(({ rule }) => rule);
};

test('what stands behind 100,000 nested parentheses is read', () => {
  const nested = `var x = ${'('.repeat(many)}1${')'.repeat(many)};`;
  assert.deepEqual(rulesOf('/a.cs', inFile(`${nested} ${statement}`)), ['obsolete-protocol-enabled']);
});

test('a protocol inside of 100,000 parentheses is no hang', () => {
  const value = `${'('.repeat(many)}SecurityProtocolType.Tls${')'.repeat(many)}`;
  rulesOf('/a.cs', inFile(`ServicePointManager.SecurityProtocol = ${value};`));
  rulesOf('/a.cs', inFile(`Connect${'('.repeat(many)}SslProtocols.Tls`));
  rulesOf(
    '/a.vb',
    `Imports System.Net\nModule A\n Sub M()\n  ServicePointManager.SecurityProtocol = ${value}\n End Sub\nEnd Module\n`,
  );
  rulesOf('/a.fs', `module A\nopen System.Net\nServicePointManager.SecurityProtocol <- ${value}\n`);
});

test('rows of 100,000 operators, braces, holes and directives are no hang', () => {
  for (const text of [
    `ServicePointManager.SecurityProtocol = ${'~'.repeat(many)}SecurityProtocolType.Tls;`,
    `ServicePointManager.SecurityProtocol = ${'SecurityProtocolType.Tls | '.repeat(2000)}SecurityProtocolType.Tls;`,
    `${'{'.repeat(many)} ${statement}`,
    `${'}'.repeat(many)} ${statement}`,
    `var s = ${'$"{'.repeat(many)} ${statement}`,
    `${'\n#if A'.repeat(20_000)}\n${statement}`,
    `var p = SecurityProtocolType.Tls; ${'p |= p; '.repeat(2000)} ServicePointManager.SecurityProtocol = p;`,
    `Use(${'SslProtocols.Tls, '.repeat(5000)});`,
  ]) {
    rulesOf('/a.cs', inFile(text));
  }
});

test('what stands before an unfinished string is read, and a notice says so', () => {
  for (const [path, text] of [
    ['/a.cs', `${inFile(statement)}class B { string s = @"never ends; }\n`],
    [
      '/a.vb',
      `Imports System.Net\nModule A\n Sub M()\n  ${statement.slice(0, -1)}\n End Sub\nEnd Module\nDim s = "never ends\n`,
    ],
    [
      '/a.fs',
      `module A\nopen System.Net\nServicePointManager.SecurityProtocol <- SecurityProtocolType.Tls\nlet s = """never ends\n`,
    ],
  ] as const) {
    const { findings, notices } = analyze(path, text);
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['obsolete-protocol-enabled'],
      path,
    );
    assert.match(formatMessage(notices[0]?.message ?? { key: '', template: '', values: {} }), /never ends/, path);
  }
});

test('a line of 30 MB is not read, and a notice says so; without a word about TLS nothing is said', (t) => {
  const folder = tempFolder(t);
  const filler = 'x'.repeat(30 * 1024 * 1024);
  mkdirSync(`${folder}/src`);
  writeFileSync(`${folder}/src/Long.cs`, `// ${filler} ${statement}`);
  writeFileSync(`${folder}/src/Other.cs`, `// ${filler}`);
  const disk = new Disk({ roots: [folder], maximumFileSize: defaultSettings.maximumFileSize * 1024 * 1024 });
  const analyzer = createAnalyzer({ host: disk, settingsFor: () => defaultSettings });
  analyzer.setFiles([`${folder}/src/Long.cs`, `${folder}/src/Other.cs`]);
  assert.deepEqual(analyzer.analyze().findings, []);
  const notices = [...disk.problems.values()].map(describeProblem);
  assert.deepEqual(
    notices.map(({ path, message }) => [path, message.key]),
    [[`${folder}/src/Long.cs`, 'too-large']],
  );
});

test('words across two chunks of a file are found', (t) => {
  const folder = tempFolder(t);
  const chunk = 1024 * 1024;
  for (const offset of [chunk - 5, chunk - 1, chunk, 2 * chunk - 12]) {
    const path = `${folder}/At${offset}.cs`;
    writeFileSync(path, `${' '.repeat(offset)}SetSwitch`);
    const disk = new Disk({ roots: [folder], maximumFileSize: 1e7 });
    assert.equal(disk.mentions(path, { words: ['SetSwitch'], ignoresCase: false }), true, String(offset));
    assert.equal(disk.mentions(path, { words: ['setswitch'], ignoresCase: true }), true, String(offset));
    assert.equal(disk.mentions(path, { words: ['setswitch'], ignoresCase: false }), false, String(offset));
  }
});

test('a file in UTF-16 is decoded before it is searched', (t) => {
  const folder = tempFolder(t);
  const path = `${folder}/Wide.cs`;
  writeFileSync(path, Buffer.from(`\uFEFF${inFile(statement)}`, 'utf16le'));
  const disk = new Disk({ roots: [folder], maximumFileSize: 1e7 });
  assert.equal(disk.mentions(path, { words: ['SecurityPr'], ignoresCase: false }), true);
});
