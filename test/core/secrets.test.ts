import assert from 'node:assert/strict';
import test from 'node:test';
import { createAnalyzer, defaultSettings, maskSecrets } from '../../server/src/core/index.ts';
import { runCli } from '../harness/cli-io.ts';
import { MemoryHost } from '../harness/memory-host.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const secret = 'Pa55-never-shown';

const config = `<configuration>
  <connectionStrings>
    <add name="a" connectionString="AuthType=ClientSecret;Url=http://contoso.crm.dynamics.com;ClientSecret=${secret}" />
    <add name="b" connectionString="Url=http://svc:${secret}@contoso.crm9.dynamics.com/?key=${secret};Password=${secret}" />
  </connectionStrings>
  <appSettings>
    <add key="AppContext.SetSwitch:Switch.System.Net.DontEnableSchUseStrongCrypto" value="true" />
    <add key="Password" value="${secret}" />
    <add key="Crm" value="http://contoso.crm4.dynamics.com/api/data/v9.2/?code=${secret}#${secret}" />
  </appSettings>
  <system.web>
    <machineKey validationKey="${secret}" />
    <httpRuntime targetFramework="4.5" />
  </system.web>
</configuration>
`;

const ownServer = `<configuration>
  <connectionStrings>
    <add name="a" connectionString="AuthType=AD;Url=https://svc:${secret}@crm.contoso.local/contoso;Password=${secret}" />
  </connectionStrings>
</configuration>
`;

const project = `<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFrameworkVersion>v4.5</TargetFrameworkVersion></PropertyGroup>
</Project>
`;

test('no finding, verdict or notice shows what stands beside an address', () => {
  const files = {
    '/site/Web.config': config,
    '/sync/App.config': ownServer,
    '/sync/Sync.csproj': project,
    '/images/Dockerfile': `FROM microsoft/dotnet-framework:4.6.1\nENV PASSWORD=${secret}\n`,
    '/paket.dependencies': `source https://nuget.example.com/v3 password: "${secret}"\nnuget Microsoft.CrmSdk.CoreTools 8.0\n`,
  };
  const analyzer = createAnalyzer({ host: new MemoryHost(files), settingsFor: () => defaultSettings });
  analyzer.setFiles(Object.keys(files));
  const { findings, projects, notices } = analyzer.analyze();
  assert.ok(findings.length >= 6, 'there is something to tell');
  const said = JSON.stringify([
    findings.map(({ message, related, fixes }) => [message, related, fixes.map(({ title }) => title)]),
    projects.map(({ verdict }) => verdict),
    notices,
  ]);
  assert.ok(!said.includes(secret), said);
});

test('the places of findings about addresses end before what is secret', () => {
  const analyzer = createAnalyzer({
    host: new MemoryHost({ '/site/Web.config': config }),
    settingsFor: () => defaultSettings,
  });
  analyzer.setFiles(['/site/Web.config']);
  const urls = analyzer.analyze().findings.filter(({ rule }) => rule === 'clear-text-url');
  assert.deepEqual(
    urls.map(({ range }) => config.slice(range.start, range.end)).filter((text) => !text.includes('@')),
    ['http://contoso.crm.dynamics.com', 'http://contoso.crm4.dynamics.com/api/data/v9.2/'],
  );
});

/** A line, and the parts of it that must be hidden. */
for (const [line, ...secrets] of [
  [
    'connectionString="AuthType=Office365;Username=a@b.c;Password=Pa55&amp;w;Url=http://x.crm.dynamics.com"',
    'Pa55&amp;w',
  ],
  ['connectionString="Url=http://x; Password=&quot;Pa55&quot;; ClientSecret=q~8"', 'Pa55', 'q~8'],
  ['connectionString="Server=db;User Id=sa;Pwd=Pa55"', 'Pa55'],
  ['<machineKey validationKey=\'AB12\' decryptionKey="CD34" />', 'AB12', 'CD34'],
  ['<add key="Crm.Password" value="Pa55" />', 'Pa55'],
  ['<add name="ClientSecret" value=\'q~8\' />', 'q~8'],
  ['<Password>Pa55</Password>', 'Pa55'],
  ['"password": "Pa55", "url": "http://x"', 'Pa55'],
  ['Url=http://svc:Pa55@contoso.crm.dynamics.com', 'svc:Pa55'],
  ['http://x/api/data?code=abc123&amp;a=1', 'abc123'],
  ['source https://nuget.example.com/v3 username: "u" password: "Pa55"', 'Pa55'],
] as const) {
  test(`secrets of ${line} are dots of the same number`, () => {
    const masked = maskSecrets(line);
    assert.equal(masked.length, line.length);
    assert.deepEqual(
      secrets.filter((secret) => masked.includes(secret)),
      [],
      masked,
    );
  });
}

for (const line of [
  '<httpRuntime targetFramework="4.5" />',
  '<dependentAssembly name="Newtonsoft.Json" publicKeyToken="30ad4fe6b2a6aeed" />',
  '<TargetFrameworkVersion>v4.5.2</TargetFrameworkVersion>',
  '"SchUseStrongCrypto"=dword:00000001',
  'Url=https://contoso.crm4.dynamics.com;AuthType=OAuth;AppId=51f81489-12ee-4a9e-aaae-a2591f45987d',
  '<add key="AppContext.SetSwitch:Switch.System.Net.DontEnableSchUseStrongCrypto" value="true" />',
  'ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls;',
]) {
  test(`${line} has no secret`, () => assert.equal(maskSecrets(line), line));
}

test('the command line shows the line of a finding without its secrets', async (t) => {
  const { stdout } = await runCli(['audit'], tempFolder(t, { 'App.config': config }));
  assert.match(stdout, /clear-text-url/);
  assert.ok(!stdout.includes(secret), stdout);
});
