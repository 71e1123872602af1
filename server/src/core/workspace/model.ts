import type { Location, Notice, TextRange } from '../model/finding.ts';
import type { Known } from '../model/known.ts';
import type { FilePath } from '../model/path.ts';
import type { ProjectRole } from '../model/settings.ts';
import type { ProjectBuilds } from '../msbuild/index.ts';
import type { Solution } from '../sources/solution.ts';
import type { HostingSetting } from './hosting-process.ts';
import type { ProjectPackage } from './project-packages.ts';
import type { MissingTargetAttribute } from './target-attribute.ts';

/** What the analysis knows of all projects together. */
export interface WorkspaceModel {
  /** All projects by path, in the order of their paths. */
  readonly projects: ReadonlyMap<FilePath, ProjectModel>;
  readonly solutions: readonly Solution[];
  /** Solutions that hold a project. */
  solutionsOf(path: FilePath): readonly Solution[];
  /** Projects that load the output of a project, directly or through libraries. */
  consumersOf(path: FilePath): readonly ProjectModel[];
  /** Projects whose evaluation reads a file. */
  projectsThatRead(path: FilePath): readonly ProjectModel[];
  /** True when the text at a place decides the target of a plug-in or a workflow activity. */
  isTargetOfPlugIn(path: FilePath, start: number): boolean;
  /** Projects and web sites of the nearest folder, from a file's own upwards, that has any. */
  projectsNear(path: FilePath): readonly ProjectModel[];
  /**
   * The projects and web sites that compile a source file, itself or as a link, with the builds that do. `excluded` for
   * a file that stands among projects of which certainly none compiles it; an empty list where nobody knows.
   */
  compilersOf(path: FilePath): readonly SourceCompiler[] | 'excluded';
  /** The evaluation of a project, made anew for an editor's question; undefined for what is no project file. */
  buildsOf(path: FilePath): ProjectBuilds | undefined;
  /** Registry files of the workspace, in the order of their paths. */
  readonly registryFiles: readonly FilePath[];
  /** Source files of a project in which words about TLS stand, in the order of their paths. */
  sourcesOf(path: FilePath): readonly FilePath[];
  /** Projects that a project loads, directly or through others, in the order in which they are found. */
  librariesOf(path: FilePath): readonly ProjectModel[];
  readText(path: FilePath): string | undefined;
  /** Paths of the other files in a file's folder. */
  filesBeside(path: FilePath): readonly FilePath[];
  /** Scripts of PowerShell and of command shells, and pipelines, in the order of their paths. */
  scripts(): readonly FilePath[];
}

/** A project file, or a web site that only a solution describes. */
export interface ProjectModel {
  readonly path: FilePath;
  readonly kind: 'project' | 'web-site';
  readonly role: RecognizedRole;
  /** One entry for each inner build, and for each configuration where they differ; none for native code. */
  readonly targets: readonly ProjectTarget[];
  /** Projects that this one references. */
  readonly references: readonly FilePath[];
  /** Source files outside of the project's folder that it compiles. */
  readonly linkedSources: readonly FilePath[];
  /** Every file that the evaluation read or looked for. */
  readonly dependencies: ReadonlySet<FilePath>;
  /** Where a finding about the project as a whole stands: the opening `Project` tag, or the solution's entry. */
  readonly head: Location;
  readonly isSdkStyle: boolean;
  /** `ToolsVersion` of the opening tag, empty where there is none. */
  readonly toolsVersion: string;
  /** The folder that Visual Studio 2015 leaves beside what it opened (`.vs/NAME/v14`), for programs that it debugs. */
  readonly visualStudio2015Folder: FilePath | null;
  /** The hosting process of old Visual Studios, by debug configuration; empty for what is no legacy program. */
  readonly hosting: readonly HostingSetting[];
  /** Packages of Dynamics 365 that the project file or what it imports references; those of packages.config are not here. */
  readonly packages: readonly ProjectPackage[];
  /** Set for a project that keeps its target out of the assembly. */
  readonly missingTargetAttribute: MissingTargetAttribute | null;
  /** What could not be read or evaluated and does not decide the target. */
  readonly notices: readonly Notice[];
}

/** A project that compiles a source file. */
export interface SourceCompiler {
  readonly project: ProjectModel;
  readonly builds: readonly SourceBuild[];
}

/** One build that compiles a source file. */
export interface SourceBuild {
  readonly framework: Known<TargetFramework>;
  /** Preprocessor symbols: one set for each configuration that has others. Evaluated when asked. */
  symbolSets(): Known<readonly ReadonlySet<string>[]>;
}

/** The role of a project with what speaks for it. */
export interface RecognizedRole {
  readonly role: ProjectRole;
  readonly evidence: readonly Evidence[];
  /** A second role that part of the project has (a program that contains plug-in classes). */
  readonly alsoPartly: ProjectRole | null;
  /** True when the configuration decided. */
  readonly isConfigured: boolean;
}

/** One step of a reasoning, with the place that shows it where there is one. */
export interface Evidence {
  readonly text: string;
  readonly at: Location | null;
}

/** One target framework of a project. */
export interface ProjectTarget {
  /** `Debug|AnyCPU` and so on: the configurations that have this target; empty when all of them have it. */
  readonly configurations: readonly string[];
  /** The text that declares it, as written; null when nothing does. */
  readonly declared: string | null;
  readonly framework: Known<TargetFramework>;
  /** What has to change to change the target; null when no text in the workspace decides. */
  readonly site: TargetSite | null;
}

/** A framework as MSBuild composes it. */
export interface TargetFramework {
  readonly identifier: string;
  /** Without `v`. */
  readonly version: string;
  readonly profile: string;
  /** `.NETFramework,Version=v4.5.2,Profile=Client`. */
  readonly moniker: string;
}

/** The text that decides a target. */
export interface TargetSite {
  readonly path: FilePath;
  /** The value without blanks around it, or one token of a list. */
  readonly range: TextRange;
  /** `version` as `v4.5.2`, `name` as `net452`, `token` one of a list of names, `moniker` the long form. */
  readonly form: 'version' | 'name' | 'token' | 'moniker';
  /** The whole value that the range is a part of. */
  readonly list: TextRange;
  /** Elements that must go when the target is raised: the Client profile. */
  readonly obsolete: readonly Location[];
  /** False when the place cannot be edited safely (a part of a larger expression, outside the workspace). */
  readonly isEditable: boolean;
}
