import assert from 'node:assert/strict';
import test from 'node:test';
import {
  createFileSource,
  type Evaluation,
  evaluateAll,
  evaluateProject,
} from '../../server/src/core/msbuild/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const targets = String.raw`<Import Project="$(MSBuildToolsPath)\Microsoft.CSharp.targets" />`;

function evaluate(files: Readonly<Record<string, string>>, path = '/w/A.csproj'): Evaluation {
  return evaluateProject({ path, files: createFileSource(new MemoryHost(files)) });
}

function codes(evaluation: Evaluation): string[] {
  return [...new Set(evaluation.problems.map((problem) => problem.code))];
}

function project(body: string): string {
  return `<Project>${body}${targets}</Project>`;
}

const version = (text: string): string =>
  `<PropertyGroup><TargetFrameworkVersion>${text}</TargetFrameworkVersion></PropertyGroup>`;

/** Work is bounded by steps; this bound on time only catches what is not bounded at all. */
const limit = { timeout: 30_000 };

test('an import cycle is cut and noted', limit, () => {
  const evaluation = evaluate({
    '/w/A.csproj': project('<Import Project="x.props" />'),
    '/w/x.props': `<Project><Import Project="y.props" />${version('v4.6')}</Project>`,
    '/w/y.props': '<Project><Import Project="x.props" /><Import Project="A.csproj" /></Project>',
  });
  assert.deepEqual(evaluation.value('TargetFrameworkVersion'), { known: true, value: 'v4.6' });
  assert.deepEqual(codes(evaluation), ['MSB4210']);
  assert.deepEqual(
    evaluation.imports.filter((one) => one.outcome === 'cycle').map((one) => one.path),
    ['/w/x.props', '/w/A.csproj'],
  );
});

test('a props file that imports itself is read once', limit, () => {
  const evaluation = evaluate({
    '/w/A.csproj': project('<Import Project="x.props" />'),
    '/w/x.props': `<Project><Import Project="x.props" />${version('v4.6')}</Project>`,
  });
  assert.deepEqual(evaluation.value('TargetFrameworkVersion'), { known: true, value: 'v4.6' });
  assert.deepEqual(codes(evaluation), ['MSB4210']);
});

test('10,000 imports side by side are followed', limit, () => {
  const files: Record<string, string> = {};
  let imports = '';
  for (let i = 0; i < 10_000; i++) {
    files[`/w/p/${i}.props`] = `<Project><PropertyGroup><Count>${i}</Count></PropertyGroup></Project>`;
    imports += `<Import Project="p/${i}.props" />`;
  }
  files['/w/A.csproj'] = project(imports + version('v4.6'));
  const host = new FastHost(files);
  const evaluation = evaluateProject({ path: '/w/A.csproj', files: createFileSource(host) });
  assert.deepEqual(evaluation.value('Count'), { known: true, value: '9999' });
  assert.equal(evaluation.files.length, 10_001);
});

test('10,000 imports inside each other end with a notice', limit, () => {
  const files: Record<string, string> = { '/w/A.csproj': project('<Import Project="0.props" />') };
  for (let i = 0; i < 10_000; i++) {
    files[`/w/${i}.props`] = `<Project><Import Project="${i + 1}.props" /></Project>`;
  }
  const evaluation = evaluateProject({ path: '/w/A.csproj', files: createFileSource(new FastHost(files)) });
  assert.ok(codes(evaluation).includes('too-deep'));
  assert.equal(evaluation.value('TargetFrameworkVersion').known, false);
});

test('a condition of 100 kB is evaluated', limit, () => {
  const long = Array.from({ length: 7000 }, (_, i) => `'$(A)' == '${i}'`).join(' or ');
  assert.ok(long.length > 100_000);
  const evaluation = evaluate({
    '/w/A.csproj': project(
      `<PropertyGroup><A>6999</A><TargetFrameworkVersion Condition="${long}">v4.6</TargetFrameworkVersion></PropertyGroup>`,
    ),
  });
  assert.deepEqual(evaluation.value('TargetFrameworkVersion'), { known: true, value: 'v4.6' });
});

for (const [name, condition] of [
  ['parentheses', `${'('.repeat(50_000)}true${')'.repeat(50_000)}`],
  ['negations', `${'!'.repeat(50_000)}true`],
  ['open parentheses', '('.repeat(100_000)],
  ['nested references', `${"'$(".repeat(30_000)}`],
  ['functions', `${'$([MSBuild]::Escape('.repeat(20_000)}x${'))'.repeat(20_000)} == 'x'`],
] as const) {
  test(`a condition of 100 kB of ${name} ends with a notice`, limit, () => {
    const evaluation = evaluate({
      '/w/A.csproj': project(
        `<PropertyGroup><TargetFrameworkVersion Condition="${condition}">v4.6</TargetFrameworkVersion></PropertyGroup>`,
      ),
    });
    assert.notEqual(evaluation.problems.length, 0);
  });
}

test('a property that doubles itself does not fill the memory', limit, () => {
  const doubling = '<A>$(A)$(A)</A>'.repeat(60);
  const evaluation = evaluate({ '/w/A.csproj': project(`<PropertyGroup><A>xx</A>${doubling}</PropertyGroup>`) });
  assert.equal(evaluation.value('A').known, false);
  assert.deepEqual(evaluation.value('TargetFrameworkVersion'), { known: true, value: 'v4.0' });
});

test('a chain of 20,000 properties is followed', limit, () => {
  const chain = Array.from({ length: 20_000 }, (_, i) => `<P${i + 1}>$(P${i})</P${i + 1}>`).join('');
  const evaluation = evaluate({
    '/w/A.csproj': project(`<PropertyGroup><P0>v4.6</P0>${chain}</PropertyGroup>${version('$(P20000)')}`),
  });
  assert.deepEqual(evaluation.value('TargetFrameworkVersion'), { known: true, value: 'v4.6' });
  assert.notEqual(evaluation.targetSites().version, undefined, 'a chain too long to follow still has its near end');
});

test('functions nested 5,000 deep end with a notice', limit, () => {
  const nested = `${"$([MSBuild]::Escape('".repeat(5000)}x${"'))".repeat(5000)}`;
  const evaluation = evaluate({ '/w/A.csproj': project(version(nested)) });
  assert.notEqual(evaluation.problems.length, 0);
});

test('a regular expression that could run away is not run', limit, () => {
  const evaluation = evaluate({
    '/w/A.csproj': project(
      version(`$([System.Text.RegularExpressions.Regex]::Replace('${'a'.repeat(60)}!', '^(a+)+$', 'x'))`),
    ),
  });
  assert.equal(evaluation.value('TargetFrameworkVersion').known, false);
});

test('Choose elements nested 5,000 deep end with a notice', limit, () => {
  const depth = 5000;
  const nested = `${'<Choose><When Condition="true">'.repeat(depth)}${'</When></Choose>'.repeat(depth)}`;
  const evaluation = evaluate({ '/w/A.csproj': project(nested) });
  assert.ok(codes(evaluation).includes('too-deep'));
});

test('items that refer to each other 1,000 times end with unknown', limit, () => {
  const chain = Array.from({ length: 1000 }, (_, i) => `<I${i + 1} Include="@(I${i})" />`).join('');
  const evaluation = evaluate({ '/w/A.csproj': project(`<ItemGroup><I0 Include="x" />${chain}</ItemGroup>`) });
  assert.equal(evaluation.items('I1000').isComplete, false);
  assert.equal(evaluation.items('I10').isComplete, true);
});

test('an import of a folder is refused with its place', limit, () => {
  const evaluation = evaluate({ '/w/A.csproj': project('<Import Project="sub" />'), '/w/sub/x.txt': '' });
  const [problem] = evaluation.problems;
  assert.equal(problem?.kind, 'refused');
  assert.deepEqual(problem?.range, { start: 26, end: 29 });
});

test('an import of a device is a missing file', limit, () => {
  for (const device of ['/dev/zero', 'CON', String.raw`\\.\pipe\x`, 'NUL:']) {
    const evaluation = evaluate({ '/w/A.csproj': project(`<Import Project="${device}" />`) });
    assert.ok(codes(evaluation).includes('MSB4019'), device);
  }
});

test('a pattern over a wide tree stops at its bound', limit, () => {
  const wide: Record<string, string> = {
    '/w/A.csproj': project('<ItemGroup><Compile Include="**/*.cs" /></ItemGroup>'),
  };
  const host = new FastHost(wide);
  host.readFolder = () => Array.from({ length: 100 }, (_, i) => ({ name: `d${i}`, isFolder: true }));
  const evaluation = evaluateProject({ path: '/w/A.csproj', files: createFileSource(host) });
  assert.equal(evaluation.items('Compile').isComplete, false);
});

test('any cut through a project file gives an answer', limit, () => {
  const text =
    `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup Condition="'$(A)' == '1'"><TargetFrameworks>net452;net48</TargetFrameworks>` +
    `</PropertyGroup><Choose><When Condition="Exists('x')"><ItemGroup><PackageReference Include="A" Version="$([System.String]::Concat('1', '.0'))" /></ItemGroup></When></Choose></Project>`;
  for (let length = 0; length <= text.length; length++) {
    const host = new MemoryHost({ '/w/A.csproj': text.slice(0, length) });
    const { outer } = evaluateAll({ path: '/w/A.csproj', files: createFileSource(host) });
    outer.items('PackageReference');
    outer.property('TargetFrameworks');
    outer.targetSites();
  }
});

test('nothing, a folder and binary bytes are no projects', limit, () => {
  for (const files of [{}, { '/w/A.csproj/x': '' }, { '/w/A.csproj': '\u0000\u0001\u0002' }, { '/w/A.csproj': '' }]) {
    const evaluation = evaluate(files as Record<string, string>);
    assert.equal(evaluation.isProject, false);
    assert.notEqual(evaluation.problems.length, 0);
  }
});

/** A host whose answers do not depend on how many files there are. */
class FastHost extends MemoryHost {
  override stat(path: string): 'file' | 'folder' | undefined {
    return this.files.has(path) ? 'file' : undefined;
  }
}
