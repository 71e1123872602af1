/**
 * Small projects by hand: one rule of MSBuild each. What real MSBuild answers stands in cases.measured.json (written by
 * measure-cases.ts), so that the tests run without it.
 */

export interface ProjectCase {
  /** What happens, as a statement. */
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** The project that is evaluated. */
  readonly entry: string;
  readonly globals: Readonly<Record<string, string>>;
}

const cases: ProjectCase[] = [];

function add(
  name: string,
  files: Readonly<Record<string, string>>,
  globals: Readonly<Record<string, string>> = {},
): void {
  const entry = Object.keys(files).find((path) => /proj$/.test(path)) ?? '';
  cases.push({ name, files, entry, globals });
}

const commonProps = String.raw`<Import Project="$(MSBuildExtensionsPath)\$(MSBuildToolsVersion)\Microsoft.Common.props" Condition="Exists('$(MSBuildExtensionsPath)\$(MSBuildToolsVersion)\Microsoft.Common.props')" />`;
const csharpTargets = String.raw`<Import Project="$(MSBuildToolsPath)\Microsoft.CSharp.targets" />`;

/** An old project that takes part in Directory.Build.props. */
function legacy(body: string, after = ''): string {
  return `<Project ToolsVersion="15.0">${commonProps}${body}${csharpTargets}${after}</Project>`;
}

/** A still older project. */
function oldest(body: string, after = ''): string {
  return `<Project ToolsVersion="4.0" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">${body}${csharpTargets}${after}</Project>`;
}

function sdk(body: string, name = 'Microsoft.NET.Sdk'): string {
  return `<Project Sdk="${name}">${body}</Project>`;
}

function group(...properties: string[]): string {
  return `<PropertyGroup>${properties.join('')}</PropertyGroup>`;
}

const version = (text: string): string => `<TargetFrameworkVersion>${text}</TargetFrameworkVersion>`;
const framework = (text: string): string => `<TargetFramework>${text}</TargetFramework>`;
const frameworks = (text: string): string => `<TargetFrameworks>${text}</TargetFrameworks>`;
const props = (...properties: string[]): string => `<Project>${group(...properties)}</Project>`;

// Values.
add('a legacy project without a target gets v4.0', { 'A.csproj': legacy('') });
add('a legacy project has the version that it says', { 'A.csproj': legacy(group(version('v4.5.2'))) });
add('a version of blanks counts as none', { 'A.csproj': legacy(group(version('  \n '))) });
add('a padded version is refused', { 'A.csproj': legacy(group(version(' v4.5.2 '))) });
add('a version without v is taken as it is', { 'A.csproj': legacy(group(version('4.5.2'))) });
add('a template token in a version is refused', { 'A.csproj': legacy(group(version('v$targetframeworkversion$'))) });
add('a CDATA section is text', { 'A.csproj': legacy(group(version('<![CDATA[v4.5.2]]>'))) });
add('blanks before a CDATA section make it markup', {
  'A.csproj': sdk(group('<X>a<![CDATA[b]]></X>', '<OutputType>$(X)</OutputType>', framework('net48'))),
});
add('a CDATA section before text is text', {
  'A.csproj': sdk(group('<X><![CDATA[a]]>b</X>', '<OutputType>$(X)</OutputType>', framework('net48'))),
});
add('a comment inside a value is left out', { 'A.csproj': legacy(group(version('v4.<!-- c -->5.2'))) });
add('blanks around a comment stay', {
  'A.csproj': sdk(group('<OutputType>a <!-- c --> b</OutputType>', framework('net48'))),
});
add('character references are decoded', { 'A.csproj': legacy(group(version('v&#52;.5.&#x32;'))) });
add('child elements make a value markup', {
  'A.csproj': sdk(group('<OutputType>a<b>c</b></OutputType>', framework('net48'))),
});
add('an escape in a value is undone', { 'A.csproj': legacy(group(version('v4%2E5.2'))) });
add('an escaped dollar starts no reference', {
  'A.csproj': sdk(group('<OutputType>%24(X)</OutputType>', '<X>1</X>', framework('net48'))),
});
add('the last write wins', { 'A.csproj': legacy(group(version('v4.5'), version('v4.8'))) });
add('a property may refer to its own older value', {
  'A.csproj': sdk(group('<OutputType>a</OutputType>', '<OutputType>$(OutputType);b</OutputType>', framework('net48'))),
});
add('names do not care for case', {
  'A.csproj': legacy(group('<targetframeworkversion>v4.6</targetframeworkversion>', '<OUTPUTTYPE>WinExe</OUTPUTTYPE>')),
});
add('a false condition hides a write', {
  'A.csproj': legacy(
    group(version('v4.5'), `<TargetFrameworkVersion Condition="'1' == '2'">v4.8</TargetFrameworkVersion>`),
  ),
});
add('a condition on the group counts', {
  'A.csproj': legacy(
    `${group(version('v4.5'))}<PropertyGroup Condition="'$(Missing)' != ''">${version('v4.8')}</PropertyGroup>`,
  ),
});
add('properties inside a target do not count', {
  'A.csproj': legacy(`${group(version('v4.5'))}<Target Name="T">${group(version('v4.8'))}</Target>`),
});
add('an empty element sets an empty value', {
  'A.csproj': legacy(group(version('v4.5'), '<TargetFrameworkVersion />')),
});
add('a reserved property cannot be set', {
  'A.csproj': legacy(group('<MSBuildProjectDirectory>x</MSBuildProjectDirectory>')),
});
add('MSBuildToolsVersion cannot be set', { 'A.csproj': legacy(group('<MSBuildToolsVersion>x</MSBuildToolsVersion>')) });
add('MSBuildExtensionsPath can be set', {
  'A.csproj': sdk(group('<MSBuildExtensionsPath>x</MSBuildExtensionsPath>', framework('net48'))),
});
add('the version may come through properties', {
  'A.csproj': legacy(group('<A>v4.5</A>', '<B>$(A).2</B>', version('$(B)'))),
});
add('an undefined reference is empty', { 'A.csproj': legacy(group(version('v4.5$(Nothing)'))) });
add(
  'a global property beats the file',
  { 'A.csproj': legacy(group(version('v4.5'))) },
  { TargetFrameworkVersion: 'v4.8' },
);
add(
  'TreatAsLocalProperty lets the file win over a global property',
  {
    'A.csproj': `<Project TreatAsLocalProperty="TargetFrameworkVersion">${group(version('v4.5'))}${csharpTargets}</Project>`,
  },
  { TargetFrameworkVersion: 'v4.8' },
);

// Targets of legacy projects.
add('the Client profile is in the moniker', {
  'A.csproj': legacy(group(version('v4.0'), '<TargetFrameworkProfile>Client</TargetFrameworkProfile>')),
});
add('a profile of blanks is not in the moniker', {
  'A.csproj': sdk(group(framework('net48'), '<TargetFrameworkProfile>$(Nothing) $(Nothing)</TargetFrameworkProfile>')),
});
add('the Client subset becomes a profile', {
  'A.csproj': legacy(group(version('v3.5'), '<TargetFrameworkSubset>Client</TargetFrameworkSubset>')),
});
add('the subset stays one when it is told to', {
  'A.csproj': legacy(
    group(
      version('v3.5'),
      '<TargetFrameworkSubset>Client</TargetFrameworkSubset>',
      '<UpgradeSubsetToProfile>false</UpgradeSubsetToProfile>',
    ),
  ),
});
add('an identifier of its own is kept', {
  'A.csproj': legacy(group('<TargetFrameworkIdentifier>Xyz</TargetFrameworkIdentifier>', version('v1.0'))),
});
add('an explicit moniker wins', {
  'A.csproj': legacy(
    group(version('v4.5'), '<TargetFrameworkMoniker>.NETFramework,Version=v4.8</TargetFrameworkMoniker>'),
  ),
});
add('a version behind the targets is too late for the moniker', {
  'A.csproj': legacy(group(version('v4.5')), group(version('v4.8'))),
});
add('a moniker behind the targets still counts', {
  'A.csproj': legacy(
    group(version('v4.5')),
    group('<TargetFrameworkMoniker>.NETFramework,Version=v4.8</TargetFrameworkMoniker>'),
  ),
});
add('TargetFramework means nothing in a legacy project', { 'A.csproj': legacy(group(framework('net48'))) });
add('TargetFrameworks means nothing in a legacy project', { 'A.csproj': legacy(group(frameworks('net48;net462'))) });
add('native code has no target', { 'A.csproj': legacy(group('<TargetRuntime>Native</TargetRuntime>')) });
add('TargetType becomes the output type', { 'A.csproj': legacy(group('<TargetType>winexe</TargetType>')) });
add('a Container is a library', {
  'A.csproj': legacy(group('<TargetType>Container</TargetType>', '<OutputType>Exe</OutputType>')),
});
add('a Visual Basic project has targets, too', {
  'A.vbproj': String.raw`<Project>${group(version('v4.5.1'), '<OutputType>WinExe</OutputType>')}<Import Project="$(MSBuildToolsPath)\Microsoft.VisualBasic.targets" /></Project>`,
});
add('the common targets alone make a target', {
  'A.csproj': String.raw`<Project>${group(version('v4.5.1'))}<Import Project="$(MSBuildToolsPath)\Microsoft.Common.targets" /></Project>`,
});
add('MSBuildBinPath leads to the same targets', {
  'A.csproj': String.raw`<Project>${group(version('v4.5.1'))}<Import Project="$(MSBuildBinPath)\Microsoft.CSharp.targets" /></Project>`,
});
for (const configuration of ['Debug', 'Release', 'Other']) {
  add(
    `properties of a configuration count for it (${configuration})`,
    {
      'A.csproj': legacy(
        `${group(
          `<Configuration Condition=" '$(Configuration)' == '' ">Debug</Configuration>`,
          `<Platform Condition=" '$(Platform)' == '' ">AnyCPU</Platform>`,
          version('v4.5'),
          '<OutputType>Exe</OutputType>',
        )}<PropertyGroup Condition=" '$(Configuration)|$(Platform)' == 'Debug|AnyCPU' ">${version('v4.6')}</PropertyGroup>` +
          `<PropertyGroup Condition="'$(Configuration)|$(Platform)' == 'Release|AnyCPU'">${version('v4.7')}<OutputType>WinExe</OutputType></PropertyGroup>`,
      ),
    },
    configuration === 'Debug' ? {} : { Configuration: configuration },
  );
}

// Directory.Build files and their kin.
add('Directory.Build.props comes before the body', {
  'sub/A.csproj': legacy(group(version('$(Shared)'))),
  'Directory.Build.props': props('<Shared>v4.6.1</Shared>', version('v4.5')),
});
add('Directory.Build.props comes late without Microsoft.Common.props', {
  'sub/A.csproj': oldest(group(version('v4.5'))),
  'Directory.Build.props': props(version('v4.8')),
});
add('Directory.Build.targets comes too late for the moniker', {
  'A.csproj': legacy(group(version('v4.5'))),
  'Directory.Build.targets': props(version('v4.8')),
});
add('a moniker in Directory.Build.targets counts', {
  'A.csproj': legacy(group(version('v4.5'))),
  'Directory.Build.targets': props('<TargetFrameworkMoniker>.NETFramework,Version=v4.8</TargetFrameworkMoniker>'),
});
add('only the nearest Directory.Build.props is imported', {
  'a/b/A.csproj': sdk(''),
  'a/Directory.Build.props': props(framework('net462')),
  'Directory.Build.props': props(framework('net48'), '<OutputType>Exe</OutputType>'),
});
add('an outer Directory.Build.props is chained by hand', {
  'a/b/A.csproj': sdk(''),
  'a/Directory.Build.props': `<Project><Import Project="$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)../'))" />${group('<OutputType>Exe</OutputType>')}</Project>`,
  'Directory.Build.props': props(framework('net48'), '<OutputType>WinExe</OutputType>'),
});
add(
  'Directory.Build.props can be switched off from outside',
  {
    'A.csproj': sdk(group(framework('net48'))),
    'Directory.Build.props': props('<OutputType>Exe</OutputType>'),
  },
  { ImportDirectoryBuildProps: 'false' },
);
add('Directory.Build.targets can be switched off by the project', {
  'A.csproj': sdk(group(framework('net48'), '<ImportDirectoryBuildTargets>false</ImportDirectoryBuildTargets>')),
  'Directory.Build.targets': props('<OutputType>Exe</OutputType>'),
});
add('Directory.Build.targets can stand elsewhere', {
  'A.csproj': sdk(
    group(
      framework('net48'),
      '<DirectoryBuildTargetsPath>$(MSBuildThisFileDirectory)x/My.targets</DirectoryBuildTargetsPath>',
    ),
  ),
  'Directory.Build.targets': props('<OutputType>Exe</OutputType>'),
  'x/My.targets': props('<OutputType>WinExe</OutputType>'),
});
add('the user file comes behind the body', {
  'A.csproj': legacy(group(version('v4.5'))),
  'A.csproj.user': props(version('v4.8')),
});
add('TargetFramework in the user file is too late', {
  'A.csproj': sdk(group(framework('net48'))),
  'A.csproj.user': props(framework('net462')),
});
add('TargetFrameworks in the user file count', {
  'A.csproj': sdk(group(framework('net48'))),
  'A.csproj.user': props(frameworks('net462;net48')),
});
add('TargetFrameworks in Directory.Build.targets alone make an outer build that nobody sees', {
  'A.csproj': sdk(''),
  'Directory.Build.targets': props(frameworks('net462;net48')),
});
add('Directory.Packages.props may set a target', {
  'A.csproj': sdk(''),
  'Directory.Packages.props': props(framework('net462')),
});
add('packages bring props from obj', {
  'A.csproj': sdk(''),
  'obj/A.csproj.nuget.g.props': props(framework('net462')),
});
add('packages bring targets from obj', {
  'A.csproj': sdk(group(framework('net48'))),
  'obj/A.csproj.nuget.g.targets': props('<OutputType>Exe</OutputType>'),
});
add('props from obj come late in the oldest projects', {
  'A.csproj': oldest(group(version('v4.5'))),
  'obj/A.csproj.nuget.g.props': props(version('v4.6')),
});
add('obj may stand elsewhere', {
  'A.csproj': sdk(''),
  'Directory.Build.props': props('<BaseIntermediateOutputPath>x/y</BaseIntermediateOutputPath>'),
  'x/y/A.csproj.nuget.g.props': props(framework('net462')),
  'obj/A.csproj.nuget.g.props': props(framework('net48')),
});
for (const hook of [
  'CustomBeforeMicrosoftCommonTargets',
  'CustomAfterMicrosoftCommonTargets',
  'CustomBeforeMicrosoftCSharpTargets',
  'CustomAfterMicrosoftCSharpTargets',
  'BeforeTargetFrameworkInferenceTargets',
  'AfterTargetFrameworkInferenceTargets',
  'BeforeMicrosoftNETSdkTargets',
]) {
  add(`the extension point ${hook} is followed`, {
    'A.csproj': sdk(group(framework('net48'), `<${hook}>$(MSBuildThisFileDirectory)Hook.targets</${hook}>`)),
    'Hook.targets': props(framework('net462'), '<TargetFrameworkProfile>Hooked</TargetFrameworkProfile>'),
  });
}
for (const hook of [
  'CustomBeforeDirectoryBuildProps',
  'CustomAfterMicrosoftCommonProps',
  'AfterMicrosoftNetSdkProps',
]) {
  add(
    `the extension point ${hook} does not start at the project`,
    { 'A.csproj': sdk(''), 'Hook.props': props(framework('net462')) },
    { [hook]: '../case/Hook.props' },
  );
}

for (const hook of [
  'CustomAfterDirectoryBuildProps',
  'CustomBeforeMicrosoftCommonProps',
  'CustomAfterMicrosoftCommonProps',
  'AfterMicrosoftNetSdkProps',
]) {
  add(`the extension point ${hook} is followed`, {
    'A.csproj': sdk(''),
    'Directory.Build.props': props(`<${hook}>$(MSBuildThisFileDirectory)Hook.props</${hook}>`),
    'Hook.props': props(framework('net462')),
  });
}

// Imports.
add('an import is evaluated in place', {
  'A.csproj': legacy(
    `${group(version('v4.5'))}<Import Project="x.props" />${group('<OutputType>$(Made)</OutputType>')}`,
  ),
  'x.props': props(version('v4.6'), '<Made>WinExe</Made>'),
});
add('backslashes in an import are separators', {
  'A.csproj': legacy(String.raw`<Import Project="sub\x.props" />`),
  'sub/x.props': props(version('v4.6')),
});
add('an import is relative to the file that says it', {
  'A.csproj': legacy('<Import Project="sub/x.props" />'),
  'sub/x.props': '<Project><Import Project="y.props" /></Project>',
  'sub/y.props': props(version('v4.6')),
  'y.props': props(version('v4.7')),
});
add('a second import of a file is skipped', {
  'A.csproj': legacy(
    String.raw`<Import Project="x.props" />${group(version('v4.7'))}<Import Project=".\sub\..\x.props" />`,
  ),
  'sub/keep.txt': '',
  'x.props': props(version('v4.6')),
});
add('an import of itself is ignored', { 'A.csproj': legacy(`${group(version('v4.6'))}<Import Project="A.csproj" />`) });
add('an import cycle is cut', {
  'A.csproj': legacy('<Import Project="x.props" />'),
  'x.props': `<Project>${group(version('v4.6'))}<Import Project="y.props" />${group('<OutputType>$(Y)</OutputType>')}</Project>`,
  'y.props': `<Project><Import Project="x.props" />${group('<Y>Exe</Y>')}</Project>`,
});
add('an import pattern is sorted without case', {
  'A.csproj': legacy('<Import Project="p/*.props" />'),
  'p/b.props': props('<V>$(V)b</V>'),
  'p/A.props': props('<V>$(V)a</V>'),
  'p/_c.props': props('<V>$(V)c</V>', '<OutputType>$(V)</OutputType>'),
  'p/x10.props': props('<V>$(V)10</V>', '<OutputType>$(V)</OutputType>'),
  'p/x2.props': props('<V>$(V)2</V>', '<OutputType>$(V)</OutputType>', version('v4.5')),
});
add('a recursive import pattern finds files in folders', {
  'A.csproj': legacy('<Import Project="p/**/*.props" />'),
  'p/b.props': props('<V>$(V)b</V>', '<OutputType>$(V)</OutputType>'),
  'p/a/z.props': props('<V>$(V)z</V>', '<OutputType>$(V)</OutputType>'),
});
add('an import pattern without files imports nothing', { 'A.csproj': legacy('<Import Project="p/*.props" />') });
add('an import may name several files', {
  'A.csproj': legacy('<Import Project="x.props;y.props" />'),
  'x.props': props(version('v4.6')),
  'y.props': props('<OutputType>Exe</OutputType>', version('v4.7')),
});
add('an import of nothing is refused', { 'A.csproj': legacy('<Import Project="$(Nothing)" />') });
add('an import of a missing file is refused', { 'A.csproj': legacy('<Import Project="no.props" />') });
add('an import of a folder is refused', { 'A.csproj': legacy('<Import Project="sub" />'), 'sub/x.txt': '' });
add('a missing file behind a false condition does not matter', {
  'A.csproj': legacy(`<Import Project="no.props" Condition="Exists('no.props')" />${group(version('v4.5'))}`),
});
add('a condition on an ImportGroup counts', {
  'A.csproj': legacy(`<ImportGroup Condition="'a' == 'b'"><Import Project="x.props" /></ImportGroup>`),
  'x.props': props(version('v4.6')),
});
add('an ImportGroup imports', {
  'A.csproj': legacy(`<ImportGroup><Import Project="x.props" Condition="true" /></ImportGroup>`),
  'x.props': props(version('v4.6')),
});
add('Exists on a property is relative to the project, on a group to the file', {
  'A.csproj': legacy('<Import Project="sub/x.props" />'),
  'sub/x.props': `<Project><PropertyGroup><A Condition="Exists('only-in-sub.txt')">p</A></PropertyGroup><PropertyGroup Condition="Exists('only-in-sub.txt')"><B>g</B></PropertyGroup><PropertyGroup><OutputType>$(A)-$(B)</OutputType></PropertyGroup></Project>`,
  'sub/only-in-sub.txt': '',
});
add('MSBuildThisFile is the file that stands there', {
  'A.csproj': legacy('<Import Project="sub/x.props" />'),
  'sub/x.props': props('<OutputType>$(MSBuildThisFile)-$(MSBuildThisFileName)-$(MSBuildProjectFile)</OutputType>'),
});
add('an imported file may have the old namespace', {
  'A.csproj': sdk('<Import Project="x.props" />'),
  'x.props': `<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">${group(framework('net48'))}</Project>`,
});
add('an imported file may name an SDK', {
  'A.csproj': '<Project><Import Project="x.props" /></Project>',
  'x.props': sdk(group(framework('net48'))),
});

add('targets that only Visual Studio has do not exist elsewhere', {
  'A.csproj': legacy(
    String.raw`<PropertyGroup Condition="Exists('$(MSBuildExtensionsPath32)\..\Microsoft SDKs\F#\3.1\Framework\v4.0\Microsoft.FSharp.Targets')">${version('v4.5')}</PropertyGroup><PropertyGroup Condition="Exists('$(MSBuildToolsPath)\Microsoft.CSharp.targets')"><OutputType>WinExe</OutputType></PropertyGroup>`,
  ),
});

// Structure.
add('Choose takes the first When that holds', {
  'A.csproj': legacy(
    `<Choose><When Condition="false">${group(version('v4.5'))}</When><When Condition="true">${group(version('v4.6'))}</When><When Condition="true">${group(version('v4.7'))}</When><Otherwise>${group(version('v4.8'))}</Otherwise></Choose>`,
  ),
});
add('Choose takes Otherwise when no When holds', {
  'A.csproj': legacy(
    `<Choose><When Condition="'$(X)' == 'y'">${group(version('v4.5'))}</When><Otherwise>${group(version('v4.8'))}</Otherwise></Choose>`,
  ),
});
add('Choose may be nested, and may hold items', {
  'A.csproj': sdk(
    `${group(framework('net48'))}<Choose><When Condition="true"><Choose><When Condition="'$(TargetFramework)' == 'net48'">${group('<OutputType>Exe</OutputType>')}<ItemGroup><PackageReference Include="A" Version="1" /></ItemGroup></When></Choose></When></Choose>`,
  ),
});
add('Choose without When is refused', {
  'A.csproj': legacy(`<Choose><Otherwise>${group(version('v4.8'))}</Otherwise></Choose>`),
});
add('an import inside When is refused', {
  'A.csproj': legacy('<Choose><When Condition="true"><Import Project="x.props" /></When></Choose>'),
  'x.props': props(),
});
add('a lower-case element is refused', { 'A.csproj': legacy('<propertygroup />') });
add('a lower-case condition is refused', { 'A.csproj': legacy(`<PropertyGroup condition="true" />`) });
add('text between elements is refused', { 'A.csproj': legacy(`<PropertyGroup>x${version('v4.5')}</PropertyGroup>`) });
add('another namespace is refused', { 'A.csproj': `<Project xmlns="urn:x">${csharpTargets}</Project>` });
add('a lower-case root is refused', { 'A.csproj': '<project></project>' });
add('an empty file is refused', { 'A.csproj': '' });
add('a processing instruction inside the project is refused', { 'A.csproj': legacy('<?x y?>') });
add('an unclosed element is refused', { 'A.csproj': '<Project><PropertyGroup></Project>' });
add('a prefix on elements is taken when its namespace is right', {
  'A.csproj': `<m:Project xmlns:m="http://schemas.microsoft.com/developer/msbuild/2003"><m:PropertyGroup><m:A>1</m:A></m:PropertyGroup></m:Project>`,
});
add('an unknown attribute on a property is refused', {
  'A.csproj': legacy('<PropertyGroup><A b="c">1</A></PropertyGroup>'),
});
add('an unknown attribute on Import is refused', {
  'A.csproj': legacy('<Import Project="x.props" Foo="1" />'),
  'x.props': props(),
});
add('an invalid property name is refused', { 'A.csproj': legacy('<PropertyGroup><A.B>1</A.B></PropertyGroup>') });

// SDK projects.
for (const name of [
  'net462',
  'net40',
  'net40-client',
  'net4.5.2',
  'NET462',
  'net8.0',
  'net6.0-windows',
  'netstandard2.0',
  'netstandard2.1',
  'netstandard1.6',
  'netcoreapp2.1',
  'netcoreapp3.1',
  'uap10.0',
  'sl5',
  'foo',
  '45',
  '46',
  'net',
  'net11',
  ' net462 ',
  'net462;net48',
  '.NETFramework,Version=v4.5.2',
  'portable-net45+win8',
]) {
  add(`the .NET SDK understands "${name}"`, { 'A.csproj': sdk(group(framework(name))) });
}
add('an SDK project without a target has none', { 'A.csproj': sdk('') });
add('several targets make an outer build', { 'A.csproj': sdk(group(frameworks('net462;net8.0'))) });
add(
  'an inner build has one target',
  { 'A.csproj': sdk(group(frameworks('net462;net8.0'))) },
  { TargetFramework: 'net462' },
);
add('blanks and line breaks between targets do not matter', {
  'A.csproj': sdk(group(frameworks('\n    net462 ;\n    net48;;\n  '))),
});
add('one entry in TargetFrameworks makes an outer build, too', { 'A.csproj': sdk(group(frameworks('net462'))) });
add('TargetFramework beside TargetFrameworks makes an inner build', {
  'A.csproj': sdk(group(framework('net48'), frameworks('net462;net8.0'))),
});
add('both identifier and version beat the short name', {
  'A.csproj': sdk(
    group(
      framework('net48'),
      '<TargetFrameworkIdentifier>.NETFramework</TargetFrameworkIdentifier>',
      version('v4.5.2'),
    ),
  ),
});
add('version without identifier is overwritten by the short name', {
  'A.csproj': sdk(group(framework('net48'), version('v4.5.2'))),
});
add('version alone makes a target without a name', { 'A.csproj': sdk(group(version('v4.5.2'))) });
add(
  'properties per target count in an inner build',
  {
    'A.csproj': sdk(
      `${group(frameworks('net462;net8.0'))}<PropertyGroup Condition="'$(TargetFramework)' == 'net462'"><OutputType>Exe</OutputType></PropertyGroup>`,
    ),
  },
  { TargetFramework: 'net462' },
);
for (const name of [
  'Microsoft.NET.Sdk.Web',
  'Microsoft.NET.Sdk.Worker',
  'Microsoft.NET.Sdk.Razor',
  'Microsoft.NET.Sdk.WindowsDesktop',
  'Microsoft.NET.Sdk.BlazorWebAssembly',
]) {
  add(`${name} has its output type`, { 'A.csproj': sdk(group(framework('net8.0')), name) });
  add(`${name} lets the project choose the output type`, {
    'A.csproj': sdk(group(framework('net8.0'), '<OutputType>Library</OutputType>'), name),
  });
}
add('an Sdk element counts as the attribute does', {
  'A.csproj': `<Project><Sdk Name="Microsoft.NET.Sdk" />${group(framework('net48'))}</Project>`,
});
add('imports of an SDK by hand count', {
  'A.csproj': `<Project>${group('<A>before</A>')}<Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />${group(framework('net48'))}<Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />${group('<OutputType>After</OutputType>')}</Project>`,
});
add('TargetFramework behind the SDK targets is too late', {
  'A.csproj': `<Project><Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />${group(framework('net48'))}<Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />${group(framework('net462'))}</Project>`,
});
add('the output type is Library before the body', {
  'A.csproj': sdk(
    `${group('<Was>$(OutputType)</Was>', framework('net48'))}${group('<OutputType>was-$(Was)</OutputType>')}`,
  ),
});
add('the configuration is set before the body', {
  'A.csproj': sdk(
    group('<OutputType>$(Configuration)-$(Platform)-$(Configurations)-$(Platforms)</OutputType>', framework('net48')),
  ),
});
add('the target is not known in the body of a legacy project', {
  'A.csproj': legacy(
    group('<OutputType>[$(TargetFrameworkIdentifier)][$(TargetFrameworkVersion)][$(Configuration)]</OutputType>'),
  ),
});
add('a short name is composed by functions', {
  'A.csproj': sdk(group('<V>v4.6.2</V>', framework(`net$(V.TrimStart('v').Replace('.', ''))`))),
});
add('an F# project has packages of its own', {
  'A.fsproj': sdk(
    group(framework('net472'), '<DisableImplicitFSharpCoreReference>true</DisableImplicitFSharpCoreReference>'),
  ),
});
add('an F# project for 4.6.2 gets ValueTuple', {
  'A.fsproj': sdk(
    group(framework('net462'), '<DisableImplicitFSharpCoreReference>true</DisableImplicitFSharpCoreReference>'),
  ),
});
add('a Visual Basic SDK project works alike', {
  'A.vbproj': sdk(group(framework('net472'), '<OutputType>Exe</OutputType>')),
});
add('implicit packages can be switched off', {
  'A.csproj': sdk(
    group(framework('netstandard2.0'), '<DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>'),
  ),
});
add('the version of an implicit package can be chosen', {
  'A.csproj': sdk(
    group(framework('netstandard2.0'), '<NETStandardImplicitPackageVersion>2.0.1</NETStandardImplicitPackageVersion>'),
  ),
});
add('a runtime version goes to the implicit package', {
  'A.csproj': sdk(group(framework('netcoreapp2.1'), '<RuntimeFrameworkVersion>2.1.5</RuntimeFrameworkVersion>')),
});

// Items.
const items = (...list: string[]): string => `<ItemGroup>${list.join('')}</ItemGroup>`;
const withItems = (...list: string[]): string => sdk(`${group(framework('net48'))}${items(...list)}`);
add('packages have versions as attribute or element', {
  'A.csproj': withItems(
    '<PackageReference Include="A" Version="1" />',
    '<PackageReference Include="B"><Version>2</Version></PackageReference>',
  ),
});
add('an element beats the attribute', {
  'A.csproj': withItems('<PackageReference Include="A" Version="1"><Version>2</Version></PackageReference>'),
});
add('several packages may stand in one element', {
  'A.csproj': withItems('<PackageReference Include="A; B ;;C" Version="1" />'),
});
add('a package may be updated', {
  'A.csproj': withItems('<PackageReference Include="A" Version="1" />', '<PackageReference Update="a" Version="3" />'),
});
add('an update before the package does nothing', {
  'A.csproj': withItems('<PackageReference Update="A" Version="3" />', '<PackageReference Include="A" Version="1" />'),
});
add('a package may be removed', {
  'A.csproj': withItems('<PackageReference Include="A;B" Version="1" />', '<PackageReference Remove="a" />'),
});
add('the same package may stand twice', {
  'A.csproj': withItems('<PackageReference Include="A" Version="1" />', '<PackageReference Include="A" Version="2" />'),
});
add('conditions on items see the final properties', {
  'A.csproj': sdk(
    `${items(`<PackageReference Include="A" Version="$(Late)" Condition="'$(TargetFrameworkIdentifier)' == '.NETFramework'" />`)}${group(framework('net48'), '<Late>9</Late>')}`,
  ),
});
add('a condition on the item group counts', {
  'A.csproj': sdk(
    `${group(framework('net48'))}<ItemGroup Condition="'$(TargetFramework)' == 'net462'"><PackageReference Include="A" Version="1" /></ItemGroup><ItemGroup Condition="'$(TargetFramework)' == 'net48'"><PackageReference Include="B" Version="1" /></ItemGroup>`,
  ),
});
add('a condition on metadata counts', {
  'A.csproj': withItems(
    `<PackageReference Include="A"><Version Condition="'$(X)' == 'y'">1</Version><Version Condition="'$(X)' == ''">2</Version></PackageReference>`,
  ),
});
add('definitions give defaults', {
  'A.csproj': sdk(
    `${group(framework('net48'))}<ItemDefinitionGroup><PackageReference><Version>7</Version></PackageReference></ItemDefinitionGroup>${items('<PackageReference Include="A" />', '<PackageReference Include="B" Version="1" />')}`,
  ),
});
add('definitions count wherever they stand', {
  'A.csproj': sdk(
    `${group(framework('net48'))}${items('<PackageReference Include="A" />')}<ItemDefinitionGroup><PackageReference><Version>7</Version></PackageReference></ItemDefinitionGroup>`,
  ),
});
add('items may be made of items', {
  'A.csproj': withItems('<P Include="A;B" Version="4" />', '<PackageReference Include="@(P)" />'),
});
add('items may be transformed', {
  'A.csproj': withItems(
    '<P Include="A;B" Version="4" />',
    `<PackageReference Include="@(P->'X.%(Identity).%(Version)')" />`,
  ),
});
add('items see only what stands before them', {
  'A.csproj': withItems('<P Include="A" />', '<PackageReference Include="@(P)" Version="1" />', '<P Include="B" />'),
});
add('metadata may refer to metadata', {
  'A.csproj': withItems('<PackageReference Include="A" Major="3" Version="%(Major).1" />'),
});
add('metadata may refer to the own type', {
  'A.csproj': withItems(
    '<PackageReference Include="A" Major="3"><Version>%(PackageReference.Major).2</Version></PackageReference>',
  ),
});
add('excludes take items away', {
  'A.csproj': withItems('<PackageReference Include="A;B;C" Exclude="b;X" Version="1" />'),
});
add('a condition may ask for items', {
  'A.csproj': withItems(
    '<P Include="A" />',
    `<PackageReference Include="Yes" Version="1" Condition="'@(P)' == 'A'" />`,
    `<PackageReference Include="No" Version="1" Condition="'@(Q)' != ''" />`,
  ),
});
add('a lone metadata reference in a condition outside targets is refused', {
  'A.csproj': withItems(`<PackageReference Include="A" Version="1" Condition="'%(Identity)' == 'A'" />`),
});
add('items in conditions of properties are refused', {
  'A.csproj': sdk(
    `${items('<P Include="A" />')}<PropertyGroup><A Condition="'@(P)' == 'A'">1</A>${framework('net48')}</PropertyGroup>`,
  ),
});
add('items in values of properties stay text', {
  'A.csproj': sdk(`${items('<P Include="A" />')}${group('<OutputType>@(P)</OutputType>', framework('net48'))}`),
});
add('project references may be a pattern', {
  'a/A.csproj': sdk(`${group(framework('net48'))}${items(String.raw`<ProjectReference Include="..\l*\*.csproj" />`)}`),
  'lib/L.csproj': sdk(''),
  'lib2/M.csproj': sdk(''),
  'other/O.csproj': sdk(''),
});
add('project references may exclude', {
  'a/A.csproj': sdk(
    `${group(framework('net48'))}${items('<ProjectReference Include="../**/*.csproj" Exclude="A.csproj;../other/**" />')}`,
  ),
  'lib/L.csproj': sdk(''),
  'lib/x/M.csproj': sdk(''),
  'other/O.csproj': sdk(''),
});
add('central package versions are items of their own', {
  'A.csproj': withItems('<PackageReference Include="A" />', '<PackageReference Include="B" VersionOverride="5" />'),
  'Directory.Packages.props': `<Project>${group('<ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>')}${items('<PackageVersion Include="A" Version="1" />', '<PackageVersion Include="B" Version="2" />', `<PackageVersion Update="A" Version="3" Condition="'$(TargetFramework)' == 'net48'" />`)}</Project>`,
});
add('global packages reach every project', {
  'A.csproj': withItems('<PackageReference Include="A" />'),
  'Directory.Packages.props': `<Project>${group('<ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>')}${items('<PackageVersion Include="A" Version="1" />', '<GlobalPackageReference Include="G" Version="8" />')}</Project>`,
});
add('global packages need central management', {
  'A.csproj': withItems('<PackageReference Include="A" />'),
  'Directory.Packages.props': `<Project>${items('<GlobalPackageReference Include="G" Version="8" />')}</Project>`,
});
add('items without any operation are refused', { 'A.csproj': withItems('<PackageReference Version="1" />') });
add('items with two operations are refused', { 'A.csproj': withItems('<PackageReference Include="A" Remove="B" />') });
add('an item of nothing is no item', {
  'A.csproj': withItems('<PackageReference Include="$(Nothing)" Version="1" />'),
});
add('an empty Include is refused', { 'A.csproj': withItems('<PackageReference Include="" Version="1" />') });
add('escapes in items are undone', { 'A.csproj': withItems('<PackageReference Include="A%3BB" Version="1%2E2" />') });
add('an update by pattern reaches all', {
  'A.csproj': withItems(
    '<PackageReference Include="A;B" Version="1" />',
    '<PackageReference Update="@(PackageReference)" Version="2" />',
  ),
});

export const projectCases: readonly ProjectCase[] = cases;
