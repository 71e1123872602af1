import { type DefaultProtocols, defaultProtocols } from '../facts/dotnet-frameworks.ts';
import { netFramework } from '../facts/nuget-frameworks.ts';
import type { Known } from '../model/known.ts';
import type { ProjectModel, SourceBuild, TargetFramework, WorkspaceModel } from './model.ts';
import { siteTarget } from './site-target.ts';
import { standingOf } from './standing.ts';

/** A process that runs some code, and what it offers when nobody says anything. */
export interface CodeProcess {
  /** `modern` is .NET 5 and later with .NET Core; its HttpClient and SslStream follow the system. */
  readonly runtime: 'framework' | 'modern' | 'unknown';
  /** Without `v`; undefined where the version is not known or is not the process's. */
  readonly version: string | undefined;
  /** What it offers by default; undefined where that is not known. */
  readonly defaults: DefaultProtocols | undefined;
  /** The program, or the project itself where no program of the workspace runs it. */
  readonly project: ProjectModel | undefined;
  /** True for tests: the runner is the program. */
  readonly isTest: boolean;
}

/** Code whose program nobody knows. */
export const unknownProcess: CodeProcess = {
  runtime: 'unknown',
  version: undefined,
  defaults: undefined,
  project: undefined,
  isTest: false,
};

/**
 * The processes that run what one build of a project compiles: its own, those of the programs that load it, or one of
 * which nothing is known (a host, a service).
 */
export function processesOf(project: ProjectModel, build: SourceBuild, workspace: WorkspaceModel): CodeProcess[] {
  const standing = standingOf(project, workspace);
  switch (standing.kind) {
    case 'program':
      return [ownProcess(project, build.framework, workspace)];
    case 'library-of-programs': {
      const found = standing.programs.flatMap((program) =>
        program.targets
          .filter(({ framework }) => canLoad(framework, build.framework))
          .map(({ framework }) => ownProcess(program, framework, workspace)),
      );
      return found.length > 0 ? distinct(found) : [hostedProcess(build.framework)];
    }
    case 'test':
      return [{ ...ownProcess(project, build.framework, workspace), isTest: true }];
    default:
      return [hostedProcess(build.framework)];
  }
}

function ownProcess(project: ProjectModel, framework: Known<TargetFramework>, workspace: WorkspaceModel): CodeProcess {
  const runtime = runtimeOf(framework);
  if (runtime !== 'framework' || !framework.known) {
    return { ...unknownProcess, runtime, project, version: framework.known ? framework.value.version : undefined };
  }
  const version = siteTarget(project, workspace)?.version ?? framework.value.version;
  return { runtime, version, defaults: defaultProtocols(version), project, isTest: false };
}

/** A process that is not part of the workspace: what it runs on is known by what it loads, and its target is not. */
function hostedProcess(framework: Known<TargetFramework>): CodeProcess {
  return { ...unknownProcess, runtime: runtimeOf(framework) };
}

function runtimeOf(framework: Known<TargetFramework>): CodeProcess['runtime'] {
  if (!framework.known) {
    return 'unknown';
  }
  const { identifier } = framework.value;
  return identifier === netFramework ? 'framework' : identifier === '.NETCoreApp' ? 'modern' : 'unknown';
}

/** A program loads the build for its own kind of runtime, or one for all of them. */
function canLoad(program: Known<TargetFramework>, library: Known<TargetFramework>): boolean {
  if (!program.known || !library.known) {
    return true;
  }
  return library.value.identifier === '.NETStandard' || program.value.identifier === library.value.identifier;
}

function distinct(processes: readonly CodeProcess[]): CodeProcess[] {
  const seen = new Map<string, CodeProcess>();
  for (const process of processes) {
    seen.set(`${process.runtime} ${process.version} ${process.project?.path}`, process);
  }
  return [...seen.values()];
}
