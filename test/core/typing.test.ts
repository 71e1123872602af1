import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { createAnalyzer, defaultSettings } from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const sample = fileURLToPath(
  new URL('../scenarios/contoso/src/Contoso.Sync.Console/Contoso.Sync.Console.csproj', import.meta.url),
);
const text = readFileSync(sample, 'utf8').replace(/^\ufeff/, '');
const rule = 'target-framework-too-old';

/** What somebody types on a line of its own, in places before and behind the declaration of the target. */
const typed = [
  "<DefineConstants Condition=\"'$(A)' == '1'\">DEBUG;TRACE</DefineConstants>",
  '<Reference Include="System.Xml" />',
  '<!-- a comment with <tags> in it -->',
];

test('while a line is typed, the finding of the untouched part of the file stays', () => {
  const host = new MemoryHost({ '/w/App.csproj': text });
  const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings });
  analyzer.setFiles(['/w/App.csproj']);
  const lineStarts = [...text.matchAll(/^ {4}</gm)].map(({ index }) => index).slice(0, 12);
  const lost: string[] = [];
  for (const start of lineStarts) {
    for (const line of typed) {
      for (let length = 1; length <= line.length; length++) {
        const inserted = `    ${line.slice(0, length)}\r\n`;
        const edited = text.slice(0, start) + inserted + text.slice(start);
        host.files.set('/w/App.csproj', edited);
        analyzer.change(['/w/App.csproj']);
        const { findings } = analyzer.analyze();
        for (const { range } of findings) {
          assert.ok(range.start >= 0 && range.end <= edited.length, 'a finding lies inside the text');
        }
        // A comment that has no end yet swallows what follows: there is no such finding then.
        const isOpenComment = line.startsWith('<!--') && length >= 4 && length < line.length;
        const found = findings
          .filter((finding) => finding.rule === rule)
          .map(({ range }) => edited.slice(range.start, range.end));
        if (!isOpenComment && found.join() !== 'v4.5.2') {
          lost.push(`line ${edited.slice(0, start).split('\n').length}: ${inserted.trim()}`);
        }
      }
    }
  }
  assert.deepEqual(lost.slice(0, 10), [], `${lost.length} states lose the finding`);
});
