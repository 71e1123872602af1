import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  basename,
  createTlsReport,
  dirname,
  extname,
  type FilePath,
  normalizePath,
  type ProcessVerdict,
  relativeHref,
  resolvePath,
  tlsReportHtml,
  tlsReportMarkdown,
} from '../core/index.ts';
import { writeFileAtomically } from '../platform/node/write-file.ts';
import { explainedProcesses } from './explain-command.ts';
import { PlaceFormatter } from './formats/json.ts';
import { CliError, type CliIo, ExitCode } from './io.ts';
import { reasonOf } from './reason.ts';
import type { Session } from './session.ts';

export interface ReportOptions {
  readonly format?: 'markdown' | 'html';
  readonly output?: string;
  readonly title?: string;
  readonly target?: string;
  readonly exclude?: readonly string[];
}

/** Adds `report` to the program. */
export function addReportCommand(
  program: Command,
  io: CliIo,
  setExitCode: (code: ExitCode) => void,
  targetOption: Option,
): void {
  program
    .command('report')
    .description('write a page for a customer: what must be recompiled, what is safe, what could not be judged')
    .argument('[paths...]', 'projects, solutions or folders (default: this folder)')
    .addOption(
      new Option('--format <format>', 'what to write; without it the ending of the file decides').choices([
        'markdown',
        'html',
      ]),
    )
    .option('--output <file>', 'where to write it (default: standard output); links are relative to it')
    .option('--title <title>', 'what the page is about (default: the name of the folder or file)', readTitle)
    .addOption(targetOption)
    .option('--exclude <glob...>', 'leave out files and folders that match')
    .action((paths: string[], options: ReportOptions) => {
      setExitCode(runReport(paths, options, io));
    });
}

function readTitle(value: string): string {
  if (value.trim() === '') {
    throw new InvalidArgumentError('It must not be empty.');
  }
  return value;
}

/** `dynamics-tls report`: 1 exactly when one process is unsafe. */
export function runReport(paths: readonly string[], options: ReportOptions, io: CliIo): ExitCode {
  const output = options.output === undefined ? undefined : resolvePath(io.cwd, options.output);
  const isHtml = (options.format ?? formatOf(output)) === 'html';
  const { processes, session } = explainedProcesses(paths, options, io);
  const report = createTlsReport({
    title: options.title ?? titleOf(paths, io),
    date: io.today?.() ?? '',
    processes,
    ...places(session, output === undefined ? io.cwd : dirname(output)),
  });
  const text = isHtml ? tlsReportHtml(report) : tlsReportMarkdown(report);
  if (output === undefined) {
    io.stdout(text);
  } else {
    write(output, options.output ?? output, text);
    io.stderr(`${options.output} is written: ${countWords(processes)}.\n`);
  }
  return processes.some(({ verdict }) => verdict === 'unsafe') ? ExitCode.found : ExitCode.nothing;
}

function formatOf(output: FilePath | undefined): 'markdown' | 'html' {
  return output !== undefined && ['.html', '.htm'].includes(extname(output)) ? 'html' : 'markdown';
}

function titleOf(paths: readonly string[], io: CliIo): string {
  const [first] = paths;
  const path = first === undefined ? io.cwd : normalizePath(resolvePath(io.cwd, first));
  return basename(path) || 'this workspace';
}

function places(session: Session, folder: FilePath) {
  const formatter = new PlaceFormatter(session);
  return {
    display: (path: FilePath) => session.display(path),
    line: (at: Parameters<PlaceFormatter['range']>[0]) => formatter.range(at).start.line,
    href: (path: FilePath) => relativeHref(folder, path),
  };
}

function write(path: FilePath, written: string, text: string): void {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      throw new CliError(`${written} is a folder. Name a file.`);
    }
    const bytes = new TextEncoder().encode(text);
    if (existsSync(path)) {
      writeFileAtomically(path, bytes);
    } else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
    }
  } catch (error) {
    throw error instanceof CliError ? error : new CliError(`${written} cannot be written: ${reasonOf(error)}.`);
  }
}

function countWords(processes: readonly ProcessVerdict[]): string {
  const of = (verdict: ProcessVerdict['verdict']) => processes.filter((process) => process.verdict === verdict).length;
  return `${of('unsafe')} unsafe, ${of('unknown')} unknown, ${of('safe')} safe, ${of('not-affected')} not affected`;
}
