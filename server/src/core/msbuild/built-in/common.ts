/**
 * What Microsoft.Common.props and the language targets do to the properties that decide a target, in their order.
 * Facts from https://github.com/dotnet/msbuild/tree/main/src/Tasks (Microsoft.Common.props,
 * Microsoft.Common.CurrentVersion.targets, Microsoft.Common.targets, Microsoft.Common.CrossTargeting.targets,
 * Microsoft.NETFramework.CurrentVersion.props) and https://github.com/NuGet/NuGet.Client (NuGet.props, NuGet.targets).
 */
import type { Statement } from '../statements.ts';
import { group, importFile, item, itemGroup, set, setDefault } from './steps.ts';

/** The nearest file of a name, from the project's folder upwards, unless the path was set before. */
function locate(prefix: string, fileName: string): Statement {
  return group(
    `'$(Import${prefix})' == 'true' and '$(${prefix}Path)' == ''`,
    setDefault(`_${prefix}File`, fileName),
    setDefault(
      `_${prefix}BasePath`,
      `$([MSBuild]::GetDirectoryNameOfFileAbove($(MSBuildProjectDirectory), '$(_${prefix}File)'))`,
    ),
    set(
      `${prefix}Path`,
      `$([System.IO.Path]::Combine('$(_${prefix}BasePath)', '$(_${prefix}File)'))`,
      `'$(_${prefix}BasePath)' != '' and '$(_${prefix}File)' != ''`,
    ),
  );
}

const slash = String.raw`\ `.trim();

/** Ends a folder property with a separator. */
function close(name: string): Statement {
  return set(name, `$(${name})${slash}`, `!HasTrailingSlash('$(${name})')`);
}

/** An extension point: imported when somebody set it. */
function hook(name: string): Statement {
  return importFile(`$(${name})`, 'extension-point', `'$(${name})' != '' and Exists('$(${name})')`);
}

/** An extension point that must exist when it is set. */
function strictHook(name: string): Statement {
  return importFile(`$(${name})`, 'extension-point', `'$(${name})' != ''`);
}

/** Where obj is, which is where packages put their props and targets. */
const locateExtensions: readonly Statement[] = [
  setDefault('BaseIntermediateOutputPath', `obj${slash}`),
  close('BaseIntermediateOutputPath'),
  setDefault('MSBuildProjectExtensionsPath', '$(BaseIntermediateOutputPath)'),
  set(
    'MSBuildProjectExtensionsPath',
    `$([System.IO.Path]::Combine('$(MSBuildProjectDirectory)', '$(MSBuildProjectExtensionsPath)'))`,
    `'$([System.IO.Path]::IsPathRooted($(MSBuildProjectExtensionsPath)))' == 'false'`,
  ),
  close('MSBuildProjectExtensionsPath'),
];

/** Microsoft.Common.props, with NuGet.props at its end. */
export const commonProps: readonly Statement[] = [
  setDefault('ImportDirectoryBuildProps', 'true'),
  locate('DirectoryBuildProps', 'Directory.Build.props'),
  strictHook('CustomBeforeDirectoryBuildProps'),
  importFile(
    '$(DirectoryBuildPropsPath)',
    'directory-build-props',
    `'$(ImportDirectoryBuildProps)' == 'true' and Exists('$(DirectoryBuildPropsPath)')`,
  ),
  strictHook('CustomAfterDirectoryBuildProps'),
  ...locateExtensions,
  setDefault('ImportProjectExtensionProps', 'true'),
  importFile(
    '$(MSBuildProjectExtensionsPath)$(MSBuildProjectFile).*.props',
    'package-props',
    `'$(ImportProjectExtensionProps)' == 'true' and Exists('$(MSBuildProjectExtensionsPath)')`,
  ),
  hook('CustomBeforeMicrosoftCommonProps'),
  set('MicrosoftCommonPropsHasBeenImported', 'true'),
  setDefault('Configuration', '$(DefaultProjectConfiguration)', `'$(DefaultProjectConfiguration)' != ''`),
  setDefault('Platform', '$(DefaultProjectPlatform)', `'$(DefaultProjectPlatform)' != ''`),
  hook('CustomAfterMicrosoftCommonProps'),
  setDefault('ImportDirectoryPackagesProps', 'true'),
  locate('DirectoryPackagesProps', 'Directory.Packages.props'),
  importFile(
    '$(DirectoryPackagesPropsPath)',
    'directory-packages-props',
    `'$(ImportDirectoryPackagesProps)' == 'true' and '$(DirectoryPackagesPropsPath)' != '' and Exists('$(DirectoryPackagesPropsPath)')`,
  ),
];

/** Items that NuGet.targets adds for packages that every project gets. */
const globalPackages: Statement = itemGroup(
  `'$(ManagePackageVersionsCentrally)' == 'true' and '$(RestoreEnableGlobalPackageReference)' != 'false'`,
  item('PackageReference', {
    include: '@(GlobalPackageReference)',
    metadata: { Version: '', IncludeAssets: 'Runtime;Build;Native;contentFiles;Analyzers', PrivateAssets: 'All' },
  }),
  item('PackageVersion', { include: '@(GlobalPackageReference)', metadata: { Version: '%(Version)' } }),
);

const userFile: Statement = importFile(
  '$(MSBuildProjectFullPath).user',
  'user-file',
  `Exists('$(MSBuildProjectFullPath).user')`,
);

/** Packages' targets, then Directory.Build.targets: the last files of every build. */
const closingImports: readonly Statement[] = [
  { kind: 'phase', phase: 'targets' },
  setDefault('ImportProjectExtensionTargets', 'true'),
  importFile(
    '$(MSBuildProjectExtensionsPath)$(MSBuildProjectFile).*.targets',
    'package-targets',
    `'$(ImportProjectExtensionTargets)' == 'true' and Exists('$(MSBuildProjectExtensionsPath)')`,
  ),
  setDefault('ImportDirectoryBuildTargets', 'true'),
  locate('DirectoryBuildTargets', 'Directory.Build.targets'),
  strictHook('CustomBeforeDirectoryBuildTargets'),
  importFile(
    '$(DirectoryBuildTargetsPath)',
    'directory-build-targets',
    `'$(ImportDirectoryBuildTargets)' == 'true' and Exists('$(DirectoryBuildTargetsPath)')`,
  ),
  strictHook('CustomAfterDirectoryBuildTargets'),
  { kind: 'phase', phase: 'end' },
];

/** Identifier, version, profile and moniker, as the common targets complete them. */
const composeTarget: readonly Statement[] = [
  setDefault('TargetRuntime', 'Managed'),
  group(
    `'$(TargetRuntime)' == 'Managed'`,
    setDefault('TargetFrameworkIdentifier', '.NETFramework'),
    setDefault('TargetFrameworkVersion', 'v4.0'),
  ),
  group(
    `'$(TargetFrameworkIdentifier)' == '.NETFramework' or '$(TargetFrameworkIdentifier)' == 'Silverlight'`,
    // This is where a version that is none gets a project refused.
    set(
      '_SupportsArm64',
      'true',
      `'$(TargetFrameworkIdentifier)' == '.NETFramework' and $([MSBuild]::VersionGreaterThanOrEquals($(TargetFrameworkVersion), '4.0'))`,
    ),
    setDefault('UpgradeSubsetToProfile', 'true'),
    setDefault(
      'TargetFrameworkProfile',
      '$(TargetFrameworkSubset)',
      `'$(UpgradeSubsetToProfile)' == 'true' and '$(TargetFrameworkSubset)' != ''`,
    ),
  ),
  group(
    `'$(TargetFrameworkIdentifier)' != '' and '$(TargetFrameworkVersion)' != ''`,
    setDefault(
      'TargetFrameworkMoniker',
      '$(TargetFrameworkIdentifier),Version=$(TargetFrameworkVersion),Profile=$(TargetFrameworkProfile)',
      `'$([System.String]::IsNullOrWhiteSpace($(TargetFrameworkProfile)))' != 'true'`,
    ),
    setDefault('TargetFrameworkMoniker', '$(TargetFrameworkIdentifier),Version=$(TargetFrameworkVersion)'),
  ),
];

const composeOutput: readonly Statement[] = [
  setDefault('Platform', 'AnyCPU'),
  setDefault('PlatformName', '$(Platform)'),
  setDefault('Configuration', 'Debug'),
  setDefault('ConfigurationName', '$(Configuration)'),
  setDefault('BaseOutputPath', `bin${slash}`),
  close('BaseOutputPath'),
  setDefault('OutputPath', `$(BaseOutputPath)$(Configuration)${slash}`, `'$(PlatformName)' == 'AnyCPU'`),
  setDefault('OutputPath', `$(BaseOutputPath)$(PlatformName)${slash}$(Configuration)${slash}`),
  close('OutputPath'),
  setDefault('BaseIntermediateOutputPath', `obj${slash}`),
  close('BaseIntermediateOutputPath'),
  setDefault(
    'IntermediateOutputPath',
    `$(BaseIntermediateOutputPath)$(Configuration)${slash}`,
    `'$(PlatformName)' == 'AnyCPU'`,
  ),
  setDefault('IntermediateOutputPath', `$(BaseIntermediateOutputPath)$(PlatformName)${slash}$(Configuration)${slash}`),
  close('IntermediateOutputPath'),
  set('OutputType', '$(TargetType)', `'$(TargetType)' != ''`),
  set('OutputType', 'library', `'$(TargetType)' == 'Container' or '$(TargetType)' == 'DocumentContainer'`),
  setDefault('OutputType', 'exe'),
  setDefault('OutDir', '$(OutputPath)'),
  setDefault('ProjectName', '$(MSBuildProjectName)'),
  setDefault('AssemblyName', '$(MSBuildProjectName)'),
  setDefault('TargetName', '$(AssemblyName)'),
  setDefault('ProjectFileName', '$(MSBuildProjectFile)'),
  setDefault('ProjectExt', '$(MSBuildProjectExtension)'),
  setDefault('ProjectDir', '$([MSBuild]::EnsureTrailingSlash($(MSBuildProjectDirectory)))'),
  setDefault('ProjectPath', '$(ProjectDir)$(ProjectFileName)'),
  setDefault('SolutionName', '*Undefined*'),
  setDefault('SolutionFileName', '*Undefined*'),
  setDefault('SolutionPath', '*Undefined*'),
  setDefault('SolutionDir', '*Undefined*'),
  setDefault('SolutionExt', '*Undefined*'),
];

/** Microsoft.Common.targets: what every language's targets import. */
export const commonTargets: readonly Statement[] = [
  group(`'$(MicrosoftCommonPropsHasBeenImported)' != 'true'`, ...commonProps),
  userFile,
  hook('CustomBeforeMicrosoftCommonTargets'),
  ...composeTarget,
  ...composeOutput,
  globalPackages,
  hook('CustomAfterMicrosoftCommonTargets'),
  set('_TargetFrameworkVersionWithoutV', `$(TargetFrameworkVersion.TrimStart('vV'))`),
  ...closingImports,
];

/** The same for the outer build of a project with several targets. */
export const crossTargetingTargets: readonly Statement[] = [
  userFile,
  hook('CustomBeforeMicrosoftCommonCrossTargetingTargets'),
  globalPackages,
  hook('CustomAfterMicrosoftCommonCrossTargetingTargets'),
  ...closingImports,
];

/** Targets of one language around the common ones. */
export function languageTargets(
  language: 'CSharp' | 'VisualBasic' | 'FSharp',
  extension: string,
): readonly Statement[] {
  return [
    group(`'$(IsCrossTargetingBuild)' == 'true'`, ...crossTargetingTargets),
    group(
      `'$(IsCrossTargetingBuild)' != 'true'`,
      hook(`CustomBeforeMicrosoft${language}Targets`),
      set('DefaultLanguageSourceExtension', extension),
      set('TargetRuntime', 'Managed'),
      ...commonTargets,
      hook(`CustomAfterMicrosoft${language}Targets`),
    ),
  ];
}
