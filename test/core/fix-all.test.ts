import assert from 'node:assert/strict';
import test from 'node:test';
import { createAnalyzer, defaultSettings, fixAll } from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const path = '/w/App.csproj';

function open(text: string) {
  const analyzer = createAnalyzer({ host: new MemoryHost({ [path]: text }), settingsFor: () => defaultSettings });
  analyzer.setFiles([path]);
  return analyzer;
}

test('a fix whose finding stays is taken back, and the others are made', () => {
  // The debug group is not taken: no configuration is chosen, so a property in it changes nothing.
  const text =
    '<Project ToolsVersion="14.0"><PropertyGroup><OutputType>Exe</OutputType><TargetFrameworkVersion>v4.5</TargetFrameworkVersion></PropertyGroup>\n' +
    "  <PropertyGroup Condition=\"'$(Configuration)|$(Platform)' == 'Debug|AnyCPU'\">\n    <Optimize>false</Optimize>\n  </PropertyGroup>\n</Project>\n";
  const analyzer = open(text);
  const { changes, applied, after } = fixAll(analyzer, { isWanted: () => true });
  const edits = changes.flatMap((change) => change.edits.map(({ newText }) => newText));
  assert.ok(edits.filter((edit) => edit.includes('UseVSHostingProcess')).length <= 1, edits.join());
  assert.ok(edits.includes('v4.6.2'));
  assert.ok(applied.length <= 2);
  assert.deepEqual(
    after.findings.filter(({ rule }) => rule === 'target-framework-too-old'),
    [],
  );
});

test('nothing of a fix stays in the analyzer', () => {
  const analyzer = open(
    '<Project><PropertyGroup><OutputType>Exe</OutputType><TargetFrameworkVersion>v4.5</TargetFrameworkVersion></PropertyGroup></Project>',
  );
  const before = analyzer.analyze().findings.map(({ message }) => message);
  assert.equal(fixAll(analyzer, { isWanted: () => true }).changes.length, 1);
  assert.deepEqual(
    analyzer.analyze().findings.map(({ message }) => message),
    before,
  );
});
