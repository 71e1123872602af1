/** Configurations, inner builds, dependencies and shared files. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { createFileSource, evaluateAll, evaluateProject } from '../../server/src/core/msbuild/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const targets = String.raw`<Import Project="$(MSBuildToolsPath)\Microsoft.CSharp.targets" />`;
const head = `<PropertyGroup><Configuration Condition=" '$(Configuration)' == '' ">Debug</Configuration><Platform Condition=" '$(Platform)' == '' ">AnyCPU</Platform></PropertyGroup>`;

function group(configuration: string, body: string): string {
  return `<PropertyGroup Condition=" '$(Configuration)|$(Platform)' == '${configuration}' ">${body}</PropertyGroup>`;
}

function all(text: string, more: Readonly<Record<string, string>> = {}) {
  const files = createFileSource(new MemoryHost({ '/w/A.csproj': text, ...more }));
  return evaluateAll({ path: '/w/A.csproj', files, system: 'unix' });
}

test('configurations that cannot differ are evaluated once', () => {
  const { builds, configurations } = all(
    `<Project>${head}${group('Debug|AnyCPU', '<OutputPath>bin\\Debug\\</OutputPath>')}${group('Release|x86', '<Optimize>true</Optimize>')}${targets}</Project>`,
  );
  assert.deepEqual(configurations, [
    { configuration: 'Debug', platform: 'AnyCPU' },
    { configuration: 'Release', platform: 'x86' },
  ]);
  assert.equal(builds.length, 1);
  assert.deepEqual(builds[0]?.configurations, configurations);
});

test('configurations that differ are evaluated each', () => {
  const version = (text: string): string => `<TargetFrameworkVersion>${text}</TargetFrameworkVersion>`;
  const { builds } = all(
    `<Project>${head}${group('Debug|AnyCPU', version('v4.8'))}${group('Release|AnyCPU', version('v4.5'))}${targets}</Project>`,
  );
  assert.deepEqual(
    builds.map(({ evaluation, configurations }) => [
      configurations[0]?.configuration,
      evaluation.value('TargetFrameworkVersion'),
    ]),
    [
      ['Debug', { known: true, value: 'v4.8' }],
      ['Release', { known: true, value: 'v4.5' }],
    ],
  );
});

test('a difference through a property, an import or a package counts', () => {
  const through = (body: string): number =>
    all(`<Project>${head}${group('Release|AnyCPU', '<Flavor>old</Flavor>')}${body}${targets}</Project>`, {
      '/w/old.props': '<Project />',
    }).builds.length;
  const version = `<PropertyGroup Condition="'$(Flavor)' == 'old'"><TargetFrameworkVersion>v4.5</TargetFrameworkVersion></PropertyGroup>`;
  assert.equal(through(version), 2);
  assert.equal(through(`<Import Project="$(Flavor).props" Condition="Exists('$(Flavor).props')" />`), 2);
  assert.equal(through(`<ItemGroup Condition="'$(Flavor)' == 'old'"><PackageReference Include="A" /></ItemGroup>`), 2);
  assert.equal(through(`<ItemGroup Condition="'$(Flavor)' == 'old'"><Content Include="A" /></ItemGroup>`), 1);
});

test('the usual configurations of an SDK project are known', () => {
  const { configurations } = all(
    '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><Configurations>Debug;Release;Test</Configurations></PropertyGroup></Project>',
  );
  assert.deepEqual(
    configurations.map((one) => one.configuration),
    ['Debug', 'Release', 'Test'],
  );
});

test('the configuration that a plain build takes comes first', () => {
  const release = head.replace('>Debug<', '>Release<');
  const { configurations } = all(
    `<Project>${release}${group('Debug|AnyCPU', '')}${group('Release|AnyCPU', '')}${targets}</Project>`,
  );
  assert.deepEqual(configurations[0], { configuration: 'Release', platform: 'AnyCPU' });
});

test('dependencies hold what was read and what was looked for', () => {
  const host = new MemoryHost({
    '/w/a/A.csproj': `<Project Sdk="Microsoft.NET.Sdk"><Import Project="x.props" Condition="Exists('x.props')" /></Project>`,
    '/w/Directory.Build.props': '<Project />',
  });
  const evaluation = evaluateProject({ path: '/w/a/A.csproj', files: createFileSource(host) });
  for (const path of [
    '/w/a/A.csproj',
    '/w/a/x.props',
    '/w/a/Directory.Build.props',
    '/w/Directory.Build.props',
    '/Directory.Packages.props',
    '/w/a/A.csproj.user',
  ]) {
    assert.ok(evaluation.dependencies.has(path), path);
  }
  assert.deepEqual(evaluation.files, ['/w/a/A.csproj', '/w/Directory.Build.props']);
});

test('files are read once for many evaluations, and again when they are forgotten', () => {
  const host = new MemoryHost({
    '/w/A.csproj': '<Project Sdk="Microsoft.NET.Sdk" />',
    '/w/B.csproj': '<Project Sdk="Microsoft.NET.Sdk" />',
    '/w/Directory.Build.props':
      '<Project><PropertyGroup><TargetFramework>net452</TargetFramework></PropertyGroup></Project>',
  });
  const files = createFileSource(host);
  const moniker = (path: string) => evaluateProject({ path, files }).value('TargetFrameworkMoniker');
  moniker('/w/A.csproj');
  moniker('/w/B.csproj');
  assert.equal(host.reads.filter((path) => path === '/w/Directory.Build.props').length, 1);
  host.files.set(
    '/w/Directory.Build.props',
    '<Project><PropertyGroup><TargetFramework>net48</TargetFramework></PropertyGroup></Project>',
  );
  files.forget(['/w/Directory.Build.props']);
  assert.deepEqual(moniker('/w/A.csproj'), { known: true, value: '.NETFramework,Version=v4.8' });
  host.files.delete('/w/Directory.Build.props');
  files.forget(['/w/Directory.Build.props']);
  assert.deepEqual(moniker('/w/A.csproj'), { known: true, value: '_,Version=v0.0' });
});

test('on a system that does not care for case, neither do imports', () => {
  const host = new MemoryHost(
    {
      'C:/w/A.csproj':
        '<Project Sdk="Microsoft.NET.Sdk"><Import Project="X.PROPS" /><Import Project="x.props" /></Project>',
      'C:/w/x.props': '<Project />',
    },
    false,
  );
  const { imports } = evaluateProject({ path: 'c:/w/A.csproj', files: createFileSource(host) });
  assert.deepEqual(
    imports.filter((one) => one.kind === 'import').map((one) => one.outcome),
    ['imported', 'skipped-duplicate'],
  );
});

test('paths on Windows are spelled with backslashes', () => {
  const host = new MemoryHost(
    {
      'C:/w/a/A.csproj': `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><P>$(MSBuildThisFileDirectory)x|$([System.IO.Path]::Combine('a', 'b'))|$([MSBuild]::NormalizePath('..', 'c/d'))</P></PropertyGroup><ItemGroup><ProjectReference Include="../*/B.csproj" /></ItemGroup></Project>`,
      'C:/w/b/B.csproj': '<Project />',
    },
    false,
  );
  const evaluation = evaluateProject({ path: 'C:/w/a/A.csproj', files: createFileSource(host) });
  assert.deepEqual(evaluation.value('P'), { known: true, value: String.raw`C:\w\a\x|a\b|C:\w\c\d` });
  assert.deepEqual(
    evaluation.items('ProjectReference').items.map((item) => item.include),
    [{ known: true, value: String.raw`..\b\B.csproj` }],
  );
});
