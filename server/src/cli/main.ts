import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { parseTarget, version } from '../core/index.ts';
import { auditFormats, runAudit } from './audit-command.ts';
import { addExplainCommand } from './explain-command.ts';
import { addExplainErrorCommand } from './explain-error-command.ts';
import { runFix } from './fix-command.ts';
import { CliError, type CliIo, ExitCode } from './io.ts';
import { addMachineCommand } from './machine-command.ts';
import { addProbeCommand } from './probe-command.ts';
import { addRegistryCommand } from './registry-command.ts';
import { addReportCommand } from './report-command.ts';

/** Runs one command line (without node and script) and returns its exit code. Never throws for what a user did. */
export async function main(args: readonly string[], io: CliIo): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.nothing;
  const program = createProgram(io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? ExitCode.nothing : ExitCode.failed;
    }
    if (error instanceof CliError) {
      io.stderr(`error: ${error.message}\n`);
      return ExitCode.failed;
    }
    throw error;
  }
}

function createProgram(io: CliIo, setExitCode: (code: ExitCode) => void): Command {
  const program = new Command('dynamics-tls')
    .description(
      'Finds .NET programs that cannot speak TLS 1.2 to Dynamics 365 and Dataverse, and fixes them.\nExit codes: 0 nothing to report, 1 something to report, 2 could not do the job.',
    )
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('(run with --help for the options)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout(text),
      writeErr: (text) => io.stderr(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  program
    .command('audit')
    .description('report projects whose target framework cannot connect')
    .argument('[paths...]', 'folders, solutions or single files (default: this folder)')
    .addOption(new Option('--format <format>', 'what to print').choices(auditFormats).default('text'))
    .option('--output <file>', 'write it to a file instead of standard output')
    .option(
      '--changed-since <ref>',
      'judge everything, and tell only what is worse than where HEAD and this commit part',
    )
    .option('--baseline <file>', 'tell only what this file does not list; what is gone is taken out of it')
    .option('--write-baseline', 'list everything that is found now in the baseline')
    .addOption(
      new Option('--fail-on <level>', 'exit with 1 when a finding has at least this level')
        .choices(['error', 'warning', 'information', 'never'])
        .default('warning'),
    )
    .addOption(targetOption())
    .option('--exclude <glob...>', 'leave out files and folders that match')
    .action(async (paths: string[], options) => {
      setExitCode(await runAudit(paths, options, io));
    });
  program
    .command('fix')
    .description('retarget what the audit finds; changes only the bytes that must change')
    .argument('[paths...]', 'folders, solutions or single files (default: this folder)')
    .addOption(formatOption())
    .addOption(targetOption())
    .option(
      '--project <project...>',
      'retarget these projects only, plug-ins among them as well (path, file name or name)',
    )
    .option('--exclude <glob...>', 'leave out files and folders that match')
    .option('--confirm', 'apply the fixes as well that a person should look at first')
    .option('--dry-run', 'print a unified diff and write nothing')
    .action(async (paths: string[], options) => {
      setExitCode(await runFix(paths, options, io));
    });
  addProbeCommand(program, io, setExitCode);
  addExplainCommand(program, io, setExitCode, targetOption());
  addExplainErrorCommand(program, io, setExitCode);
  addMachineCommand(program, io, setExitCode);
  addRegistryCommand(program, io, setExitCode);
  addReportCommand(program, io, setExitCode, targetOption());
  program
    .command('server')
    .description('run the language server for an editor')
    .option('--stdio', 'speak over standard input and output (the default)')
    .action(async () => {
      const { runStdioServer } = await import('../lsp/node-server.ts');
      await runStdioServer();
    });
  return program;
}

function formatOption(): Option {
  return new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text');
}

function targetOption(): Option {
  return new Option(
    '--target <framework>',
    'the .NET Framework version to retarget to: 4.6.2 or later, as v4.6.2, net462 or 4.6.2',
  ).argParser(readTarget);
}

function readTarget(value: string): string {
  const target = parseTarget(value);
  if ('problem' in target) {
    throw new InvalidArgumentError(target.problem);
  }
  return target.version;
}
