import { compareVersions } from '../facts/dotnet-frameworks.ts';
import { netFramework } from '../facts/nuget-frameworks.ts';
import { type Known, known } from '../model/known.ts';
import { dirname, resolvePath } from '../model/path.ts';
import { type Build, type Evaluation, evaluateProject, type FileSource, type ProjectBuilds } from '../msbuild/index.ts';
import type { ProjectModel, SourceBuild, TargetFramework } from './model.ts';

/** What the builds of a project compile, by the key of the file. */
export type CompiledSources = ReadonlyMap<string, readonly SourceBuild[]>;

/** Evaluates which files a project compiles, in which builds, and with which symbols. */
export function compiledSourcesOf(
  { path, targets }: ProjectModel,
  { builds }: ProjectBuilds,
  files: FileSource,
): { readonly sources: CompiledSources; readonly isComplete: boolean } {
  const sources = new Map<string, SourceBuild[]>();
  let isComplete = true;
  for (const [index, build] of builds.entries()) {
    const { items, isComplete: isWhole } = build.evaluation.items('Compile');
    // Where the list of targets is not known, what was evaluated is no build that compiles anything.
    isComplete &&= isWhole && build.evaluation.targetFrameworks().known;
    const framework = frameworkOf(build, targets[index]?.framework ?? targets[0]?.framework);
    const entry: SourceBuild = { framework, symbolSets: () => symbolSetsOf(build, framework, files) };
    for (const { include } of items) {
      if (include.known) {
        const key = files.key(resolvePath(dirname(path), include.value));
        sources.set(key, [...(sources.get(key) ?? []), entry]);
      }
    }
  }
  return { sources, isComplete };
}

/** The build's own target, and what the project's model says where MSBuild alone does not. */
function frameworkOf({ evaluation }: Build, fallback: Known<TargetFramework> | undefined): Known<TargetFramework> {
  const framework = evaluation.framework();
  if (framework.known && framework.value) {
    const { identifier, version, profile, moniker } = framework.value;
    return known({ identifier, version, profile, moniker });
  }
  return fallback ?? { known: false, reasons: framework.known ? ['the project has no target'] : framework.reasons };
}

/** A project with many configurations differs in few symbols: the first ones stand for the rest. */
const maximumConfigurations = 8;

/** The sets of symbols that a build is compiled with: one for each configuration that has another set. */
function symbolSetsOf(
  { evaluation, configurations }: Build,
  framework: Known<TargetFramework>,
  files: FileSource,
): Known<readonly ReadonlySet<string>[]> {
  const sets = new Map<string, ReadonlySet<string>>();
  const all = configurations.slice(0, maximumConfigurations);
  for (const [index, { configuration, platform }] of all.entries()) {
    const globalProperties = { ...evaluation.globalProperties, Configuration: configuration, Platform: platform };
    const one = index === 0 ? evaluation : evaluateProject({ path: evaluation.path, files, globalProperties });
    const constants = one.value('DefineConstants');
    if (!constants.known) {
      return constants;
    }
    const symbols = new Set([...readConstants(constants.value), ...implicitSymbols(one, framework)]);
    sets.set([...symbols].sort().join(), symbols);
  }
  return known([...sets.values()]);
}

/** `DEBUG;TRACE`, and what Visual Basic writes: `NAME=value` between commas. */
function readConstants(text: string): string[] {
  return text.split(/[;,]/).flatMap((part) => {
    const [name = '', value] = part.split('=').map((piece) => piece.trim());
    return name === '' || (value !== undefined && /^(?:false|0)$/i.test(value)) ? [] : [name];
  });
}

/**
 * What the .NET SDK defines for a target by itself.
 * Source: https://learn.microsoft.com/dotnet/csharp/language-reference/preprocessor-directives
 */
function implicitSymbols(evaluation: Evaluation, framework: Known<TargetFramework>): string[] {
  if (!evaluation.isSdkStyle || !framework.known) {
    return [];
  }
  const { identifier, version } = framework.value;
  const upTo = (versions: readonly string[]) => versions.filter((one) => compareVersions(one, version) <= 0);
  const underscored = (one: string) => one.replaceAll('.', '_');
  switch (identifier) {
    case netFramework:
      return [
        'NETFRAMEWORK',
        `NET${version.replaceAll('.', '')}`,
        ...upTo(frameworkSteps).map((one) => `NET${one.replaceAll('.', '')}_OR_GREATER`),
      ];
    case '.NETStandard':
      return [
        'NETSTANDARD',
        `NETSTANDARD${underscored(version)}`,
        ...upTo(standardSteps).map((one) => `NETSTANDARD${underscored(one)}_OR_GREATER`),
      ];
    case '.NETCoreApp': {
      const isNamedNet = compareVersions(version, '5.0') >= 0;
      return [
        'NETCOREAPP',
        ...(isNamedNet ? ['NET', `NET${underscored(version)}`] : [`NETCOREAPP${underscored(version)}`]),
        ...upTo(coreSteps).map((one) => `NETCOREAPP${underscored(one)}_OR_GREATER`),
        ...upTo(netSteps).map((one) => `NET${underscored(one)}_OR_GREATER`),
      ];
    }
    default:
      return [];
  }
}

const frameworkSteps = [
  ...['2.0', '3.5', '4.0', '4.5', '4.5.1', '4.5.2', '4.6', '4.6.1', '4.6.2'],
  ...['4.7', '4.7.1', '4.7.2', '4.8', '4.8.1'],
];
const standardSteps = ['1.0', '1.1', '1.2', '1.3', '1.4', '1.5', '1.6', '2.0', '2.1'];
const coreSteps = ['1.0', '1.1', '2.0', '2.1', '2.2', '3.0', '3.1'];
const netSteps = ['5.0', '6.0', '7.0', '8.0', '9.0', '10.0', '11.0'];
