/**
 * File patterns with `*`, `?` and `**`.
 * Source: https://github.com/dotnet/msbuild/blob/main/src/Framework/FileMatcher.cs
 */
import type { FolderEntry } from '../model/host.ts';
import { type FilePath, resolvePath } from '../model/path.ts';

/** What patterns are matched against. */
export interface GlobHost {
  readFolder(path: FilePath): readonly FolderEntry[] | undefined;
  /** Accounts for work; false when there was enough of it. */
  spend(steps: number): boolean;
}

/** A file that a pattern found. */
export interface GlobMatch {
  readonly path: FilePath;
  /** The file as the pattern spells it: its fixed part, and what the wildcards stood for. */
  readonly spelling: string;
  /** What `**` stood for, with a separator at its end. */
  readonly recursiveFolder: string;
}

/** True for a text that is matched against files. */
export function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

/** The files of an import pattern, sorted without case as imports are; undefined when a folder cannot be read. */
export function expandImportGlob(folder: FilePath, pattern: string, host: GlobHost): FilePath[] | undefined {
  const matches = expandGlob(folder, pattern, [], host);
  return matches
    ?.map((match) => match.path)
    .sort((a, b) => compareOrdinal(a.toLowerCase(), b.toLowerCase()) || compareOrdinal(a, b));
}

/** Letters sort as capitals do, so that `_` comes behind them. */
function compareOrdinal(a: string, b: string): number {
  const left = a.toUpperCase();
  const right = b.toUpperCase();
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Folders below this depth are not searched. */
const maximumDepth = 64;

/**
 * The files that a pattern finds, without those that an exclude matches. Empty when its folder does not exist;
 * undefined when there was too much to search.
 */
export function expandGlob(
  folder: FilePath,
  pattern: string,
  excludes: readonly PathMatcher[],
  host: GlobHost,
): GlobMatch[] | undefined {
  const slashed = pattern.replaceAll('\\', '/');
  const segments = slashed.split('/');
  const firstWild = segments.findIndex(hasWildcard);
  const fixed = segments.slice(0, firstWild).join('/');
  const base = firstWild === 0 ? folder : resolvePath(folder, fixed === '' ? '/' : fixed);
  const wild = normalizeWild(segments.slice(firstWild));
  if (!wild) {
    return [];
  }
  const prefix = firstWild === 0 ? '' : `${fixed}/`;
  const walker = new Walker(base, prefix, excludes, host);
  return walker.walk(wild) ? walker.matches : undefined;
}

/** `**` must stand alone in its segment, else the pattern matches nothing (MSBuild takes it as a literal name). */
function normalizeWild(segments: readonly string[]): readonly string[] | undefined {
  const result: string[] = [];
  for (const segment of segments) {
    if (segment === '' || segment === '.') {
      continue;
    }
    if (segment === '..' || (segment.includes('**') && segment !== '**')) {
      return undefined;
    }
    if (segment !== '**' || result.at(-1) !== '**') {
      result.push(segment);
    }
  }
  if (result.at(-1) === '**') {
    result.push('*');
  }
  return result;
}

class Walker {
  readonly matches: GlobMatch[] = [];
  readonly #base: FilePath;
  readonly #prefix: string;
  readonly #excludes: readonly PathMatcher[];
  readonly #host: GlobHost;
  readonly #seen = new Set<string>();

  constructor(base: FilePath, prefix: string, excludes: readonly PathMatcher[], host: GlobHost) {
    this.#base = base;
    this.#prefix = prefix;
    this.#excludes = excludes;
    this.#host = host;
  }

  walk(segments: readonly string[]): boolean {
    return this.#visit(this.#base, '', segments, undefined, 0);
  }

  #visit(
    folder: FilePath,
    relative: string,
    segments: readonly string[],
    recursiveStart: number | undefined,
    depth: number,
  ): boolean {
    const [segment, ...rest] = segments;
    if (segment === undefined || depth > maximumDepth) {
      return true;
    }
    const entries = this.#host.readFolder(folder);
    if (!entries) {
      return this.#host.spend(1);
    }
    if (!this.#host.spend(1 + entries.length)) {
      return false;
    }
    if (segment === '**') {
      const start = recursiveStart ?? relative.length;
      return (
        this.#visitEntries(entries, folder, relative, rest, start, depth) &&
        this.#descend(entries, folder, relative, segments, start, depth)
      );
    }
    return this.#visitEntries(entries, folder, relative, segments, recursiveStart, depth);
  }

  /** Entries of this folder against the first segment, which is no `**`. */
  #visitEntries(
    entries: readonly FolderEntry[],
    folder: FilePath,
    relative: string,
    segments: readonly string[],
    recursiveStart: number | undefined,
    depth: number,
  ): boolean {
    const [segment = '', ...rest] = segments;
    const matcher = segmentMatcher(segment);
    for (const entry of entries) {
      if (entry.isFolder !== rest.length > 0 || !matcher.test(entry.name)) {
        continue;
      }
      const path = `${relative}${entry.name}`;
      if (!entry.isFolder) {
        this.#add(`${folder}/${entry.name}`, path, relative, recursiveStart);
      } else if (!this.#visit(`${folder}/${entry.name}`, `${path}/`, rest, recursiveStart, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  #descend(
    entries: readonly FolderEntry[],
    folder: FilePath,
    relative: string,
    segments: readonly string[],
    recursiveStart: number,
    depth: number,
  ): boolean {
    for (const entry of entries) {
      const path = `${folder}/${entry.name}`;
      if (
        entry.isFolder &&
        !this.#excludes.some((exclude) => exclude.coversFolder(path)) &&
        !this.#visit(path, `${relative}${entry.name}/`, segments, recursiveStart, depth + 1)
      ) {
        return false;
      }
    }
    return true;
  }

  #add(file: FilePath, path: string, relative: string, recursiveStart: number | undefined): void {
    const full = file.replaceAll('//', '/');
    const spelling = (this.#prefix + path).toLowerCase();
    const isExcluded = this.#excludes.some((exclude) =>
      exclude.spelling === undefined ? exclude.matches(full) : exclude.spelling === spelling,
    );
    if (isExcluded || this.#seen.has(full)) {
      return;
    }
    this.#seen.add(full);
    this.matches.push({
      path: full,
      spelling: this.#prefix + path,
      recursiveFolder: recursiveStart === undefined ? '' : relative.slice(recursiveStart),
    });
  }
}

/** Tells whether full paths match a pattern or are a given path. */
export interface PathMatcher {
  matches(path: FilePath): boolean;
  /** A plain path excludes what a pattern found only when both are spelled alike. */
  readonly spelling: string | undefined;
  /** True when the pattern matches everything below a folder. */
  coversFolder(path: FilePath): boolean;
}

/** A matcher for a pattern or a plain path, relative to a folder. Letter case does not matter. */
export function pathMatcher(folder: FilePath, pattern: string): PathMatcher {
  const slashed = pattern.replaceAll('\\', '/');
  if (!hasWildcard(slashed)) {
    const path = resolvePath(folder, slashed).toLowerCase();
    const spelling = slashed.toLowerCase();
    return { matches: (other) => other.toLowerCase() === path, coversFolder: () => false, spelling };
  }
  const segments = slashed.split('/');
  const firstWild = segments.findIndex(hasWildcard);
  const fixed = segments.slice(0, firstWild).join('/');
  const base = firstWild === 0 ? folder : resolvePath(folder, fixed === '' ? '/' : fixed);
  const wild = normalizeWild(segments.slice(firstWild));
  if (!wild) {
    return { matches: () => false, coversFolder: () => false, spelling: undefined };
  }
  const start = base.endsWith('/') ? base : `${base}/`;
  const head = escapeRegex(start);
  const coversAll = wild.length >= 2 && wild.at(-2) === '**' && (wild.at(-1) === '*' || wild.at(-1) === '*.*');
  const expression = new RegExp(`^${head}${wildRegex(wild)}$`, 'i');
  const folderExpression = coversAll
    ? new RegExp(`^${head}${wildRegex(wild.slice(0, -2).concat('**', '*'))}$`, 'i')
    : undefined;
  const wholeBase = coversAll && wild.length === 2 ? start.toLowerCase() : undefined;
  return {
    spelling: undefined,
    matches: (path) => expression.test(path),
    coversFolder: (path) =>
      (wholeBase !== undefined && `${path.toLowerCase()}/`.startsWith(wholeBase)) ||
      (wholeBase === undefined && folderExpression !== undefined && folderExpression.test(`${path}/_`)),
  };
}

function wildRegex(segments: readonly string[]): string {
  let source = '';
  segments.forEach((segment, index) => {
    const isLast = index === segments.length - 1;
    if (segment === '**') {
      source += '(?:[^/]+/)*';
    } else {
      source += segmentSource(segment) + (isLast ? '' : '/');
    }
  });
  return source;
}

const segmentMatchers = new Map<string, RegExp>();

function segmentMatcher(segment: string): RegExp {
  const existing = segmentMatchers.get(segment);
  if (existing) {
    return existing;
  }
  const matcher = new RegExp(`^${segmentSource(segment)}$`, 'i');
  if (segmentMatchers.size > 1000) {
    segmentMatchers.clear();
  }
  segmentMatchers.set(segment, matcher);
  return matcher;
}

/** `*.*` matches names without a dot, too. */
function segmentSource(segment: string): string {
  if (segment === '*.*') {
    return '[^/]*';
  }
  return escapeRegex(segment.replace(/\*+/g, '*')).replaceAll('\\*', '[^/]*').replaceAll('\\?', '[^/]');
}

function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
