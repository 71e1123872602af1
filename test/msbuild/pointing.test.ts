/** Where to point: the literal text that decides a target, through properties and imports. */
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  createFileSource,
  type EvaluationRequest,
  evaluateAll,
  evaluateProject,
  type TargetSite,
} from '../../server/src/core/msbuild/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const targets = String.raw`<Import Project="$(MSBuildToolsPath)\Microsoft.CSharp.targets" />`;
const commonProps = String.raw`<Import Project="$(MSBuildExtensionsPath)\$(MSBuildToolsVersion)\Microsoft.Common.props" />`;

function evaluate(files: Readonly<Record<string, string>>, more: Partial<EvaluationRequest> = {}) {
  return evaluateProject({ path: '/w/A.csproj', files: createFileSource(new MemoryHost(files)), ...more });
}

/** `path: text under the range (properties on the way)`. */
function show(site: TargetSite | undefined, files: Readonly<Record<string, string>>): string {
  if (!site) {
    return 'nowhere';
  }
  const { path, range } = site.location;
  const chain = site.chain.map((declaration) => declaration.name).join(' > ');
  return `${path}: ${(files[path] ?? '').slice(range.start, range.end)} (${chain})`;
}

const rows: readonly (readonly [name: string, files: Readonly<Record<string, string>>, expected: string])[] = [
  [
    'a literal version',
    {
      '/w/A.csproj': `<Project><PropertyGroup><TargetFrameworkVersion>v4.5.2</TargetFrameworkVersion></PropertyGroup>${targets}</Project>`,
    },
    '/w/A.csproj: v4.5.2 (TargetFrameworkVersion)',
  ],
  [
    'the last effective one of several',
    {
      '/w/A.csproj': `<Project><PropertyGroup><TargetFrameworkVersion>v4.5</TargetFrameworkVersion><TargetFrameworkVersion Condition="false">v4.8</TargetFrameworkVersion><TargetFrameworkVersion>v4.5.1</TargetFrameworkVersion></PropertyGroup>${targets}</Project>`,
    },
    '/w/A.csproj: v4.5.1 (TargetFrameworkVersion)',
  ],
  [
    'a property in another file',
    {
      '/w/A.csproj': `<Project>${commonProps}<PropertyGroup><Mine>$(Shared)</Mine><TargetFrameworkVersion>$(Mine)</TargetFrameworkVersion></PropertyGroup>${targets}</Project>`,
      '/w/Directory.Build.props': '<Project><PropertyGroup><Shared>v4.5.2</Shared></PropertyGroup></Project>',
    },
    '/w/Directory.Build.props: v4.5.2 (TargetFrameworkVersion > Mine > Shared)',
  ],
  [
    'a value made of two parts points at the outermost writer',
    {
      '/w/A.csproj': `<Project><PropertyGroup><M>4.5</M><TargetFrameworkVersion>v$(M)</TargetFrameworkVersion></PropertyGroup>${targets}</Project>`,
    },
    '/w/A.csproj: v$(M) (TargetFrameworkVersion)',
  ],
  [
    'a value made by a function',
    {
      '/w/A.csproj': `<Project><PropertyGroup><M>x4.5</M><TargetFrameworkVersion>$(M.Replace('x', 'v'))</TargetFrameworkVersion></PropertyGroup>${targets}</Project>`,
    },
    `/w/A.csproj: $(M.Replace('x', 'v')) (TargetFrameworkVersion)`,
  ],
  [
    'a short name',
    {
      '/w/A.csproj':
        '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>\n  net452\n</TargetFramework></PropertyGroup></Project>'.replace(
          /\n {2}|\n/g,
          '',
        ),
    },
    '/w/A.csproj: net452 (TargetFramework)',
  ],
  [
    'a short name in a shared file',
    {
      '/w/A.csproj': '<Project Sdk="Microsoft.NET.Sdk" />',
      '/w/Directory.Build.props':
        '<Project><PropertyGroup><TargetFramework>net452</TargetFramework></PropertyGroup></Project>',
    },
    '/w/Directory.Build.props: net452 (TargetFramework)',
  ],
  [
    'character references and comments inside the value',
    {
      '/w/A.csproj': `<Project><PropertyGroup><TargetFrameworkVersion>v4<!-- c -->.&#53;</TargetFrameworkVersion></PropertyGroup>${targets}</Project>`,
    },
    '/w/A.csproj: v4<!-- c -->.&#53; (TargetFrameworkVersion)',
  ],
  ['a default has no place', { '/w/A.csproj': `<Project>${targets}</Project>` }, 'nowhere'],
  [
    'a write behind the targets does not decide',
    {
      '/w/A.csproj': `<Project><PropertyGroup><TargetFrameworkVersion>v4.5</TargetFrameworkVersion></PropertyGroup>${targets}<PropertyGroup><TargetFrameworkVersion>v4.8</TargetFrameworkVersion></PropertyGroup></Project>`,
    },
    '/w/A.csproj: v4.5 (TargetFrameworkVersion)',
  ],
];

for (const [name, files, expected] of rows) {
  test(`the version is decided by ${name}`, () => {
    const sites = evaluate(files).targetSites();
    assert.equal(show(sites.version, files), expected);
    assert.equal(sites.isDefaultVersion, expected === 'nowhere');
  });
}

test('a moniker, a profile and an identifier have places of their own', () => {
  const profile = {
    '/w/A.csproj': `<Project><PropertyGroup><TargetFrameworkVersion>v4.0</TargetFrameworkVersion><TargetFrameworkProfile>Client</TargetFrameworkProfile></PropertyGroup>${targets}</Project>`,
  };
  assert.equal(show(evaluate(profile).targetSites().profile, profile), '/w/A.csproj: Client (TargetFrameworkProfile)');
  const subset = {
    '/w/A.csproj': `<Project><PropertyGroup><TargetFrameworkSubset>Client</TargetFrameworkSubset></PropertyGroup>${targets}</Project>`,
  };
  assert.equal(show(evaluate(subset).targetSites().profile, subset), '/w/A.csproj: Client (TargetFrameworkSubset)');
  const moniker = {
    '/w/A.csproj': `<Project><PropertyGroup><TargetFrameworkMoniker>.NETFramework,Version=v4.5</TargetFrameworkMoniker></PropertyGroup>${targets}</Project>`,
  };
  const sites = evaluate(moniker).targetSites();
  assert.equal(show(sites.moniker, moniker), '/w/A.csproj: .NETFramework,Version=v4.5 (TargetFrameworkMoniker)');
  assert.equal(sites.version, undefined);
});

test('a value from the command line has no place', () => {
  const files = {
    '/w/A.csproj': `<Project><PropertyGroup><TargetFrameworkVersion>v4.5</TargetFrameworkVersion></PropertyGroup>${targets}</Project>`,
  };
  const evaluation = evaluate(files, { globalProperties: { TargetFrameworkVersion: 'v4.8' } });
  assert.equal(evaluation.targetSites().version, undefined);
  const { origin, declarations, decider } = evaluation.property('TargetFrameworkVersion');
  assert.equal(origin, 'global');
  assert.equal(decider, undefined);
  assert.deepEqual(
    declarations.map((one) => one.isEffective),
    [false],
  );
});

test('each entry of a list has its place, through properties, once', () => {
  const files = {
    '/w/A.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFrameworks> $(Old) ;\n net48; NET452;;$(Modern)</TargetFrameworks></PropertyGroup></Project>',
    '/w/Directory.Build.props':
      '<Project><PropertyGroup><Old>net452;net462</Old><Modern>net8.0</Modern></PropertyGroup></Project>',
  };
  const { builds, outer } = evaluateAll({ path: '/w/A.csproj', files: createFileSource(new MemoryHost(files)) });
  assert.deepEqual(
    builds.map(({ token }) => `${token?.framework?.moniker} ${show(token?.site, files)}`),
    [
      '.NETFramework,Version=v4.5.2 /w/Directory.Build.props: net452 (TargetFrameworks > Old)',
      '.NETFramework,Version=v4.6.2 /w/Directory.Build.props: net462 (TargetFrameworks > Old)',
      '.NETFramework,Version=v4.8 /w/A.csproj: net48 (TargetFrameworks)',
      '.NETCoreApp,Version=v8.0 /w/Directory.Build.props: net8.0 (TargetFrameworks > Modern)',
    ],
  );
  assert.deepEqual(outer.framework(), { known: true, value: undefined });
  assert.deepEqual(
    builds.map(({ evaluation }) => evaluation.value('TargetFrameworkMoniker')),
    builds.map(({ token }) => ({ known: true, value: token?.framework?.moniker })),
  );
});

test('declarations tell what was overridden, and by whom', () => {
  const files = {
    '/w/A.csproj': `<Project>${commonProps}<PropertyGroup><TargetFrameworkVersion Condition="'$(X)' == 'y'">v4.6</TargetFrameworkVersion><TargetFrameworkVersion>v4.8</TargetFrameworkVersion></PropertyGroup>${targets}</Project>`,
    '/w/Directory.Build.props':
      '<Project><PropertyGroup><TargetFrameworkVersion> v4.5 </TargetFrameworkVersion></PropertyGroup></Project>',
  };
  const { declarations, decider } = evaluate(files).property('targetframeworkversion');
  assert.deepEqual(
    declarations.map((one) => [one.path, one.text, one.conditionOutcome, one.isEffective]),
    [
      ['/w/A.csproj', 'v4.6', false, false],
      ['/w/A.csproj', 'v4.8', true, true],
      ['/w/Directory.Build.props', 'v4.5', true, false],
    ],
  );
  assert.equal(decider?.text, 'v4.8');
  const blank = declarations[2];
  assert.ok(blank);
  assert.equal(files['/w/Directory.Build.props'].slice(blank.valueRange.start, blank.valueRange.end), 'v4.5');
});
