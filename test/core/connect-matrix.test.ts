import assert from 'node:assert/strict';
import test from 'node:test';
import {
  connectMatrix,
  createAnalyzer,
  defaultSettings,
  type ProbedHost,
  type SimulatedConnection,
} from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const supported = ['10', '11', 'server-2016', 'server-2019', 'server-2022', 'server-2025'] as const;
const clientIds = ['net-3.5', 'net-4.5.2', 'net-4.6.2', 'net-4.8', 'powershell-7'] as const;
type ClientId = (typeof clientIds)[number];

/** A host where some clients fail, on all supported Windows versions or on those that are named. */
function host(failing: Partial<Record<ClientId, readonly string[] | 'everywhere'>>, more: Partial<ProbedHost> = {}) {
  const clients = clientIds.flatMap((id) =>
    supported.map((windows): SimulatedConnection => {
      const fails = failing[id] === 'everywhere' || failing[id]?.includes(windows);
      return { id, windows, connects: !fails, reason: fails ? 'offers too little: refused' : null };
    }),
  );
  return { clients, speaksTls: true, certificateProblems: [], ...more };
}

/** A server that wants TLS 1.2, as Dataverse does. */
const modern = host({ 'net-3.5': 'everywhere', 'net-4.5.2': 'everywhere' });

const project = (target: string, body = '', output = 'Exe') =>
  `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>${output}</OutputType><TargetFramework>${target}</TargetFramework></PropertyGroup><ItemGroup>${body}</ItemGroup></Project>`;
const reference = (path: string) => `<ProjectReference Include="${path}"/>`;
const sdk = '<PackageReference Include="Microsoft.CrmSdk.CoreAssemblies" Version="9.0.2.0"/>';
const plugIn = '<PackageReference Include="Microsoft.PowerApps.MSBuild.Plugin" Version="1.0.0"/>';
const mstest = '<PackageReference Include="MSTest.TestFramework" Version="3.0.0"/>';

const site = (target: string) =>
  `<Project><PropertyGroup><ProjectTypeGuids>{349c5851-65df-11da-9384-00065b846f21}</ProjectTypeGuids><OutputType>Library</OutputType><TargetFrameworkVersion>${target}</TargetFrameworkVersion></PropertyGroup><Import Project="$(MSBuildToolsPath)\\Microsoft.CSharp.targets" /></Project>`;
const webConfig = (target: string) =>
  `<configuration><system.web><httpRuntime targetFramework="${target}" /></system.web></configuration>`;
const appConfig = (name: string, value: boolean) =>
  `<configuration><runtime><AppContextSwitchOverrides value="Switch.System.Net.${name}=${value}" /></runtime></configuration>`;
const runtimeKey = (node: string) =>
  `[HKEY_LOCAL_MACHINE\\SOFTWARE\\${node}Microsoft\\.NETFramework\\v4.0.30319]\r\n"SchUseStrongCrypto"=dword:00000001\r\n`;
const strongCrypto = `Windows Registry Editor Version 5.00\r\n\r\n${runtimeKey('')}${runtimeKey('Wow6432Node\\')}`;

function ask(probed: ProbedHost, files: Readonly<Record<string, string>>): Record<string, string> {
  const memory = new MemoryHost(Object.fromEntries(Object.entries(files).map(([name, text]) => [`/w/${name}`, text])));
  const analyzer = createAnalyzer({ host: memory, settingsFor: () => defaultSettings });
  analyzer.setFiles(memory.files.keys());
  const answers = connectMatrix(probed, analyzer.analyze().processes, () => '');
  return Object.fromEntries(
    answers.map(({ path, connects, reason, fix }) => {
      const place = fix ? ` ${fix.path}:${fix.line}` : '';
      return [
        path.slice('/w/'.length),
        `${connects}: ${reason}${connects === 'no' && !/csproj$/.test(fix?.path ?? 'csproj') ? place : ''}`,
      ];
    }),
  );
}

/** Hosts and projects, and the beginning of each answer. */
const cases: readonly (readonly [name: string, ProbedHost, Record<string, string>, Record<string, string | RegExp>])[] =
  [
    [
      'a program is judged by the client that offers what its target offers',
      modern,
      { 'a.csproj': project('net452'), 'b.csproj': project('net462'), 'c.csproj': project('net48') },
      {
        'a.csproj':
          'no: .NET Framework 4.5.2 offers too little: refused. Retarget it to .NET Framework 4.6.2 or later.',
        'b.csproj': 'yes: .NET Framework 4.6.2 connects on every supported Windows version.',
        'c.csproj': 'yes: .NET Framework 4.8 connects on every supported Windows version.',
      },
    ],
    [
      'one Windows version that fails is enough, and is named',
      host({ 'net-4.6.2': ['server-2016'] }),
      { 'a.csproj': project('net461') },
      { 'a.csproj': /^no: .*refused on Server 2016\. Retarget it to \.NET Framework 4\.7 or later\.$/ },
    ],
    [
      'advice that no client confirms is not given',
      host({ 'net-3.5': 'everywhere', 'net-4.5.2': 'everywhere', 'net-4.6.2': 'everywhere', 'net-4.8': ['10'] }),
      { 'a.csproj': project('net35'), 'b.csproj': project('net48') },
      { 'a.csproj': /the server has to change\.$/, 'b.csproj': /the server has to change\.$/ },
    ],
    [
      'modern .NET follows Windows',
      host({ 'powershell-7': ['server-2025'] }),
      { 'a.csproj': project('net8.0') },
      { 'a.csproj': /^no: \.NET 8\.0 on Windows .* on Server 2025\./ },
    ],
    [
      'other platforms are not simulated',
      modern,
      { 'a.csproj': project('netstandard2.0') },
      { 'a.csproj': /^unknown: \.NETStandard,Version=v2\.0 is not simulated/ },
    ],
    [
      'a library takes the worst of its programs',
      modern,
      {
        'lib.csproj': project('net40', '', 'Library'),
        'old.csproj': project('net452', reference('lib.csproj')),
        'new.csproj': project('net48', reference('lib.csproj')),
      },
      { 'lib.csproj': /^no: Loaded by old\.csproj: /, 'new.csproj': /^yes/, 'old.csproj': /^no/ },
    ],
    [
      'plug-ins, tests and libraries without a program are unknown, with the reason',
      modern,
      {
        'lib.csproj': project('net452', '', 'Library'),
        'plug.csproj': project('net462', sdk + plugIn, 'Library'),
        'test.csproj': project('net452', mstest, 'Library'),
      },
      {
        'lib.csproj': /^unknown: The program that loads it/,
        'plug.csproj': /^unknown: It runs in the service/,
        'test.csproj': /^unknown: The test runner/,
      },
    ],
    [
      'several targets are judged one by one, and the worst counts',
      modern,
      {
        'a.csproj': project('x').replace(
          /TargetFramework>x<.TargetFramework/,
          'TargetFrameworks>net452;net48</TargetFrameworks',
        ),
      },
      { 'a.csproj': /^no: \.NET Framework 4\.5\.2/ },
    ],
    [
      'a site is judged by httpRuntime, with the place to change',
      modern,
      { 'Site/Site.csproj': site('v4.8'), 'Site/Web.config': webConfig('4.5') },
      {
        'Site/Site.csproj':
          /^no: \.NET Framework 4\.8 offers too little: refused\. httpRuntime runs the site like \.NET Framework 4\.5.* Run the site like .*Web\.config:1/,
      },
    ],
    [
      'switches of a configuration count',
      modern,
      { 'App/a.csproj': project('net452'), 'App/App.config': appConfig('DontEnableSchUseStrongCrypto', false) },
      {
        'App/a.csproj': /^yes: \.NET Framework 4\.5\.2 connects on every supported Windows version\. App\.config sets/,
      },
    ],
    [
      'a switch that harms is the place to change',
      modern,
      { 'App/a.csproj': project('net462'), 'App/App.config': appConfig('DontEnableSchUseStrongCrypto', true) },
      { 'App/a.csproj': /^no: .*App\.config sets .* to true.* to false\..*App\.config:1/ },
    ],
    [
      'a registry file leaves the answer open',
      modern,
      { 'a.csproj': project('net452'), 'strong.reg': strongCrypto },
      { 'a.csproj': /^unknown: .*strong\.reg sets SchUseStrongCrypto: it helps where the file was applied/ },
    ],
    [
      'what the server accepts decides where no client offers the same',
      host(
        { 'net-3.5': 'everywhere', 'net-4.5.2': 'everywhere', 'net-4.6.2': 'everywhere', 'net-4.8': 'everywhere' },
        { accepted: ['TLS 1.3'] },
      ),
      { 'App/a.csproj': project('net48'), 'App/App.config': appConfig('DontEnableSystemDefaultTlsVersions', true) },
      { 'App/a.csproj': /^no: / },
    ],
    [
      'a server that wants TLS 1.3 wants a later target than the minimum',
      host({ 'net-3.5': 'everywhere', 'net-4.5.2': 'everywhere', 'net-4.6.2': 'everywhere' }),
      { 'a.csproj': project('net462') },
      { 'a.csproj': /^no: .* Retarget it to \.NET Framework 4\.7 or later\.$/ },
    ],
    [
      'a target that cannot be evaluated is unknown',
      modern,
      { 'a.csproj': project('$(FromTheBuildServer)') },
      { 'a.csproj': /^unknown: The target framework could not be evaluated/ },
    ],
    [
      'without TLS nothing is known',
      host({}, { clients: [], speaksTls: false }),
      { 'a.csproj': project('net452') },
      { 'a.csproj': 'unknown: The server was not reached over TLS.' },
    ],
    [
      'clients that were not simulated leave the answer open',
      host({}, { clients: [] }),
      { 'a.csproj': project('net48') },
      { 'a.csproj': /^unknown: .*was not simulated/ },
    ],
    [
      'an expired certificate is refused everywhere, an untrusted one where it is not installed',
      host({}, { certificateProblems: ['expired', 'untrusted-root'] }),
      { 'a.csproj': project('net48') },
      { 'a.csproj': /^no: .*\(expired\)/ },
    ],
    [
      'trust depends on the machine',
      host({}, { certificateProblems: ['self-signed'] }),
      { 'a.csproj': project('net48') },
      { 'a.csproj': /^unknown: .*\(self-signed\)/ },
    ],
  ];

for (const [name, probed, files, expected] of cases) {
  test(name, () => {
    const answers = ask(probed, files);
    assert.deepEqual(Object.keys(answers), Object.keys(expected));
    for (const [file, wanted] of Object.entries(expected)) {
      if (typeof wanted === 'string') {
        assert.equal(answers[file], wanted);
      } else {
        assert.match(answers[file] ?? '', wanted);
      }
    }
  });
}
