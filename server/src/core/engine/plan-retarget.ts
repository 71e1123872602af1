import { compareVersions } from '../facts/dotnet-frameworks.ts';
import { dirname, type FilePath } from '../model/path.ts';
import { companionEdits } from '../retarget/companion-edits.ts';
import { followUpsOf } from '../retarget/follow-ups.ts';
import type {
  ProposedChange,
  RetargetChange,
  RetargetEditKind,
  RetargetedProject,
  RetargetPlan,
  RetargetRequest,
  SkippedProject,
} from '../retarget/model.ts';
import { type Attempt, attemptsToRaise, editsOf } from '../retarget/raise-targets.ts';
import { type Selection, selectProjects, versionsBelow } from '../retarget/select-projects.ts';
import { EditLog, type LabelledEdit } from '../text/edit-log.ts';
import type { ProjectModel, WorkspaceModel } from '../workspace/model.ts';
import { folderOf } from '../workspace/workspace-model.ts';
import type { Analysis, Analyzer } from './analyzer.ts';

/** A plan with what the analysis says of its result. */
export interface PlannedRetarget extends RetargetPlan {
  readonly after: Analysis;
}

/** Targets are raised in rounds (tokens of one list wait for each other), at most this often. */
const maximumRounds = 50;

/**
 * Computes what raising projects to a version changes, in every file that has to change, and what it leaves to a
 * person. The analyzer is left as it was; nothing is written.
 */
export function planRetarget(analyzer: Analyzer, request: RetargetRequest): PlannedRetarget {
  const first = analyzer.analyze();
  const before = new Map(first.workspace.projects);
  const selection = selectProjects(first.workspace, request);
  const draft = new Draft(analyzer);
  try {
    const isWritable = (path: FilePath) => request.isWritable?.(path) ?? true;
    const failed = raiseAll(draft, selection, { goal: request.goal, isWritable }, before);
    const raised = draft.analysis.workspace;
    const retargeted = retargetedProjects(before, raised, selection, request.goal);
    const companions = companionEdits({
      workspace: raised,
      before,
      retargeted: retargeted.map(({ path }) => path),
      finished: selection.finished.map(({ path }) => path),
      goal: request.goal,
      files: analyzer.files,
      host: analyzer.host,
      isWritable,
    });
    draft.apply(new Map(companions.changes.map(({ path, edits }) => [path, edits.map(toLabelled)])));
    const after = draft.analysis;
    const plan = {
      goal: request.goal,
      changes: inOrder(draft.changes(), after.workspace, retargeted),
      retargeted,
      leftAlone: [...selection.leftAlone, ...sharedWithPlugIns(selection, retargeted, failed)],
      unresolved: [
        ...selection.unresolved,
        ...unresolvedProjects(selection, after.workspace, { goal: request.goal, isWritable }, failed),
      ],
    };
    return {
      ...plan,
      after,
      followUps: followUpsOf({
        ...plan,
        workspace: after.workspace,
        findings: after.findings,
        before,
        companions,
        files: analyzer.files,
      }),
    };
  } finally {
    analyzer.overlay([]);
  }
}

/** Texts under edits, laid over the files. */
class Draft {
  readonly #analyzer: Analyzer;
  #logs = new Map<FilePath, EditLog>();
  analysis: Analysis;

  constructor(analyzer: Analyzer) {
    this.#analyzer = analyzer;
    this.analysis = analyzer.analyze();
  }

  apply(edits: ReadonlyMap<FilePath, readonly LabelledEdit[]>): void {
    for (const [path, list] of edits) {
      const log = this.#logs.get(path) ?? new EditLog(this.analysis.workspace.readText(path) ?? '');
      this.#logs.set(path, log);
      log.apply(list);
    }
    this.#lay();
  }

  /** The present state, to go back to. */
  state(): ReadonlyMap<FilePath, EditLog> {
    return new Map([...this.#logs].map(([path, log]) => [path, log.clone()]));
  }

  restore(state: ReadonlyMap<FilePath, EditLog>): void {
    this.#logs = new Map(state);
    this.#lay();
  }

  changes(): ProposedChange[] {
    return [...this.#logs].flatMap(([path, log]) => {
      const edits = log.edits().map(({ range, newText, label }) => ({
        range,
        newText,
        kind: (label ?? 'target') as RetargetEditKind,
      }));
      return edits.length > 0 ? [{ path, edits }] : [];
    });
  }

  #lay(): void {
    this.#analyzer.overlay([...this.#logs].map(([path, log]) => [path, log.text]));
    this.analysis = this.#analyzer.analyze();
  }
}

/** Raises what can be raised; answers the projects where an attempt did not help. */
function raiseAll(
  draft: Draft,
  selection: Selection,
  { goal, isWritable }: { readonly goal: string; isWritable(path: FilePath): boolean },
  before: ReadonlyMap<FilePath, ProjectModel>,
): ReadonlySet<FilePath> {
  const failed = new Set<string>();
  const failedProjects = new Set<FilePath>();
  for (let round = 0; round < maximumRounds; round++) {
    const { workspace } = draft.analysis;
    const attempts = attemptsToRaise({
      workspace,
      projects: selection.chosen.keys(),
      goal,
      keptPlaces: selection.keptPlaces,
      isWritable,
      failed,
    });
    if (attempts.length === 0) {
      break;
    }
    const state = draft.state();
    const present = new Map(attempts.map(({ project }) => [project, workspace.projects.get(project)]));
    draft.apply(labelled(attempts, draft.analysis.workspace));
    const useless = uselessAttempts(attempts, present, draft.analysis.workspace, { goal, selection, before });
    if (useless.length > 0) {
      // The round is taken back and goes on without what did not help.
      for (const attempt of useless) {
        failed.add(attempt.key);
        failedProjects.add(attempt.project);
      }
      draft.restore(state);
    }
  }
  return failedProjects;
}

interface Judging {
  readonly goal: string;
  readonly selection: Selection;
  readonly before: ReadonlyMap<FilePath, ProjectModel>;
}

/** Attempts whose project has as many low targets as before, or that change a project which must keep its target. */
function uselessAttempts(
  attempts: readonly Attempt[],
  present: ReadonlyMap<FilePath, ProjectModel | undefined>,
  workspace: WorkspaceModel,
  { goal, selection, before }: Judging,
): Attempt[] {
  const disturbed = selection.leftAlone.flatMap(({ path }) => {
    const [old, now] = [before.get(path), workspace.projects.get(path)];
    return old && now && monikersOf(old) !== monikersOf(now) ? [now] : [];
  });
  return attempts.filter(({ project, changes }) => {
    const [old, now] = [present.get(project), workspace.projects.get(project)];
    const disturbs = disturbed.some((keeper) => changes.some(({ path }) => keeper.dependencies.has(path)));
    return !old || !now || countLow(now, goal) >= countLow(old, goal) || hasNewUnknown(old, now) || disturbs;
  });
}

function countLow(project: ProjectModel, goal: string): number {
  return project.targets.filter(
    ({ framework }) =>
      framework.known &&
      framework.value.identifier === '.NETFramework' &&
      compareVersions(framework.value.version, goal) < 0,
  ).length;
}

function hasNewUnknown(old: ProjectModel, now: ProjectModel): boolean {
  const count = ({ targets }: ProjectModel) => targets.filter(({ framework }) => !framework.known).length;
  return count(now) > count(old);
}

function monikersOf({ targets }: ProjectModel): string {
  return JSON.stringify(targets.map(({ framework }) => (framework.known ? framework.value.moniker : null)));
}

function labelled(attempts: readonly Attempt[], workspace: WorkspaceModel): Map<FilePath, LabelledEdit[]> {
  return new Map(
    [...editsOf(attempts)].map(([path, edits]) => {
      const isProject = workspace.projects.has(path);
      const isSolution = /\.slnx?$/i.test(path);
      const label: RetargetEditKind = isSolution ? 'solution' : isProject ? 'target' : 'shared-target';
      return [path, edits.map((edit) => ({ ...edit, label }))];
    }),
  );
}

function toLabelled({ range, newText, kind }: ProposedChange['edits'][number]): LabelledEdit {
  return { range, newText, label: kind };
}

function retargetedProjects(
  before: ReadonlyMap<FilePath, ProjectModel>,
  workspace: WorkspaceModel,
  selection: Selection,
  goal: string,
): RetargetedProject[] {
  return [...before].flatMap(([path, old]) => {
    const now = workspace.projects.get(path);
    const left = new Set(now ? versionsBelow(now, goal) : []);
    const from = versionsBelow(old, goal).filter((version) => !left.has(version));
    return now && from.length > 0 ? [{ path, from, isCarriedAlong: !selection.chosen.has(path) }] : [];
  });
}

/** Chosen projects that have a low target all the same. */
function unresolvedProjects(
  selection: Selection,
  workspace: WorkspaceModel,
  { goal, isWritable }: { readonly goal: string; isWritable(path: FilePath): boolean },
  failed: ReadonlySet<FilePath>,
): SkippedProject[] {
  return [...selection.chosen.keys()].flatMap((path) => {
    const project = workspace.projects.get(path);
    const versions = project ? versionsBelow(project, goal) : [];
    if (versions.length === 0 || (project && isTiedToPlugIn(project, selection))) {
      return [];
    }
    const garbled = [path, ...(project?.targets.flatMap(({ site }) => (site ? [site.path] : [])) ?? [])].find(
      (file) => !isWritable(file),
    );
    if (garbled !== undefined) {
      return [{ path, reason: encodingReason(garbled) }];
    }
    return [
      {
        path,
        reason: {
          key: failed.has(path) ? 'no-effect' : 'no-place',
          template: failed.has(path)
            ? 'Writing another version where {versions} is declared does not change the target; something else decides.'
            : 'No text of the workspace that could be changed declares {versions}.',
          values: { versions: versions.join(', ') },
        },
      },
    ];
  });
}

function encodingReason(path: FilePath): SkippedProject['reason'] {
  return {
    key: 'encoding',
    template: '{file} is not in Unicode, and the editor would not keep its letters: use the command line for it.',
    values: { file: path.slice(path.lastIndexOf('/') + 1) },
  };
}

/** Chosen projects that could get no target of their own beside the one that a plug-in keeps. */
function sharedWithPlugIns(
  selection: Selection,
  retargeted: readonly RetargetedProject[],
  failed: ReadonlySet<FilePath>,
): SkippedProject[] {
  const done = new Set(retargeted.map(({ path }) => path));
  return [...selection.chosen.values()].flatMap((project) =>
    isTiedToPlugIn(project, selection) && (failed.has(project.path) || !done.has(project.path))
      ? [
          {
            path: project.path,
            reason: {
              key: 'shared-with-plug-in',
              template: 'It shares the declaration of its target with a plug-in, which keeps it.',
              values: {},
            },
          },
        ]
      : [],
  );
}

function isTiedToPlugIn(project: ProjectModel, { keptPlaces }: Selection): boolean {
  return project.targets.some(({ site }) => site && keptPlaces.has(`${site.path}\n${site.range.start}`));
}

/** Files that decide targets are written last: a run that was interrupted is completed by the next one. */
function inOrder(
  changes: readonly ProposedChange[],
  workspace: WorkspaceModel,
  retargeted: readonly RetargetedProject[],
): RetargetChange[] {
  const deciding = new Set(changes.filter(decides).map(({ path }) => path));
  const companions = changes.filter(({ path }) => !deciding.has(path));
  const byFolder = new Map<string, FilePath[]>();
  for (const { path } of companions) {
    const key = dirname(path).toLowerCase();
    byFolder.set(key, [...(byFolder.get(key) ?? []), path]);
  }
  const shared = companions.filter(({ path }) => /\.(?:\w+proj|props|targets)$/i.test(path));
  const before = new Map<FilePath, Set<FilePath>>();
  for (const { path } of retargeted) {
    const project = workspace.projects.get(path);
    const folder = project && folderOf(project).toLowerCase();
    const own = [
      ...((folder === undefined ? undefined : byFolder.get(folder)) ?? []),
      ...shared.flatMap((companion) => (project?.dependencies.has(companion.path) ? [companion.path] : [])),
    ];
    for (const dependency of own.length > 0 ? (project?.dependencies ?? []) : []) {
      if (deciding.has(dependency)) {
        before.set(dependency, new Set([...(before.get(dependency) ?? []), ...own]));
      }
    }
  }
  return [
    ...companions.map((change) => ({ ...change, after: [] })),
    ...changes
      .filter(({ path }) => deciding.has(path))
      .map((change) => ({ ...change, after: [...(before.get(change.path) ?? [])] })),
  ];
}

function decides({ edits }: ProposedChange): boolean {
  return edits.some(({ kind }) => kind === 'target' || kind === 'shared-target' || kind === 'solution');
}
