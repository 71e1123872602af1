import {
  type AppliedFix,
  type FixAllResult,
  type FollowUp,
  formatMessage,
  type PlannedRetarget,
} from '../../core/index.ts';
import type { Session } from '../session.ts';
import type { Written } from '../write-changes.ts';
import { formatVersion, PlaceFormatter, tool } from './json.ts';

/** What the formats of the fix print. */
export interface FixOutput {
  readonly session: Session;
  readonly result: FixAllResult;
  /** Undefined where nothing was to be retargeted as a whole. */
  readonly plan: PlannedRetarget | undefined;
  readonly written: Written;
  /** Findings at warning level or above that no fix removed. */
  readonly remaining: number;
  readonly isDryRun: boolean;
}

/** The fix as JSON: schema `fix.schema.json`. */
export function fixJson(output: FixOutput): string {
  const { session, result, plan, written, remaining } = output;
  const places = new PlaceFormatter(session);
  return `${JSON.stringify(
    {
      formatVersion,
      tool,
      files: written.files,
      fixes: result.applied.map((applied) => appliedJson(applied, places)),
      failures: written.failures,
      leftAlone: leftAlone(output),
      remaining,
      toConfirm: result.toConfirm.map((applied) => appliedJson(applied, places)),
      retarget: plan === undefined ? null : retargetJson(plan, session),
    },
    undefined,
    2,
  )}\n`;
}

/** Plug-ins and workflow activities, which keep their target, and what is tied to them. */
export function leftAlone({ session, result, plan }: FixOutput): string[] {
  const named = new Set(plan?.retargeted.filter(({ isCarriedAlong }) => !isCarriedAlong).map(({ path }) => path));
  const paths = new Set([
    ...(plan?.leftAlone.map(({ path }) => path) ?? []),
    ...result.after.projects
      .filter(({ model }) => model.role.role === 'plug-in' || model.role.role === 'workflow-activity')
      .map(({ model }) => model.path)
      .filter((path) => !named.has(path)),
  ]);
  return [...paths].sort().map((path) => session.display(path));
}

function appliedJson({ finding, fix }: AppliedFix, places: PlaceFormatter) {
  return {
    file: places.file(finding),
    line: places.range(finding).start.line,
    rule: finding.rule,
    title: formatMessage(fix.title),
  };
}

function retargetJson(plan: PlannedRetarget, session: Session) {
  return {
    target: plan.goal,
    projects: plan.retargeted.map(({ path, from, isCarriedAlong }) => ({
      file: session.display(path),
      from,
      isCarriedAlong,
    })),
    leftAlone: plan.leftAlone.map(({ path, reason }) => ({
      file: session.display(path),
      reason: formatMessage(reason),
    })),
    unresolved: plan.unresolved.map(({ path, reason }) => ({
      file: session.display(path),
      reason: formatMessage(reason),
    })),
    toDo: plan.followUps.map((entry) => followUpJson(entry, session)),
  };
}

function followUpJson({ message, project, at, position }: FollowUp, session: Session) {
  return {
    message: formatMessage(message),
    project: project === null ? null : session.display(project),
    file: at === null ? null : session.display(at.path),
    line: position === null ? null : position.line + 1,
  };
}
