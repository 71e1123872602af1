/** Functions of `System.IO.Path` and paths as MSBuild spells them. */
import { normalizePath, resolvePath } from '../model/path.ts';
import type { FunctionContext } from './static-members.ts';
import { FunctionUnknown, type TypedValue, toText } from './typed-value.ts';
import { hasSymbol } from './value.ts';

type System = FunctionContext['system'];

/** The path as the system spells it. */
export function nativePath(path: string, system: System): string {
  return system === 'windows' ? path.replaceAll('/', '\\') : path.replaceAll('\\', '/');
}

/** A full path without `.` and `..`, as the system spells it; a separator at the end stays. */
export function fullPath(folder: string, path: string, system: System): string {
  if (hasSymbol(path)) {
    return nativePath(path, system);
  }
  const resolved = resolvePath(folder.replaceAll('\\', '/'), path);
  const isOpen = /[\\/]$/.test(path) && !resolved.endsWith('/');
  return nativePath(isOpen ? `${resolved}/` : resolved, system);
}

/** Calls a function of `System.IO.Path`; the name is in lower case. */
export function callPathFunction(member: string, args: readonly TypedValue[], context: FunctionContext): TypedValue {
  const texts = args.map(toText);
  const path = texts[0] ?? '';
  switch (member) {
    case 'combine':
    case 'join':
      return combine(texts, context.system, member === 'combine');
    case 'getfullpath':
      return fullPath(texts[1] ?? context.projectFolder, path, context.system);
    case 'getdirectoryname':
      return directoryName(path, context.system);
    case 'getfilename':
      return path.slice(lastSeparator(path, context.system) + 1);
    case 'getfilenamewithoutextension':
      return withoutExtension(path.slice(lastSeparator(path, context.system) + 1));
    case 'getextension':
      return extension(path.slice(lastSeparator(path, context.system) + 1));
    case 'hasextension':
      return extension(path.slice(lastSeparator(path, context.system) + 1)) !== '';
    case 'changeextension':
      return changeExtension(path, texts[1] ?? '');
    case 'ispathrooted':
      return isRooted(path, context.system);
    case 'getpathroot':
      return nativePath(/^([A-Za-z]:[\\/]?|[\\/]+)?/.exec(path)?.[0] ?? '', context.system);
    case 'directoryseparatorchar':
      return context.system === 'windows' ? '\\' : '/';
    case 'altdirectoryseparatorchar':
      return '/';
    case 'pathseparator':
      return context.system === 'windows' ? ';' : ':';
    case 'volumeseparatorchar':
      return context.system === 'windows' ? ':' : '/';
    default:
      throw new FunctionUnknown(`the function "[System.IO.Path]::${member}" is not supported`);
  }
}

function isSeparator(char: string | undefined, system: System): boolean {
  return char === '/' || (char === '\\' && system === 'windows');
}

export function isRooted(path: string, system: System): boolean {
  return isSeparator(path[0], system) || (system === 'windows' && /^[A-Za-z]:/.test(path)) || path.startsWith('\uE000');
}

function combine(parts: readonly string[], system: System, restartsAtRoot: boolean): string {
  let result = '';
  for (const part of parts) {
    if (part === '') {
      continue;
    }
    if (result === '' || (restartsAtRoot && isRooted(part, system))) {
      result = part;
    } else {
      const separator = isSeparator(result.at(-1), system) ? '' : system === 'windows' ? '\\' : '/';
      result += separator + part;
    }
  }
  return result;
}

function lastSeparator(path: string, system: System): number {
  for (let i = path.length - 1; i >= 0; i--) {
    if (isSeparator(path[i], system) || (system === 'windows' && path[i] === ':')) {
      return i;
    }
  }
  return -1;
}

function directoryName(path: string, system: System): string {
  let slash = lastSeparator(path, system);
  if (slash < 0) {
    return '';
  }
  while (slash > 0 && isSeparator(path[slash - 1], system)) {
    slash--;
  }
  if (slash === path.length - 1) {
    return nativeSeparators(path.slice(0, slash), system);
  }
  const folder = path.slice(0, slash);
  return nativeSeparators(folder === '' ? '/' : folder.endsWith(':') ? `${folder}\\` : folder, system);
}

/** On Unix a backslash is a letter of a name. */
function nativeSeparators(path: string, system: System): string {
  return system === 'windows' ? path.replaceAll('/', '\\') : path;
}

function extension(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 || dot === name.length - 1 ? '' : name.slice(dot);
}

function withoutExtension(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}

function changeExtension(path: string, wanted: string): string {
  const name = withoutExtension(path);
  return wanted === '' ? `${name}.` : `${name}${wanted.startsWith('.') ? '' : '.'}${wanted}`;
}

/** The path of one file seen from a folder, as `[MSBuild]::MakeRelative` gives it. */
export function makeRelative(folder: string, path: string, system: System): string {
  const from = normalizePath(folder.replaceAll('\\', '/')).split('/').filter(Boolean);
  const to = normalizePath(path.replaceAll('\\', '/')).split('/').filter(Boolean);
  const isSame = (a: string | undefined, b: string | undefined): boolean =>
    system === 'windows' ? a?.toLowerCase() === b?.toLowerCase() : a === b;
  let common = 0;
  while (common < from.length && common < to.length && isSame(from[common], to[common])) {
    common++;
  }
  const parts = [...from.slice(common).map(() => '..'), ...to.slice(common)];
  const text = nativePath(parts.join('/') || '.', system);
  return /[\\/]$/.test(path) && parts.length > 0 ? text + (system === 'windows' ? '\\' : '/') : text;
}
