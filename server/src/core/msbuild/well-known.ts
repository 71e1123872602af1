/**
 * Properties that exist before a project says anything.
 * Source: https://learn.microsoft.com/visualstudio/msbuild/msbuild-reserved-and-well-known-properties
 */
import { basename, dirname, type FilePath, rootLength } from '../model/path.ts';
import { nativePath } from './path-functions.ts';
import { symbol, UnknownValue, type Value } from './value.ts';

type System = 'windows' | 'unix';

/** Names that no project may set (MSB4004), in lower case. */
export const reservedProperties: ReadonlySet<string> = new Set([
  'msbuildprojectdirectory',
  'msbuildprojectdirectorynoroot',
  'msbuildprojectextension',
  'msbuildprojectfile',
  'msbuildprojectfullpath',
  'msbuildprojectname',
  'msbuildthisfile',
  'msbuildthisfiledirectory',
  'msbuildthisfiledirectorynoroot',
  'msbuildthisfileextension',
  'msbuildthisfilefullpath',
  'msbuildthisfilename',
  'msbuildassemblyversion',
  'msbuildbinpath',
  'msbuildversion',
  'msbuildprojectdefaulttargets',
  'msbuildprogramfiles32',
  'msbuildstartupdirectory',
  'msbuildtoolspath',
  'msbuildtoolsversion',
  'msbuildruntimetype',
  'msbuildnodecount',
]);

/** The reserved properties of a file; `prefix` is `MSBuildProject` or `MSBuildThisFile`, in lower case. */
export function fileProperties(path: FilePath, prefix: string, system: System): ReadonlyMap<string, string> {
  const folder = dirname(path);
  const name = basename(path);
  const dot = name.lastIndexOf('.');
  const separator = system === 'windows' ? '\\' : '/';
  const isThisFile = prefix === 'msbuildthisfile';
  const open = (text: string): string => (/[\\/]$/.test(text) || text === '' ? text : text + separator);
  const native = nativePath(folder, system);
  const noRoot = nativePath(folder.slice(rootLength(folder)), system);
  const file = prefix === 'msbuildthisfile' ? 'msbuildthisfile' : 'msbuildprojectfile';
  return new Map([
    [file, name],
    [`${prefix}name`, dot < 0 ? name : name.slice(0, dot)],
    [`${prefix}extension`, dot < 0 ? '' : name.slice(dot)],
    [`${prefix}fullpath`, nativePath(path, system)],
    [`${prefix}directory`, isThisFile ? open(native) : native],
    [`${prefix}directorynoroot`, isThisFile ? open(noRoot) : noRoot],
  ]);
}

/** Folders and versions that differ from machine to machine; they are never empty. */
const symbols: Readonly<Record<System, readonly string[]>> = {
  windows: [
    'MSBuildExtensionsPath',
    'MSBuildExtensionsPath32',
    'MSBuildExtensionsPath64',
    'MSBuildToolsPath',
    'MSBuildToolsPath32',
    'MSBuildToolsPath64',
    'MSBuildBinPath',
    'MSBuildSDKsPath',
    'MSBuildFrameworkToolsPath',
    'MSBuildFrameworkToolsPath32',
    'MSBuildProgramFiles32',
    'MSBuildUserExtensionsPath',
    'MSBuildStartupDirectory',
    'MSBuildVersion',
    'MSBuildAssemblyVersion',
    'MSBuildFileVersion',
    'MSBuildSemanticVersion',
    'RoslynTargetsPath',
    'VSToolsPath',
    'VisualStudioVersion',
    'ProgramFiles',
    'FSCorePackageVersion',
    '_DefaultFrameworkOfTheCppToolset',
  ],
  unix: [
    'MSBuildExtensionsPath',
    'MSBuildExtensionsPath32',
    'MSBuildExtensionsPath64',
    'MSBuildToolsPath',
    'MSBuildToolsPath32',
    'MSBuildToolsPath64',
    'MSBuildBinPath',
    'MSBuildSDKsPath',
    'MSBuildFrameworkToolsPath',
    'MSBuildUserExtensionsPath',
    'MSBuildStartupDirectory',
    'MSBuildVersion',
    'MSBuildAssemblyVersion',
    'MSBuildFileVersion',
    'MSBuildSemanticVersion',
    'RoslynTargetsPath',
    'VisualStudioVersion',
    'FSCorePackageVersion',
    '_DefaultFrameworkOfTheCppToolset',
  ],
};

/** Values that are the same on every machine with a current MSBuild. */
const constants: Readonly<Record<System, Readonly<Record<string, string>>>> = {
  windows: {
    OS: 'Windows_NT',
    MSBuildToolsVersion: 'Current',
    MSBuildRuntimeVersion: '4.0.30319',
    MSBuildInteractive: '',
  },
  unix: {
    OS: 'Unix',
    MSBuildToolsVersion: 'Current',
    MSBuildRuntimeType: 'Core',
  },
};

/** The well-known properties of a system by lower-case name. */
export function wellKnownProperties(system: System): ReadonlyMap<string, Value> {
  return tables[system];
}

const tables: Readonly<Record<System, ReadonlyMap<string, Value>>> = {
  windows: buildTable('windows'),
  unix: buildTable('unix'),
};

function buildTable(system: System): ReadonlyMap<string, Value> {
  const table = new Map<string, Value>();
  for (const name of symbols[system]) {
    table.set(name.toLowerCase(), symbol(name));
  }
  for (const [name, value] of Object.entries(constants[system])) {
    table.set(name.toLowerCase(), value);
  }
  if (system === 'windows') {
    table.set(
      'msbuildruntimetype',
      new UnknownValue(['Visual Studio and the dotnet command run different MSBuilds'], ['Full', 'Core']),
    );
  }
  return table;
}

/**
 * Variables that an operating system or a build server sets: reading one of them as a property gives its value, which
 * is not known. Any other name counts as not set.
 */
const environmentNames: ReadonlySet<string> = new Set([
  'path',
  'temp',
  'tmp',
  'tmpdir',
  'home',
  'user',
  'username',
  'userprofile',
  'userdomain',
  'appdata',
  'localappdata',
  'allusersprofile',
  'public',
  'programdata',
  'programfiles',
  'programw6432',
  'commonprogramfiles',
  'systemroot',
  'systemdrive',
  'windir',
  'comspec',
  'computername',
  'hostname',
  'number_of_processors',
  'processor_architecture',
  'processor_identifier',
  'logonserver',
  'sessionname',
  'lang',
  'shell',
  'pwd',
  'ci',
  'tf_build',
  'github_actions',
  'gitlab_ci',
  'appveyor',
  'travis',
  'circleci',
  'jenkins_url',
  'teamcity_version',
  'nuget_packages',
  'dotnet_root',
  'dotnet_host_path',
  'visualstudiodir',
  'vsappiddir',
  'devenvdir',
  'vsinstalldir',
  'vs100comntools',
  'vs110comntools',
  'vs120comntools',
  'vs140comntools',
]);

const environmentPrefixes =
  /^(build_|system_|agent_|release_|github_|gitlab_|appveyor_|teamcity_|ci_|jenkins_|travis_)/;

/** True for a name that an environment may define and that nobody can know. */
export function isEnvironmentName(key: string): boolean {
  let isOne = answers.get(key);
  if (isOne === undefined) {
    isOne = environmentNames.has(key) || environmentPrefixes.test(key);
    if (answers.size < maximumAnswers) {
      answers.set(key, isOne);
    }
  }
  return isOne;
}

/** Projects ask for the same names again and again. */
const answers = new Map<string, boolean>();
const maximumAnswers = 5000;

/** Properties that a solution build passes on; without a solution they are not known. */
export const solutionProperties: ReadonlySet<string> = new Set([
  'solutiondir',
  'solutionname',
  'solutionfilename',
  'solutionpath',
  'solutionext',
]);
