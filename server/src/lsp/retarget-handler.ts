import { type CodeAction, CodeActionKind, type Command, type Connection } from 'vscode-languageserver';
import {
  type AppliedFix,
  basename,
  compareVersions,
  dirname,
  type FilePath,
  fixAll,
  type PlannedRetarget,
  type ProjectModel,
  planRetarget,
  type RetargetRequest,
  retargetChoices,
  retargetMarkdown,
  type TextRange,
  type WorkspaceModel,
} from '../core/index.ts';
import type { Converter } from './convert.ts';
import {
  type FixAllAnswer,
  fixAllRequest,
  type RetargetAnswer,
  type RetargetChoices,
  type RetargetParams,
  retargetChoicesRequest,
  retargetRequest,
  retargetSummaryRequest,
  showSummaryCommand,
} from './protocol.ts';
import { editOfFixes, editOfPlan } from './retarget-edit.ts';
import type { ServerWorkspace } from './workspace.ts';

/** The kind of the code actions that retarget. */
export const retargetKind = `${CodeActionKind.RefactorRewrite}.dynamicsTls`;

/** What a retargeting code action carries until it is resolved. */
export interface RetargetActionData {
  readonly kind: 'retarget';
  readonly goal: string;
  /** A project by its path, or the projects of a solution; null for the workspace. */
  readonly project: FilePath | null;
  readonly solution: FilePath | null;
}

/** What the handlers know of the client. */
export interface RetargetClient {
  readonly hasAnnotations: boolean;
  readonly hasDocumentChanges: boolean;
}

/** Answers the commands "Retarget Project", "Retarget Solution" and "Fix All Findings in Workspace". */
export function handleRetarget(
  connection: Connection,
  workspace: ServerWorkspace,
  converter: Converter,
  pathOf: (uri: string) => FilePath,
): void {
  connection.onRequest(retargetChoicesRequest, async (): Promise<RetargetChoices> => {
    const { workspace: model } = await workspace.analysis();
    const { targetFramework } = workspace.settingsFor(workspace.roots[0] ?? '');
    return {
      targets: retargetChoices(targetFramework),
      projects: [...model.projects.values()].flatMap((project) => {
        const versions = versionsOf(project);
        return versions.length > 0
          ? [{ uri: converter.uri(project.path), name: basename(project.path), versions, role: project.role.role }]
          : [];
      }),
      solutions: model.solutions.map(({ path, projects }) => ({
        uri: converter.uri(path),
        name: basename(path),
        projects: projects.length,
      })),
    };
  });
  connection.onRequest(retargetRequest, async (params: RetargetParams): Promise<RetargetAnswer> => {
    const plan = await makePlan(workspace, {
      goal: params.goal,
      project: params.project === null ? null : pathOf(params.project),
      solution: params.solution === null ? null : pathOf(params.solution),
    });
    return {
      edit: editOfPlan(plan, converter, { hasAnnotations: true, hasDocumentChanges: true }),
      projects: plan.retargeted.length,
      files: plan.changes.length,
      leftAlone: plan.leftAlone.length + plan.unresolved.length,
      markdown: markdownOf(plan, workspace),
    };
  });
  connection.onRequest(retargetSummaryRequest, (): string => workspace.retargetSummary);
  connection.onRequest(fixAllRequest, async (): Promise<FixAllAnswer> => {
    await workspace.analysis();
    const result = fixAll(workspace.analyzer, {
      isWanted: (_, fix) => fix.changes.every(({ path }) => workspace.isEditable(path)),
    });
    const safe = new Set(result.changes.map(({ path }) => path));
    // A file gets either its safe edits or those to be confirmed: their places are those of different texts.
    const toConfirm = result.toConfirm.filter(({ fix }) => fix.changes.every(({ path }) => !safe.has(path)));
    return {
      edit: editOfFixes(result.changes, withoutConflicts(toConfirm), converter),
      safe: result.applied.length,
      toConfirm: toConfirm.length,
      later: result.toConfirm.length - toConfirm.length,
      files: new Set([...safe, ...toConfirm.flatMap(({ fix }) => fix.changes.map(({ path }) => path))]).size,
    };
  });
}

/** The actions for a range: the project whose target stands there, and its solution or the workspace. */
export function retargetActions(
  path: FilePath,
  range: TextRange,
  model: WorkspaceModel,
  goal: string,
  kind: string,
): CodeAction[] {
  const at = projectsAt(path, range, model).filter((project) => isLow(project, goal));
  const isSolution = /\.slnx?$/i.test(path);
  const inSolution = isSolution ? projectsOfSolution(path, model).filter((project) => isLow(project, goal)) : [];
  if (at.length === 0 && inSolution.length === 0) {
    return [];
  }
  const actions: CodeAction[] = [];
  const own = model.projects.get(path);
  if (own && at.includes(own) && own.role.role !== 'plug-in' && own.role.role !== 'workflow-activity') {
    const title = `Retarget project ${basename(path)} to .NET Framework ${goal}...`;
    actions.push(action(title, kind, { kind: 'retarget', goal, project: path, solution: null }));
  }
  const solutions = isSolution
    ? [path]
    : [...new Set(at.flatMap((project) => model.solutionsOf(project.path).map((solution) => solution.path)))];
  for (const solution of solutions) {
    const title = `Retarget solution ${basename(solution)} to .NET Framework ${goal}...`;
    actions.push(action(title, kind, { kind: 'retarget', goal, project: null, solution }));
  }
  if (solutions.length === 0) {
    const title = `Retarget all projects of the workspace to .NET Framework ${goal}...`;
    actions.push(action(title, kind, { kind: 'retarget', goal, project: null, solution: null }));
  }
  return actions;
}

/** The action with its edit; what is left to a person waits for the command that the action ends with. */
export async function resolveRetarget(
  unresolved: CodeAction,
  data: RetargetActionData,
  workspace: ServerWorkspace,
  converter: Converter,
  client: RetargetClient,
): Promise<CodeAction> {
  const plan = await makePlan(workspace, data);
  workspace.retargetSummary = markdownOf(plan, workspace);
  return { ...unresolved, edit: editOfPlan(plan, converter, client) };
}

function makePlan(
  workspace: ServerWorkspace,
  { goal, project, solution }: Omit<RetargetActionData, 'kind'>,
): Promise<PlannedRetarget> {
  return workspace.compute((analyzer) => {
    const model = analyzer.analyze().workspace;
    const request: RetargetRequest = {
      goal,
      scope:
        project !== null ? [] : solution === null ? null : projectsOfSolution(solution, model).map(({ path }) => path),
      named: project === null ? [] : [project],
      isWritable: (path) => workspace.isEditable(path),
    };
    return planRetarget(analyzer, request);
  });
}

function markdownOf(plan: PlannedRetarget, workspace: ServerWorkspace): string {
  const [root] = workspace.roots;
  const folder = root === undefined ? '' : workspace.roots.length === 1 ? root : dirname(root);
  return retargetMarkdown(plan, folder);
}

function action(title: string, kind: string, data: RetargetActionData): CodeAction {
  return { title, kind, data };
}

/** Projects whose target, or whose opening tag, stands at a range of a file. */
function projectsAt(path: FilePath, range: TextRange, model: WorkspaceModel): ProjectModel[] {
  const touches = (other: TextRange) => other.start <= range.end && other.end >= range.start;
  const own = model.projects.get(path);
  const candidates = own ? [own] : model.projectsThatRead(path);
  return candidates.filter(
    (project) =>
      (project.head.path === path && touches(project.head.range)) ||
      project.targets.some(({ site }) => site?.path === path && touches(site.list)),
  );
}

function projectsOfSolution(path: FilePath, model: WorkspaceModel): ProjectModel[] {
  const solution = model.solutions.find((candidate) => candidate.path === path);
  const members = new Set(solution?.projects.map((project) => project.path.toLowerCase()));
  return [...model.projects.values()].filter((project) => members.has(project.path.toLowerCase()));
}

function isLow(project: ProjectModel, goal: string): boolean {
  return versionsOf(project).some((version) => compareVersions(version, goal) < 0);
}

function versionsOf(project: ProjectModel): string[] {
  const versions = project.targets.flatMap(({ framework }) =>
    framework.known && framework.value.identifier === '.NETFramework' ? [framework.value.version] : [],
  );
  return [...new Set(versions)];
}

/** Fixes to be confirmed that do not touch the same places: one edit of the editor takes no overlaps. */
function withoutConflicts(fixes: readonly AppliedFix[]): AppliedFix[] {
  const taken = new Map<FilePath, TextRange[]>();
  return fixes.filter(({ fix }) => {
    const ranges = fix.changes.flatMap(({ path, edits }) => edits.map(({ range }) => ({ path, range })));
    const isFree = ranges.every(({ path, range }) =>
      (taken.get(path) ?? []).every((other) => range.end < other.start || range.start > other.end),
    );
    for (const { path, range } of isFree ? ranges : []) {
      taken.set(path, [...(taken.get(path) ?? []), range]);
    }
    return isFree;
  });
}

/** The command that a client with pages runs after it made the edit. */
export const showSummary: Command = { title: 'Show what is left to do', command: showSummaryCommand };
