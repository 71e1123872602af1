/**
 * Random projects for the differential test: nested imports, conditions, Choose, overrides, patterns, functions and
 * escapes, in old projects and SDK projects. The same seed gives the same project.
 */

export interface GeneratedProject {
  readonly files: Readonly<Record<string, string>>;
  readonly entry: string;
  /** Sets of global properties to evaluate with. */
  readonly globals: readonly Readonly<Record<string, string>>[];
}

/** A generator of numbers that starts at a seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function generateProject(seed: number): GeneratedProject {
  return new Generator(seed).generate();
}

const versions = ['v2.0', 'v3.5', 'v4.0', 'v4.5', 'v4.5.1', 'v4.5.2', 'v4.6', 'v4.6.1', 'v4.6.2', 'v4.7.2', 'v4.8'];
const shortNames = [
  'net35',
  'net40',
  'net45',
  'net452',
  'net46',
  'net462',
  'net472',
  'net48',
  'netstandard2.0',
  'net8.0',
  'netcoreapp3.1',
  'net6.0-windows',
];
const outputTypes = ['Exe', 'WinExe', 'Library', 'exe'];
const packages = ['Alpha', 'Beta.Core', 'Gamma', 'Delta.Client'];
const pool = ['Pa', 'Pb', 'Pc', 'Pd', 'Pe'];
const words = [
  'one',
  'two',
  'Three',
  'true',
  'false',
  '4',
  '4.5',
  '10',
  'x;y',
  'a%3Bb',
  '',
  'on',
  'v4.6',
  'net46',
  'A-B',
];
const configurations = ['Debug', 'Release', 'Staging'];
const platforms = ['AnyCPU', 'x86'];

class Generator {
  readonly #random: () => number;
  readonly #files: Record<string, string> = {};
  readonly #sharedFiles: string[] = [];
  #isSdk = false;
  #depth = 0;

  constructor(seed: number) {
    this.#random = randomNumbers(seed);
  }

  generate(): GeneratedProject {
    this.#isSdk = this.#chance(0.5);
    this.#writeShared();
    const language = this.#pick(['cs', 'cs', 'cs', 'vb', ...(this.#isSdk ? ['fs'] : [])]);
    const entry = `src/App/App.${language}proj`;
    this.#writeNeighbours(language);
    const isSeveral = this.#isSdk && this.#chance(0.35);
    const targets = isSeveral ? this.#some(shortNames, 3) : [];
    this.#files[entry] = this.#isSdk ? this.#sdkProject(targets, language) : this.#legacyProject(language);
    return { files: this.#files, entry, globals: this.#globals(targets) };
  }

  #globals(targets: readonly string[]): Record<string, string>[] {
    const result: Record<string, string>[] = [{}];
    for (const target of targets) {
      result.push({ TargetFramework: target });
    }
    if (this.#chance(0.5)) {
      result.push({ Configuration: this.#pick(configurations), Platform: this.#pick(platforms) });
    }
    if (this.#chance(0.1)) {
      result.push({ [this.#pick(pool)]: this.#pick(words) });
    }
    return result;
  }

  /** Files that several projects would share, each of which may import those before it. */
  #writeShared(): void {
    const count = this.#number(1, 4);
    for (let i = 0; i < count; i++) {
      const path = this.#pick([`shared/s${i}.props`, `shared/many/m${i}.props`, `src/s${i}.targets`]);
      this.#files[path] = `<Project>${this.#body(2, path)}</Project>`;
      this.#sharedFiles.push(path);
    }
  }

  #writeNeighbours(language: string): void {
    const maybe = (probability: number, path: string, text: () => string): void => {
      if (this.#chance(probability)) {
        this.#files[path] = text();
      }
    };
    maybe(
      0.45,
      this.#pick(['Directory.Build.props', 'src/Directory.Build.props']),
      () => `<Project>${this.#body(2, 'src/x')}</Project>`,
    );
    maybe(
      0.3,
      this.#pick(['Directory.Build.targets', 'src/Directory.Build.targets']),
      () => `<Project>${this.#body(2, 'src/x')}</Project>`,
    );
    maybe(0.15, `src/App/App.${language}proj.user`, () => `<Project>${this.#properties()}</Project>`);
    maybe(0.15, `src/App/obj/App.${language}proj.nuget.g.props`, () => `<Project>${this.#properties()}</Project>`);
    maybe(0.1, `src/App/obj/App.${language}proj.nuget.g.targets`, () => `<Project>${this.#properties()}</Project>`);
    maybe(0.25, 'Directory.Packages.props', () => this.#centralVersions());
    this.#files['src/Lib/Lib.csproj'] = '<Project />';
    this.#files['src/Lib2/Lib2.csproj'] = '<Project />';
    this.#files['src/App/data/one.txt'] = '1';
  }

  #centralVersions(): string {
    const versions = packages.map((name) => `<PackageVersion Include="${name}" Version="${this.#number(1, 9)}.0" />`);
    const global = this.#chance(0.3) ? '<GlobalPackageReference Include="Analyzer" Version="3.1" />' : '';
    const central = `<PropertyGroup><ManagePackageVersionsCentrally>${this.#chance(0.8)}</ManagePackageVersionsCentrally></PropertyGroup>`;
    return `<Project>${central}${this.#properties()}<ItemGroup>${versions.join('')}${global}</ItemGroup></Project>`;
  }

  #sdkProject(targets: readonly string[], language: string): string {
    const target =
      targets.length > 0
        ? `<TargetFrameworks>${targets.join(this.#pick([';', ' ; ', ';\n']))}</TargetFrameworks>`
        : this.#chance(0.85)
          ? `<TargetFramework>${this.#pick(shortNames)}</TargetFramework>`
          : '';
    const packagesOfFsharp =
      language === 'fs' ? '<DisableImplicitFSharpCoreReference>true</DisableImplicitFSharpCoreReference>' : '';
    const head = `<PropertyGroup>${target}${packagesOfFsharp}</PropertyGroup>`;
    const body = `${head}${this.#body(3, 'src/App/App.proj')}${this.#items(targets)}`;
    const name = this.#pick([
      'Microsoft.NET.Sdk',
      'Microsoft.NET.Sdk',
      'Microsoft.NET.Sdk.Web',
      'Microsoft.NET.Sdk.WindowsDesktop',
      'Microsoft.NET.Sdk.Worker',
    ]);
    switch (this.#number(0, 3)) {
      case 0:
        return `<Project><Sdk Name="${name}" />${body}</Project>`;
      case 1:
        return `<Project><Import Project="Sdk.props" Sdk="${name}" />${body}<Import Project="Sdk.targets" Sdk="${name}" /></Project>`;
      default:
        return `<Project Sdk="${name}">${body}</Project>`;
    }
  }

  #legacyProject(language: string): string {
    const props = String.raw`<Import Project="$(MSBuildExtensionsPath)\$(MSBuildToolsVersion)\Microsoft.Common.props" Condition="Exists('$(MSBuildExtensionsPath)\$(MSBuildToolsVersion)\Microsoft.Common.props')" />`;
    const name = language === 'vb' ? 'VisualBasic' : 'CSharp';
    const folder = this.#pick(['$(MSBuildToolsPath)', '$(MSBuildBinPath)', '$(MSBuildExtensionsPath)']);
    const version = this.#chance(0.7) ? `<TargetFrameworkVersion>${this.#pick(versions)}</TargetFrameworkVersion>` : '';
    const profile = this.#chance(0.1) ? '<TargetFrameworkProfile>Client</TargetFrameworkProfile>' : '';
    const head =
      `<PropertyGroup><Configuration Condition=" '$(Configuration)' == '' ">Debug</Configuration>` +
      `<Platform Condition=" '$(Platform)' == '' ">AnyCPU</Platform><OutputType>${this.#pick(outputTypes)}</OutputType>${version}${profile}</PropertyGroup>`;
    const perConfiguration = this.#some(configurations, 2)
      .map(
        (one) =>
          `<PropertyGroup Condition=" '$(Configuration)|$(Platform)' == '${one}|${this.#pick(platforms)}' ">${this.#property()}${this.#property()}</PropertyGroup>`,
      )
      .join('');
    const after = this.#chance(0.3) ? this.#properties() : '';
    return `<Project ToolsVersion="12.0" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">${this.#chance(0.6) ? props : ''}${head}${perConfiguration}${this.#body(3, 'src/App/App.proj')}${this.#items([])}<Import Project="${folder}\\Microsoft.${name}.targets" />${after}</Project>`;
  }

  /** A row of groups, imports and choices. */
  #body(length: number, from: string): string {
    const parts: string[] = [];
    const count = this.#number(1, length);
    for (let i = 0; i < count; i++) {
      const kind = this.#random();
      if (kind < 0.5) {
        parts.push(this.#properties());
      } else if (kind < 0.75) {
        parts.push(this.#import(from));
      } else {
        parts.push(this.#choose());
      }
    }
    return parts.join('');
  }

  #properties(): string {
    const count = this.#number(1, 4);
    const list = Array.from({ length: count }, () => this.#property()).join('');
    return `<PropertyGroup${this.#conditionAttribute(0.35)}>${list}</PropertyGroup>`;
  }

  #property(): string {
    const kind = this.#random();
    const condition = this.#conditionAttribute(0.3);
    if (kind < 0.18) {
      return `<TargetFrameworkVersion${condition}>${this.#versionValue()}</TargetFrameworkVersion>`;
    }
    if (kind < 0.28 && this.#isSdk) {
      return `<TargetFramework${condition}>${this.#pick(shortNames)}</TargetFramework>`;
    }
    if (kind < 0.4) {
      return `<OutputType${condition}>${this.#pick(outputTypes)}</OutputType>`;
    }
    if (kind < 0.43) {
      return `<TargetFrameworkProfile${condition}>${this.#pick(['Client', '', ' '])}</TargetFrameworkProfile>`;
    }
    const name = this.#pick(pool);
    return `<${name}${condition}>${this.#value(0)}</${name}>`;
  }

  #versionValue(): string {
    return this.#pick([
      () => this.#pick(versions),
      () => this.#pick(versions),
      () => `v$([System.Version]::Parse('4.${this.#number(5, 7)}.2').ToString(${this.#number(2, 3)}))`,
      () => `v4.$([MSBuild]::Add(${this.#number(1, 3)}, ${this.#number(1, 4)}))`,
      () => `v4%2E${this.#number(5, 8)}`,
      () => `v<!-- why -->4.${this.#number(5, 8)}`,
      () => `<![CDATA[${this.#pick(versions)}]]>`,
      () => `$(TargetFrameworkVersion)`,
    ])();
  }

  #value(depth: number): string {
    if (depth > 2) {
      return this.#pick(words);
    }
    const reference = `$(${this.#pick(pool)})`;
    const name = this.#pick(pool);
    return this.#pick([
      () => this.#pick(words),
      () => this.#pick(words),
      () => reference,
      () => `${reference};${this.#value(depth + 1)}`,
      () => `$(${name}.Replace('o', '0'))`,
      () => `$(${name}.ToUpper())`,
      () => `$(${name}.Length)`,
      () => `$(${name}.Trim('xv'))`,
      () => `$([System.String]::Concat('$(${name})', '-', '${this.#pick(words)}'))`,
      () => `$([MSBuild]::ValueOrDefault('$(${name})', '${this.#pick(words)}'))`,
      () => `$([MSBuild]::Escape('$(${name})'))`,
      () => `$([System.IO.Path]::GetFileNameWithoutExtension('${this.#pick(words)}.txt'))`,
      () => `$(MSBuildThisFileName)`,
      () => `$(MSBuildProjectName)-$(Configuration)`,
      () => `$([System.Text.RegularExpressions.Regex]::Replace('$(${name})', '[0-9]', 'n'))`,
      () => `$(${name}.Contains('e'))`,
      () => `$(${name}.Split(';')[0])`,
      () => `$([MSBuild]::GetTargetFrameworkVersion('${this.#pick(shortNames)}'))`,
    ])();
  }

  #conditionAttribute(probability: number): string {
    return this.#chance(probability) ? ` Condition="${this.#condition(0)}"` : '';
  }

  #condition(depth: number): string {
    const name = this.#pick(pool);
    const simple = (): string =>
      this.#pick([
        () => `'$(${name})' == '${this.#pick(words)}'`,
        () => `'$(${name})' != '${this.#pick(words)}'`,
        () => `'$(${name})' == ''`,
        () => `'$(${name})' != ''`,
        () => `'$(${name}.Length)' &gt; '${this.#number(0, 6)}'`,
        () => `$(${name}.Length) &lt;= ${this.#number(0, 6)}`,
        () => `$(${name}.Contains('o'))`,
        () => `!$(${name}.StartsWith('t'))`,
        () =>
          `Exists('${this.#pick(['data/one.txt', 'no.txt', '../Lib', 'App.csproj', '$(MSBuildProjectFile)', '$(MSBuildThisFileDirectory)data'])}')`,
        () => `'$(Configuration)' == '${this.#pick(configurations)}'`,
        () => `'$(Configuration)|$(Platform)' == '${this.#pick(configurations)}|${this.#pick(platforms)}'`,
        () => `'$(TargetFramework)' == '${this.#pick(shortNames)}'`,
        () => `'$(TargetFrameworkVersion)' == '${this.#pick(versions)}'`,
        () => `$([MSBuild]::VersionGreaterThan('4.${this.#number(1, 9)}', '4.${this.#number(1, 9)}.1'))`,
        () => `'4.${this.#number(1, 11)}' &gt;= '4.${this.#number(1, 11)}.${this.#number(0, 2)}'`,
        () => `$([System.String]::IsNullOrEmpty('$(${name})'))`,
        () => `HasTrailingSlash('$(${name})')`,
        () => `'$(OS)' == 'Windows_NT'`,
        () => this.#pick(['true', 'false', `'on'`, '!false']),
      ])();
    if (depth < 2 && this.#chance(0.35)) {
      const operator = this.#pick(['and', 'or', 'And', 'OR']);
      const left = this.#condition(depth + 1);
      const right = this.#condition(depth + 1);
      return this.#pick([
        `${left} ${operator} ${right}`,
        `(${left}) ${operator} (${right})`,
        `!(${left} ${operator} ${right})`,
      ]);
    }
    return simple();
  }

  #import(from: string): string {
    if (this.#sharedFiles.length === 0) {
      return '';
    }
    const up = '../'.repeat(from.split('/').length - 1);
    const target = this.#pick(this.#sharedFiles);
    const condition = this.#conditionAttribute(0.25);
    const exact = this.#pick([
      up + target,
      (up + target).replaceAll('/', '\\'),
      `$(MSBuildThisFileDirectory)${up}${target}`,
    ]);
    const isPlaced = !from.endsWith('/x');
    // Files that may stand in two places use the folder of the project, which is always the same.
    const fixed = `$(MSBuildProjectDirectory)/../../${target}`;
    const one = isPlaced ? exact : fixed;
    return this.#pick([
      `<Import Project="${one}"${condition} />`,
      `<Import Project="${one}"${condition} />`,
      `<ImportGroup${condition}><Import Project="${one}" /></ImportGroup>`,
      `<Import Project="$(MSBuildProjectDirectory)/../../shared/many/*.props"${condition} />`,
      `<Import Project="${one}.missing" Condition="Exists('${one}.missing')" />`,
      `<Import Project="${one};$(MSBuildProjectDirectory)/../../${this.#pick(this.#sharedFiles)}"${condition} />`,
    ]);
  }

  #choose(): string {
    const count = this.#number(1, 3);
    const whens = Array.from(
      { length: count },
      () => `<When Condition="${this.#condition(0)}">${this.#branch()}</When>`,
    );
    const otherwise = this.#chance(0.5) ? `<Otherwise>${this.#branch()}</Otherwise>` : '';
    return `<Choose>${whens.join('')}${otherwise}</Choose>`;
  }

  #branch(): string {
    this.#depth++;
    const nested = this.#depth < 3 && this.#chance(0.2) ? this.#choose() : '';
    this.#depth--;
    const packageHere = this.#chance(0.3) ? `<ItemGroup>${this.#package()}</ItemGroup>` : '';
    return this.#properties() + nested + packageHere;
  }

  #items(targets: readonly string[]): string {
    const groups: string[] = [];
    const count = this.#number(0, 3);
    for (let i = 0; i < count; i++) {
      const condition =
        targets.length > 0 && this.#chance(0.5)
          ? ` Condition="'$(TargetFramework)' == '${this.#pick(targets)}'"`
          : this.#conditionAttribute(0.3);
      const list = Array.from({ length: this.#number(1, 4) }, () => this.#package());
      groups.push(`<ItemGroup${condition}>${list.join('')}</ItemGroup>`);
    }
    if (this.#chance(0.4)) {
      groups.push(`<ItemGroup>${this.#projectReference()}</ItemGroup>`);
    }
    if (this.#chance(0.15)) {
      groups.push(
        '<ItemDefinitionGroup><PackageReference><Version>0.1</Version></PackageReference></ItemDefinitionGroup>',
      );
    }
    return groups.join('');
  }

  #package(): string {
    const name = this.#pick(packages);
    const other = this.#pick(packages);
    const condition = this.#conditionAttribute(0.25);
    const version = this.#pick([`${this.#number(1, 9)}.${this.#number(0, 9)}`, `$(${this.#pick(pool)})`, '[1.0,2.0)']);
    return this.#pick([
      `<PackageReference Include="${name}" Version="${version}"${condition} />`,
      `<PackageReference Include="${name}" Version="${version}"${condition} />`,
      `<PackageReference Include="${name}"${condition}><Version>${version}</Version></PackageReference>`,
      `<PackageReference Include="${name};${other}" Version="${version}" />`,
      `<PackageReference Update="${name}" Version="${version}"${condition} />`,
      `<PackageReference Remove="${name}"${condition} />`,
      `<Helper Include="${name};${other}" V="${version}" /><PackageReference Include="@(Helper)" Version="%(Helper.V)" Exclude="${other}" />`,
      `<PackageReference Include="@(PackageReference->'%(Identity).Extra')" Version="1.1"${condition} />`,
      `<PackageReference Include="${name}" VersionOverride="${version}" Condition="'@(PackageReference)' != ''" />`,
    ]);
  }

  #projectReference(): string {
    return this.#pick([
      String.raw`<ProjectReference Include="..\Lib\Lib.csproj" />`,
      '<ProjectReference Include="../Lib*/*.csproj" />',
      '<ProjectReference Include="../**/*.csproj" Exclude="App.csproj;../App/**" />',
      `<ProjectReference Include="../Lib/Lib.csproj;../Lib2/Lib2.csproj" /><ProjectReference Remove="../Lib/Lib.csproj"${this.#conditionAttribute(0.5)} />`,
    ]);
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  /** A whole number from low to high, both included. */
  #number(low: number, high: number): number {
    return low + Math.floor(this.#random() * (high - low + 1));
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T;
  }

  #some<T>(list: readonly T[], most: number): T[] {
    const count = this.#number(1, most);
    const rest = [...list];
    return Array.from({ length: count }, () => rest.splice(Math.floor(this.#random() * rest.length), 1)[0] as T);
  }
}
