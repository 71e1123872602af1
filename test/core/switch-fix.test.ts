import assert from 'node:assert/strict';
import test from 'node:test';
import {
  applyEdits,
  createAnalyzer,
  defaultSettings,
  fileKind,
  fixAll,
  formatMessage,
} from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const legacy = (version: string, more = '<OutputType>Exe</OutputType>') =>
  `<Project ToolsVersion="15.0" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">\r\n  <PropertyGroup>\r\n    ${more}\r\n    <TargetFrameworkVersion>${version}</TargetFrameworkVersion>\r\n  </PropertyGroup>\r\n  <Import Project="$(MSBuildToolsPath)\\Microsoft.CSharp.targets" />\r\n</Project>\r\n`;
const modern =
  '<Project Sdk="Microsoft.NET.Sdk">\n  <PropertyGroup>\n    <OutputType>Exe</OutputType>\n    <TargetFramework>net45</TargetFramework>\n  </PropertyGroup>\n</Project>\n';
const config = '<configuration>\n  <startup />\n</configuration>\n';
const switched = 'Switch.System.Net.DontEnableSchUseStrongCrypto=false';

function analyze(files: Readonly<Record<string, string>>) {
  const host = new MemoryHost(files);
  const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings });
  analyzer.setFiles(Object.keys(files).filter((path) => fileKind(path) !== undefined));
  const finding = analyzer.analyze().findings.find(({ rule }) => rule === 'target-framework-too-old');
  const alternative = finding?.fixes.find(({ bulk }) => bulk === 'alternative');
  return { host, analyzer, finding, alternative };
}

for (const { title, files, expected } of [
  {
    title: 'a configuration file that is there is completed',
    files: { '/w/App.csproj': legacy('v4.5.2'), '/w/App.config': config },
    expected: {
      '/w/App.config': config.replace(
        '</configuration>',
        `  <runtime>\n    <AppContextSwitchOverrides value="${switched}" />\n  </runtime>\n</configuration>`,
      ),
    },
  },
  {
    title: 'a project of the old style without one gets it, and names it',
    files: { '/w/App.csproj': legacy('v4.0') },
    expected: {
      '/w/App.config': `<?xml version="1.0" encoding="utf-8"?>\r\n<configuration>\r\n  <runtime>\r\n    <AppContextSwitchOverrides value="${switched}" />\r\n  </runtime>\r\n</configuration>\r\n`,
      '/w/App.csproj': legacy('v4.0').replace(
        '</Project>',
        '  <ItemGroup>\r\n    <None Include="App.config" />\r\n  </ItemGroup>\r\n</Project>',
      ),
    },
  },
  {
    title: 'a project of the new style takes it by itself',
    files: { '/w/App.csproj': modern },
    expected: {
      '/w/App.config': `<?xml version="1.0" encoding="utf-8"?>\r\n<configuration>\r\n  <runtime>\r\n    <AppContextSwitchOverrides value="${switched}" />\r\n  </runtime>\r\n</configuration>\r\n`,
    },
  },
]) {
  test(title, () => {
    const { host, analyzer, finding, alternative } = analyze(files);
    assert.ok(finding && alternative);
    assert.match(formatMessage(alternative.title), /^Alternative: .*App\.config.*runtime 4\.6 or later/);
    assert.equal(alternative.isPreferred, false);
    const changed = alternative.changes.map(
      ({ path, edits }) => [path, applyEdits(host.readText(path) ?? '', edits)] as const,
    );
    assert.deepEqual(Object.fromEntries(changed), expected);

    // It is offered, because the level drops by one, and the reason is told.
    assert.equal(finding.severity, 'error');
    assert.ok(analyzer.verifies(finding, alternative));
    for (const [path, text] of changed) {
      host.files.set(path, text);
    }
    analyzer.setFiles([...host.files.keys()]);
    analyzer.change(changed.map(([path]) => path));
    const { findings } = analyzer.analyze();
    assert.deepEqual(
      findings.map(({ rule, severity }) => `${rule} ${severity}`),
      ['target-framework-too-old warning'],
    );
    assert.ok(findings[0]);
    assert.match(formatMessage(findings[0].message), /DontEnableSchUseStrongCrypto/);
    // A second time there is nothing to do.
    assert.deepEqual(
      findings.flatMap(({ fixes }) => fixes.filter(({ bulk }) => bulk === 'alternative')),
      [],
    );
  });
}

test('"fix all" goes the first way, with and without fixes to be confirmed', () => {
  for (const withConfirm of [false, true]) {
    const { analyzer } = analyze({ '/w/App.csproj': legacy('v4.5.2'), '/w/App.config': config });
    const { changes, toConfirm } = fixAll(analyzer, { isWanted: () => true, withConfirm });
    assert.deepEqual(
      changes.map(({ path }) => path),
      ['/w/App.csproj'],
    );
    assert.deepEqual(toConfirm, []);
    // Also where nothing but the alternative is wanted.
    const isWanted: Parameters<typeof fixAll>[1]['isWanted'] = (_, fix) => fix.bulk === 'alternative';
    assert.deepEqual(fixAll(analyzer, { isWanted, withConfirm }).changes, []);
  }
});

for (const [title, files] of [
  ['a program for 3.5, whose runtime has no switches', { '/w/App.csproj': legacy('v3.5') }],
  ['a program for 4.6, which offers TLS 1.2 anyway', { '/w/App.csproj': legacy('v4.6') }],
  ['a library', { '/w/App.csproj': legacy('v4.5', '<OutputType>Library</OutputType>') }],
  [
    'a program whose switch is set',
    {
      '/w/App.csproj': legacy('v4.5'),
      '/w/App.config': `<configuration><runtime><AppContextSwitchOverrides value="${switched}" /></runtime></configuration>`,
    },
  ],
  [
    'a program whose configuration is half a file',
    { '/w/App.csproj': legacy('v4.5'), '/w/App.config': '<configuration>' },
  ],
] as const) {
  test(`${title} is offered no switch`, () => {
    const { finding, alternative } = analyze(files);
    assert.ok(finding);
    assert.equal(alternative, undefined);
  });
}
