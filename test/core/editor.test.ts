import assert from 'node:assert/strict';
import test from 'node:test';
import {
  completionsAt,
  createAnalyzer,
  defaultSettings,
  definitionsAt,
  fileKind,
  hoverAt,
  type Location,
  referencesAt,
} from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const files = {
  '/w/Directory.Build.props':
    '<Project><PropertyGroup><NetVersion>v4.5.2</NetVersion><Other>1</Other></PropertyGroup></Project>',
  '/w/a/A.csproj':
    '<Project>\n  <Import Project="..\\Directory.Build.props" />\n  <PropertyGroup>\n    <OutputType>Exe</OutputType>\n    <Other>2</Other>\n    <Other Condition="false">3</Other>\n    <!-- $(Other) -->\n    <TargetFrameworkVersion>$(NetVersion)</TargetFrameworkVersion>\n  </PropertyGroup>\n  <ItemGroup>\n    <ProjectReference Include="..\\b\\B.csproj" />\n    <None Include="$(Other)" />\n  </ItemGroup>\n</Project>\n',
  '/w/b/B.csproj':
    '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net48</TargetFramework></PropertyGroup></Project>',
};

function open(texts: Record<string, string> = files) {
  const analyzer = createAnalyzer({ host: new MemoryHost(texts), settingsFor: () => defaultSettings });
  analyzer.setFiles(Object.keys(texts).filter((path) => fileKind(path) !== undefined));
  return analyzer.analyze().workspace;
}

/** The offset of a `|` in a text; the text without it. */
function at(path: keyof typeof files, marked: string): number {
  const index = files[path].indexOf(marked.replace('|', ''));
  assert.ok(index >= 0, marked);
  return index + marked.indexOf('|');
}

function texts(locations: readonly Location[]): string[] {
  return locations.map(
    ({ path, range }) =>
      `${path}: ${(files as Record<string, string>)[path]?.slice(range.start, range.end)}@${range.start}`,
  );
}

const props = '/w/Directory.Build.props';
const project = '/w/a/A.csproj';

test('the definition of a reference is the write that its value comes from', () => {
  const offset = at(project, '$(Net|Version)');
  assert.deepEqual(texts(definitionsAt(project, offset, open())), [
    `${props}: NetVersion@${files[props].indexOf('NetVersion')}`,
  ]);
});

test('the definition of the deciding write lists all writes that happen', () => {
  const offset = at(project, '<Ot|her>2');
  assert.deepEqual(
    texts(definitionsAt(project, offset, open())).map((text) => text.split('@')[0]),
    [`${project}: Other`, `${props}: Other`],
  );
});

test('the definition of an import and of a project reference is the file', () => {
  assert.deepEqual(
    definitionsAt(project, at(project, 'Directory.|Build.props'), open()).map(({ path }) => path),
    [props],
  );
  assert.deepEqual(
    definitionsAt(project, at(project, '..\\b\\|B.csproj'), open()).map(({ path }) => path),
    ['/w/b/B.csproj'],
  );
});

test('references are found in all files of the evaluation, from the shared file as well', () => {
  const expected = [`${project}: NetVersion`, `${props}: NetVersion`].sort();
  for (const [path, offset] of [
    [project, at(project, '$(Net|Version)')],
    [props, at(props, '<Net|Version>')],
  ] as const) {
    assert.deepEqual(
      texts(referencesAt(path, offset, open()))
        .map((text) => text.split('@')[0])
        .sort(),
      expected,
    );
  }
});

test('a hover on a property tells value, place, and what is overridden or not taken', () => {
  const hover = hoverAt(project, at(project, 'Include="$(Oth|er)'), open());
  assert.equal(
    hover?.markdown,
    '**$(Other)** = `2`\n\nWritten in A.csproj:5.\n\nOverrides `1` (../Directory.Build.props:1).\n\nNot taken, because a condition is false: `3` (A.csproj:6).',
  );
});

test('a hover on a shared target names the projects that it decides for', () => {
  const hover = hoverAt(props, at(props, 'v4|.5.2'), open());
  assert.match(hover?.markdown ?? '', /\.NET Framework 4\.5\.2/);
  assert.match(hover?.markdown ?? '', /Decides the target of `A\.csproj`/);
});

test('nothing is offered inside a comment', () => {
  assert.deepEqual(definitionsAt(project, at(project, '<!-- $(Ot|her)'), open()), []);
  assert.equal(hoverAt(project, at(project, '<!-- $(Ot|her)'), open()), undefined);
});

test('frameworks are proposed with the accepted ones first, and replace the token', () => {
  const text =
    '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFrameworks>net8.0;net4</TargetFrameworks></PropertyGroup></Project>';
  const workspace = open({ '/w/C.csproj': text });
  const offset = text.indexOf('net4') + 2;
  const [first, ...others] = completionsAt('/w/C.csproj', offset, workspace).sort((a, b) =>
    a.order < b.order ? -1 : 1,
  );
  assert.equal(first?.label, 'net462');
  assert.deepEqual(text.slice(first?.range.start, first?.range.end), 'net4');
  assert.ok(
    others.some(({ label, documentation }) => label === 'net452' && documentation.includes('Below the minimum')),
  );
});

test('properties are proposed behind $( with their values', () => {
  const offset = at(project, '$(Net|Version)');
  const found = completionsAt(project, offset, open()).find(({ label }) => label === 'NetVersion');
  assert.equal(found?.detail, 'v4.5.2');
});

test('properties that decide targets are proposed where an element is typed', () => {
  const text = '<Project>\n  <PropertyGroup>\n    <Tar\n  </PropertyGroup>\n</Project>';
  const labels = completionsAt('/w/D.csproj', text.indexOf('<Tar') + 4, open({ '/w/D.csproj': text })).map(
    ({ label }) => label,
  );
  assert.ok(labels.includes('TargetFrameworkVersion'), labels.join());
});

test('the hover on the target of a hosted control leads to the versions of Unified Service Desk', () => {
  const texts = {
    '/w/Control.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net48</TargetFramework></PropertyGroup><ItemGroup><PackageReference Include="Microsoft.CrmSdk.UII.CommonAssemblies" Version="9.0.0" /></ItemGroup></Project>',
    '/w/Search.cs':
      'using Microsoft.Crm.UnifiedServiceDesk.Dynamics;\npublic class Search : DynamicsBaseHostedControl { }\n',
    '/w/Other.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net48</TargetFramework></PropertyGroup></Project>',
  };
  const { '/w/Other.csproj': other, ...control } = texts;
  const offset = other.indexOf('net48') + 1;
  const markdown = hoverAt('/w/Control.csproj', offset, open(control))?.markdown ?? '';
  assert.match(markdown, /Loaded by \*\*Unified Service Desk\*\*/);
  assert.match(markdown, /Unified Service Desk 3\.1, 3\.2 and 3\.3: Meets the requirement\./);
  assert.match(markdown, /docs\/client-products\.md/);
  assert.doesNotMatch(
    hoverAt('/w/Other.csproj', offset, open({ '/w/Other.csproj': other }))?.markdown ?? '',
    /Unified/,
  );
});
