/**
 * Paths as core sees them: absolute, `/` between parts, with one of these roots: `/`, `C:/`, `//server/`, or a
 * URI's `scheme://authority/`. Hosts translate; core never touches a disk.
 */
export type FilePath = string;

/** Length of the root of a path (0 for a relative one). */
export function rootLength(path: string): number {
  if (path.startsWith('//')) {
    const end = path.indexOf('/', 2);
    return end < 0 ? path.length : end + 1;
  }
  if (path.startsWith('/')) {
    return 1;
  }
  if (!path.includes(':')) {
    return 0;
  }
  if (/^[A-Za-z]:/.test(path)) {
    return path[2] === '/' ? 3 : 2;
  }
  const uri = /^[A-Za-z][A-Za-z0-9+.-]+:\/\/[^/]*\/?/.exec(path);
  return uri ? uri[0].length : 0;
}

/** True for a path with a root. */
export function isAbsolute(path: string): boolean {
  return rootLength(path) > 0;
}

/** Removes `.`, `..`, doubled and trailing separators; `\` counts as a separator. `..` never leaves the root. */
export function normalizePath(path: string): string {
  if (!needsNormalizing.test(path)) {
    return path;
  }
  const slashed = path.includes('\\') ? path.replaceAll('\\', '/') : path;
  const length = rootLength(slashed);
  const parts: string[] = [];
  for (const part of slashed.slice(length).split('/')) {
    if (part === '' || part === '.') {
      continue;
    }
    if (part === '..' && parts.length > 0 && parts[parts.length - 1] !== '..') {
      parts.pop();
    } else if (part !== '..' || length === 0) {
      parts.push(part);
    }
  }
  return slashed.slice(0, length) + parts.join('/');
}

/** Most paths are normal already: no `\\`, no empty, `.` or `..` part, no separator at the end, no root that is alone. */
const needsNormalizing = /\\|\/\/|\/\.{1,2}(?:\/|$)|^\.|.\/$|^[A-Za-z]:$/;

/** Resolves a path that may be relative (or use `\`) against a folder. */
export function resolvePath(folder: FilePath, path: string): FilePath {
  const slashed = path.includes('\\') ? path.replaceAll('\\', '/') : path;
  if (isAbsolute(slashed)) {
    return normalizePath(slashed);
  }
  // Two slashes at the start would name a server.
  return normalizePath(folder.endsWith('/') ? folder + slashed : `${folder}/${slashed}`);
}

/** The folder that holds a path; a root is its own parent. */
export function dirname(path: FilePath): FilePath {
  const length = rootLength(path);
  const slash = path.lastIndexOf('/');
  return slash < length ? path.slice(0, length) : path.slice(0, slash);
}

/** The last part of a path. */
export function basename(path: FilePath): string {
  return path.slice(Math.max(path.lastIndexOf('/') + 1, rootLength(path)));
}

/** The extension with its dot in lower case, or an empty string. */
export function extname(path: FilePath): string {
  const name = basename(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot).toLowerCase();
}

/** The path seen from a folder (`../x` where it lies outside), or the path itself when the roots differ. */
export function relativePath(folder: FilePath, path: FilePath): string {
  const length = rootLength(path);
  if (path.slice(0, length).toLowerCase() !== folder.slice(0, rootLength(folder)).toLowerCase()) {
    return path;
  }
  const from = folder.slice(rootLength(folder)).split('/').filter(Boolean);
  const to = path.slice(length).split('/').filter(Boolean);
  let common = 0;
  while (common < from.length && common < to.length && from[common] === to[common]) {
    common++;
  }
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/') || '.';
}

/** A link from a page in a folder to a file, percent-encoded; null where no relative link leads there. */
export function relativeHref(folder: FilePath, path: FilePath): string | null {
  const relative = relativePath(folder, path);
  return isAbsolute(relative) ? null : relative.split('/').map(encodeURIComponent).join('/');
}
