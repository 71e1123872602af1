import assert from 'node:assert/strict';
import test from 'node:test';
import { createAnalyzer, defaultSettings, type ProcessVerdict } from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const project = (target: string, body = '', output = 'Exe') =>
  `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>${output}</OutputType><TargetFramework>${target}</TargetFramework></PropertyGroup><ItemGroup>${body}</ItemGroup></Project>`;
const reference = (path: string) => `<ProjectReference Include="${path}"/>`;
const sdk = '<PackageReference Include="Microsoft.CrmSdk.CoreAssemblies" Version="9.0.2.0"/>';
const plugIn = '<PackageReference Include="Microsoft.PowerApps.MSBuild.Plugin" Version="1.0.0"/>';
const mstest = '<PackageReference Include="MSTest.TestFramework" Version="3.0.0"/>';
const toolBox = '<PackageReference Include="XrmToolBoxPackage" Version="1.2023.1"/>';
const connection = (value: string) =>
  `<configuration><connectionStrings><add name="Crm" connectionString="${value}" /></connectionStrings></configuration>`;
const code = (assignment: string) =>
  `using System.Net; static class P { static void Main() { ServicePointManager.SecurityProtocol ${assignment}; } }`;
const connect = '$c = Get-CrmConnection -ServerUrl https://contoso.crm.dynamics.com -OrganizationName contoso\n';
const allow = (names: string) => `[Net.ServicePointManager]::SecurityProtocol = '${names}'\n`;

/** What each process is: `kind verdict: first deciding step`. */
const cases: readonly (readonly [name: string, Record<string, string>, Record<string, RegExp>])[] = [
  [
    'plug-ins run in the service, whatever they target',
    { 'p/P.csproj': project('net45', sdk + plugIn, 'Library') },
    { 'p/P.csproj': /^plugin-host not-affected: It runs in the service/ },
  ],
  [
    'a library that only plug-ins load is not affected',
    {
      'l/L.csproj': project('net452', '', 'Library'),
      'p/P.csproj': project('net462', sdk + plugIn + reference('../l/L.csproj'), 'Library'),
    },
    { 'l/L.csproj': /^library not-affected: Only plug-ins load it/, 'p/P.csproj': /^plugin-host not-affected/ },
  ],
  [
    'tests run in their runner',
    { 't/T.csproj': project('net452', mstest, 'Library') },
    { 't/T.csproj': /^test unknown: The test runner/ },
  ],
  [
    'a tool for XrmToolBox runs in XrmToolBox',
    {
      'x/X.csproj': project('net452', toolBox, 'Library'),
      'x/X.cs': 'using XrmToolBox.Extensibility; public class X : PluginControlBase { }',
    },
    { 'x/X.csproj': /^plugin-host unknown: XrmToolBox loads it/ },
  ],
  [
    'a library without a program is unknown, one with programs takes the worst of theirs',
    {
      'a/A.csproj': project('net48', reference('../l/L.csproj')),
      'b/B.csproj': project('net45', reference('../l/L.csproj')),
      'l/L.csproj': project('net48', '', 'Library'),
      'm/M.csproj': project('net45', '', 'Library'),
    },
    {
      'a/A.csproj': /^exe safe/,
      'b/B.csproj': /^exe unsafe/,
      'l/L.csproj': /^library unsafe: B\.csproj loads it and is unsafe/,
      'm/M.csproj': /^library unknown: The program that loads it/,
    },
  ],
  [
    'a target that cannot be evaluated is unknown',
    { 'a/A.csproj': project('$(FromTheBuildServer)') },
    { 'a/A.csproj': /^exe unknown: The target framework could not be evaluated/ },
  ],
  [
    'other platforms and libraries for .NET Standard offer nothing that can be told',
    { 'a/A.csproj': project('uap10.0'), 'l/L.csproj': project('netstandard2.0', '', 'Library') },
    {
      'a/A.csproj': /^exe not-affected: .*nothing of .NET Framework decides/,
      'l/L.csproj': /^library not-affected: The program that loads it/,
    },
  ],
  [
    'modern .NET is not affected, also with old code',
    { 'a/A.csproj': project('net8.0'), 'a/P.cs': code('= SecurityProtocolType.Tls') },
    { 'a/A.csproj': /^exe not-affected/ },
  ],
  [
    'servers on premises only are not affected, an online one beside them is',
    {
      'a/A.csproj': project('net452'),
      'a/App.config': connection('Url=https://crm.contoso.local/Contoso; AuthType=AD'),
      'b/B.csproj': project('net452'),
      'b/App.config': connection('Url=https://contoso.crm4.dynamics.com; AuthType=OAuth'),
    },
    { 'a/A.csproj': /^exe not-affected: .*\(crm\.contoso\.local\)/, 'b/B.csproj': /^exe unsafe/ },
  ],
  [
    'code of a library helps perhaps, and harms for certain',
    {
      'a/A.csproj': project('net452', reference('../l/L.csproj')),
      'b/B.csproj': project('net48', reference('../m/M.csproj')),
      'l/L.cs': code('|= SecurityProtocolType.Tls12'),
      'l/L.csproj': project('net452', '', 'Library'),
      'm/M.cs': code('= SecurityProtocolType.Tls'),
      'm/M.csproj': project('net48', '', 'Library'),
    },
    {
      'a/A.csproj': /^exe unknown/,
      'b/B.csproj': /^exe unsafe: M\.cs \(Main\) of M\.csproj allows only TLS 1\.0/,
      'l/L.csproj': /^library unknown/,
      'm/M.csproj': /^library unsafe/,
    },
  ],
  [
    'a debug build, a condition and a late line save nothing for certain',
    {
      'a/A.csproj': project('net452'),
      'a/P.cs': `using System.Net; static class P { static void Main() {\n#if DEBUG\nServicePointManager.SecurityProtocol = SecurityProtocolType.Tls12;\n#endif\n} }`,
      'b/B.csproj': project('net452'),
      'b/P.cs': `using System.Net; static class P { static void Main(string[] a) { if (a.Length > 0) { ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls12; } } }`,
    },
    { 'a/A.csproj': /^exe unsafe/, 'b/B.csproj': /^exe unknown/ },
  ],
  [
    'a site without a project is its web.config; folders in it are no sites',
    {
      'site/Views/web.config': '<configuration><system.web><pages/></system.web></configuration>',
      'site/web.config': '<configuration><system.web><httpRuntime targetFramework="4.5"/></system.web></configuration>',
      'other/web.config': '<configuration><system.web><compilation/></system.web></configuration>',
    },
    { 'other/web.config': /^web unknown: It names no targetFramework/, 'site/web.config': /^web unsafe: httpRuntime/ },
  ],
  [
    'a web application without its configuration is unknown, however late its target',
    {
      'w/W.csproj':
        '<Project><PropertyGroup><ProjectTypeGuids>{349c5851-65df-11da-9384-00065b846f21}</ProjectTypeGuids><OutputType>Library</OutputType><TargetFrameworkVersion>v4.8</TargetFrameworkVersion></PropertyGroup><Import Project="$(MSBuildToolsPath)\\Microsoft.CSharp.targets" /></Project>',
    },
    { 'w/W.csproj': /^web unknown/ },
  ],
  [
    'scripts: never set is unknown, a pin of old protocols is unsafe, PowerShell 7 is not affected',
    {
      'core.ps1': `#requires -Version 7\n${connect}`,
      'idle.ps1': 'Write-Host "nothing"\n',
      'never.ps1': connect,
      'pin.ps1': `${allow('Tls')}${connect}`,
      'right.ps1': `${allow('Tls12')}${connect}`,
    },
    {
      'core.ps1': /^script not-affected/,
      'never.ps1': /^script unknown: Get-CrmConnection connects: nothing allows TLS 1\.2 before/,
      'pin.ps1': /^script unsafe: pin\.ps1 allows only TLS 1\.0/,
      'right.ps1': /^script safe/,
    },
  ],
];

for (const [name, files, expected] of cases) {
  test(name, () => {
    const processes = judge(files);
    assert.deepEqual(
      processes.map(({ path }) => path.slice('/w/'.length)),
      Object.keys(expected).sort(),
    );
    for (const { path, kind, verdict, because } of processes) {
      const text = because.find(({ effect }) => effect === 'decides')?.text ?? '';
      assert.match(`${kind} ${verdict}: ${text}`, expected[path.slice('/w/'.length)] ?? /^$/, path);
    }
  });
}

test('targets and configurations that differ are processes of their own', () => {
  const legacy = `<Project><PropertyGroup><OutputType>Exe</OutputType><Configuration Condition="'$(Configuration)' == ''">Debug</Configuration></PropertyGroup><PropertyGroup Condition="'$(Configuration)' == 'Debug'"><TargetFrameworkVersion>v4.5</TargetFrameworkVersion></PropertyGroup><PropertyGroup Condition="'$(Configuration)' == 'Release'"><TargetFrameworkVersion>v4.8</TargetFrameworkVersion></PropertyGroup><Import Project="$(MSBuildToolsPath)\\Microsoft.CSharp.targets" /></Project>`;
  const several = project('x').replace(
    /TargetFramework>x<.TargetFramework/,
    'TargetFrameworks>net452;net48</TargetFrameworks',
  );
  const processes = judge({ 'a/A.csproj': several, 'b/B.csproj': legacy, 'c/C.csproj': project('net48') });
  assert.deepEqual(
    processes.map(({ name, target, configuration, verdict }) => [
      name,
      target,
      configuration?.split('|')[0] ?? null,
      verdict,
    ]),
    [
      ['A.csproj', '.NETFramework,Version=v4.5.2', null, 'unsafe'],
      ['A.csproj', '.NETFramework,Version=v4.8', null, 'safe'],
      ['B.csproj', '.NETFramework,Version=v4.5', 'Debug', 'unsafe'],
      ['B.csproj', '.NETFramework,Version=v4.8', 'Release', 'safe'],
      ['C.csproj', null, null, 'safe'],
    ],
  );
  assert.equal(new Set(processes.map(({ id }) => id)).size, 5);
});

function judge(files: Readonly<Record<string, string>>): readonly ProcessVerdict[] {
  const host = new MemoryHost(Object.fromEntries(Object.entries(files).map(([name, text]) => [`/w/${name}`, text])));
  const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings });
  analyzer.setFiles(host.files.keys());
  const { processes, failures } = analyzer.analyze();
  assert.deepEqual(failures, []);
  for (const { verdict, fix, windows, apis, because } of processes) {
    assert.equal(windows.length, 10);
    assert.equal(apis.length, 5);
    assert.ok(because.length > 0);
    assert.equal(fix !== null, verdict === 'unsafe', 'a fix exactly for what is unsafe');
  }
  return processes;
}
