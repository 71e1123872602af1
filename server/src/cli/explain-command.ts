import { type Command, Option } from 'commander';
import { dirname, extname, type FilePath, fileKind, type ProcessVerdict, readSolution } from '../core/index.ts';
import { reportFailures, settingsOf } from './audit-command.ts';
import { explainJson } from './formats/explain-json.ts';
import { explainText } from './formats/explain-text.ts';
import { colorsFor } from './formats/text.ts';
import { CliError, type CliIo, ExitCode } from './io.ts';
import { createProgress } from './progress.ts';
import { locate, openSession, type Session } from './session.ts';

export interface ExplainOptions {
  readonly format: 'text' | 'json';
  readonly target?: string;
  readonly exclude?: readonly string[];
}

/** Adds `explain` to the program. */
export function addExplainCommand(
  program: Command,
  io: CliIo,
  setExitCode: (code: ExitCode) => void,
  targetOption: Option,
): void {
  program
    .command('explain')
    .description('say for every process which TLS versions it offers, and why')
    .argument('[paths...]', 'projects, solutions or folders (default: this folder)')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addOption(targetOption)
    .option('--exclude <glob...>', 'leave out files and folders that match')
    .action((paths: string[], options: ExplainOptions) => {
      setExitCode(runExplain(paths, options, io));
    });
}

/** `dynamics-tls explain`: 1 exactly when one process is unsafe. */
export function runExplain(paths: readonly string[], options: ExplainOptions, io: CliIo): ExitCode {
  const { processes, session } = explainedProcesses(paths, options, io);
  io.stdout(
    options.format === 'json' ? explainJson(processes, session) : explainText(processes, session, colorsFor(io)),
  );
  return processes.some(({ verdict }) => verdict === 'unsafe') ? ExitCode.found : ExitCode.nothing;
}

/** The verdicts of the processes that paths of a command line name; all below the working folder without one. */
export function explainedProcesses(
  paths: readonly string[],
  options: Pick<ExplainOptions, 'target' | 'exclude'>,
  io: CliIo,
): { readonly processes: readonly ProcessVerdict[]; readonly session: Session } {
  const targets = (paths.length === 0 ? ['.'] : paths).map((path) => ({ written: path, ...locate(path, io) }));
  const progress = createProgress(io, 'Explaining');
  const roots = [...new Set(targets.map((target) => contextOf(target, io)))];
  const session = openSession(roots, settingsOf(options), io, (done, total) => progress.update(done, total));
  const analysis = session.analyze();
  progress.stop();
  reportFailures(analysis, io);
  const wanted = targets.map((target) => {
    const isWanted = wantedBy(target, session);
    if (!target.isFolder && !analysis.processes.some(isWanted)) {
      throw new CliError(`"${target.written}" belongs to no process. Name a project, a solution or a folder.`);
    }
    return isWanted;
  });
  return { processes: analysis.processes.filter((process) => wanted.some((isWanted) => isWanted(process))), session };
}

interface Target {
  readonly path: FilePath;
  readonly isFolder: boolean;
}

/**
 * The folder that is analysed for a target. The programs that load a library and the registry files stand around a
 * project, so that a file inside of the working folder is seen in all of it.
 */
function contextOf({ path, isFolder }: Target, io: CliIo): FilePath {
  if (isFolder) {
    return path;
  }
  return path.startsWith(`${io.cwd}/`) ? io.cwd : dirname(path);
}

function wantedBy({ path, isFolder }: Target, session: Session): (process: ProcessVerdict) => boolean {
  if (isFolder) {
    const prefix = path.endsWith('/') ? path : `${path}/`;
    return (process) => process.path.startsWith(prefix);
  }
  if (fileKind(path) === 'solution') {
    const solution = readSolution(path, session.disk.readText(path) ?? '');
    const projects = new Set(solution.projects.map((project) => project.path));
    return (process) => projects.has(process.path) || projects.has(dirname(process.path));
  }
  if (extname(path) === '.config') {
    return (process) => process.path === path || process.because.some(({ at }) => at?.path === path);
  }
  return (process) => process.path === path;
}
