import { createBaseline, extname, type FilePath, type Finding, fileKind, matchBaseline } from '../core/index.ts';
import type { Revision } from '../platform/node/git-revision.ts';
import { CliError, type CliIo } from './io.ts';
import type { Session } from './session.ts';

/** What a change made worse. */
export interface ChangesResult {
  /** As the option names it. */
  readonly ref: string;
  /** The hash of the commit that was compared with. */
  readonly commit: string;
  /** Findings that were not there, or less severe. */
  readonly fresh: readonly Finding[];
  readonly known: readonly Finding[];
}

/**
 * Judges the workspace as it was where the change began, and tells the findings of today that were not there. The
 * analyzer goes back, so that only what the change touches is computed again, and then shows the present files.
 */
export async function findChanges(
  findings: readonly Finding[],
  ref: string,
  session: Session,
  io: CliIo,
): Promise<ChangesResult> {
  const revision = await readChange(ref, session);
  if (!revision.isMergeBase) {
    io.stderr(
      `The history that is here does not reach the commit from which HEAD and ${ref} come; ${ref} itself is compared with.\n`,
    );
  }
  const { analyzer } = session;
  const changed = [...revision.texts.keys()];
  session.revision.show(revision.texts);
  analyzer.change(changed);
  analyzer.setFiles(filesBefore(revision, session));
  const before = session.analyze();
  const baseline = createBaseline(before.findings, {
    text: (path) => before.workspace.readText(path),
    name: (path) => revision.renames.get(path) ?? path,
  });
  session.revision.show(new Map());
  analyzer.change(changed);
  analyzer.setFiles(session.files);
  const places = { text: (path: FilePath) => session.revision.readText(path), name: (path: FilePath) => path };
  const { fresh, known } = matchBaseline(findings, baseline, places, () => true);
  return { ref, commit: revision.commit, fresh, known };
}

async function readChange(ref: string, session: Session): Promise<Revision> {
  // Loaded on demand: no other command needs a reader of repositories.
  const { readRevision } = await import('../platform/node/git-revision.ts');
  const { GitError } = await import('../platform/node/git-repository.ts');
  try {
    return await readRevision({
      folder: session.roots[0] ?? '',
      ref,
      isRelevant: mayBeRead,
      files: session.files,
      maximumFileSize: session.settings.maximumFileSize * 1024 * 1024,
    });
  } catch (error) {
    if (error instanceof GitError) {
      throw new CliError(`--changed-since ${ref}: ${error.message}.`);
    }
    throw error;
  }
}

/** Projects import files of any name; pictures and programs are none of them. */
function mayBeRead(path: FilePath): boolean {
  return fileKind(path) !== undefined || !binaryExtensions.has(extname(path));
}

const binaryExtensions: ReadonlySet<string> = new Set(
  '.png .jpg .jpeg .gif .ico .bmp .svg .webp .dll .exe .pdb .lib .zip .7z .gz .nupkg .vsix .snk .pfx .pdf .docx .xlsx .pptx .woff .woff2 .ttf .mp4 .resx .mdf .bak'.split(
    ' ',
  ),
);

/** The files that the audit would have found. */
function filesBefore({ texts }: Revision, session: Session): FilePath[] {
  const present = new Set(session.files);
  const kept = session.files.filter((path) => !texts.has(path) || texts.get(path) !== undefined);
  const gone = [...texts].flatMap(([path, text]) =>
    text !== undefined && !present.has(path) && session.wouldFind(path) ? [path] : [],
  );
  return [...kept, ...gone];
}
