import assert from 'node:assert/strict';
import test from 'node:test';
import {
  createAnalyzer,
  defaultSettings,
  type ProcessVerdict,
  type TlsApi,
  type Verdict,
  type WindowsOffer,
} from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

/** Where the verdict of a row was derived from, by hand. */
const sources = {
  defaults: 'https://github.com/microsoft/referencesource System/sys/AppContextDefaultValues.Defaults.cs',
  manager: 'https://github.com/microsoft/referencesource System/net/System/Net/ServicePointManager.cs',
  schannel: 'https://learn.microsoft.com/windows/win32/secauthn/protocols-in-tls-ssl--schannel-ssp-',
  guide: 'https://learn.microsoft.com/dotnet/framework/network-programming/tls',
  stream: 'https://github.com/microsoft/referencesource System/net/System/Net/SecureProtocols/SslStream.cs',
  transport: 'https://github.com/microsoft/referencesource System.ServiceModel/Channels/TransportDefaults.cs',
  message: 'https://github.com/microsoft/referencesource System.ServiceModel/Security/TlsnegoTokenProvider.cs',
  wcf: 'https://github.com/microsoft/referencesource System.ServiceModel/AppContextDefaultValues.Default.cs',
  site: 'https://github.com/microsoft/referencesource System.Web/Hosting/ApplicationManager.cs',
  overrides: 'https://github.com/microsoft/referencesource AppContextDefaultValues.DesktopOverrides.cs',
  registry: 'https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings',
  cipher: 'https://learn.microsoft.com/power-platform/admin/server-cipher-tls-requirements',
  entry: 'https://github.com/microsoft/referencesource mscorlib/system/appdomain.cs',
  attribute: 'https://github.com/dotnet/msbuild src/Tasks/Microsoft.Common.CurrentVersion.targets',
  runtime: 'https://learn.microsoft.com/dotnet/framework/configure-apps/file-schema/startup/supportedruntime-element',
  modern: 'https://learn.microsoft.com/dotnet/core/extensions/sslstream-best-practices',
  change: 'https://github.com/microsoft/referencesource System/net/System/Net/ServicePointManager.cs (setter)',
} as const;
type Source = keyof typeof sources;

/** What stands in the workspace of a row besides the target. */
interface Extras {
  readonly web?: string;
  readonly switches?: string;
  readonly appSettings?: string;
  readonly config?: string;
  readonly properties?: string;
  readonly registry?: string;
  readonly code?: string;
}

/** `s` is SSL 3.0, a digit the minor version of TLS. */
type Row = readonly [
  target: string,
  extras: Extras,
  place: WindowsOffer['id'] | Exclude<TlsApi, 'http'>,
  verdict: Verdict,
  protocols: string,
  source: Source,
];

const off = 'Switch.System.Net.DontEnableSchUseStrongCrypto';
const list = 'Switch.System.Net.DontEnableSystemDefaultTlsVersions';
const wcfMessage = 'Switch.System.ServiceModel.DisableUsingServicePointManagerSecurityProtocols';
const wcfList = 'Switch.System.ServiceModel.DontEnableSystemDefaultTlsVersions';

const runtime = (generation: '4' | '2', name: string, value: number, views = 'both') => {
  const key = generation === '4' ? 'v4.0.30319' : 'v2.0.50727';
  const section = (node: string) =>
    `[HKEY_LOCAL_MACHINE\\SOFTWARE\\${node}Microsoft\\.NETFramework\\${key}]\r\n"${name}"=dword:0000000${value}\r\n`;
  return `${section('')}${views === 'both' ? section('Wow6432Node\\') : ''}`;
};
const schannel = (version: string, values: string) =>
  `[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\${version}\\Client]\r\n${values}\r\n`;
const strong = runtime('4', 'SchUseStrongCrypto', 1);
const system = runtime('4', 'SystemDefaultTlsVersions', 1);
const binding = (kind: string, security: string, address = 'net.tcp://server/x') =>
  `<system.serviceModel><bindings><${kind}><binding name="b">${security}</binding></${kind}></bindings><client><endpoint address="${address}" binding="${kind}" bindingConfiguration="b" contract="c" /></client></system.serviceModel>`;
const tcp = (protocols: string, address?: string) =>
  binding('netTcpBinding', `<security mode="Transport"><transport sslProtocols="${protocols}" /></security>`, address);
const online = 'https://contoso.crm4.dynamics.com/XRMServices/2011/Organization.svc';
const main = (statement: string) =>
  `using System; using System.Net; class Program { static void Main(string[] args) { ${statement}; } }`;
const set = (assignment: string) => main(`ServicePointManager.SecurityProtocol ${assignment}`);
const setSwitch = (name: string, value: string) => main(`AppContext.SetSwitch("${name}", ${value})`);
const noAttribute = '<GenerateTargetFrameworkAttribute>false</GenerateTargetFrameworkAttribute>';

const rows: readonly Row[] = [
  // Targets alone, on every Windows.
  ['v2.0', {}, '10', 'unsafe', '0', 'guide'],
  ['v3.5', {}, '7', 'unsafe', 's0', 'guide'],
  ['v3.5', {}, '8.1', 'unsafe', 's0', 'guide'],
  ['v3.5', {}, '10', 'unsafe', '0', 'guide'],
  ['v3.5', {}, 'server-2022', 'unsafe', '0', 'guide'],
  ['v4.0', {}, '10', 'unsafe', '0', 'manager'],
  ['v4.0', {}, 'server-2012r2', 'unsafe', 's0', 'manager'],
  ['v4.5', {}, 'server-2019', 'unsafe', '0', 'manager'],
  ['v4.5.1', {}, 'server-2008r2', 'unsafe', 's0', 'manager'],
  ['v4.5.2', {}, '7', 'unsafe', 's0', 'manager'],
  ['v4.5.2', {}, '10', 'unsafe', '0', 'manager'],
  ['v4.5.2', {}, '11', 'unsafe', '0', 'manager'],
  ['v4.6', {}, '7', 'safe', '012', 'manager'],
  ['v4.6', {}, '10', 'safe', '012', 'manager'],
  ['v4.6', {}, '11', 'safe', '012', 'defaults'],
  ['v4.6.1', {}, 'server-2008r2', 'safe', '012', 'manager'],
  ['v4.6.2', {}, '7', 'safe', '012', 'manager'],
  ['v4.6.2', {}, '8.1', 'safe', '012', 'manager'],
  ['v4.6.2', {}, 'server-2016', 'safe', '012', 'manager'],
  ['v4.6.2', {}, '11', 'safe', '012', 'defaults'],
  ['v4.6.2', {}, 'server-2025', 'safe', '012', 'defaults'],
  ['v4.7', {}, '7', 'unsafe', 's0', 'schannel'],
  ['v4.7', {}, '8.1', 'safe', 's012', 'schannel'],
  ['v4.7', {}, '10', 'safe', '012', 'schannel'],
  ['v4.7', {}, '11', 'safe', '0123', 'schannel'],
  ['v4.7.1', {}, 'server-2012r2', 'safe', 's012', 'schannel'],
  ['v4.7.2', {}, 'server-2008r2', 'unsafe', 's0', 'schannel'],
  ['v4.7.2', {}, 'server-2016', 'safe', '012', 'schannel'],
  ['v4.8', {}, '7', 'unsafe', 's0', 'schannel'],
  ['v4.8', {}, 'server-2019', 'safe', '012', 'schannel'],
  ['v4.8', {}, 'server-2022', 'safe', '0123', 'schannel'],
  ['v4.8.1', {}, 'server-2025', 'safe', '0123', 'schannel'],
  // The other APIs, on Windows 10.
  ['v3.5', {}, 'sslstream', 'unsafe', '0', 'stream'],
  ['v3.5', {}, 'wcf-http', 'unsafe', '0', 'guide'],
  ['v3.5', {}, 'wcf-tcp', 'unsafe', '0', 'guide'],
  ['v3.5', {}, 'wcf-message', 'unsafe', '0', 'message'],
  ['v4.5.2', {}, 'sslstream', 'unsafe', '0', 'stream'],
  ['v4.5.2', {}, 'wcf-http', 'unsafe', '0', 'guide'],
  ['v4.5.2', {}, 'wcf-tcp', 'safe', '012', 'transport'],
  ['v4.5.2', {}, 'wcf-message', 'unsafe', '0', 'message'],
  ['v4.6.2', {}, 'sslstream', 'safe', '012', 'stream'],
  ['v4.6.2', {}, 'wcf-tcp', 'safe', '012', 'transport'],
  ['v4.6.2', {}, 'wcf-message', 'unsafe', '0', 'message'],
  ['v4.7', {}, 'wcf-tcp', 'safe', '012', 'wcf'],
  ['v4.7', {}, 'wcf-message', 'safe', '012', 'message'],
  ['v4.7.1', {}, 'wcf-tcp', 'safe', '012', 'wcf'],
  ['v4.8', {}, 'sslstream', 'safe', '012', 'stream'],
  ['v4.8', {}, 'wcf-http', 'safe', '012', 'guide'],
  ['v4.8', {}, 'wcf-message', 'safe', '012', 'message'],
  // Sites: httpRuntime decides.
  ['v4.8', { web: 'targetFramework="4.5"' }, '10', 'unsafe', '0', 'site'],
  ['v4.8', { web: 'targetFramework="4.5.2"' }, 'server-2012r2', 'unsafe', 's0', 'site'],
  ['v4.8', { web: 'targetFramework="4.6"' }, '10', 'safe', '012', 'site'],
  ['v4.8', { web: 'targetFramework="4.6.2"' }, '11', 'safe', '012', 'site'],
  ['v4.8', { web: 'targetFramework="4.7"' }, '11', 'safe', '0123', 'site'],
  ['v4.8', { web: 'targetFramework="4.8"' }, '7', 'unsafe', 's0', 'site'],
  ['v4.8', { web: '' }, '10', 'unsafe', '0', 'site'],
  ['v4.8', { web: 'maxRequestLength="4096"' }, 'server-2022', 'unsafe', '0', 'site'],
  ['v4.5', { web: 'targetFramework="4.8"' }, '10', 'safe', '012', 'site'],
  ['v4.8', { web: 'targetFramework="4.5"' }, 'wcf-message', 'unsafe', '0', 'site'],
  // Switches.
  ['v4.5.2', { switches: `${off}=false` }, '10', 'safe', '012', 'overrides'],
  ['v4.5.2', { switches: `${off}=false` }, '7', 'safe', '012', 'overrides'],
  ['v4.5.2', { switches: `${off}=false` }, '11', 'safe', '012', 'overrides'],
  ['v4.5.2', { switches: `${list}=false` }, '10', 'safe', '012', 'manager'],
  ['v4.5.2', { switches: `${list}=false` }, '7', 'unsafe', 's0', 'schannel'],
  ['v4.5.2', { switches: `${off}=false;${list}=false` }, '11', 'safe', '0123', 'manager'],
  ['v4.5.2', { switches: `${list}=true; ${off}=false` }, '10', 'unsafe', '0', 'overrides'],
  ['v4.5.2', { switches: `${off}=false;${off}=true` }, '10', 'unsafe', '0', 'overrides'],
  ['v4.6', { switches: `${off}=true` }, '10', 'unsafe', '0', 'defaults'],
  ['v4.6.2', { switches: `${off}=true` }, '8.1', 'unsafe', 's0', 'defaults'],
  ['v4.6.2', { switches: `${list}=false` }, '11', 'safe', '0123', 'defaults'],
  ['v4.8', { switches: `${list}=true` }, '7', 'safe', '012', 'defaults'],
  ['v4.8', { switches: `${list}=true` }, '11', 'safe', '012', 'defaults'],
  // Without strong crypto a target of 4.7 or later still follows Windows, and falls back only where that is off as well.
  ['v4.8', { switches: `${off}=true` }, '10', 'safe', '012', 'manager'],
  ['v4.7', { switches: `${off}=true` }, '7', 'unsafe', 's0', 'manager'],
  ['v4.8', { switches: `${off}=true;${list}=true` }, '10', 'unsafe', '0', 'manager'],
  ['v4.8', { switches: `${list}=true;${off}=true` }, '11', 'unsafe', '0', 'manager'],
  ['v4.6.2', { switches: `${wcfMessage}=false` }, 'wcf-message', 'safe', '012', 'wcf'],
  ['v4.8', { switches: `${wcfMessage}=true` }, 'wcf-message', 'unsafe', '0', 'wcf'],
  ['v4.8', { switches: `${wcfList}=true` }, 'wcf-tcp', 'safe', '012', 'wcf'],
  ['v3.5', { switches: `${off}=false` }, '10', 'unsafe', '0', 'overrides'],
  ['v4.5', { web: 'targetFramework="4.5"', appSettings: off }, '10', 'safe', '012', 'site'],
  ['v4.5', { web: 'targetFramework="4.5"', switches: `${off}=false` }, '10', 'unsafe', '0', 'site'],
  // Registry files: perhaps applied.
  ['v4.5.2', { registry: strong }, '10', 'unknown', '0', 'guide'],
  ['v4.5.2', { registry: strong }, '7', 'unknown', 's0', 'guide'],
  ['v4.5.2', { registry: runtime('4', 'SchUseStrongCrypto', 1, 'native') }, '10', 'unsafe', '0', 'guide'],
  ['v4.5.2', { registry: system }, '10', 'unknown', '0', 'guide'],
  ['v4.5.2', { registry: system }, '7', 'unsafe', 's0', 'schannel'],
  ['v3.5', { registry: strong }, '10', 'unsafe', '0', 'guide'],
  ['v3.5', { registry: runtime('2', 'SchUseStrongCrypto', 1) }, '10', 'unsafe', '0', 'guide'],
  ['v3.5', { registry: runtime('2', 'SystemDefaultTlsVersions', 1) }, '10', 'unknown', '0', 'guide'],
  ['v4.6.2', { registry: runtime('4', 'SchUseStrongCrypto', 0) }, '10', 'unsafe', '012', 'manager'],
  ['v4.8', { registry: runtime('4', 'SchUseStrongCrypto', 0) }, '10', 'safe', '012', 'manager'],
  ['v4.8', { registry: runtime('4', 'SystemDefaultTlsVersions', 0) }, '11', 'safe', '0123', 'manager'],
  [
    'v4.5.2',
    { switches: `${off}=false`, registry: runtime('4', 'SchUseStrongCrypto', 0, 'native') },
    '10',
    'unsafe',
    '012',
    'manager',
  ],
  ['v4.8', { registry: schannel('TLS 1.2', '"Enabled"=dword:00000000') }, '10', 'unsafe', '012', 'registry'],
  ['v4.8', { registry: schannel('TLS 1.2', '"Enabled"=dword:00000000') }, '11', 'safe', '0123', 'registry'],
  ['v4.6.2', { registry: schannel('TLS 1.2', '"Enabled"=dword:00000000') }, '11', 'unsafe', '012', 'registry'],
  ['v4.8', { registry: schannel('TLS 1.2', '"DisabledByDefault"=dword:1') }, '10', 'unsafe', '012', 'registry'],
  ['v4.6.2', { registry: schannel('TLS 1.2', '"DisabledByDefault"=dword:1') }, '10', 'safe', '012', 'registry'],
  [
    'v4.8',
    { registry: schannel('TLS 1.2', '"Enabled"=dword:1\r\n"DisabledByDefault"=dword:0') },
    '7',
    'unknown',
    's0',
    'registry',
  ],
  ['v4.8', { registry: schannel('TLS 1.0', '"Enabled"=dword:0') }, '10', 'safe', '012', 'registry'],
  [
    'v4.8',
    {
      registry:
        '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002]\r\n"Functions"="TLS_RSA_WITH_AES_128_CBC_SHA"\r\n',
    },
    '11',
    'unsafe',
    '0123',
    'cipher',
  ],
  // What is compiled in, and what starts the program.
  ['v4.8', { properties: noAttribute }, '10', 'unsafe', '0', 'attribute'],
  ['v4.5.2', { properties: noAttribute }, '7', 'unsafe', 's0', 'attribute'],
  ['v4.0', { properties: '<TargetFrameworkProfile>Client</TargetFrameworkProfile>' }, '10', 'unsafe', '0', 'entry'],
  [
    'v4.8',
    { config: '<startup><supportedRuntime version="v4.0" sku=".NETFramework,Version=v4.5" /></startup>' },
    '10',
    'safe',
    '012',
    'runtime',
  ],
  ['v3.5', { config: '<startup><supportedRuntime version="v4.0" /></startup>' }, '10', 'unsafe', '0', 'runtime'],
  ['v3.5', { config: '<startup><supportedRuntime version="v4.0" /></startup>' }, 'wcf-tcp', 'safe', '012', 'runtime'],
  // Lists of WCF, and APIs that count because they ask an online host.
  ['v4.8', { config: tcp('Tls') }, 'wcf-tcp', 'unsafe', '0', 'transport'],
  ['v4.8', { config: tcp('Tls') }, '10', 'safe', '012', 'transport'],
  ['v4.8', { config: tcp('Tls12') }, 'wcf-tcp', 'safe', '2', 'transport'],
  ['v4.6.2', { config: tcp('None') }, 'wcf-tcp', 'safe', '012', 'transport'],
  ['v4.8', { config: tcp('Ssl3, Tls', 'net.tcp://contoso.crm.dynamics.com/x') }, '10', 'unsafe', '012', 'transport'],
  [
    'v4.6.2',
    { config: binding('wsHttpBinding', '<security mode="Message" />', online) },
    '10',
    'unsafe',
    '012',
    'message',
  ],
  ['v4.8', { config: binding('wsHttpBinding', '<security mode="Message" />', online) }, '10', 'safe', '012', 'message'],
  // Code.
  ['v4.5.2', { code: set('= SecurityProtocolType.Tls12') }, '10', 'safe', '2', 'change'],
  ['v4.5.2', { code: set('|= SecurityProtocolType.Tls12') }, '10', 'safe', '02', 'change'],
  ['v4.5.2', { code: set('|= SecurityProtocolType.Tls12') }, '7', 'safe', 's02', 'change'],
  ['v4.5.2', { code: set('= (SecurityProtocolType)3072') }, '11', 'safe', '2', 'change'],
  ['v4.5.2', { code: set('= SecurityProtocolType.Tls12') }, 'sslstream', 'unsafe', '0', 'stream'],
  ['v4.5.2', { code: set('= SecurityProtocolType.Tls12') }, 'wcf-http', 'safe', '2', 'guide'],
  ['v4.5.2', { code: set('= SecurityProtocolType.Tls12') }, 'wcf-message', 'unsafe', '0', 'message'],
  ['v4.5.2', { code: set('|= SecurityProtocolType.Tls11') }, '10', 'unsafe', '01', 'change'],
  ['v4.8', { code: set('= SecurityProtocolType.Tls') }, '10', 'unsafe', '0', 'change'],
  ['v4.8', { code: set('= SecurityProtocolType.Tls') }, 'sslstream', 'safe', '012', 'stream'],
  ['v4.8', { code: set('= SecurityProtocolType.Ssl3 | SecurityProtocolType.Tls') }, '8.1', 'unsafe', 's0', 'change'],
  ['v4.8', { code: set('= SecurityProtocolType.Tls12') }, '11', 'safe', '2', 'change'],
  ['v4.8', { code: set('= SecurityProtocolType.Tls12') }, '7', 'safe', '2', 'change'],
  ['v4.8', { code: set('|= SecurityProtocolType.Tls12') }, '11', 'safe', '2', 'change'],
  ['v4.8', { code: set('= SecurityProtocolType.SystemDefault') }, '11', 'safe', '0123', 'change'],
  ['v4.8', { code: set('= SecurityProtocolType.Tls13') }, '10', 'unsafe', '', 'schannel'],
  ['v4.8', { code: set('= SecurityProtocolType.Tls13') }, '11', 'safe', '3', 'schannel'],
  ['v4.6.2', { code: set('&= ~SecurityProtocolType.Tls') }, '10', 'safe', '12', 'change'],
  ['v4.6.2', { code: set('&= ~SecurityProtocolType.Tls12') }, '10', 'unsafe', '01', 'change'],
  ['v4.5.2', { code: set('= SecurityProtocolType.Tls'), registry: strong }, '10', 'unsafe', '0', 'guide'],
  [
    'v4.6.2',
    { code: set('= SecurityProtocolType.Tls12'), registry: runtime('4', 'SchUseStrongCrypto', 0) },
    '10',
    'safe',
    '2',
    'guide',
  ],
  [
    'v4.8',
    { code: set('= SecurityProtocolType.Tls12'), registry: schannel('TLS 1.2', '"Enabled"=dword:0') },
    '11',
    'unsafe',
    '2',
    'registry',
  ],
  [
    'v4.8',
    { code: set('= SecurityProtocolType.Tls12'), registry: schannel('TLS 1.2', '"DisabledByDefault"=dword:1') },
    '10',
    'safe',
    '2',
    'registry',
  ],
  ['v3.5', { code: set('= (SecurityProtocolType)3072') }, '10', 'safe', '2', 'guide'],
  ['v4.5.2', { code: setSwitch(off, 'false') }, '10', 'safe', '012', 'overrides'],
  ['v4.6', { code: setSwitch(off, 'true') }, '10', 'unsafe', '0', 'overrides'],
  ['v4.5.2', { switches: `${off}=false`, code: set('= SecurityProtocolType.Tls') }, '10', 'unsafe', '0', 'change'],
  ['v4.5', { web: 'targetFramework="4.5"', code: set('|= SecurityProtocolType.Tls12') }, '10', 'safe', '02', 'site'],
  ['v4.5.2', { code: set('= Parse(args[0])') }, '10', 'unknown', '0', 'change'],
  // Modern .NET follows Windows.
  ['net8.0', {}, '10', 'not-affected', '012', 'modern'],
  ['net8.0', {}, '11', 'not-affected', '0123', 'modern'],
];

test('the table has enough rows, each with a source', () => {
  assert.ok(rows.length >= 80, String(rows.length));
  assert.ok(rows.every(([, , , , , source]) => sources[source].startsWith('https://')));
});

for (const [target, extras, place, verdict, protocols, source] of rows) {
  test(`${target} ${describeExtras(extras)}, ${place}: ${verdict} with ${protocols} (${source})`, () => {
    const process = judge(target, extras);
    const offer =
      process.windows.find(({ id }) => id === place) ?? process.apis.find(({ id }) => id === (place as TlsApi));
    assert.ok(offer);
    assert.deepEqual([offer.verdict, offer.protocols.map(short).join('')], [verdict, protocols]);
  });
}

function judge(target: string, extras: Extras): ProcessVerdict {
  const isWeb = extras.web !== undefined;
  const host = new MemoryHost({
    '/w/App/App.csproj': target.startsWith('net') ? sdkProject(target) : project(target, extras),
    '/w/App/Program.cs': extras.code ?? 'class Program { static void Main() { } }',
  });
  const config = configuration(extras);
  if (config !== undefined) {
    host.files.set(`/w/App/${isWeb ? 'Web' : 'App'}.config`, config);
  }
  if (extras.registry !== undefined) {
    host.files.set('/w/deploy/tls.reg', `Windows Registry Editor Version 5.00\r\n\r\n${extras.registry}`);
  }
  const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings });
  analyzer.setFiles(host.files.keys());
  const { processes, failures } = analyzer.analyze();
  assert.deepEqual(failures, []);
  assert.equal(processes.length, 1);
  return processes[0] as ProcessVerdict;
}

function project(target: string, { web, properties }: Extras): string {
  const guids = '<ProjectTypeGuids>{349c5851-65df-11da-9384-00065b846f21}</ProjectTypeGuids>';
  return `<Project><PropertyGroup><OutputType>${web === undefined ? 'Exe' : 'Library'}</OutputType>${
    web === undefined ? '' : guids
  }<TargetFrameworkVersion>${target}</TargetFrameworkVersion>${properties ?? ''}</PropertyGroup><ItemGroup><Compile Include="Program.cs" /></ItemGroup><Import Project="$(MSBuildToolsPath)\\Microsoft.CSharp.targets" /></Project>`;
}

function sdkProject(target: string): string {
  return `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>${target}</TargetFramework></PropertyGroup></Project>`;
}

function configuration({ web, switches, appSettings, config }: Extras): string | undefined {
  if (web === undefined && switches === undefined && config === undefined) {
    return undefined;
  }
  const settings = appSettings
    ? `<appSettings><add key="AppContext.SetSwitch:${appSettings}" value="false" /></appSettings>`
    : '';
  const overrides = switches ? `<runtime><AppContextSwitchOverrides value="${switches}" /></runtime>` : '';
  const site = web === undefined ? '' : `<system.web>${web === '' ? '' : `<httpRuntime ${web} />`}</system.web>`;
  return `<configuration>${settings}${overrides}${site}${config ?? ''}</configuration>`;
}

function short(version: string): string {
  return version === 'SSL 3.0' ? 's' : version.slice(-1);
}

function describeExtras(extras: Extras): string {
  const text = Object.entries(extras)
    .map(([name, value]) => `${name} ${value.replace(/\s+/g, ' ').replaceAll('Switch.System.', '')}`)
    .join(', ');
  return text === '' ? 'alone' : `with ${text.length > 110 ? `${text.slice(0, 110)}...` : text}`;
}
