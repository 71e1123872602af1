import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { decodeBytes, type FilePath, relativePath, resolvePath } from '../../core/index.ts';
import { type GitIndex, type IndexEntry, readGitIndex } from './git-index.ts';
import { GitError, GitRepository } from './git-repository.ts';

/** What was different at a commit, seen from the work tree. */
export interface Revision {
  /** The hash of the commit. */
  readonly commit: string;
  /** False where the history does not reach the merge base, and the named commit itself is compared with. */
  readonly isMergeBase: boolean;
  /** Texts of files as they were; undefined for files that were not there. Files that are not here are as they are. */
  readonly texts: ReadonlyMap<FilePath, string | undefined>;
  /** Files that had another name and the same content: the present name by the former one. */
  readonly renames: ReadonlyMap<FilePath, FilePath>;
}

export interface RevisionOptions {
  /** A folder of the work tree. */
  readonly folder: FilePath;
  /** What the change is compared with: the merge base of this and HEAD. */
  readonly ref: string;
  /** True for files that the analysis may read. */
  isRelevant(path: FilePath): boolean;
  /** The files of the analysis: of those only, being untracked makes a difference. */
  readonly files: readonly FilePath[];
  /** Bytes. */
  readonly maximumFileSize: number;
}

/**
 * Finds out which files differ between a commit and the work tree, and reads what they were. Trees are compared by
 * their hashes, so that the cost depends on the size of the change; files of the work tree by what the index knows of
 * them. Throws {@link GitError}.
 */
export async function readRevision(options: RevisionOptions): Promise<Revision> {
  const repository = GitRepository.open(options.folder);
  const [named, head] = [await repository.commit(options.ref), await repository.head()];
  const mergeBase = await repository.mergeBase(named, head);
  const commit = mergeBase ?? named;
  const state = new RevisionReader(repository, options);
  await state.compareCommits(await repository.treeOf(commit), await repository.treeOf(head));
  await state.compareWorkTree(await repository.treeOf(head));
  return { commit, isMergeBase: mergeBase !== undefined, ...(await state.read()) };
}

class RevisionReader {
  readonly #repository: GitRepository;
  readonly #options: RevisionOptions;
  /** Objects by path, at the commit; null for files that were not there. Only files that may differ. */
  readonly #before = new Map<string, string | null>();
  /** The objects of HEAD for the same. */
  readonly #head = new Map<string, string | null>();

  constructor(repository: GitRepository, options: RevisionOptions) {
    this.#repository = repository;
    this.#options = options;
  }

  /** Walks down where two trees differ. */
  async compareCommits(before: string | undefined, after: string | undefined, prefix = ''): Promise<void> {
    if (before === after) {
      return;
    }
    const [old, now] = [await this.#entries(before), await this.#entries(after)];
    for (const name of new Set([...old.keys(), ...now.keys()])) {
      const [was, is] = [old.get(name), now.get(name)];
      if (was?.oid === is?.oid && was?.type === is?.type) {
        continue;
      }
      const path = prefix + name;
      if (was?.type === 'tree' || is?.type === 'tree') {
        await this.compareCommits(
          was?.type === 'tree' ? was.oid : undefined,
          is?.type === 'tree' ? is.oid : undefined,
          `${path}/`,
        );
      }
      if ((was?.type === 'blob' || is?.type === 'blob') && this.#isRelevant(path)) {
        this.#before.set(path, was?.type === 'blob' ? was.oid : null);
        this.#head.set(path, is?.type === 'blob' ? is.oid : null);
      }
    }
  }

  /** Adds what is not committed: staged, changed, new and deleted files. */
  async compareWorkTree(headTree: string): Promise<void> {
    const index = this.#index();
    const tracked = new Set<string>();
    const untold = index.entries.filter(({ kind }) => kind !== 'file').map(({ path }) => path);
    const isStaged = index.tree !== headTree;
    const committed = isStaged ? await this.#allBlobs(headTree) : undefined;
    for (const entry of index.entries) {
      if (entry.kind === 'file' && this.#isRelevant(entry.path)) {
        tracked.add(entry.path);
        const isSame = committed === undefined || committed.get(entry.path) === entry.oid;
        if (!isSame || !this.#isUnchanged(entry)) {
          this.#note(entry.path, committed?.get(entry.path) ?? (isStaged ? null : entry.oid));
        }
      }
    }
    for (const [path, oid] of committed ?? []) {
      if (!tracked.has(path) && this.#isRelevant(path)) {
        this.#note(path, oid);
      }
    }
    for (const file of this.#options.files) {
      const path = relativePath(this.#repository.root, file);
      // A submodule has a history of its own; a link is no file of ours.
      const isElsewhere = untold.some((other) => path === other || path.startsWith(`${other}/`));
      if (!path.startsWith('../') && !tracked.has(path) && !isElsewhere) {
        this.#note(path, null);
      }
    }
  }

  async read(): Promise<Pick<Revision, 'texts' | 'renames'>> {
    const texts = new Map<FilePath, string | undefined>();
    const gone = new Map<string, FilePath>();
    for (const [path, oid] of this.#before) {
      const absolute = this.#absolute(path);
      texts.set(absolute, oid === null ? undefined : await this.#text(oid));
      if (oid !== null && !existsSync(absolute)) {
        gone.set(oid, absolute);
      }
    }
    const renames = new Map<FilePath, FilePath>();
    for (const [path, oid] of this.#before) {
      const now = this.#head.get(path);
      const former = oid === null && now ? gone.get(now) : undefined;
      if (former !== undefined) {
        renames.set(former, this.#absolute(path));
      }
    }
    return { texts, renames };
  }

  /** A file differs from HEAD: before the change it was what the commit has, and that is HEAD's unless it was told. */
  #note(path: string, headOid: string | null): void {
    if (!this.#before.has(path)) {
      this.#before.set(path, headOid);
    }
  }

  async #entries(tree: string | undefined): Promise<Map<string, { oid: string; type: string }>> {
    return new Map(tree === undefined ? [] : (await this.#repository.tree(tree)).map((entry) => [entry.path, entry]));
  }

  async #allBlobs(tree: string, prefix = ''): Promise<Map<string, string>> {
    const blobs = new Map<string, string>();
    for (const { path, type, oid } of await this.#repository.tree(tree)) {
      if (type === 'blob') {
        blobs.set(prefix + path, oid);
      } else if (type === 'tree') {
        for (const [inner, innerOid] of await this.#allBlobs(oid, `${prefix}${path}/`)) {
          blobs.set(inner, innerOid);
        }
      }
    }
    return blobs;
  }

  #index(): GitIndex {
    const path = resolvePath(this.#repository.folder, 'index');
    const index = existsSync(path) ? readGitIndex(readFileSync(path)) : { entries: [], tree: undefined };
    if (!index) {
      throw new GitError('the index of the repository cannot be read');
    }
    return index;
  }

  /** As git sees it: the same size and time as when the content was last compared. */
  #isUnchanged({ path, size, seconds, nanoseconds }: IndexEntry): boolean {
    const status = lstatSync(this.#absolute(path), { throwIfNoEntry: false, bigint: true });
    if (!status) {
      return false;
    }
    const billion = 1_000_000_000n;
    return (
      Number(status.size & 0xffffffffn) === size &&
      Number((status.mtimeNs / billion) & 0xffffffffn) === seconds &&
      (nanoseconds === 0 || Number(status.mtimeNs % billion) === nanoseconds)
    );
  }

  async #text(oid: string): Promise<string> {
    const bytes = await this.#repository.blob(oid);
    const decoded = bytes.length > this.#options.maximumFileSize ? undefined : decodeBytes(bytes);
    return decoded && !('notText' in decoded) ? decoded.text : '';
  }

  #isRelevant(path: string): boolean {
    return this.#options.isRelevant(this.#absolute(path));
  }

  #absolute(path: string): FilePath {
    return resolvePath(this.#repository.root, path);
  }
}
