import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import {
  applyEdits,
  basename,
  type FileEdits,
  type FilePath,
  type Finding,
  fixAll,
  type PlannedRetarget,
  planRetarget,
  resolvePath,
} from '../core/index.ts';
import { reportFailures, settingsOf } from './audit-command.ts';
import { fixJson } from './formats/fix-json.ts';
import { fixText } from './formats/fix-text.ts';
import { CliError, type CliIo, ExitCode } from './io.ts';
import { createProgress } from './progress.ts';
import { openSession, type Session } from './session.ts';
import { type OrderedChange, writeChanges } from './write-changes.ts';

export interface FixOptions {
  readonly format: 'text' | 'json';
  readonly target?: string;
  /** Projects by path, file name or name; all of them without. */
  readonly project?: readonly string[];
  readonly exclude?: readonly string[];
  /** Print what would change as a unified diff, and write nothing. */
  readonly dryRun?: boolean;
  /** Apply the fixes as well that a person should look at first. */
  readonly confirm?: boolean;
}

/**
 * `dynamics-tls fix`: 0 when nothing is left at warning level, 1 when something is, 2 when a file could not be written.
 * With `--target` or `--project` the projects are retargeted first, in all their files. With `--dry-run` nothing is
 * written, and 1 means that something would change.
 */
export async function runFix(paths: readonly string[], options: FixOptions, io: CliIo): Promise<ExitCode> {
  const progress = createProgress(io, 'Fixing');
  const session = openSession(paths, settingsOf(options), io, (done, total) => progress.update(done, total));
  session.analyze();
  const named = options.project?.map((name) => findProject(name, session, io)) ?? [];
  const plan = options.target === undefined && named.length === 0 ? undefined : retarget(named, session);
  const result = fixAll(session.analyzer, {
    isWanted: (finding) => named.length === 0 || isOf(finding, named),
    withConfirm: options.confirm === true,
    base: plan?.changes ?? [],
  });
  progress.stop();
  reportFailures(result.after, io);
  const changes = ordered(result.changes, plan);
  const isDiff = options.dryRun === true && options.format === 'text';
  if (isDiff) {
    io.stdout(changes.map((change) => unifiedDiff(change, session)).join(''));
  }
  const written = options.dryRun
    ? { files: changes.map(({ path }) => session.display(path)), failures: [] }
    : await writeChanges(changes, session, io);
  const remaining = result.after.findings.filter(
    (finding) =>
      (finding.severity === 'error' || finding.severity === 'warning') && (named.length === 0 || isOf(finding, named)),
  );
  const output = { session, result, plan, written, remaining: remaining.length, isDryRun: options.dryRun === true };
  if (options.format === 'json') {
    io.stdout(fixJson(output));
  } else if (!isDiff) {
    io.stdout(fixText(output, io));
  } else if (plan) {
    // A patch on standard output stays one.
    io.stderr(fixText(output, io));
  }
  if (isDiff) {
    return changes.length > 0 ? ExitCode.found : ExitCode.nothing;
  }
  const isLeft = remaining.length > 0 || (plan?.unresolved.length ?? 0) > 0;
  return written.failures.length > 0 ? ExitCode.failed : isLeft ? ExitCode.found : ExitCode.nothing;
}

function retarget(named: readonly FilePath[], session: Session): PlannedRetarget {
  return planRetarget(session.analyzer, {
    goal: session.settings.targetFramework,
    scope: named.length > 0 ? [] : null,
    named,
  });
}

/** A path from the working folder, or the name of exactly one project, with or without its ending. */
function findProject(name: string, session: Session, io: CliIo): FilePath {
  const projects = session.analyzer.analyze().projects.map(({ model }) => model.path);
  const path = resolvePath(io.cwd, name);
  if (projects.includes(path)) {
    return path;
  }
  const wanted = name.toLowerCase();
  const matches = projects.filter((project) => {
    const file = basename(project).toLowerCase();
    return file === wanted || file.replace(/\.[a-z]+proj$/, '') === wanted;
  });
  const [match, ...others] = matches;
  if (match === undefined) {
    throw new CliError(`There is no project "${name}" here. Name its file, or the folder that holds it as PATH.`);
  }
  if (others.length > 0) {
    const places = matches.map((project) => session.display(project)).join(', ');
    throw new CliError(`Several projects are called "${name}": ${places}. Name one by its path.`);
  }
  return match;
}

function isOf({ project, path }: Finding, named: readonly FilePath[]): boolean {
  return named.includes(path) || (project !== null && named.includes(project));
}

/** The order of the retarget first: files that decide targets behind those that go with them. */
function ordered(changes: readonly FileEdits[], plan: PlannedRetarget | undefined): OrderedChange[] {
  const places = new Map(plan?.changes.map(({ path, after }, index) => [path, { index, after }]));
  return changes
    .map((change) => ({ ...change, after: places.get(change.path)?.after ?? [] }))
    .sort((a, b) => (places.get(a.path)?.index ?? -1) - (places.get(b.path)?.index ?? -1));
}

/** A patch that `git apply` and `patch -p1` take. */
function unifiedDiff({ path, edits }: FileEdits, session: Session): string {
  const text = session.disk.readText(path) ?? '';
  const file = session.display(path);
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  return createTwoFilesPatch(`a/${file}`, `b/${file}`, text, applyEdits(text, edits), undefined, undefined, options);
}
