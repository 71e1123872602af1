import assert from 'node:assert/strict';
import test from 'node:test';
import { type Analysis, createAnalyzer, defaultSettings } from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const project = (options: { target?: string; output?: string; references?: string[]; package?: string }) =>
  `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>${options.output ?? 'Library'}</OutputType>
    ${options.target === undefined ? '' : `<TargetFramework>${options.target}</TargetFramework>`}
  </PropertyGroup>
  <ItemGroup>
    ${(options.references ?? []).map((name) => `<ProjectReference Include="../${name}/${name}.csproj" />`).join('')}
    ${options.package === undefined ? '' : `<PackageReference Include="${options.package}" Version="1.0.0" />`}
  </ItemGroup>
</Project>`;

const legacyProgram = `<Project ToolsVersion="14.0">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFrameworkVersion>v4.8</TargetFrameworkVersion>
  </PropertyGroup>
  <PropertyGroup Condition=" '$(Configuration)|$(Platform)' == 'Debug|AnyCPU' "><DebugSymbols>true</DebugSymbols></PropertyGroup>
  <Import Project="$(MSBuildToolsPath)\\Microsoft.CSharp.targets" />
</Project>`;

const plugInPackage = 'Microsoft.PowerApps.MSBuild.Plugin';
const props = (target: string) =>
  `<Project><PropertyGroup><TargetFramework>${target}</TargetFramework></PropertyGroup></Project>`;
const solution = (version: string, ...names: string[]) =>
  `Microsoft Visual Studio Solution File, Format Version 12.00\nVisualStudioVersion = ${version}\n${names
    .map(
      (name) =>
        `Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "${name}", "${name}\\${name}.csproj", "{${name}}"\nEndProject\n`,
    )
    .join('')}`;
const webSite =
  'Project("{E24C65DC-7377-472B-9ABA-BC803B73C61A}") = "Site", "Site\\", "{S}"\n  ProjectSection(WebsiteProperties) = preProject\n    TargetFrameworkMoniker = ".NETFramework,Version%3Dv4.5"\n  EndProjectSection\nEndProject\n';

const appConfig = (value: string) =>
  `<configuration><runtime><AppContextSwitchOverrides value="Switch.System.Net.DontEnableSchUseStrongCrypto=${value}" /></runtime></configuration>`;
const code = (assignment: string) =>
  `using System.Net; class P { static void Main() { ServicePointManager.SecurityProtocol ${assignment}; } }`;
const registry = (value: string) =>
  `Windows Registry Editor Version 5.00\r\n\r\n${['', 'Wow6432Node\\']
    .map(
      (node) =>
        `[HKEY_LOCAL_MACHINE\\SOFTWARE\\${node}Microsoft\\.NETFramework\\v4.0.30319]\r\n"SchUseStrongCrypto"=dword:0000000${value}\r\n`,
    )
    .join('')}`;

/** What may become of each file in a step; undefined is a file that is not there. */
const states: Readonly<Record<string, readonly (string | undefined)[]>> = {
  '/w/Directory.Build.props': [
    undefined,
    props('net45'),
    props('net462'),
    `<!-- moved -->${props('net452')}`,
    `<!-- dynamics-tls-disable-file target-framework-too-old -->${props('net452')}`,
  ],
  '/w/Orphan.props': [undefined, props('net40'), props('net48')],
  '/w/App/App.csproj': [
    project({ output: 'Exe', references: ['Middle'] }),
    project({ output: 'Exe', target: 'net452', references: ['Middle', 'Base'] }),
    `<!-- typed -->${project({ output: 'Exe', references: ['Middle'] })}`,
    `<!-- dynamics-tls-disable-next-line target-framework-too-old -->\n${project({ output: 'Exe', target: 'net45' }).replaceAll('\n', '')}`,
    project({ references: [] }),
    '<Project',
    undefined,
  ],
  '/w/Middle/Middle.csproj': [
    project({ references: ['Base'] }),
    project({ target: 'net45' }),
    project({ references: ['Base', 'App'] }),
    undefined,
  ],
  '/w/Base/Base.csproj': [project({}), project({ target: 'net461' }), ` ${project({})}`],
  '/w/Step/Step.csproj': [
    project({ package: plugInPackage, references: ['Base'] }),
    project({ references: ['Base'] }),
    project({ package: plugInPackage, target: 'net452' }),
    undefined,
  ],
  '/w/Old/Old.csproj': [legacyProgram],
  '/w/All.sln': [
    solution('14.0.1', 'App', 'Old'),
    solution('15.0', 'App', 'Old'),
    undefined,
    solution('15.0', 'App', 'Base') + webSite,
    webSite,
  ],
  '/w/App/App.vshost.exe': [undefined, 'MZ'],
  '/w/App/App.config': [undefined, appConfig('false'), appConfig('true')],
  '/w/App/Program.cs': [
    undefined,
    code('|= SecurityProtocolType.Tls12'),
    code('= SecurityProtocolType.Tls'),
    'class P { }',
  ],
  '/w/Base/Base.cs': [undefined, code('= SecurityProtocolType.Tls'), code('|= SecurityProtocolType.Tls12')],
  '/w/deploy/tls.reg': [undefined, registry('1'), registry('0')],
  '/w/Site/Web.config': [
    undefined,
    '<configuration><system.web><httpRuntime targetFramework="4.8"/></system.web></configuration>',
  ],
  '/w/.dynamics-tls.json': [
    undefined,
    '{ "rules": { "target-framework-too-old": "information" }, "roles": { "Base.csproj": "test" } }',
    '{ "exclude": ["Step", "App/*.exe"] }',
    '{ "extends": "policy.json", ',
  ],
  '/w/App/.dynamics-tls.json': [undefined, '{ "targetFramework": "4.8" }', '{ "extends": "../.dynamics-tls.json" }'],
  '/w/policy.json': [undefined, '{ "roles": { "App/*.csproj": "plug-in" }, "exclude": ["*.sln"] }', '{ "exclude": 1 }'],
};

/** Numbers that look random and are the same each time. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state >>> 8;
  }
}

for (let seed = 1; seed <= 8; seed++) {
  test(`changes one after the other give what a new analysis gives (sequence ${seed})`, () => {
    const random = numbers(seed);
    const next = (limit: number) => Number(random.next().value) % limit;
    const host = new MemoryHost();
    const set = (path: string, text: string | undefined) =>
      text === undefined ? host.files.delete(path) : host.files.set(path, text);
    for (const [path, [first]] of Object.entries(states)) {
      set(path, first);
    }
    const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings });
    analyzer.setFiles(host.files.keys());
    analyzer.analyze();
    for (let step = 0; step < 60; step++) {
      const changed = Array.from({ length: 1 + next(3) }, () => {
        const path = Object.keys(states)[next(Object.keys(states).length)] ?? '';
        const texts = states[path] ?? [];
        set(path, texts[next(texts.length)]);
        return path;
      });
      analyzer.setFiles(host.files.keys());
      analyzer.change(changed);
      const fresh = createAnalyzer({ host, settingsFor: () => defaultSettings });
      fresh.setFiles(host.files.keys());
      assert.deepEqual(plain(analyzer.analyze()), plain(fresh.analyze()), `step ${step}: ${changed.join()}`);
    }
  });
}

test('an edit judges only the processes that it touches again', () => {
  const host = new MemoryHost({
    '/w/Base/Base.csproj': project({ target: 'net452' }),
    '/w/Base/Base.cs': code('|= SecurityProtocolType.Tls12'),
    '/w/App/App.csproj': project({ output: 'Exe', target: 'net48', references: ['Base'] }),
    '/w/App/Program.cs': code('|= SecurityProtocolType.Tls12'),
    '/w/Alone/Alone.csproj': project({ output: 'Exe', target: 'net452' }),
    '/w/Alone/App.config': appConfig('false'),
    '/w/Other/Other.csproj': project({ output: 'Exe', target: 'net462' }),
    '/w/Modern/Modern.csproj': project({ output: 'Exe', target: 'net8.0' }),
    '/w/tls.reg': registry('1'),
  });
  const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings });
  analyzer.setFiles(host.files.keys());
  assert.equal(analyzer.analyze().judgedProcesses.length, 5);
  const edit = (path: string, text: string) => {
    const before = new Map(analyzer.analyze().processes.map((process) => [process.id, process]));
    host.files.set(path, text);
    analyzer.change([path]);
    const { judgedProcesses, processes } = analyzer.analyze();
    const kept = processes.filter((process) => before.get(process.id) === process).length;
    return { judged: judgedProcesses.map((judged) => judged.split('/')[2]), kept };
  };
  assert.deepEqual(edit('/w/Alone/App.config', appConfig('true')), { judged: ['Alone'], kept: 4 });
  assert.deepEqual(edit('/w/App/Program.cs', code('= SecurityProtocolType.Tls')), { judged: ['App', 'Base'], kept: 3 });
  assert.deepEqual(edit('/w/Base/Base.cs', code('= SecurityProtocolType.Tls13')), { judged: ['App', 'Base'], kept: 3 });
  assert.deepEqual(edit('/w/Other/Other.csproj', project({ output: 'Exe', target: 'net45' })), {
    judged: ['Other'],
    kept: 4,
  });
  // Nothing about TLS is another one: its program is judged again, and its verdict stays the same object.
  assert.deepEqual(edit('/w/Modern/Modern.csproj', ` ${project({ output: 'Exe', target: 'net8.0' })}`).judged, [
    'Modern',
  ]);
  assert.deepEqual(edit('/w/tls.reg', registry('0')).judged, ['Alone', 'App', 'Base', 'Other']);
});

test('a list of findings stays the same object while nothing in it changes', () => {
  const host = new MemoryHost({
    '/w/A/A.csproj': project({ output: 'Exe', target: 'net45' }),
    '/w/B/B.csproj': project({ output: 'Exe', target: 'net45' }),
  });
  const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings });
  analyzer.setFiles(host.files.keys());
  const before = analyzer.analyze().findingsByPath;
  host.files.set('/w/A/A.csproj', project({ output: 'Exe', target: 'net40' }));
  analyzer.change(['/w/A/A.csproj']);
  const after = analyzer.analyze().findingsByPath;
  assert.equal(after.get('/w/B/B.csproj'), before.get('/w/B/B.csproj'));
  assert.notEqual(after.get('/w/A/A.csproj'), before.get('/w/A/A.csproj'));
});

function plain({ findings, findingsByPath, suppressed, projects, processes, notices, failures, fileCount }: Analysis) {
  return {
    findings,
    byPath: [...findingsByPath],
    suppressed,
    projects: projects.map(({ model, verdict }) => ({ path: model.path, role: model.role, verdict })),
    processes,
    notices,
    failures,
    fileCount,
  };
}
