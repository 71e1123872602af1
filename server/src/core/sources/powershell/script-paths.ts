import { dirname, type FilePath, isAbsolute, normalizePath, resolvePath } from '../../model/path.ts';
import { unknownValue, type Value } from './value.ts';

/** Parts of a path with one separator between them; unknown where one of them is. */
export function joinPath(parts: readonly Value[]): Value {
  const texts = parts.map((part) => (part.kind === 'text' ? part : undefined));
  const first = texts[0];
  if (!first || texts.includes(undefined)) {
    return unknownValue;
  }
  const value = texts.map((text) => (text?.value ?? '').replace(/[\\/]+$/, '')).join('/');
  return { kind: 'text', value, range: first.range };
}

/** The file that a script names: relative names are taken from the folder of the script. */
export function resolveScript(from: FilePath, name: string): FilePath {
  const path = normalizePath(name.replaceAll('\\', '/'));
  return isAbsolute(path) ? path : resolvePath(dirname(from), path);
}
