import { applyEditsToBytes, dirname, type FileEdits, type FilePath, LossyEditError } from '../core/index.ts';
import { removeLeftovers, writeFileAtomically } from '../platform/node/write-file.ts';
import type { CliIo } from './io.ts';
import type { Session } from './session.ts';

/** Edits of one file, and the files that have to be written before it. */
export interface OrderedChange extends FileEdits {
  readonly after?: readonly FilePath[];
}

export interface WriteFailure {
  readonly file: string;
  readonly message: string;
}

export interface Written {
  readonly files: readonly string[];
  readonly failures: readonly WriteFailure[];
}

/** After so many files the process looks whether somebody interrupted it. */
const filesBetweenLooks = 20;

/**
 * Writes changes one file after the other, each as a whole or not at all. What cannot be written is named, and files
 * that have to wait for it are left for the next run. An interruption and a full disk end the work between two files.
 */
export async function writeChanges(
  changes: readonly OrderedChange[],
  session: Session,
  io: CliIo,
  write: (path: FilePath, bytes: Uint8Array) => void = writeFileAtomically,
): Promise<Written> {
  const files: string[] = [];
  const failures: WriteFailure[] = [];
  const failed = new Set<FilePath>();
  const fail = (path: FilePath, message: string) => {
    failed.add(path);
    failures.push({ file: session.display(path), message });
  };
  let end: string | undefined;
  removeLeftovers(new Set(changes.map(({ path }) => dirname(path))));
  for (const [index, change] of changes.entries()) {
    if (index % filesBetweenLooks === 0) {
      await new Promise((resolve) => setImmediate(resolve));
      end ??= io.signal.aborted ? 'Interrupted before this file was reached; run the command again.' : undefined;
    }
    const missing = change.after?.find((path) => failed.has(path));
    if (end !== undefined) {
      fail(change.path, end);
    } else if (missing !== undefined) {
      fail(change.path, `Left for the next run, because ${session.display(missing)} could not be written.`);
    } else {
      const problem = writeChange(change, session, write);
      if (problem === undefined) {
        files.push(session.display(change.path));
      } else {
        fail(change.path, problem.message);
        end = problem.isFullDisk
          ? 'Not tried, because the disk is full; make room and run the command again.'
          : undefined;
      }
    }
  }
  return { files, failures };
}

interface WriteProblem {
  readonly message: string;
  readonly isFullDisk: boolean;
}

function writeChange(
  { path, edits }: FileEdits,
  session: Session,
  write: (path: FilePath, bytes: Uint8Array) => void,
): WriteProblem | undefined {
  try {
    const file = session.disk.readFile(path);
    if (!file || file.text !== session.disk.readText(path)) {
      return {
        message: 'The file changed while it was being fixed; run the command again.',
        isFullDisk: false,
      };
    }
    write(path, applyEditsToBytes(file.bytes, file, edits));
    session.disk.forget([path]);
    return undefined;
  } catch (error) {
    return describe(error);
  }
}

/** What the system's codes mean for somebody who has to do something about it. */
const explanations: Readonly<Record<string, string>> = {
  EACCES: 'it is read-only or its folder does not admit changes',
  EPERM: 'it is read-only or its folder does not admit changes',
  EROFS: 'the disk is read-only',
  EBUSY: 'another program has it open',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
};

function describe(error: unknown): WriteProblem {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  const detail =
    error instanceof LossyEditError
      ? error.message
      : (explanations[code] ?? (error instanceof Error ? error.message : String(error)));
  const known = explanations[code] === undefined ? '' : ` (${code})`;
  return {
    message: `The file was left as it is: ${detail}${known}.`,
    isFullDisk: code === 'ENOSPC' || code === 'EDQUOT',
  };
}
