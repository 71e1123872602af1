/**
 * What the props and targets of the .NET SDK do to the properties that decide a target, in their order.
 * Facts from https://github.com/dotnet/sdk/tree/main/src/Tasks/Microsoft.NET.Build.Tasks (targets, sdk),
 * https://github.com/dotnet/sdk/tree/main/src/WebSdk, https://github.com/dotnet/fsharp (Microsoft.FSharp.NetSdk.props).
 */
import type { Statement } from '../statements.ts';
import { commonProps, languageTargets } from './common.ts';
import { group, importFile, item, itemGroup, set, setDefault } from './steps.ts';

const withoutV = '$(_TargetFrameworkVersionWithoutV)';

const defaultItems: readonly Statement[] = [
  itemGroup(
    `'$(EnableDefaultItems)' == 'true'`,
    item('Compile', {
      include: '**/*$(DefaultLanguageSourceExtension)',
      exclude: '$(DefaultItemExcludes);$(DefaultExcludesInProjectFolder)',
      when: `'$(EnableDefaultCompileItems)' == 'true'`,
    }),
    item('EmbeddedResource', {
      include: '**/*.resx',
      exclude: '$(DefaultItemExcludes);$(DefaultExcludesInProjectFolder)',
      when: `'$(EnableDefaultEmbeddedResourceItems)' == 'true'`,
    }),
  ),
  itemGroup(
    `'$(EnableDefaultItems)' == 'true' and '$(EnableDefaultNoneItems)' == 'true'`,
    item('None', { include: '**/*', exclude: '$(DefaultItemExcludes);$(DefaultExcludesInProjectFolder)' }),
    item('None', { remove: '**/*$(DefaultLanguageSourceExtension)' }),
    item('None', { remove: '**/*.resx' }),
  ),
  itemGroup(
    `'$(DisableImplicitFrameworkReferences)' != 'true' and '$(TargetFrameworkIdentifier)' == '.NETStandard' and '${withoutV}' < '2.1'`,
    item('PackageReference', {
      include: 'NETStandard.Library',
      metadata: { Version: '$(NETStandardImplicitPackageVersion)', IsImplicitlyDefined: 'true' },
    }),
    item('PackageReference', {
      update: 'NETStandard.Library',
      when: `'${withoutV}' != '' and '${withoutV}' >= '2.0'`,
      metadata: { PrivateAssets: 'All', Publish: 'true' },
    }),
  ),
  itemGroup(
    `'$(DisableImplicitFrameworkReferences)' != 'true' and '$(TargetFrameworkIdentifier)' == '.NETCoreApp'`,
    item('PackageReference', {
      include: 'Microsoft.NETCore.App',
      when: `'${withoutV}' != '' and '${withoutV}' < '3.0'`,
      metadata: { IsImplicitlyDefined: 'true' },
    }),
    item('PackageReference', {
      update: 'Microsoft.NETCore.App',
      when: `'${withoutV}' != '' and '${withoutV}' >= '2.0' and '$(PackageType)' != 'DotnetCliTool'`,
      metadata: { PrivateAssets: 'All', Publish: 'true' },
    }),
  ),
];

const frameworksWithoutValueTuple = ['', '4.0', '4.5', '4.5.1', '4.5.2', '4.6', '4.6.1', '4.6.2', '4.7'];

const fsharpProps: readonly Statement[] = [
  setDefault('EnableDefaultCompileItems', 'false'),
  setDefault('EnableDefaultNoneItems', 'false'),
  group(
    `'$(ManagePackageVersionsCentrally)' == 'true'`,
    setDefault('DisableImplicitSystemValueTupleReference', 'true'),
    setDefault('DisableImplicitFSharpCoreReference', 'true'),
  ),
  set('ValueTupleImplicitPackageVersion', '4.6.2'),
  itemGroup(
    `'$(DisableImplicitSystemValueTupleReference)' != 'true' and ('$(TargetFrameworkIdentifier)' == '.NETStandard' or '$(TargetFrameworkIdentifier)' == '.NETCoreApp') and !('${withoutV}' >= '2.0')`,
    item('PackageReference', {
      include: 'System.ValueTuple',
      metadata: { Version: '$(ValueTupleImplicitPackageVersion)' },
    }),
  ),
  itemGroup(
    `'$(DisableImplicitFSharpCoreReference)' != 'true'`,
    item('PackageReference', {
      include: 'FSharp.Core',
      metadata: { Version: '$(FSharpCoreImplicitPackageVersion)' },
      when: `'$(FSharpCoreImplicitPackageVersion)' != ''`,
    }),
    item('PackageReference', {
      include: 'FSharp.Core',
      metadata: { Version: '$(FSCorePackageVersion)' },
      when: `'$(FSharpCoreImplicitPackageVersion)' == ''`,
    }),
  ),
  itemGroup(
    `'$(DisableImplicitSystemValueTupleReference)' != 'true' and '$(TargetFrameworkIdentifier)' == '.NETFramework' and (${frameworksWithoutValueTuple
      .map((version) => `'${withoutV}' == '${version}'`)
      .join(' or ')})`,
    item('PackageReference', {
      include: 'System.ValueTuple',
      metadata: { Version: '$(ValueTupleImplicitPackageVersion)' },
    }),
  ),
];

/** Sdk.props of Microsoft.NET.Sdk. */
export const sdkProps: readonly Statement[] = [
  set('UsingMicrosoftNETSdk', 'true'),
  set('UsingNETSdkDefaults', 'true'),
  importFile('$(AlternateCommonProps)', 'extension-point', `'$(AlternateCommonProps)' != ''`),
  group(`'$(AlternateCommonProps)' == ''`, ...commonProps),
  setDefault('Configurations', 'Debug;Release'),
  setDefault('Platforms', 'AnyCPU'),
  setDefault('Configuration', 'Debug'),
  setDefault('Platform', 'AnyCPU'),
  setDefault('OutputType', 'Library'),
  setDefault('AssemblyName', '$(MSBuildProjectName)'),
  setDefault('RootNamespace', `$(MSBuildProjectName.Replace(" ", "_"))`),
  group(`'$(Configuration)' == 'Debug'`, setDefault('DebugSymbols', 'true'), setDefault('Optimize', 'false')),
  group(`'$(Configuration)' == 'Release'`, setDefault('Optimize', 'true')),
  setDefault('DebugSymbols', 'false'),
  ...defaultItems,
  group(`'$(MSBuildProjectExtension)' == '.fsproj'`, ...fsharpProps),
  group(
    `'$(MSBuildProjectExtension)' == '.csproj'`,
    set('DefineConstants', '$(DefineConstants);', `'$(DefineConstants)' != ''`),
    set('DefineConstants', '$(DefineConstants)TRACE'),
  ),
  { kind: 'phase', phase: 'sdk-props' },
  importFile('$(AfterMicrosoftNetSdkProps)', 'extension-point', `'$(AfterMicrosoftNetSdkProps)' != ''`),
];

/** Identifier and version from the short name. */
const inferTarget: readonly Statement[] = [
  importFile(
    '$(BeforeTargetFrameworkInferenceTargets)',
    'extension-point',
    `'$(BeforeTargetFrameworkInferenceTargets)' != ''`,
  ),
  group(
    `'$(TargetFramework)' != '' and ('$(TargetFrameworkIdentifier)' == '' or '$(TargetFrameworkVersion)' == '')`,
    set('TargetFrameworkIdentifier', `$([MSBuild]::GetTargetFrameworkIdentifier('$(TargetFramework)'))`),
    set('TargetFrameworkVersion', `v$([MSBuild]::GetTargetFrameworkVersion('$(TargetFramework)', 2))`),
  ),
  set('_TargetFrameworkVersionWithoutV', `$(TargetFrameworkVersion.TrimStart('vV'))`),
  group(
    `'$(TargetFramework)' != '' and ('$(TargetPlatformIdentifier)' == '' or '$(TargetPlatformVersion)' == '')`,
    setDefault('TargetPlatformIdentifier', `$([MSBuild]::GetTargetPlatformIdentifier('$(TargetFramework)'))`),
    setDefault('TargetPlatformVersion', `$([MSBuild]::GetTargetPlatformVersion('$(TargetFramework)', 2))`),
    set('TargetPlatformVersion', '', `'$(TargetPlatformVersion)' == '0.0'`),
  ),
  set(
    '_UnsupportedTargetFrameworkError',
    'true',
    `'$(TargetFrameworkIdentifier)' == '' or '$(TargetFrameworkIdentifier)' == 'Unsupported' or '$(TargetFrameworkVersion)' == ''`,
  ),
  setDefault('TargetFrameworkVersion', 'v0.0'),
  setDefault('TargetFrameworkIdentifier', '_'),
  importFile(
    '$(AfterTargetFrameworkInferenceTargets)',
    'extension-point',
    `'$(AfterTargetFrameworkInferenceTargets)' != ''`,
  ),
];

const excludes = (pattern: string): Statement => set('DefaultItemExcludes', `$(DefaultItemExcludes);${pattern}`);
const slash = String.raw`\ `.trim();

const outputPaths: readonly Statement[] = [
  setDefault('PlatformName', '$(Platform)'),
  setDefault('BaseOutputPath', `bin${slash}`),
  set('BaseOutputPath', `$(BaseOutputPath)${slash}`, `!HasTrailingSlash('$(BaseOutputPath)')`),
  setDefault('BaseIntermediateOutputPath', `obj${slash}`),
];

const defaultItemSettings: readonly Statement[] = [
  setDefault('EnableDefaultItems', 'true'),
  setDefault('EnableDefaultCompileItems', 'true'),
  setDefault('EnableDefaultEmbeddedResourceItems', 'true'),
  setDefault('EnableDefaultNoneItems', 'true'),
  excludes('$(BaseOutputPath)/**'),
  excludes('$(BaseIntermediateOutputPath)/**'),
  excludes('**/*.user;**/*.*proj;**/*.sln;**/*.slnx;**/*.vssscc;**/.DS_Store'),
  set(
    'DefaultExcludesInProjectFolder',
    '$(DefaultExcludesInProjectFolder);$(DefaultItemExcludesInProjectFolder);**/.*/**',
  ),
  group(
    `'$(TargetFrameworkIdentifier)' == '.NETStandard' and '${withoutV}' < '2.1'`,
    setDefault('NETStandardImplicitPackageVersion', '1.6.1', `'${withoutV}' < '2.0'`),
    setDefault('NETStandardImplicitPackageVersion', '2.0.3'),
  ),
  itemGroup(
    undefined,
    item('PackageReference', {
      update: 'Microsoft.NETCore.App',
      when: `'$(RuntimeFrameworkVersion)' != ''`,
      metadata: { Version: '$(RuntimeFrameworkVersion)' },
    }),
  ),
];

const languages: readonly Statement[] = [
  setDefault(
    'LanguageTargets',
    '$(MSBuildToolsPath)\\Microsoft.CSharp.targets',
    `'$(MSBuildProjectExtension)' == '.csproj'`,
  ),
  setDefault(
    'LanguageTargets',
    '$(MSBuildToolsPath)\\Microsoft.VisualBasic.targets',
    `'$(MSBuildProjectExtension)' == '.vbproj'`,
  ),
  setDefault(
    'LanguageTargets',
    '$(MSBuildToolsPath)\\Microsoft.FSharp.targets',
    `'$(MSBuildProjectExtension)' == '.fsproj'`,
  ),
  setDefault('LanguageTargets', '$(MSBuildToolsPath)\\Microsoft.Common.targets'),
  importFile('$(LanguageTargets)', 'sdk'),
];

/** Sdk.targets of Microsoft.NET.Sdk. */
export const sdkTargets: readonly Statement[] = [
  importFile('$(BeforeMicrosoftNETSdkTargets)', 'extension-point', `'$(BeforeMicrosoftNETSdkTargets)' != ''`),
  set('IsCrossTargetingBuild', 'true', `'$(TargetFrameworks)' != '' and '$(TargetFramework)' == ''`),
  group(
    `'$(Version)' == ''`,
    setDefault('VersionPrefix', '1.0.0'),
    set('Version', '$(VersionPrefix)-$(VersionSuffix)', `'$(VersionSuffix)' != ''`),
    setDefault('Version', '$(VersionPrefix)'),
  ),
  setDefault('Authors', '$(AssemblyName)'),
  setDefault('Company', '$(Authors)'),
  setDefault('AssemblyTitle', '$(AssemblyName)'),
  setDefault('Product', '$(AssemblyName)'),
  setDefault('Configuration', 'Debug'),
  setDefault('Platform', 'AnyCPU'),
  group(`'$(IsCrossTargetingBuild)' != 'true'`, ...inferTarget),
  ...outputPaths,
  ...languages,
  group(`'$(IsCrossTargetingBuild)' != 'true'`, ...defaultItemSettings),
];

/** What other SDKs of the .NET SDK do before and after Microsoft.NET.Sdk's props. */
export const sdkVariants: Readonly<Record<string, { before: readonly Statement[]; after: readonly Statement[] }>> = {
  'microsoft.net.sdk': { before: [], after: [] },
  'fsharp.net.sdk': { before: [], after: [] },
  'microsoft.net.sdk.web': {
    before: [set('UsingMicrosoftNETSdkWeb', 'true')],
    after: [set('OutputType', 'Exe')],
  },
  'microsoft.net.sdk.worker': {
    before: [set('UsingMicrosoftNETSdkWorker', 'true')],
    after: [set('OutputType', 'Exe')],
  },
  'microsoft.net.sdk.razor': { before: [set('UsingMicrosoftNETSdkRazor', 'true')], after: [] },
  'microsoft.net.sdk.windowsdesktop': { before: [set('_MicrosoftWindowsDesktopSdkImported', 'true')], after: [] },
  'microsoft.net.sdk.blazorwebassembly': {
    before: [set('UsingMicrosoftNETSdkBlazorWebAssembly', 'true')],
    after: [set('OutputType', 'Exe')],
  },
  'microsoft.net.sdk.webassembly': { before: [], after: [set('OutputType', 'Exe')] },
  'microsoft.net.sdk.functions': { before: [], after: [] },
};

export { languageTargets };
