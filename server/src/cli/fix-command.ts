import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { applyEdits, applyEditsToBytes, type FileEdits, fixAll, formatMessage } from '../core/index.ts';
import { writeFileAtomically } from '../platform/node/write-file.ts';
import { reportFailures, settingsOf } from './audit-command.ts';
import { formatVersion, PlaceFormatter, tool } from './formats/json.ts';
import { colorsFor } from './formats/text.ts';
import { type CliIo, ExitCode } from './io.ts';
import { createProgress } from './progress.ts';
import { openSession, type Session } from './session.ts';

export interface FixOptions {
  readonly format: 'text' | 'json';
  readonly target?: string;
  readonly exclude?: readonly string[];
  /** Print what would change as a unified diff, and write nothing. */
  readonly dryRun?: boolean;
}

/**
 * `dynamics-tls fix`: 0 when nothing is left at warning level, 1 when something is, 2 when a file could not be written.
 * With `--dry-run` nothing is written, and 1 means that something would change.
 */
export async function runFix(paths: readonly string[], options: FixOptions, io: CliIo): Promise<ExitCode> {
  const progress = createProgress(io, 'Fixing');
  const session = openSession(paths, settingsOf(options), io, (done, total) => progress.update(done, total));
  const result = fixAll(session.analyzer, () => true);
  progress.stop();
  reportFailures(result.after, io);
  const places = new PlaceFormatter(session);
  const applied = result.applied.map(({ finding, fix }) => ({
    file: places.file(finding),
    line: places.range(finding).start.line,
    rule: finding.rule,
    title: formatMessage(fix.title),
  }));
  if (options.dryRun && options.format === 'text') {
    io.stdout(result.changes.map((change) => unifiedDiff(change, session)).join(''));
    return result.changes.length > 0 ? ExitCode.found : ExitCode.nothing;
  }
  const failed = options.dryRun ? [] : result.changes.flatMap((change) => writeChange(change, session));
  const written = result.changes
    .map(({ path }) => session.display(path))
    .filter((file) => !failed.some((failure) => failure.file === file));
  const remaining = result.after.findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
  const plugIns = result.after.projects
    .filter(({ model }) => model.role.role === 'plug-in' || model.role.role === 'workflow-activity')
    .map(({ model }) => session.display(model.path));
  if (options.format === 'json') {
    io.stdout(
      `${JSON.stringify({ formatVersion, tool, files: written, fixes: applied, failures: failed, leftAlone: plugIns, remaining: remaining.length }, undefined, 2)}\n`,
    );
  } else {
    io.stdout(fixText({ applied, written, failed, plugIns, remaining: remaining.length }, io));
  }
  return failed.length > 0 ? ExitCode.failed : remaining.length > 0 ? ExitCode.found : ExitCode.nothing;
}

/** A patch that `git apply` and `patch -p1` take. */
function unifiedDiff({ path, edits }: FileEdits, session: Session): string {
  const text = session.disk.readText(path) ?? '';
  const file = session.display(path);
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  return createTwoFilesPatch(`a/${file}`, `b/${file}`, text, applyEdits(text, edits), undefined, undefined, options);
}

interface Failure {
  readonly file: string;
  readonly message: string;
}

function writeChange({ path, edits }: FileEdits, session: Session): Failure[] {
  try {
    const file = session.disk.readFile(path);
    if (!file || file.text !== session.disk.readText(path)) {
      return [
        { file: session.display(path), message: 'The file changed while it was being fixed; run the command again.' },
      ];
    }
    writeFileAtomically(path, applyEditsToBytes(file.bytes, file, edits));
    session.disk.forget([path]);
    return [];
  } catch (error) {
    return [
      {
        file: session.display(path),
        message: `The file was left as it is: ${error instanceof Error ? error.message : String(error)}`,
      },
    ];
  }
}

function fixText(
  result: {
    applied: readonly { file: string; line: number; title: string }[];
    written: readonly string[];
    failed: readonly Failure[];
    plugIns: readonly string[];
    remaining: number;
  },
  io: CliIo,
): string {
  const colors = colorsFor(io);
  const lines = result.applied.map(({ file, line, title }) => `${colors.green('fixed')} ${file}:${line} ${title}`);
  lines.push(...result.failed.map(({ file, message }) => `${colors.red('failed')} ${file}: ${message}`));
  if (result.plugIns.length > 0 && result.applied.length > 0) {
    lines.push(`left alone: ${result.plugIns.join(', ')} (plug-ins and workflow activities keep their target)`);
  }
  if (result.remaining > 0) {
    lines.push(
      result.remaining === 1
        ? '1 finding needs a person; run the audit to see it.'
        : `${result.remaining} findings need a person; run the audit to see them.`,
    );
  }
  lines.push(
    result.written.length === 0
      ? 'No file was changed.'
      : `${result.written.length} ${result.written.length === 1 ? 'file was' : 'files were'} changed.`,
  );
  return `${lines.join('\n')}\n`;
}
