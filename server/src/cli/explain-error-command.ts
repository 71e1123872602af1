import { type Command, Option } from 'commander';
import { type ErrorExplanation, ErrorTextReader, resolvePath, TextStream } from '../core/index.ts';
import { readChunks } from '../platform/node/read-chunks.ts';
import { explainErrorJson } from './formats/explain-error-json.ts';
import { explainErrorText } from './formats/explain-error-text.ts';
import { colorsFor } from './formats/text.ts';
import { CliError, type CliIo, ExitCode } from './io.ts';
import { reasonOf } from './reason.ts';

export interface ExplainErrorOptions {
  readonly format: 'text' | 'json';
}

/** Adds `explain-error` to the program. */
export function addExplainErrorCommand(program: Command, io: CliIo, setExitCode: (code: ExitCode) => void): void {
  program
    .command('explain-error')
    .description('say what the error texts in a log mean, and what to do next; contacts nobody')
    .argument('[file]', 'a text or log file of any size; - or nothing reads standard input', '-')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .action(async (file: string, options: ExplainErrorOptions) => {
      setExitCode(await runExplainError(file, options, io));
    });
}

/** `dynamics-tls explain-error`: 1 when something was recognised, 0 when nothing was. */
export async function runExplainError(file: string, options: ExplainErrorOptions, io: CliIo): Promise<ExitCode> {
  const explanation = await readExplanation(file, io);
  io.stdout(
    options.format === 'json'
      ? explainErrorJson(explanation, file)
      : explainErrorText(explanation, file, colorsFor(io)),
  );
  return explanation.matches.length > 0 ? ExitCode.found : ExitCode.nothing;
}

/** Reads a stream to its end; a log may be larger than the memory. */
async function readExplanation(file: string, io: CliIo): Promise<ErrorExplanation> {
  const reader = new ErrorTextReader();
  const text = new TextStream();
  try {
    for await (const bytes of chunksOf(file, io)) {
      io.signal.throwIfAborted();
      reader.push(text.push(bytes));
    }
  } catch (error) {
    if (io.signal.aborted || error instanceof CliError) {
      throw error;
    }
    throw new CliError(`${file} cannot be read: ${reasonOf(error)}.`);
  }
  reader.push(text.end());
  return reader.end();
}

function chunksOf(file: string, io: CliIo): AsyncIterable<Uint8Array> {
  if (file !== '-') {
    return readChunks(resolvePath(io.cwd, file));
  }
  if (!io.stdin) {
    throw new CliError('There is no standard input. Name a file.');
  }
  return io.stdin;
}
