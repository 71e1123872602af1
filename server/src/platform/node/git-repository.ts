import fs, { existsSync, readFileSync, statSync } from 'node:fs';
import git from 'isomorphic-git';
import { dirname, type FilePath, normalizePath, resolvePath } from '../../core/index.ts';

/** What a user asked of a repository is not there, or cannot be read; the message says what. */
export class GitError extends Error {
  override name = 'GitError';
}

interface Entry {
  readonly path: string;
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly oid: string;
}

/**
 * A repository, read from its files: nothing is run and nobody is contacted. Not understood are repositories of
 * SHA-256, refs in tables, and objects that a clone borrows from another one; they are refused with a word about it.
 */
export class GitRepository {
  /** The top of the work tree. */
  readonly root: FilePath;
  /** Where the index and HEAD are: of this work tree alone. */
  readonly folder: FilePath;
  /** Where objects and branches are: of all work trees. */
  readonly #common: FilePath;
  readonly #cache = {};

  private constructor(root: FilePath, folder: FilePath, common: FilePath) {
    this.root = root;
    this.folder = folder;
    this.#common = common;
  }

  /** The repository that holds a folder. Throws {@link GitError}. */
  static open(path: FilePath): GitRepository {
    for (let root = path; ; root = dirname(root)) {
      const marker = resolvePath(root, '.git');
      if (existsSync(marker)) {
        const folder = statSync(marker).isDirectory() ? marker : linkedFolder(root, marker);
        const commonFile = resolvePath(folder, 'commondir');
        const common = existsSync(commonFile) ? resolvePath(folder, readFileSync(commonFile, 'utf8').trim()) : folder;
        const repository = new GitRepository(root, folder, common);
        repository.#refuseWhatIsNotUnderstood();
        return repository;
      }
      if (dirname(root) === root) {
        throw new GitError(`${path} is in no git repository`);
      }
    }
  }

  /** The commit that a name means: a branch, a tag, a (short) hash, `HEAD`, each with `~2` or `^2` behind it. */
  async commit(name: string): Promise<string> {
    const [, base = '', steps = ''] = /^(.+?)((?:~\d*|\^\d*)*)$/.exec(name) ?? [];
    let oid = await this.#resolve(base, name);
    for (const [, kind, digits] of steps.matchAll(/([~^])(\d*)/g)) {
      const number = digits === '' ? 1 : Number(digits);
      if (kind === '~') {
        for (let i = 0; i < number; i++) {
          oid = await this.#parent(oid, 1, name);
        }
      } else if (number > 0) {
        oid = await this.#parent(oid, number, name);
      }
    }
    return oid;
  }

  async head(): Promise<string> {
    return this.commit('HEAD');
  }

  /** The newest commit that both come from; undefined where the history that is here does not reach it. */
  async mergeBase(a: string, b: string): Promise<string | undefined> {
    try {
      const [base] = (await git.findMergeBase({ ...this.#options, oids: [a, b] })) as string[];
      return base;
    } catch {
      // A shallow clone ends somewhere.
      return undefined;
    }
  }

  async treeOf(commit: string): Promise<string> {
    const { commit: read } = await this.#read(() => git.readCommit({ ...this.#options, oid: commit }), commit);
    return read.tree;
  }

  async tree(oid: string): Promise<readonly Entry[]> {
    const { tree } = await this.#read(() => git.readTree({ ...this.#options, oid }), oid);
    // What a link points at is not its content.
    return (tree as readonly Entry[]).filter(({ mode }) => mode !== '120000');
  }

  async blob(oid: string): Promise<Uint8Array> {
    const { blob } = await this.#read(() => git.readBlob({ ...this.#options, oid }), oid);
    return blob;
  }

  get #options() {
    return { fs, dir: this.root, gitdir: this.#common, cache: this.#cache };
  }

  async #resolve(name: string, whole: string): Promise<string> {
    if (name === 'HEAD' || name === '@') {
      const head = readFileSync(resolvePath(this.folder, 'HEAD'), 'utf8').trim();
      const branch = /^ref: (.+)$/.exec(head)?.[1];
      return branch === undefined ? head : this.#resolve(branch, whole);
    }
    for (const ref of [name, `refs/remotes/origin/${name}`]) {
      try {
        const oid = await git.resolveRef({ ...this.#options, ref });
        return (await git.readCommit({ ...this.#options, oid })).oid;
      } catch {
        // Not that one.
      }
    }
    try {
      const oid = await git.expandOid({ ...this.#options, oid: name });
      return (await git.readCommit({ ...this.#options, oid })).oid;
    } catch {
      throw new GitError(
        `there is no commit "${whole}" in this repository. A clone of a build server may have one commit only: fetch more of the history (fetch-depth: 0)`,
      );
    }
  }

  async #parent(oid: string, number: number, name: string): Promise<string> {
    const { commit } = await this.#read(() => git.readCommit({ ...this.#options, oid }), oid);
    const parent = commit.parent[number - 1];
    if (parent === undefined) {
      throw new GitError(`there is no commit "${name}": ${oid.slice(0, 7)} has ${commit.parent.length} parents`);
    }
    return parent;
  }

  async #read<T>(read: () => Promise<T>, oid: string): Promise<T> {
    try {
      return await read();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new GitError(`the object ${oid.slice(0, 7)} cannot be read from the repository: ${reason}`);
    }
  }

  #refuseWhatIsNotUnderstood(): void {
    const config = readIfThere(resolvePath(this.#common, 'config'));
    if (/^\s*objectformat\s*=\s*sha256/im.test(config)) {
      throw new GitError('the repository names its objects by SHA-256, which is not understood');
    }
    if (/^\s*refstorage\s*=\s*reftable/im.test(config)) {
      throw new GitError('the repository keeps its branches in tables, which is not understood');
    }
    if (existsSync(resolvePath(this.#common, 'objects/info/alternates'))) {
      throw new GitError('the clone borrows objects from another one, which is not understood');
    }
  }
}

/** The file `.git` of a linked work tree, or of a submodule, names the folder. */
function linkedFolder(root: FilePath, marker: FilePath): FilePath {
  const target = /^gitdir: (.+)$/m.exec(readFileSync(marker, 'utf8'))?.[1];
  if (target === undefined) {
    throw new GitError(`${marker} names no repository`);
  }
  return normalizePath(resolvePath(root, target.trim()));
}

function readIfThere(path: FilePath): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
