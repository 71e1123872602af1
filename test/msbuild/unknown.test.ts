/** What cannot be known is unknown, with its reason; what does not depend on it is known all the same. */
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  createFileSource,
  type Evaluation,
  type EvaluationRequest,
  evaluateProject,
} from '../../server/src/core/msbuild/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const targets = String.raw`<Import Project="$(MSBuildToolsPath)\Microsoft.CSharp.targets" />`;

function evaluate(
  files: Readonly<Record<string, string>>,
  more: Partial<EvaluationRequest> = {},
  path = 'C:/w/src/A.csproj',
): Evaluation {
  return evaluateProject({ path, files: createFileSource(new MemoryHost(files, false)), ...more });
}

/** A legacy project for Windows with a body before its targets. */
function legacy(body: string, more: Readonly<Record<string, string>> = {}): Evaluation {
  return evaluate({ 'C:/w/src/A.csproj': `<Project>${body}${targets}</Project>`, ...more });
}

function monikerOf(evaluation: Evaluation): string {
  const framework = evaluation.framework();
  return framework.known ? (framework.value?.moniker ?? 'none') : `unknown: ${framework.reasons[0]}`;
}

const version = (text: string, condition = ''): string =>
  `<PropertyGroup><TargetFrameworkVersion${condition === '' ? '' : ` Condition="${condition}"`}>${text}</TargetFrameworkVersion></PropertyGroup>`;

test('a variable of the build server makes what depends on it unknown, and lists what it may be', () => {
  const evaluation = legacy(version('v4.5') + version('v4.8', "'$(CI)' == 'true'"));
  const result = evaluation.property('TargetFrameworkVersion');
  assert.equal(result.value.known, false);
  assert.deepEqual(result.alternatives, ['v4.5', 'v4.8']);
  assert.match(monikerOf(evaluation), /"CI" comes from the environment/);
});

test('a variable that is known decides', () => {
  const files = {
    'C:/w/src/A.csproj': `<Project>${version('v4.5')}${version('v4.8', "'$(CI)' == 'true'")}${targets}</Project>`,
  };
  const given = evaluate(files, { environment: { variables: { CI: 'true' }, isComplete: false } });
  assert.equal(monikerOf(given), '.NETFramework,Version=v4.8');
  const complete = evaluate(files, { environment: { variables: {}, isComplete: true } });
  assert.equal(monikerOf(complete), '.NETFramework,Version=v4.5');
});

test('a value that is the same either way is known', () => {
  assert.equal(monikerOf(legacy(version('v4.5') + version('v4.5', "'$(CI)' == 'true'"))), '.NETFramework,Version=v4.5');
  const choose = `<Choose><When Condition="'$(CI)' == 'true'">${version('v4.6')}</When><Otherwise>${version('v4.6')}</Otherwise></Choose>`;
  assert.equal(monikerOf(legacy(choose)), '.NETFramework,Version=v4.6');
});

test('branches of an unknown Choose give the alternatives, and nothing else', () => {
  const choose = `<Choose><When Condition="'$(CI)' == 'true'">${version('v4.6')}</When><Otherwise>${version('v4.8')}</Otherwise></Choose>`;
  const evaluation = legacy(version('v2.0') + choose);
  assert.deepEqual(evaluation.property('TargetFrameworkVersion').alternatives, ['v4.6', 'v4.8']);
});

test('a later certain write ends the doubt', () => {
  assert.equal(monikerOf(legacy(version('v4.8', "'$(CI)' == 'true'") + version('v4.6'))), '.NETFramework,Version=v4.6');
});

test('a condition that all alternatives answer alike is known', () => {
  const body =
    `<PropertyGroup><A>x</A><A Condition="'$(CI)' == 'true'">y</A></PropertyGroup>` +
    version('v4.6', "'$(A)' != '' and '$(A)' != 'z'");
  assert.equal(monikerOf(legacy(body)), '.NETFramework,Version=v4.6');
});

test('an unknown term does not matter where another decides', () => {
  assert.equal(monikerOf(legacy(version('v4.6', "'$(CI)' == 'true' or true"))), '.NETFramework,Version=v4.6');
  assert.equal(monikerOf(legacy(version('v4.6', "'$(CI)' == 'true' and false"))), '.NETFramework,Version=v4.0');
});

for (const [name, value] of [
  ['the registry', '$(Registry:HKEY_LOCAL_MACHINE\\SOFTWARE\\X@Y)'],
  ['the registry by function', "$([MSBuild]::GetRegistryValue('HKEY_LOCAL_MACHINE\\X', 'Y'))"],
  ['the environment', "$([System.Environment]::GetEnvironmentVariable('X'))"],
  ['the clock', '$([System.DateTime]::Now)'],
  ['an unsupported function', "$([System.IO.Directory]::GetCreationTime('x'))"],
] as const) {
  test(`${name} is unknown with a reason`, () => {
    const value1 = legacy(version(value)).value('TargetFrameworkVersion');
    assert.equal(value1.known, false);
    assert.ok(!value1.known && value1.reasons.length > 0 && value1.reasons.every((reason) => reason.length > 10));
  });
}

test('folders of MSBuild are not empty and not known', () => {
  const evaluation = legacy(version('v4.6', "'$(MSBuildExtensionsPath)' != ''"));
  assert.equal(monikerOf(evaluation), '.NETFramework,Version=v4.6');
  assert.equal(evaluation.value('MSBuildExtensionsPath').known, false);
  assert.ok(!JSON.stringify(evaluation.value('MSBuildExtensionsPath')).includes('\uE000'));
});

for (const [condition, expected] of [
  ["'$(VisualStudioVersion)' == ''", 'v4.0'],
  ["'$(VisualStudioVersion)' == '10.0'", 'v4.0'],
  ["'$(VisualStudioVersion)' != '11.0'", 'v4.6'],
  ["'$(VisualStudioVersion)' &lt; '12.0'", 'v4.0'],
  ["'$(VisualStudioVersion)' &gt; '10.0'", 'v4.6'],
  ["'$(VisualStudioVersion)' &gt;= '14.0'", 'v4.6'],
  ["'10.0' &lt; '$(VisualStudioVersion)'", 'v4.6'],
  ["'$(VisualStudioVersion)' &gt;= '17.0'", 'unknown'],
  ["'$(VisualStudioVersion)' == '17.0'", 'unknown'],
] as const) {
  test(`${condition} is answered for every Visual Studio of today`, () => {
    const value = legacy(version('v4.6', condition)).value('TargetFrameworkVersion');
    assert.equal(value.known ? value.value : 'unknown', expected);
  });
}

for (const [name, imported] of [
  [
    'web applications',
    String.raw`<PropertyGroup><VSToolsPath Condition="'$(VSToolsPath)' == ''">$(MSBuildExtensionsPath32)\Microsoft\VisualStudio\v$(VisualStudioVersion)</VSToolsPath></PropertyGroup><Import Project="$(VSToolsPath)\WebApplications\Microsoft.WebApplication.targets" Condition="'$(VSToolsPath)' != ''" />`,
  ],
  [
    'old web applications',
    String.raw`<Import Project="$(MSBuildExtensionsPath32)\Microsoft\VisualStudio\v10.0\WebApplications\Microsoft.WebApplication.targets" Condition="false" />`,
  ],
  [
    'tests',
    String.raw`<Import Project="$(VSToolsPath)\TeamTest\Microsoft.TestTools.targets" Condition="Exists('$(VSToolsPath)\TeamTest\Microsoft.TestTools.targets')" />`,
  ],
  [
    'NuGet of a solution',
    String.raw`<PropertyGroup><SolutionDir Condition="$(SolutionDir) == '' Or $(SolutionDir) == '*Undefined*'">..\</SolutionDir></PropertyGroup><Import Project="$(SolutionDir)\.nuget\NuGet.targets" Condition="Exists('$(SolutionDir)\.nuget\NuGet.targets')" />`,
  ],
  [
    'a vendor',
    String.raw`<Import Project="$(MSBuildExtensionsPath)\Vendor\Tool\Vendor.Tool.targets" Condition="Exists('$(MSBuildExtensionsPath)\Vendor\Tool\Vendor.Tool.targets')" />`,
  ],
  [
    'a vendor by variable',
    String.raw`<Import Project="$(MSBuildExtensionsPath32)\StyleCop\v4.3\Microsoft.StyleCop.targets" />`,
  ],
  [
    'packages that are not restored',
    String.raw`<Import Project="..\packages\X.1.0\build\X.props" Condition="Exists('..\packages\X.1.0\build\X.props')" />`,
  ],
  [
    'Windows Workflow',
    String.raw`<Import Project="$(MSBuildExtensionsPath)\Microsoft\Windows Workflow Foundation\v3.5\Workflow.Targets" />`,
  ],
] as const) {
  test(`targets for ${name} do not make the target unknown`, () => {
    assert.equal(monikerOf(legacy(version('v4.5.2') + imported)), '.NETFramework,Version=v4.5.2');
  });
}

for (const [path, imported, moniker] of [
  [
    'A.csproj',
    String.raw`$(MSBuildExtensionsPath32)\Microsoft\Portable\$(TargetFrameworkVersion)\Microsoft.Portable.CSharp.targets`,
    '.NETPortable,Version=v4.5',
  ],
  [
    'A.csproj',
    String.raw`$(MSBuildExtensionsPath32)\Microsoft\Silverlight\$(SilverlightVersion)\Microsoft.Silverlight.CSharp.targets`,
    'Silverlight,Version=v4.5',
  ],
  [
    'A.csproj',
    String.raw`$(MSBuildExtensionsPath)\Xamarin\Android\Xamarin.Android.CSharp.targets`,
    'MonoAndroid,Version=v4.5',
  ],
  ['A.csproj', String.raw`$(MSBuildBinPath)\Microsoft.CSharp.targets`, '.NETFramework,Version=v4.5'],
  ['A.csproj', String.raw`$(MSBuildToolsPath)\Microsoft.CSHARP.Targets`, '.NETFramework,Version=v4.5'],
  [
    'A.csproj',
    String.raw`C:\Windows\Microsoft.NET\Framework\v4.0.30319\Microsoft.CSharp.targets`,
    '.NETFramework,Version=v4.5',
  ],
  ['A.vbproj', String.raw`$(MSBuildToolsPath)\Microsoft.VisualBasic.targets`, '.NETFramework,Version=v4.5'],
  [
    'A.fsproj',
    String.raw`$(MSBuildExtensionsPath32)\..\Microsoft SDKs\F#\3.1\Framework\v4.0\Microsoft.FSharp.Targets`,
    '.NETFramework,Version=v4.5',
  ],
  ['A.fsproj', '$(FSharpTargetsPath)', '.NETFramework,Version=v4.5'],
] as const) {
  test(`${imported} compiles ${path}`, () => {
    const choose = String.raw`<Choose><When Condition="'$(VisualStudioVersion)' == '11.0'"><PropertyGroup><FSharpTargetsPath>$(MSBuildExtensionsPath32)\..\Microsoft SDKs\F#\3.0\Framework\v4.0\Microsoft.FSharp.Targets</FSharpTargetsPath></PropertyGroup></When><Otherwise><PropertyGroup><FSharpTargetsPath>$(MSBuildExtensionsPath32)\Microsoft\VisualStudio\v$(VisualStudioVersion)\FSharp\Microsoft.FSharp.Targets</FSharpTargetsPath></PropertyGroup></Otherwise></Choose>`;
    const text = `<Project>${version('v4.5')}${path.endsWith('fsproj') ? choose : ''}<Import Project="${imported}" /></Project>`;
    const evaluation = evaluate({ [`C:/w/${path}`]: text }, {}, `C:/w/${path}`);
    assert.equal(monikerOf(evaluation), moniker);
    assert.deepEqual(evaluation.problems, []);
  });
}

for (const [name, support, expected] of [
  ['native code', '', 'none'],
  ['C++/CLI', '<CLRSupport>true</CLRSupport>', '.NETFramework,Version=v4.5.2'],
  ['C++ for .NET', '<CLRSupport>NetCore</CLRSupport>', 'none'],
] as const) {
  test(`a C++ project of ${name} has its target`, () => {
    const text = String.raw`<Project DefaultTargets="Build" xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><ItemGroup Label="ProjectConfigurations"><ProjectConfiguration Include="Debug|Win32"><Configuration>Debug</Configuration><Platform>Win32</Platform></ProjectConfiguration><ProjectConfiguration Include="Release|x64" /></ItemGroup><PropertyGroup Label="Globals"><TargetFrameworkVersion>v4.5.2</TargetFrameworkVersion></PropertyGroup><Import Project="$(VCTargetsPath)\Microsoft.Cpp.Default.props" /><PropertyGroup>${support}</PropertyGroup><Import Project="$(VCTargetsPath)\Microsoft.Cpp.props" /><Import Project="$(UserRootDir)\Microsoft.Cpp.$(Platform).user.props" Condition="exists('$(UserRootDir)\Microsoft.Cpp.$(Platform).user.props')" /><Import Project="$(VCTargetsPath)\Microsoft.Cpp.targets" /></Project>`;
    const evaluation = evaluate({ 'C:/w/A.vcxproj': text }, {}, 'C:/w/A.vcxproj');
    assert.equal(monikerOf(evaluation), expected);
    assert.ok(evaluation.configurations().some((one) => one.configuration === 'Release' && one.platform === 'x64'));
  });
}

test('a project without targets gets the usual ones and a note', () => {
  const evaluation = evaluate({ 'C:/w/src/A.csproj': `<Project>${version('v4.5')}</Project>` });
  assert.equal(monikerOf(evaluation), '.NETFramework,Version=v4.5');
  assert.deepEqual(
    evaluation.problems.map(({ kind, code }) => [kind, code]),
    [['note', 'no-language-targets']],
  );
});

test('a file that is only imported has no target of its own', () => {
  const evaluation = evaluate({ 'C:/w/x.props': `<Project>${version('v4.5')}</Project>` }, {}, 'C:/w/x.props');
  assert.equal(monikerOf(evaluation), 'none');
  assert.deepEqual(evaluation.value('TargetFrameworkVersion'), { known: true, value: 'v4.5' });
});

test('an import that is not there leaves unknown what the files do not say themselves', () => {
  const evaluation = legacy(`<Import Project="..\\Shared.props" />${version('$(NetVersion)')}`);
  assert.match(monikerOf(evaluation), /^unknown: .*NetVersion.*/);
  assert.ok(evaluation.problems.some(({ kind, code }) => kind === 'refused' && code === 'MSB4019'));
  assert.equal(
    monikerOf(legacy(`<Import Project="..\\Shared.props" />${version('v4.5')}`)),
    '.NETFramework,Version=v4.5',
  );
});

test('lists of items are incomplete where an import is missing', () => {
  const evaluation = legacy('<Import Project="..\\Shared.props" /><ItemGroup><Reference Include="A" /></ItemGroup>');
  const { items, isComplete, reasons } = evaluation.items('Reference');
  assert.equal(items.length, 1);
  assert.equal(isComplete, false);
  assert.match(reasons[0] ?? '', /Shared\.props/);
});

test('an item under an unknown condition is uncertain', () => {
  const { items, isComplete } = legacy(
    `<ItemGroup><Reference Include="A" /><Reference Include="B" Condition="'$(CI)' == 'true'" /></ItemGroup>`,
  ).items('Reference');
  assert.deepEqual(
    items.map((item) => [item.include.known && item.include.value, item.isCertain]),
    [
      ['A', true],
      ['B', false],
    ],
  );
  assert.equal(isComplete, false);
});

test('the folder of a solution is given, known to be none, or searched for', () => {
  const files = {
    'C:/w/src/A.csproj': `<Project><Import Project="$(SolutionDir)build\\Shared.props" />${version('$(NetVersion)')}${targets}</Project>`,
    'C:/w/build/Shared.props': '<Project><PropertyGroup><NetVersion>v4.5</NetVersion></PropertyGroup></Project>',
  };
  const given = evaluate(files, { globalProperties: { SolutionDir: 'C:\\w\\' } });
  assert.equal(monikerOf(given), '.NETFramework,Version=v4.5');
  const searched = evaluate(files);
  assert.deepEqual(searched.property('NetVersion').alternatives, ['', 'v4.5']);
  assert.ok(searched.imports.some(({ path, outcome }) => path === 'C:/w/build/Shared.props' && outcome === 'imported'));
  const none = evaluate(files, { isWithoutSolution: true });
  assert.ok(none.problems.some(({ code }) => code === 'MSB4019'));
});

test('an import by an unknown variable without a condition is told', () => {
  const evaluation = legacy(`<Import Project="$(APPDATA)\\x.props" />${version('$(V)')}`);
  assert.match(monikerOf(evaluation), /^unknown: /);
  assert.ok(evaluation.imports.some(({ outcome }) => outcome === 'unknown'));
  assert.ok(evaluation.problems.some(({ kind, code }) => kind === 'unknown' && code === 'unknown-import'));
});

test('an SDK that is not known is told, and taken for one on top of the .NET SDK', () => {
  const evaluation = evaluate({
    'C:/w/src/A.csproj':
      '<Project Sdk="Vendor.Sdk/1.2.3"><PropertyGroup><TargetFramework>net462</TargetFramework></PropertyGroup></Project>',
  });
  assert.equal(monikerOf(evaluation), '.NETFramework,Version=v4.6.2');
  assert.ok(evaluation.problems.some(({ code }) => code === 'unknown-sdk'));
  assert.deepEqual(
    evaluation.sdks.map(({ name }) => name),
    ['Vendor.Sdk'],
  );
});
