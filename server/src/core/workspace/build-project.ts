import { versionParts } from '../facts/dotnet-frameworks.ts';
import { formatMoniker, netFramework, parseFrameworkName } from '../facts/nuget-frameworks.ts';
import { dynamicsWords } from '../facts/project-roles.ts';
import type { Location, Notice } from '../model/finding.ts';
import { type Known, known, unknown } from '../model/known.ts';
import { dirname, extname, type FilePath, relativePath, resolvePath } from '../model/path.ts';
import type { ProjectRole } from '../model/settings.ts';
import {
  type Build,
  type TargetSite as EvaluatedSite,
  type Evaluation,
  evaluateAll,
  type FileSource,
  type ProjectBuilds,
} from '../msbuild/index.ts';
import { readPackagesConfig } from '../sources/packages-config.ts';
import { LineIndex } from '../text/lines.ts';
import { CodeReader, signTableOf } from './code-signs.ts';
import { hostingSettings, visualStudio2015FolderOf } from './hosting-process.ts';
import type { ProjectModel, ProjectTarget, TargetFramework, TargetSite } from './model.ts';
import { linkedSourcesOf, projectReferencesOf, referencedCodeOf, sourceFilesOf } from './project-code.ts';
import { dynamicsPackagesOf } from './project-packages.ts';
import { type NamedLocation, recognizeRole } from './roles.ts';
import type { SolutionSet } from './solutions.ts';
import { missingTargetAttribute } from './target-attribute.ts';

export interface ProjectRequest {
  readonly path: FilePath;
  readonly files: FileSource;
  /** The role that the configuration gives to the project; null where it is recognised. */
  readonly configuredRole: ProjectRole | null;
  readonly solutions: SolutionSet;
}

/** All builds of a project, with what its solution gives it. */
export function evaluateBuilds({ path, files, solutions }: Omit<ProjectRequest, 'configuredRole'>): ProjectBuilds {
  const solutionFolder = solutions.directoryOf(path);
  return evaluateAll({
    path,
    files,
    ...(solutionFolder === undefined ? {} : { globalProperties: { SolutionDir: `${solutionFolder}/` } }),
  });
}

/** Evaluates one project file and joins what the rules need to know of it. */
export function buildProject({ path, files, configuredRole, solutions }: ProjectRequest): ProjectModel {
  const { outer, builds } = evaluateBuilds({ path, files, solutions });
  const dependencies = new Set<FilePath>([path]);
  const readText = (file: FilePath) => {
    dependencies.add(file);
    return files.text(file);
  };
  const evaluations = builds.map(({ evaluation }) => evaluation);
  const references = projectReferencesOf(path, evaluations);
  const role = recognizeRole({
    path,
    ...(extname(path) === '.vcxproj' ? configurationTypeOf(builds) : outputTypeOf(outer)),
    references: referencesOf(path, builds, readText),
    typeGuids: propertyLocation(outer, 'ProjectTypeGuids'),
    sdks: outer.sdks.map(({ name }) => name),
    imports: outer.imports.map((record) => ({
      name: record.path,
      at: record.importedBy && record.range ? { path: record.importedBy, range: record.range } : null,
    })),
    isTestProject: isTrue(outer, 'IsTestProject'),
    configured: configuredRole,
    referencesDynamicsProject: () => references.some((reference) => dynamicsWords.test(readText(reference) ?? '')),
    sourceFiles: () => sourceFilesOf(path, evaluations),
    referencedCode: () => referencedCodeOf(references, files, dependencies),
    code: new CodeReader(readText, signTableOf(files)),
  });
  for (const { evaluation } of builds) {
    for (const dependency of evaluation.dependencies) {
      dependencies.add(dependency);
    }
  }
  const hosting = role.role === 'client' && !outer.isSdkStyle ? hostingSettings(builds) : [];
  return {
    path,
    kind: 'project',
    role,
    targets: outer.isProject
      ? joinConfigurations(builds.flatMap((build) => readTarget(build) ?? []))
      : [unreadableTarget(files.text(path) === undefined)],
    references,
    linkedSources: linkedSourcesOf(path, evaluations),
    dependencies,
    head: headOf(path, files),
    isSdkStyle: outer.isSdkStyle,
    toolsVersion: toolsVersionOf(path, files),
    visualStudio2015Folder: hosting.some(({ isUsed }) => isUsed)
      ? visualStudio2015FolderOf(path, files, dependencies)
      : null,
    hosting,
    packages: dynamicsPackagesOf(builds),
    missingTargetAttribute: missingTargetAttribute(builds, () => sourceFilesOf(path, evaluations), readText),
    notices: noticesOf(outer, files),
  };
}

function unreadableTarget(isMissing: boolean): ProjectTarget {
  const reason = isMissing ? 'the file could not be read' : 'the file has no Project element';
  return { configurations: [], declared: null, framework: unknown(reason), site: null };
}

interface BuildTarget extends ProjectTarget {
  readonly all: readonly string[];
}

/** The target of one build; undefined for native code. */
function readTarget(build: Build): BuildTarget | undefined {
  const { evaluation, token, configurations } = build;
  const framework = frameworkOf(build);
  const all = configurations.map(({ configuration, platform }) => `${configuration}|${platform}`);
  const common = { configurations: [], all };
  if (!framework.known) {
    const site = token?.site ? toSite(token.site, 'token', []) : unknownSite(evaluation);
    return { ...common, declared: writtenTarget(build), framework, site };
  }
  if (!framework.value) {
    return undefined;
  }
  const { identifier, profile } = framework.value;
  const platform = evaluation.value('TargetPlatformIdentifier');
  if (identifier === netFramework && platform.known && platform.value.toLowerCase() === 'uap') {
    // Store apps: their own targets, which Visual Studio has and nobody else, name the framework.
    const store = { identifier: 'UAP', version: '10.0', profile: '', moniker: 'UAP,Version=v10.0' };
    return { ...common, declared: null, framework: known(store), site: null };
  }
  const sites = evaluation.targetSites();
  const site = token?.site ?? sites.moniker ?? sites.version;
  const isClient = identifier === netFramework && profile.toLowerCase() === 'client';
  const obsolete = isClient ? (sites.profile?.chain.slice(-1) ?? []) : [];
  const obsoletePlaces = obsolete.map((declaration) => ({ path: declaration.path, range: declaration.element.range }));
  return {
    ...common,
    declared: token?.text ?? site?.text ?? null,
    framework: known(framework.value),
    site: site ? toSite(site, formOf(site, token !== undefined), obsoletePlaces) : null,
  };
}

/**
 * The framework as MSBuild composes it. Where MSBuild refuses the project for another reason (blanks around a name, an
 * import that is not there), a target that stands in the text is judged all the same; what is no name of a framework
 * is unknown.
 */
function frameworkOf(build: Build): Known<TargetFramework | undefined> {
  const { evaluation } = build;
  const framework = evaluation.framework();
  if (!framework.known) {
    return literalVersion(evaluation) ?? framework;
  }
  if (!framework.value) {
    return known(undefined);
  }
  const { identifier, version, profile, moniker } = framework.value;
  if (versionParts(version) !== undefined && !unsupportedIdentifiers.has(identifier)) {
    return known({ identifier, version, profile, moniker });
  }
  const written = writtenTarget(build);
  if (written === null) {
    return unknown('nothing names a target framework, which the .NET SDK refuses');
  }
  const name = parseFrameworkName(written);
  return name
    ? known({ ...name, moniker: formatMoniker(name) })
    : unknown(`"${written}" is not the name of a framework`);
}

/** The version of a legacy project that says it itself, when nothing that was read says another identifier. */
function literalVersion(evaluation: Evaluation): Known<TargetFramework> | undefined {
  const { value, decider } = evaluation.property('TargetFrameworkVersion');
  const isOtherwise = [
    'TargetFrameworkIdentifier',
    'TargetFrameworkMoniker',
    'TargetFramework',
    'TargetFrameworks',
  ].some((name) => evaluation.property(name).declarations.length > 0);
  if (evaluation.isSdkStyle || !value.known || !decider || isOtherwise || versionParts(value.value) === undefined) {
    return undefined;
  }
  const profile = evaluation.value('TargetFrameworkProfile');
  const name = {
    identifier: netFramework,
    version: (versionParts(value.value) ?? []).join('.'),
    profile: profile.known ? profile.value : '',
  };
  return known({ ...name, moniker: formatMoniker(name) });
}

/** What stands in the text, without blanks; null when nothing does. */
function writtenTarget({ evaluation, token }: Build): string | null {
  if (token) {
    return token.text;
  }
  const { moniker, version } = evaluation.targetSites();
  const text = moniker?.text ?? version?.text ?? '';
  return text.trim() === '' ? null : text.trim();
}

function formOf(site: EvaluatedSite, isToken: boolean): TargetSite['form'] {
  if (isToken) {
    return 'token';
  }
  if (/^TargetFrameworkMoniker$/i.test(site.property)) {
    return 'moniker';
  }
  return /^\s*v?\d/i.test(site.text) && !/^TargetFramework$/i.test(site.property) ? 'version' : 'name';
}

function toSite(site: EvaluatedSite, form: TargetSite['form'], obsolete: readonly Location[]): TargetSite {
  const declaration = site.chain.at(-1);
  return {
    path: site.location.path,
    range: site.location.range,
    form,
    list: declaration?.path === site.location.path ? declaration.valueRange : site.location.range,
    obsolete,
    isEditable: true,
  };
}

/** What the SDK calls a name that it cannot read. */
const unsupportedIdentifiers: ReadonlySet<string> = new Set(['Unsupported', '_', '']);

/** Where a target stands that could not be evaluated: the last place that writes it. */
function unknownSite(evaluation: Evaluation): TargetSite | null {
  for (const name of ['TargetFramework', 'TargetFrameworks', 'TargetFrameworkVersion']) {
    const { declarations, decider } = evaluation.property(name);
    const declaration = decider ?? declarations.findLast(({ conditionOutcome }) => conditionOutcome !== false);
    if (declaration) {
      const { path, valueRange } = declaration;
      return { path, range: valueRange, list: valueRange, form: 'version', obsolete: [], isEditable: false };
    }
  }
  return null;
}

/** Builds with the same target are one; they name their configurations only where the targets differ. */
function joinConfigurations(targets: readonly BuildTarget[]): ProjectTarget[] {
  const groups = new Map<string, BuildTarget[]>();
  for (const target of targets) {
    const moniker = target.framework.known ? target.framework.value.moniker : target.framework.reasons.join();
    const key = JSON.stringify([target.declared, moniker, target.site?.path, target.site?.range]);
    groups.set(key, [...(groups.get(key) ?? []), target]);
  }
  const everything = new Set(targets.flatMap(({ all }) => all));
  return [...groups.values()].map((group) => {
    const { all: _, ...target } = group[0] as BuildTarget;
    const configurations = [...new Set(group.flatMap(({ all }) => all))];
    return { ...target, configurations: configurations.length < everything.size ? configurations : [] };
  });
}

/** C++ projects say `ConfigurationType` instead. */
const configurationTypes: Readonly<Record<string, string>> = {
  application: 'Exe',
  dynamiclibrary: 'Library',
  staticlibrary: 'Library',
};

interface OutputType {
  readonly outputType: string | undefined;
  readonly outputTypeAt: Location | null;
}

function outputTypeOf(evaluation: Evaluation): OutputType {
  const { value, decider } = evaluation.property('OutputType');
  return {
    outputType: value.known ? value.value : undefined,
    outputTypeAt: decider ? { path: decider.path, range: decider.valueRange } : null,
  };
}

/** The type of the first configuration that has one. */
function configurationTypeOf(builds: readonly Build[]): OutputType {
  for (const { evaluation } of builds) {
    const { value, decider } = evaluation.property('ConfigurationType');
    if (value.known && value.value !== '') {
      return {
        outputType: configurationTypes[value.value.toLowerCase()] ?? value.value,
        outputTypeAt: decider ? { path: decider.path, range: decider.valueRange } : null,
      };
    }
  }
  return { outputType: undefined, outputTypeAt: null };
}

function propertyLocation(evaluation: Evaluation, name: string): NamedLocation | null {
  const { value, decider } = evaluation.property(name);
  return value.known && value.value.trim() !== ''
    ? { name: value.value, at: decider ? { path: decider.path, range: decider.valueRange } : null }
    : null;
}

function isTrue(evaluation: Evaluation, name: string): boolean {
  const value = evaluation.value(name);
  return value.known && value.value.trim().toLowerCase() === 'true';
}

/** Assemblies and packages of all builds, those of packages.config as well. */
function referencesOf(
  path: FilePath,
  builds: readonly Build[],
  readText: (path: FilePath) => string | undefined,
): NamedLocation[] {
  const found = new Map<string, NamedLocation>();
  for (const { evaluation } of builds) {
    for (const type of ['Reference', 'PackageReference', 'GlobalPackageReference']) {
      for (const { include, location } of evaluation.items(type).items) {
        const name = include.known ? (include.value.split(',')[0] ?? '').trim() : '';
        if (name !== '' && !found.has(name.toLowerCase())) {
          found.set(name.toLowerCase(), { name, at: location ?? null });
        }
      }
    }
  }
  const packagesPath = resolvePath(dirname(path), 'packages.config');
  for (const { id, range } of readPackagesConfig(readText(packagesPath))) {
    if (!found.has(id.toLowerCase())) {
      found.set(id.toLowerCase(), { name: id, at: { path: packagesPath, range } });
    }
  }
  return [...found.values()];
}

function toolsVersionOf(path: FilePath, files: FileSource): string {
  const root = files.document(path)?.roots.find((element) => element.localName === 'Project');
  return root?.attribute('ToolsVersion')?.value.trim() ?? '';
}

/** `<Project`, or the start of a file that has none. */
function headOf(path: FilePath, files: FileSource): Location {
  const root = files.document(path)?.roots.find((element) => element.localName === 'Project');
  return { path, range: root ? { start: root.range.start, end: root.nameRange.end } : { start: 0, end: 0 } };
}

/** A bound for files that are no projects at all, such as templates. */
const maximumNotices = 5;

/** What MSBuild would refuse: once each, and of broken XML only where it breaks first, as MSBuild says it. */
function noticesOf(evaluation: Evaluation, files: FileSource): Notice[] {
  const notices = new Map<string, Notice>();
  const refused = evaluation.problems.filter(({ kind }) => kind === 'refused');
  const broken = new Set(refused.filter(({ code }) => code === brokenXml).map(({ path }) => path));
  for (const { path, code, explanation, range } of refused) {
    const isFollowUp = code !== brokenXml && broken.has(path);
    const key = code === brokenXml ? `${code} ${path}` : `${code} ${path} ${explanation}`;
    if (!isFollowUp && !notices.has(key) && notices.size < maximumNotices) {
      const line = new LineIndex(files.text(path) ?? '').positionAt(range.start).line + 1;
      const where = path === evaluation.path ? '' : ` of ${relativePath(dirname(evaluation.path), path)}`;
      notices.set(key, {
        path: evaluation.path,
        message: {
          key: 'refused',
          template: 'MSBuild would refuse the project ({code}, line {line}{where}): {explanation}.',
          values: { code, line: String(line), where, explanation },
        },
      });
    }
  }
  return [...notices.values()];
}

/** MSBuild's code for a file that is not well-formed. */
const brokenXml = 'MSB4025';
