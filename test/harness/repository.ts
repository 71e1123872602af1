import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, with a final `/`. */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

/** The text of a file of the repository. */
export function readRepositoryFile(path: string): string {
  return readFileSync(`${repositoryRoot}${path}`, 'utf8');
}

/** All files that git tracks and that are there. Undefined where the sources did not come with git. */
export function trackedFiles(): string[] | undefined {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'core.quotePath=false', 'ls-files', '-z', ...args], {
        cwd: repositoryRoot,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        maxBuffer: 64 * 1024 * 1024,
      })
        .split('\0')
        .filter(Boolean);
    const deleted = new Set(git('--deleted'));
    return git().filter((path) => !deleted.has(path));
  } catch {
    // No git, or no repository: an archive of the sources. The tests that need the list say that they are skipped.
    return undefined;
  }
}
