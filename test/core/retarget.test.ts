/** Retargeting: what changes in which file, what is left to a person, and that nothing is done twice. */
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  applyEdits,
  createAnalyzer,
  defaultSettings,
  type FileKind,
  fileKind,
  type PlannedRetarget,
  planRetarget,
} from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly goal?: string;
  /** Projects that are named one by one; without, the whole workspace. */
  readonly named?: readonly string[];
  /** Replacements that are expected, by file: what stands there, and what instead. */
  readonly changes?: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>>;
  readonly leftAlone?: Readonly<Record<string, string>>;
  readonly unresolved?: readonly string[];
  /** Keys of what is left to a person, machines apart. */
  readonly toDo?: readonly string[];
}

const legacy = (version: string, body = '', type = 'Exe') =>
  `<Project ToolsVersion="14.0" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">\r\n  <PropertyGroup>\r\n    <OutputType>${type}</OutputType>\r\n    <TargetFrameworkVersion>${version}</TargetFrameworkVersion>\r\n  </PropertyGroup>\r\n${body}  <Import Project="$(MSBuildToolsPath)\\Microsoft.CSharp.targets" />\r\n</Project>\r\n`;
const sdk = (body: string) => `<Project Sdk="Microsoft.NET.Sdk">\n${body}</Project>\n`;
const program = (target: string) => `<PropertyGroup><OutputType>Exe</OutputType>${target}</PropertyGroup>\n`;
const plugIn = (version: string, body = '') =>
  legacy(
    version,
    `  <ItemGroup><Reference Include="Microsoft.Xrm.Sdk" /><Compile Include="P.cs" /></ItemGroup>\r\n${body}`,
    'Library',
  );
const plugInCode = 'class P : IPlugin { public void Execute(IServiceProvider s) { } }';
const runtime = (sku: string) =>
  `<configuration>\n  <startup>\n    <supportedRuntime version="v4.0"${sku} />\n  </startup>\n</configuration>\n`;
const hint = (path: string) =>
  `  <ItemGroup>\r\n    <Reference Include="Json"><HintPath>${path}</HintPath></Reference>\r\n  </ItemGroup>\r\n`;

const cases: readonly Case[] = [
  {
    name: 'a program changes with its configuration',
    files: { 'A/A.csproj': legacy('v4.5.2'), 'A/App.config': runtime(' sku=".NETFramework,Version=v4.5.2"') },
    changes: { 'A/A.csproj': [['v4.5.2', 'v4.6.2']], 'A/App.config': [['Version=v4.5.2', 'Version=v4.6.2']] },
  },
  {
    name: 'a configuration without sku asks for nothing, and stays',
    files: { 'A/A.csproj': legacy('v4.5.2'), 'A/App.config': runtime('') },
    changes: { 'A/A.csproj': [['v4.5.2', 'v4.6.2']] },
  },
  {
    name: 'the client profile goes, in the project and in the configuration',
    files: {
      'A/A.csproj': legacy('v4.0').replace(
        '</TargetFrameworkVersion>\r\n',
        '</TargetFrameworkVersion>\r\n    <TargetFrameworkProfile>Client</TargetFrameworkProfile>\r\n',
      ),
      'A/App.config': runtime(` sku='.NETFramework,Version=v4.0,Profile=Client'`),
    },
    changes: {
      'A/A.csproj': [
        ['v4.0', 'v4.6.2'],
        ['    <TargetFrameworkProfile>Client</TargetFrameworkProfile>\r\n', ''],
      ],
      'A/App.config': [['Version=v4.0,Profile=Client', 'Version=v4.6.2']],
    },
  },
  {
    name: 'from CLR 2 the runtime of the configuration changes, and a person is told to test',
    files: {
      'A/A.csproj': legacy('v3.5'),
      'A/App.config':
        '<configuration>\n  <startup>\n    <supportedRuntime version="v2.0.50727"/>\n    <supportedRuntime version="v1.1.4322"/>\n  </startup>\n</configuration>\n',
    },
    changes: {
      'A/A.csproj': [['v3.5', 'v4.6.2']],
      'A/App.config': [
        ['"v2.0.50727"', '"v4.0" sku=".NETFramework,Version=v4.6.2"'],
        ['    <supportedRuntime version="v1.1.4322"/>\n', ''],
      ],
    },
    toDo: ['runtime'],
  },
  {
    name: 'a project of several targets raises its old ones, and writes none twice',
    files: { 'A/A.csproj': sdk(program('<TargetFrameworks>net40;net452;net462;netstandard2.0</TargetFrameworks>')) },
    changes: { 'A/A.csproj': [['net40;net452;net462', 'net462']] },
  },
  {
    name: 'a condition that compares with the old target is followed',
    files: {
      'A/A.csproj': sdk(
        `${program('<TargetFrameworks>net452;netstandard2.0</TargetFrameworks>')}<ItemGroup Condition=" 'net452' == '$(TargetFramework)' "><Reference Include="System.Web"/></ItemGroup>\n<PropertyGroup Condition="'$(Configuration)|$(TargetFramework)' != 'Debug|net452'"><A>1</A></PropertyGroup>\n`,
      ),
    },
    changes: {
      'A/A.csproj': [
        ['<TargetFrameworks>net452', '<TargetFrameworks>net462'],
        [" 'net452' ==", " 'net462' =="],
        ['Debug|net452', 'Debug|net462'],
      ],
    },
  },
  {
    name: 'a condition of a file that a plug-in reads as well is named, not changed',
    files: {
      'Directory.Build.props': `<Project><PropertyGroup Condition="'$(TargetFramework)' == 'net452'"><A>1</A></PropertyGroup></Project>\n`,
      'A/A.csproj': sdk(program('<TargetFramework>net452</TargetFramework>')),
      'P/P.csproj': sdk(
        '<PropertyGroup><TargetFramework>net452</TargetFramework></PropertyGroup><ItemGroup><Reference Include="Microsoft.Xrm.Sdk" /></ItemGroup>\n',
      ),
      'P/P.cs': plugInCode,
    },
    changes: { 'A/A.csproj': [['net452', 'net462']] },
    leftAlone: { 'P/P.csproj': 'plug-in' },
    toDo: ['condition'],
  },
  {
    name: 'a condition for a target that merges with another one is named, not changed',
    files: {
      'A/A.csproj': sdk(
        `${program('<TargetFrameworks>net452;net462</TargetFrameworks>')}<ItemGroup Condition="'$(TargetFramework)' == 'net452'"><Reference Include="System.Web"/></ItemGroup>\n`,
      ),
    },
    changes: { 'A/A.csproj': [['net452;net462', 'net462']] },
    toDo: ['condition'],
  },
  {
    name: 'a condition in another form and a path with the old name are named',
    files: {
      'A/A.csproj': sdk(
        `${program('<TargetFramework>net452</TargetFramework>')}<PropertyGroup Condition="$(TargetFramework.StartsWith('net452'))"><A>1</A></PropertyGroup>\n<ItemGroup><None Include="bin\\Release\\net452\\A.exe" /></ItemGroup>\n`,
      ),
    },
    changes: { 'A/A.csproj': [['<TargetFramework>net452', '<TargetFramework>net462']] },
    toDo: ['mention-condition', 'mention-other'],
  },
  {
    name: 'a declaration that decides nowhere is named',
    files: {
      'A/A.csproj': legacy(
        'v4.5',
        `  <PropertyGroup Condition="'$(Old)' == 'true'">\r\n    <TargetFrameworkVersion>v4.5</TargetFrameworkVersion>\r\n  </PropertyGroup>\r\n`,
      ),
    },
    changes: {
      'A/A.csproj': [
        ['</OutputType>\r\n    <TargetFrameworkVersion>v4.5', '</OutputType>\r\n    <TargetFrameworkVersion>v4.6.2'],
      ],
    },
    toDo: ['mention-declaration'],
  },
  {
    name: 'code that asks for the symbol of the old target is named',
    files: {
      'A/A.csproj': sdk(program('<TargetFramework>net452</TargetFramework>')),
      'A/Old.cs': '#if NET40 || NET452\nclass Old { }\n#endif\n',
    },
    changes: { 'A/A.csproj': [['net452', 'net462']] },
    toDo: ['symbol'],
  },
  {
    name: 'plug-ins and the libraries that they load keep their target',
    files: {
      'P/P.csproj': plugIn('v4.5.2', '  <ItemGroup><ProjectReference Include="..\\L\\L.csproj" /></ItemGroup>\r\n'),
      'P/P.cs': plugInCode,
      'L/L.csproj': legacy('v4.5.2', '', 'Library'),
      'A/A.csproj': legacy('v4.5.2', '  <ItemGroup><ProjectReference Include="..\\L\\L.csproj" /></ItemGroup>\r\n'),
    },
    changes: { 'A/A.csproj': [['v4.5.2', 'v4.6.2']] },
    leftAlone: { 'P/P.csproj': 'plug-in', 'L/L.csproj': 'loaded-by-plug-in' },
  },
  {
    name: 'a plug-in that is named is retargeted',
    files: { 'P/P.csproj': plugIn('v4.5.2'), 'P/P.cs': plugInCode },
    named: ['P/P.csproj'],
    changes: { 'P/P.csproj': [['v4.5.2', 'v4.6.2']] },
  },
  {
    name: 'a project that shares its declaration with a plug-in gets one of its own',
    files: {
      'Directory.Build.props':
        '<Project><PropertyGroup><TargetFramework>net452</TargetFramework></PropertyGroup></Project>\n',
      'A/A.csproj': sdk('  <PropertyGroup>\n    <OutputType>Exe</OutputType>\n  </PropertyGroup>\n'),
      'P/P.csproj': sdk('  <ItemGroup><Reference Include="Microsoft.Xrm.Sdk" /></ItemGroup>\n'),
      'P/P.cs': plugInCode,
    },
    changes: {
      'A/A.csproj': [['<PropertyGroup>\n', '<PropertyGroup>\n    <TargetFramework>net462</TargetFramework>\n']],
    },
    leftAlone: { 'P/P.csproj': 'plug-in' },
  },
  {
    name: 'what shares a declaration with a named project is carried along, and named',
    files: {
      'Directory.Build.props':
        '<Project><PropertyGroup><TargetFramework>net452</TargetFramework></PropertyGroup></Project>\n',
      'A/A.csproj': sdk(program('')),
      'B/B.csproj': sdk(program('')),
    },
    named: ['A/A.csproj'],
    changes: { 'Directory.Build.props': [['net452', 'net462']] },
    toDo: ['carried-along'],
  },
  {
    name: 'a project that references a retargeted one and stays behind is named',
    files: {
      'L/L.csproj': legacy('v4.5', '', 'Library'),
      'A/A.csproj': legacy('v4.5', '  <ItemGroup><ProjectReference Include="..\\L\\L.csproj" /></ItemGroup>\r\n'),
    },
    named: ['L/L.csproj'],
    changes: { 'L/L.csproj': [['v4.5', 'v4.6.2']] },
    toDo: ['consumer-left-behind'],
  },
  {
    name: 'each configuration is raised where it is declared',
    files: {
      'A/A.csproj': legacy('v4.8').replace(
        '  <PropertyGroup>\r\n    <OutputType>Exe</OutputType>\r\n    <TargetFrameworkVersion>v4.8</TargetFrameworkVersion>\r\n',
        `  <PropertyGroup>\r\n    <Configuration Condition=" '$(Configuration)' == '' ">Debug</Configuration>\r\n    <OutputType>Exe</OutputType>\r\n  </PropertyGroup>\r\n  <PropertyGroup Condition=" '$(Configuration)' == 'Debug' ">\r\n    <TargetFrameworkVersion>v4.5</TargetFrameworkVersion>\r\n  </PropertyGroup>\r\n  <PropertyGroup Condition=" '$(Configuration)' == 'Release' ">\r\n    <TargetFrameworkVersion>v4.0</TargetFrameworkVersion>\r\n`,
      ),
    },
    changes: {
      'A/A.csproj': [
        ['v4.5', 'v4.6.2'],
        ['v4.0', 'v4.6.2'],
      ],
    },
  },
  {
    name: 'a legacy project without a target gets one',
    files: { 'A/A.csproj': legacy('X').replace('    <TargetFrameworkVersion>X</TargetFrameworkVersion>\r\n', '') },
    changes: {
      'A/A.csproj': [
        ['<PropertyGroup>\r\n', '<PropertyGroup>\r\n    <TargetFrameworkVersion>v4.6.2</TargetFrameworkVersion>\r\n'],
      ],
    },
  },
  {
    name: 'a property that several projects refer to is changed where it stands',
    files: {
      'common.props': '<Project><PropertyGroup><Our>v4.5</Our></PropertyGroup></Project>\n',
      'A/A.csproj': legacy('$(Our)').replace(
        '  <PropertyGroup>',
        '  <Import Project="..\\common.props" />\r\n  <PropertyGroup>',
      ),
    },
    changes: { 'common.props': [['v4.5', 'v4.6.2']] },
  },
  {
    name: 'a C++/CLI project is raised, native code is left alone',
    files: {
      'C/C.vcxproj':
        '<Project DefaultTargets="Build" xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><PropertyGroup Label="Globals"><TargetFrameworkVersion>v4.5</TargetFrameworkVersion></PropertyGroup><Import Project="$(VCTargetsPath)\\Microsoft.Cpp.Default.props" /><PropertyGroup Label="Configuration"><ConfigurationType>Application</ConfigurationType><CLRSupport>true</CLRSupport></PropertyGroup><Import Project="$(VCTargetsPath)\\Microsoft.Cpp.targets" /></Project>',
      'N/N.vcxproj':
        '<Project DefaultTargets="Build" xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><Import Project="$(VCTargetsPath)\\Microsoft.Cpp.Default.props" /><PropertyGroup Label="Configuration"><ConfigurationType>Application</ConfigurationType></PropertyGroup><Import Project="$(VCTargetsPath)\\Microsoft.Cpp.targets" /></Project>',
    },
    changes: { 'C/C.vcxproj': [['v4.5', 'v4.6.2']] },
  },
  {
    name: 'a web application changes httpRuntime and compilation, also in its transform',
    files: {
      'W/W.csproj': legacy('v4.5.2', '', 'Library').replace(
        '<OutputType>',
        '<ProjectTypeGuids>{349c5851-65df-11da-9384-00065b846f21};{fae04ec0-301f-11d3-bf4b-00c04f79efbc}</ProjectTypeGuids><OutputType>',
      ),
      'W/Web.config':
        '<configuration>\n  <system.web>\n    <compilation debug="true" targetFramework="4.5.2" />\n    <httpRuntime targetFramework="4.5.2" />\n  </system.web>\n</configuration>\n',
      'W/Web.Release.config':
        '<configuration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform">\n  <system.web>\n    <compilation xdt:Transform="SetAttributes" targetFramework="4.5.2" />\n  </system.web>\n</configuration>\n',
      'W/Views/Web.config':
        '<configuration>\n  <system.web>\n    <compilation targetFramework="4.0" />\n  </system.web>\n</configuration>\n',
    },
    changes: {
      'W/W.csproj': [['v4.5.2', 'v4.6.2']],
      'W/Web.config': [
        ['debug="true" targetFramework="4.5.2"', 'debug="true" targetFramework="4.6.2"'],
        ['httpRuntime targetFramework="4.5.2"', 'httpRuntime targetFramework="4.6.2"'],
      ],
      'W/Web.Release.config': [['4.5.2', '4.6.2']],
    },
  },
  {
    name: 'a site without httpRuntime gets it, and a person is told to test',
    files: {
      'W/W.csproj': legacy('v4.0', '', 'Library').replace(
        '<OutputType>',
        '<ProjectTypeGuids>{349c5851-65df-11da-9384-00065b846f21};{fae04ec0-301f-11d3-bf4b-00c04f79efbc}</ProjectTypeGuids><OutputType>',
      ),
      'W/web.config':
        '<configuration>\n  <system.web>\n    <compilation debug="true" />\n  </system.web>\n</configuration>\n',
    },
    changes: {
      'W/W.csproj': [['v4.0', 'v4.6.2']],
      'W/web.config': [
        ['<system.web>\n', '<system.web>\n    <httpRuntime targetFramework="4.6.2" />\n'],
        ['<compilation debug', '<compilation targetFramework="4.6.2" debug'],
      ],
    },
    toDo: ['site-step'],
  },
  {
    name: 'a web site changes its entry in the solution and its configuration',
    files: {
      'S.sln':
        '\r\nMicrosoft Visual Studio Solution File, Format Version 12.00\r\nProject("{E24C65DC-7377-472B-9ABA-BC803B73C61A}") = "Site", "Site\\", "{11111111-1111-1111-1111-111111111111}"\r\n\tProjectSection(WebsiteProperties) = preProject\r\n\t\tTargetFrameworkMoniker = ".NETFramework,Version%3Dv4.5"\r\n\tEndProjectSection\r\nEndProject\r\n',
      'Site/web.config': '<configuration><system.web><httpRuntime targetFramework="4.5"/></system.web></configuration>',
    },
    changes: { 'S.sln': [['v4.5', 'v4.6.2']], 'Site/web.config': [['4.5', '4.6.2']] },
  },
  {
    name: 'a hint path goes to the better folder beside it, and the package is named for reinstalling',
    files: {
      'A/A.csproj': legacy('v4.0', hint('..\\packages\\Json.6.0.1\\lib\\net40\\Json.dll')),
      'A/packages.config': '<packages>\n  <package id="Json" version="6.0.1" targetFramework="net40" />\n</packages>\n',
      'packages/Json.6.0.1/lib/net40/Json.dll': '',
      'packages/Json.6.0.1/lib/NET45/Json.dll': '',
      'packages/Json.6.0.1/lib/net471/Json.dll': '',
    },
    changes: {
      'A/A.csproj': [
        ['v4.0', 'v4.6.2'],
        ['lib\\net40', 'lib\\NET45'],
      ],
    },
    toDo: ['reinstall-packages'],
  },
  {
    name: 'a package that has the same folder for both targets needs no reinstalling',
    files: {
      'A/A.csproj': legacy('v4.5.2', hint('..\\packages\\Json.6.0.1\\lib\\net45\\Json.dll')),
      'A/packages.config':
        '<packages>\n  <package id="Json" version="6.0.1" targetFramework="net452" />\n</packages>\n',
      'packages/Json.6.0.1/lib/net40/Json.dll': '',
      'packages/Json.6.0.1/lib/net45/Json.dll': '',
    },
    changes: { 'A/A.csproj': [['v4.5.2', 'v4.6.2']], 'A/packages.config': [['net452', 'net462']] },
  },
  {
    name: 'a package that is not on this disk is left as it is, and named',
    files: {
      'A/A.csproj': legacy('v4.5.2'),
      'A/packages.config':
        '<packages>\n  <package id="Json" version="6.0.1" targetFramework="net452" />\n</packages>\n',
    },
    changes: { 'A/A.csproj': [['v4.5.2', 'v4.6.2']] },
    toDo: ['reinstall-packages'],
  },
  {
    name: 'a later goal raises what the minimum would leave',
    goal: '4.8',
    files: { 'A/A.csproj': sdk(program('<TargetFramework>net472</TargetFramework>')) },
    changes: { 'A/A.csproj': [['net472', 'net48']] },
  },
  {
    name: 'a target above the goal is never lowered, other platforms are never touched',
    files: {
      'A/A.csproj': sdk(program('<TargetFramework>net48</TargetFramework>')),
      'B/B.csproj': sdk(program('<TargetFramework>net8.0</TargetFramework>')),
      'A/App.config': runtime(' sku=".NETFramework,Version=v4.5"'),
    },
  },
  {
    name: 'configuration that lags behind a project at the goal is raised as well',
    files: {
      'A/A.csproj': legacy('v4.6.2'),
      'A/App.config': runtime(' sku=".NETFramework,Version=v4.5"'),
    },
    changes: { 'A/App.config': [['v4.5', 'v4.6.2']] },
  },
  {
    name: 'an image gets the .NET Framework that the program targets',
    goal: '4.8',
    files: {
      'A/A.csproj': legacy('v4.5.2'),
      'A/Dockerfile':
        'FROM mcr.microsoft.com/dotnet/framework/sdk:4.8 AS build\r\nRUN msbuild\r\nFROM mcr.microsoft.com/dotnet/framework/runtime:4.6.2\r\nCOPY --from=build /app .\r\n',
    },
    changes: { 'A/A.csproj': [['v4.5.2', 'v4.8']], 'A/Dockerfile': [['runtime:4.6.2', 'runtime:4.8']] },
  },
  {
    name: 'an image for which no newer one is certain is named',
    goal: '4.8.1',
    files: {
      'A/A.csproj': legacy('v4.5.2'),
      'A/Dockerfile': 'FROM mcr.microsoft.com/dotnet/framework/runtime:4.8\n',
    },
    changes: { 'A/A.csproj': [['v4.5.2', 'v4.8.1']] },
    toDo: ['image'],
  },
  {
    name: 'a target that a generated file declares is named, not changed',
    files: {
      'common.props':
        '<!-- <auto-generated> by our tool -->\n<Project><PropertyGroup><Our>v4.5</Our></PropertyGroup></Project>\n',
      'A/A.csproj': legacy('$(Our)').replace(
        '  <PropertyGroup>',
        '  <Import Project="..\\common.props" />\r\n  <PropertyGroup>',
      ),
    },
    unresolved: ['A/A.csproj'],
  },
  {
    name: 'a target that cannot be evaluated is named',
    files: { 'A/A.csproj': legacy('$([System.DateTime]::Now.Ticks)') },
    unresolved: ['A/A.csproj'],
  },
];

for (const entry of cases) {
  test(entry.name, () => {
    const { plan, texts } = retarget(entry.files, entry);
    const expected = new Map(Object.entries(entry.files));
    for (const [name, replacements] of Object.entries(entry.changes ?? {})) {
      let text = expected.get(name) ?? '';
      for (const [from, to] of replacements) {
        assert.equal(text.split(from).length, 2, `"${from}" stands once in ${name}`);
        text = text.replace(from, () => to);
      }
      expected.set(name, text);
    }
    assert.deepEqual(Object.fromEntries(texts), Object.fromEntries(expected));
    assert.deepEqual(
      Object.fromEntries(plan.leftAlone.map(({ path, reason }) => [path.slice(3), reason.key])),
      entry.leftAlone ?? {},
    );
    assert.deepEqual(
      plan.unresolved.map(({ path }) => path.slice(3)),
      entry.unresolved ?? [],
    );
    assert.deepEqual(toDoOf(plan), [...(entry.toDo ?? [])].sort());
    const again = retarget(Object.fromEntries(texts), entry);
    assert.deepEqual(again.plan.changes, [], 'a second time changes nothing');
  });
}

test('files that decide targets are written behind those that go with them', () => {
  const { plan } = retarget(
    { 'A/A.csproj': legacy('v4.5.2'), 'A/App.config': runtime(' sku=".NETFramework,Version=v4.5.2"') },
    {},
  );
  assert.deepEqual(
    plan.changes.map(({ path, after }) => [path, after]),
    [
      ['/w/A/App.config', []],
      ['/w/A/A.csproj', ['/w/A/App.config']],
    ],
  );
});

test('the kinds of edits are told for a preview', () => {
  const { plan } = retarget(
    {
      'common.props': '<Project><PropertyGroup><Our>v4.0</Our></PropertyGroup></Project>\n',
      'A/A.csproj': legacy('$(Our)', hint('lib\\net40\\Json.dll')).replace(
        '  <PropertyGroup>',
        '  <Import Project="..\\common.props" />\r\n  <PropertyGroup>',
      ),
      'A/lib/net40/Json.dll': '',
      'A/lib/net45/Json.dll': '',
    },
    {},
  );
  assert.deepEqual(
    plan.changes.map(({ path, edits }) => [path, edits.map(({ kind }) => kind)]),
    [
      ['/w/A/A.csproj', ['hint-path']],
      ['/w/common.props', ['shared-target']],
    ],
  );
});

/** What a person is told besides what has to be installed. */
function toDoOf(plan: PlannedRetarget): string[] {
  const general = ['targeting-pack', 'runtime-install', 'support-ends'];
  return plan.followUps
    .map(({ message }) => message.key)
    .filter((key) => !general.includes(key))
    .sort();
}

function retarget(
  files: Readonly<Record<string, string>>,
  { goal = '4.6.2', named = [] }: Pick<Case, 'goal' | 'named'>,
): { plan: PlannedRetarget; texts: Map<string, string> } {
  const host = new MemoryHost(Object.fromEntries(Object.entries(files).map(([name, text]) => [`/w/${name}`, text])));
  const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings });
  const isListed = (kind: FileKind | undefined) => kind !== undefined;
  analyzer.setFiles([...host.files.keys()].filter((path) => isListed(fileKind(path))));
  const plan = planRetarget(analyzer, {
    goal,
    scope: named.length > 0 ? [] : null,
    named: named.map((name) => `/w/${name}`),
  });
  const texts = new Map(Object.entries(files));
  for (const { path, edits } of plan.changes) {
    texts.set(path.slice(3), applyEdits(texts.get(path.slice(3)) ?? '', edits));
  }
  return { plan, texts };
}
