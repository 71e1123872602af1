import { existsSync, readFileSync } from 'node:fs';
import {
  type Analysis,
  type Baseline,
  createBaseline,
  decodeBytes,
  dirname,
  type FilePath,
  type FindingPlaces,
  formatBaseline,
  type MatchedFindings,
  matchBaseline,
  parseBaseline,
  relativePath,
  resolvePath,
} from '../core/index.ts';
import { CliError, type CliIo } from './io.ts';
import { reasonOf } from './reason.ts';
import type { Session } from './session.ts';
import { writeText } from './write-text.ts';

/** Where a baseline goes that has no name. */
const defaultName = '.dynamics-tls-baseline.json';

export interface BaselineOptions {
  readonly baseline?: string;
  readonly writeBaseline?: boolean;
}

/** What the baseline did in a run. */
export interface BaselineResult extends MatchedFindings {
  readonly file: FilePath;
  /** True when the file was written: for the first time, anew, or shorter than before. */
  readonly isWritten: boolean;
}

/**
 * Compares the findings with the baseline that the options name, or writes it. A baseline gets shorter by itself:
 * what is gone is taken out, so that it cannot hide the same thing when it comes back.
 */
export function applyBaseline(
  { findings, workspace }: Analysis,
  options: BaselineOptions,
  session: Session,
  io: CliIo,
): BaselineResult | undefined {
  if (options.baseline === undefined && !options.writeBaseline) {
    return undefined;
  }
  const name = options.baseline ?? defaultName;
  const file = resolvePath(io.cwd, name);
  const folder = dirname(file);
  const places: FindingPlaces = {
    text: (path) => workspace.readText(path),
    name: (path) => relativePath(folder, path),
  };
  if (options.writeBaseline) {
    const remaining = createBaseline(findings, places);
    writeIfOther(file, formatBaseline(remaining), name);
    return { fresh: [], known: findings, remaining, goneCount: 0, file, isWritten: true };
  }
  const matched = matchBaseline(findings, readBaseline(file, name), places, (other) =>
    session.covers(resolvePath(folder, other)),
  );
  return { ...matched, file, isWritten: matched.goneCount > 0 && shrink(file, matched, name, io) };
}

function readBaseline(file: FilePath, name: string): Baseline {
  const baseline = parseBaseline(readText(file, name));
  if (typeof baseline === 'string') {
    throw new CliError(`${name} is no baseline: ${baseline}.`);
  }
  return baseline;
}

function readText(file: FilePath, name: string): string {
  try {
    const decoded = decodeBytes(readFileSync(file));
    return 'notText' in decoded ? '' : decoded.text;
  } catch (error) {
    const hint = existsSync(file) ? '' : ' Write it first with --write-baseline.';
    throw new CliError(`${name} cannot be read: ${reasonOf(error)}.${hint}`);
  }
}

/** A build server may give no leave to write: then somebody else's run takes the entries out. */
function shrink(file: FilePath, { remaining, goneCount }: MatchedFindings, name: string, io: CliIo): boolean {
  const what = goneCount === 1 ? '1 finding of the baseline is gone' : `${goneCount} findings of the baseline are gone`;
  try {
    writeIfOther(file, formatBaseline(remaining), name);
    io.stderr(`${what}: ${name} is shorter now.\n`);
    return true;
  } catch (error) {
    if (!(error instanceof CliError)) {
      throw error;
    }
    io.stderr(`${what}, but ${error.message}\n`);
    return false;
  }
}

/** The same content is not written again: its time would make others build again. */
function writeIfOther(file: FilePath, text: string, name: string): void {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    writeText(file, text, name);
  }
}
