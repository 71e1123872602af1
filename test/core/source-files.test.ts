import assert from 'node:assert/strict';
import test from 'node:test';
import { createAnalyzer, defaultSettings, type WordFilter } from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const sdkProject = (properties: string, items = '') => `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>${properties}</PropertyGroup>
  <ItemGroup>${items}</ItemGroup>
</Project>`;

const obsolete =
  'using System.Net;\nclass A { void M() { ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls; } }\n';

/** A host that answers about words itself, and notes what it was asked. */
class SearchingHost extends MemoryHost {
  readonly searched: string[] = [];

  mentions(path: string, { words }: WordFilter): boolean | undefined {
    this.searched.push(path);
    const text = this.files.get(path);
    return text === undefined ? undefined : words.some((word) => text.includes(word));
  }
}

function analyze(host: MemoryHost) {
  const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings });
  analyzer.setFiles([...host.files.keys()]);
  return analyzer;
}

test('a source file without a word about TLS is never read', () => {
  const host = new SearchingHost({
    '/w/App.csproj': sdkProject('<OutputType>Exe</OutputType><TargetFramework>net48</TargetFramework>'),
    '/w/Plain.cs': 'class B { }',
    '/w/Old.cs': obsolete,
  });
  analyze(host).analyze();
  assert.ok(host.searched.includes('/w/Plain.cs'));
  assert.ok(!host.reads.includes('/w/Plain.cs'), 'the plain file was only searched');
  assert.ok(host.reads.includes('/w/Old.cs'));
});

test('compilers of a file are found by patterns, by lists and by links, with their targets', () => {
  const host = new MemoryHost({
    '/w/App/App.csproj': sdkProject('<TargetFrameworks>net462;net8.0</TargetFrameworks>'),
    '/w/App/Old.cs': obsolete,
    '/w/App/obj/Generated.cs': obsolete,
    '/w/Tool/Tool.csproj': sdkProject(
      '<TargetFramework>net452</TargetFramework>',
      '<Compile Include="..\\App\\Old.cs" />',
    ),
    '/w/Legacy/Legacy.csproj':
      '<Project><PropertyGroup><TargetFrameworkVersion>v4.8</TargetFrameworkVersion></PropertyGroup><ItemGroup><Compile Include="In.cs" /></ItemGroup></Project>',
    '/w/Legacy/In.cs': obsolete,
    '/w/Legacy/Out.cs': obsolete,
    '/other/Alone.cs': obsolete,
  });
  const { workspace } = analyze(host).analyze();
  const describe = (path: string) => {
    const compilers = workspace.compilersOf(path);
    return compilers === 'excluded'
      ? compilers
      : compilers.map(({ project, builds }) => [
          project.path,
          ...builds.map(({ framework }) => framework.known && framework.value.moniker),
        ]);
  };
  assert.deepEqual(describe('/w/App/Old.cs'), [
    ['/w/App/App.csproj', '.NETFramework,Version=v4.6.2', '.NETCoreApp,Version=v8.0'],
    ['/w/Tool/Tool.csproj', '.NETFramework,Version=v4.5.2'],
  ]);
  assert.deepEqual(describe('/w/App/obj/Generated.cs'), 'excluded');
  assert.deepEqual(describe('/w/Legacy/In.cs'), [['/w/Legacy/Legacy.csproj', '.NETFramework,Version=v4.8']]);
  assert.deepEqual(describe('/w/Legacy/Out.cs'), 'excluded');
  assert.deepEqual(describe('/other/Alone.cs'), []);
});

test('symbols of a build are those of the project and those of the SDK', () => {
  const host = new MemoryHost({
    '/w/App.csproj': sdkProject(
      '<TargetFrameworks>net462;net8.0</TargetFrameworks><DefineConstants>$(DefineConstants);OWN</DefineConstants>',
    ),
    '/w/Old.cs': obsolete,
  });
  const compilers = analyze(host).analyze().workspace.compilersOf('/w/Old.cs');
  assert.ok(compilers !== 'excluded');
  const sets = compilers.flatMap(({ builds }) => builds.map((build) => build.symbolSets()));
  const [framework, modern] = sets.map((set) => (set.known ? set.value.map((one) => [...one]) : []));
  for (const symbol of ['OWN', 'TRACE', 'NET462', 'NETFRAMEWORK', 'NET45_OR_GREATER']) {
    assert.ok(framework?.[0]?.includes(symbol), symbol);
  }
  for (const symbol of ['NET', 'NET8_0', 'NET5_0_OR_GREATER', 'NETCOREAPP3_1_OR_GREATER']) {
    assert.ok(modern?.[0]?.includes(symbol), symbol);
  }
  assert.ok(!modern?.[0]?.includes('NETFRAMEWORK'));
});
