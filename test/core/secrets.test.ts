import assert from 'node:assert/strict';
import test from 'node:test';
import { createAnalyzer, defaultSettings } from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

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
