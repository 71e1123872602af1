/** References to items (`@(...)`) and the metadata that every item has. */
import { basename, dirname, type FilePath, resolvePath } from '../model/path.ts';
import { unescapeText } from './escapes.ts';
import { nativePath } from './path-functions.ts';
import { UnknownValue, type Value } from './value.ts';

/** `@(Type)`, with a transform and a separator where they are given. */
export interface ItemReference {
  readonly key: string;
  readonly transform: string | undefined;
  readonly separator: string;
}

/** Metadata that every item has, in lower case. */
export const wellKnownMetadata: ReadonlySet<string> = new Set([
  'identity',
  'fullpath',
  'filename',
  'extension',
  'recursivedir',
  'relativedir',
  'directory',
  'rootdir',
  'modifiedtime',
  'createdtime',
  'accessedtime',
  'definingprojectfullpath',
  'definingprojectdirectory',
  'definingprojectname',
  'definingprojectextension',
]);

/** `Type`, `Type->'transform'`, either with `, 'separator'`; item functions are not supported. */
export function parseReference(body: string): ItemReference | undefined {
  const match = /^\s*([A-Za-z_][\w-]*)\s*(?:->\s*'([^']*)'\s*)?(?:,\s*'([^']*)'\s*)?$/.exec(body);
  return match
    ? { key: (match[1] as string).toLowerCase(), transform: match[2], separator: match[3] ?? ';' }
    : undefined;
}

/** What the well-known metadata of an item are made of, besides its name. */
export interface ItemPlace {
  readonly projectFolder: FilePath;
  readonly definingPath: FilePath;
  readonly recursiveFolder: string;
  readonly isWindows: boolean;
}

/** The value of one of the {@link wellKnownMetadata}; the ones about time and roots are unknown. */
export function readWellKnownMetadata(place: ItemPlace, include: string, key: string): Value {
  const separator = place.isWindows ? '\\' : '/';
  const full = resolvePath(place.projectFolder, unescapeText(include));
  const name = basename(full);
  const dot = name.lastIndexOf('.');
  const asWritten = include.replaceAll('\\', '/');
  switch (key) {
    case 'identity':
      return include;
    case 'fullpath':
      return nativePath(full, place.isWindows ? 'windows' : 'unix');
    case 'filename':
      return dot < 0 ? name : name.slice(0, dot);
    case 'extension':
      return dot < 0 ? '' : name.slice(dot);
    case 'recursivedir':
      return nativePath(place.recursiveFolder, place.isWindows ? 'windows' : 'unix');
    case 'relativedir':
      return nativePath(asWritten.slice(0, asWritten.lastIndexOf('/') + 1), place.isWindows ? 'windows' : 'unix');
    case 'definingprojectfullpath':
      return nativePath(place.definingPath, place.isWindows ? 'windows' : 'unix');
    case 'directory':
      return (
        nativePath(dirname(full).replace(/^\/|^[A-Za-z]:\//, ''), place.isWindows ? 'windows' : 'unix') + separator
      );
    default:
      return new UnknownValue([`the metadata "${key}" is not supported`]);
  }
}
