import { type Dirent, readFileSync } from 'node:fs';
import ignore, { type Ignore } from 'ignore';
import picomatch from 'picomatch';
import { basename, dirname, type FilePath, relativePath } from '../../core/index.ts';
import { readEntries } from './folder-listings.ts';

export interface FindOptions {
  /** True for file names that the analysis reads. */
  isRelevant(path: FilePath): boolean;
  /** Globs from the settings, relative to the root. */
  readonly exclude: readonly string[];
  /** Called with each folder that could not be read. */
  onUnreadable?(path: FilePath): void;
  /** Called with each folder that was read. */
  onFolder?(path: FilePath, entries: readonly Dirent[]): void;
  readonly signal?: AbortSignal;
}

/** Folders that never hold what a person wrote. */
export const prunedFolders: ReadonlySet<string> = new Set(['bin', 'obj', 'packages', 'node_modules', '.git', '.vs']);

/**
 * Relevant files below a folder in a stable order. `.gitignore` files count (from the repository's root down),
 * links are not followed, and the folders of {@link prunedFolders} are left out.
 */
export function* findFiles(root: FilePath, options: FindOptions): Generator<FilePath> {
  const isExcluded = picomatch(options.exclude as string[], { dot: true });
  const stack: { folder: FilePath; rules: readonly IgnoreRule[] }[] = [{ folder: root, rules: rulesAbove(root) }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    options.signal?.throwIfAborted();
    const { folder } = next;
    const entries = readEntries(folder);
    if (!entries) {
      options.onUnreadable?.(folder);
      continue;
    }
    options.onFolder?.(folder, entries);
    const rules = entries.some((entry) => entry.name === '.gitignore' && entry.isFile())
      ? withRules(next.rules, folder)
      : next.rules;
    const folders: FilePath[] = [];
    for (const entry of entries) {
      const path = folder.endsWith('/') ? `${folder}${entry.name}` : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!prunedFolders.has(entry.name) && !isIgnored(rules, path, true) && !isExcluded(relativePath(root, path))) {
          folders.push(path);
        }
      } else if (entry.isFile() && options.isRelevant(path)) {
        if (!isIgnored(rules, path, false) && !isExcluded(relativePath(root, path))) {
          yield path;
        }
      }
    }
    for (const path of folders.reverse()) {
      stack.push({ folder: path, rules });
    }
  }
}

/** True for a path that the search would come to: no folder on the way is left out. What `.gitignore` says is not asked. */
export function isSearched(root: FilePath, path: FilePath, exclude: readonly string[]): boolean {
  const isExcluded = picomatch(exclude as string[], { dot: true });
  const parts = relativePath(root, path).split('/');
  return parts.every(
    (part, i) => (i === parts.length - 1 || !prunedFolders.has(part)) && !isExcluded(parts.slice(0, i + 1).join('/')),
  );
}

interface IgnoreRule {
  readonly folder: FilePath;
  readonly matcher: Ignore;
}

/** The last file that says something about a path wins, as in git. */
function isIgnored(rules: readonly IgnoreRule[], path: FilePath, isFolder: boolean): boolean {
  for (let i = rules.length - 1; i >= 0; i--) {
    const { folder, matcher } = rules[i] as IgnoreRule;
    const relative = path.slice(folder.endsWith('/') ? folder.length : folder.length + 1);
    const result = matcher.test(isFolder ? `${relative}/` : relative);
    if (result.ignored || result.unignored) {
      return result.ignored;
    }
  }
  return false;
}

/** Rules of the folders above the root, up to the repository's own folder. */
function rulesAbove(root: FilePath): readonly IgnoreRule[] {
  const above: FilePath[] = [];
  for (let folder = root; ; folder = dirname(folder)) {
    const isRepository = readEntries(folder)?.some((entry) => entry.name === '.git') ?? false;
    if (isRepository) {
      return above.reverse().reduce<readonly IgnoreRule[]>(withRules, []);
    }
    if (dirname(folder) === folder || basename(folder) === '') {
      return [];
    }
    above.push(dirname(folder));
  }
}

function withRules(rules: readonly IgnoreRule[], folder: FilePath): readonly IgnoreRule[] {
  try {
    const text = readFileSync(`${folder}/.gitignore`, 'utf8');
    return [...rules, { folder, matcher: ignore({ ignorecase: false }).add(text) }];
  } catch {
    // No such file here, or not readable: then it ignores nothing.
    return rules;
  }
}
