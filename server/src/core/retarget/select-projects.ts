import { compareVersions } from '../facts/dotnet-frameworks.ts';
import { netFramework } from '../facts/nuget-frameworks.ts';
import type { Message } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import type { ProjectModel, TargetSite, WorkspaceModel } from '../workspace/model.ts';
import { isPlugIn, standingOf } from '../workspace/standing.ts';
import { placeKey } from '../workspace/workspace-model.ts';
import type { RetargetRequest, SkippedProject } from './model.ts';

/** Which projects are retargeted. */
export interface Selection {
  /** Projects with a target below the goal, as they are now. */
  readonly chosen: ReadonlyMap<FilePath, ProjectModel>;
  /** Projects of the request that have the goal already. */
  readonly finished: readonly ProjectModel[];
  readonly leftAlone: readonly SkippedProject[];
  readonly unresolved: readonly SkippedProject[];
  /** Places that decide the target of a project that keeps it: nobody may write there. */
  readonly keptPlaces: ReadonlySet<string>;
}

/** Takes what was named, and of a scope everything but plug-ins, workflow activities and what they load. */
export function selectProjects(workspace: WorkspaceModel, { goal, scope, named }: RetargetRequest): Selection {
  const chosen = new Map<FilePath, ProjectModel>();
  const finished: ProjectModel[] = [];
  const leftAlone: SkippedProject[] = [];
  const unresolved: SkippedProject[] = [];
  const explicit = new Set(named);
  const wanted = scope === null ? null : new Set(scope);
  const keptPlaces = new Set<string>();
  for (const [path, project] of workspace.projects) {
    const reason = explicit.has(path) ? undefined : reasonToKeep(project, workspace, explicit, goal);
    const isLow = project.targets.some(({ framework }) => framework.known && isBelow(framework.value, goal));
    if (reason) {
      for (const key of placesOf(project)) {
        keptPlaces.add(key);
      }
    }
    const isAsked = explicit.has(path) || (named.length === 0 && wanted === null) || wanted?.has(path) === true;
    if (!isAsked) {
      continue;
    }
    const unknownTarget = project.targets.find(({ framework }) => !framework.known);
    if (unknownTarget && !unknownTarget.framework.known && !isLow) {
      unresolved.push({ path, reason: unknownReason(unknownTarget.framework.reasons) });
    } else if (isLow && reason) {
      leftAlone.push({ path, reason });
    } else if (isLow) {
      chosen.set(path, project);
    } else if (hasGoal(project, goal)) {
      finished.push(project);
    }
  }
  return { chosen, finished, leftAlone, unresolved, keptPlaces };
}

/** True for .NET Framework below a version. */
export function isBelow(framework: { readonly identifier: string; readonly version: string }, goal: string): boolean {
  return framework.identifier === netFramework && compareVersions(framework.version, goal) < 0;
}

/** The .NET Framework versions of a project below a version, each once. */
export function versionsBelow(project: ProjectModel, goal: string): string[] {
  const versions = project.targets.flatMap(({ framework }) =>
    framework.known && isBelow(framework.value, goal) ? [framework.value.version] : [],
  );
  return [...new Set(versions)];
}

/** The places that decide a project's targets. */
export function placesOf(project: ProjectModel): string[] {
  return project.targets.flatMap(({ site }) => (site ? [placeOf(site)] : []));
}

export function placeOf(site: TargetSite): string {
  return placeKey(site.path, site.range.start);
}

function hasGoal(project: ProjectModel, goal: string): boolean {
  return project.targets.some(
    ({ framework }) =>
      framework.known &&
      framework.value.identifier === netFramework &&
      compareVersions(framework.value.version, goal) === 0,
  );
}

/** Plug-ins run in the service, and what they load must not be newer than they are. */
function reasonToKeep(
  project: ProjectModel,
  workspace: WorkspaceModel,
  explicit: ReadonlySet<FilePath>,
  goal: string,
): Message | undefined {
  const { role } = project.role;
  if (isPlugIn(role)) {
    return {
      key: role,
      template:
        role === 'plug-in'
          ? 'A plug-in runs in the service and keeps its target; name it to retarget it all the same.'
          : 'A custom workflow activity runs in the service and keeps its target; name it to retarget it all the same.',
      values: {},
    };
  }
  const standing = standingOf(project, workspace);
  const keepers = workspace
    .consumersOf(project.path)
    .filter((consumer) => isPlugIn(consumer.role.role) && !explicit.has(consumer.path));
  const plugIn =
    standing.kind === 'library-of-plug-ins'
      ? keepers[0]
      : keepers.find((keeper) => versionsBelow(keeper, goal).length > 0);
  return (
    plugIn && {
      key: 'loaded-by-plug-in',
      template: 'The plug-in {plugIn} loads it, and must not load what is built for a newer target.',
      values: { plugIn: nameOf(plugIn.path) },
    }
  );
}

function unknownReason(reasons: readonly string[]): Message {
  return {
    key: 'unknown',
    template: 'The target could not be evaluated: {reasons}.',
    values: { reasons: reasons.join('; ') },
  };
}

/** The last part of a path. */
export function nameOf(path: FilePath): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
