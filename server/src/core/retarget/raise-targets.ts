import { shortFrameworkName } from '../facts/dotnet-frameworks.ts';
import type { FileEdits, Location, TextEdit } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import type { ProjectModel, ProjectTarget, TargetFramework, TargetSite, WorkspaceModel } from '../workspace/model.ts';
import { declareTargetFix, insertProperty, retargetFix, siteEdit } from '../workspace/retarget.ts';
import { isBelow, placeOf } from './select-projects.ts';

/** One target of one project that a round wants to raise. */
export interface Attempt {
  readonly project: FilePath;
  /** What a failure is remembered by. */
  readonly key: string;
  readonly changes: readonly FileEdits[];
  readonly claims: readonly Location[];
}

export interface RaiseOptions {
  readonly workspace: WorkspaceModel;
  readonly projects: Iterable<FilePath>;
  readonly goal: string;
  /** Places that must stay as they are, because a plug-in shares them. */
  readonly keptPlaces: ReadonlySet<string>;
  isWritable(path: FilePath): boolean;
  /** Attempts that did not help. */
  readonly failed: ReadonlySet<string>;
}

/** The attempts of one round: as many as do not get in each other's way. */
export function attemptsToRaise({
  workspace,
  projects,
  goal,
  keptPlaces,
  isWritable,
  failed,
}: RaiseOptions): Attempt[] {
  const taken = new TakenPlaces();
  const attempts: Attempt[] = [];
  for (const path of projects) {
    const project = workspace.projects.get(path);
    for (const target of project?.targets ?? []) {
      if (project && target.framework.known && isBelow(target.framework.value, goal)) {
        const attempt = attemptFor(project, target, target.framework.value, { workspace, goal, keptPlaces });
        const isPossible = attempt?.changes.every((change) => isWritable(change.path));
        if (attempt && isPossible && !failed.has(attempt.key) && taken.take(attempt)) {
          attempts.push(attempt);
        }
      }
    }
  }
  return attempts;
}

/** The edits of several attempts by file; what two of them want alike is made once. */
export function editsOf(attempts: readonly Attempt[]): Map<FilePath, TextEdit[]> {
  const byPath = new Map<FilePath, Map<string, TextEdit>>();
  for (const { path, edits } of attempts.flatMap(({ changes }) => changes)) {
    const known = byPath.get(path) ?? new Map<string, TextEdit>();
    for (const edit of edits) {
      known.set(editKey(edit), edit);
    }
    byPath.set(path, known);
  }
  return new Map([...byPath].map(([path, edits]) => [path, [...edits.values()]]));
}

type Circumstances = Pick<RaiseOptions, 'workspace' | 'goal' | 'keptPlaces'>;

function attemptFor(
  project: ProjectModel,
  target: ProjectTarget,
  framework: TargetFramework,
  { workspace, goal, keptPlaces }: Circumstances,
): Attempt | undefined {
  const { readText } = workspace;
  const { site } = target;
  if (!site) {
    const [fix] =
      target.declared === null && project.kind === 'project' ? declareTargetFix(project.path, goal, readText) : [];
    return fix && { project: project.path, key: `${project.path}\ndeclare`, changes: fix.changes, claims: [] };
  }
  if (isGenerated(site.path, readText(site.path) ?? '')) {
    return undefined;
  }
  if (keptPlaces.has(placeOf(site))) {
    return overrideFor(project, site, goal, readText);
  }
  const [fix] = retargetFix({ site, framework, goal, bulk: 'safe', readText });
  const key = `${project.path}\n${placeOf(site)}\n${framework.moniker}`;
  return fix && { project: project.path, key, changes: fix.changes, claims: fix.claims ?? [] };
}

/** What a tool writes is written again: by a restore, by a package, by what the head of the file says. */
function isGenerated(path: FilePath, text: string): boolean {
  return (
    /\/(?:obj|bin|node_modules|\.nuget)\/|\/packages\/[^/]+\.\d[^/]*\//i.test(path) ||
    /<auto-?generated\b/i.test(text.slice(0, 2000))
  );
}

/** A target of its own for a project that shares the declaration with a plug-in, which keeps it. */
function overrideFor(
  project: ProjectModel,
  site: TargetSite,
  goal: string,
  readText: (path: FilePath) => string | undefined,
): Attempt | undefined {
  const shared = readText(site.path);
  const own = readText(project.path);
  if (site.path === project.path || shared === undefined || own === undefined || !site.isEditable) {
    return undefined;
  }
  const edit = insertProperty(own, ...overrideValue(site, shared, goal));
  return (
    edit && {
      project: project.path,
      key: `${project.path}\noverride`,
      changes: [{ path: project.path, edits: [edit] }],
      claims: [{ path: project.path, range: edit.range }],
    }
  );
}

function overrideValue(site: TargetSite, shared: string, goal: string): [name: string, value: string] {
  if (site.form === 'version') {
    return ['TargetFrameworkVersion', `v${goal}`];
  }
  if (site.form === 'moniker') {
    return ['TargetFrameworkMoniker', `.NETFramework,Version=v${goal}`];
  }
  if (site.form === 'name') {
    return ['TargetFramework', shortFrameworkName(goal)];
  }
  const { range, newText } = siteEdit(shared, site, goal);
  const list =
    shared.slice(site.list.start, range.start) + newText + shared.slice(range.end, Math.max(range.end, site.list.end));
  return ['TargetFrameworks', list.replace(/\s+/g, '')];
}

/** Places that attempts of one round claim: two tokens of one list wait for each other. */
class TakenPlaces {
  readonly #claimed = new Map<FilePath, { readonly start: number; readonly end: number; readonly owner: string }[]>();

  /** Takes the places of an attempt; false when another one wants something else there. */
  take(attempt: Attempt): boolean {
    const owner = signatureOf(attempt);
    const wanted = [
      ...attempt.changes.flatMap(({ path, edits }) => edits.map(({ range }) => ({ path, range }))),
      ...attempt.claims,
    ];
    const isFree = wanted.every(({ path, range }) =>
      (this.#claimed.get(path) ?? []).every(
        (other) => other.owner === owner || range.end < other.start || range.start > other.end,
      ),
    );
    for (const { path, range } of isFree ? wanted : []) {
      const claimed = this.#claimed.get(path) ?? [];
      claimed.push({ ...range, owner });
      this.#claimed.set(path, claimed);
    }
    return isFree;
  }
}

/** Projects that share a declaration want the same edit of it. */
function signatureOf({ changes }: Attempt): string {
  const [first] = changes;
  return JSON.stringify([first?.path, first?.edits[0]]);
}

function editKey({ range, newText }: TextEdit): string {
  return JSON.stringify([range.start, range.end, newText]);
}
