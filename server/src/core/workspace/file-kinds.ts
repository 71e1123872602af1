import { basename, type FilePath } from '../model/path.ts';

/** What a file is for the analysis; undefined for files that are never read by themselves. */
export type FileKind =
  | 'project'
  | 'msbuild-file'
  | 'solution'
  | 'config'
  | 'packages'
  | 'registry'
  | 'hosting-process-file';

/** By the end of the name, in lower case. */
const kinds: Readonly<Record<string, FileKind>> = {
  '.csproj': 'project',
  '.vbproj': 'project',
  '.fsproj': 'project',
  '.vcxproj': 'project',
  '.props': 'msbuild-file',
  '.targets': 'msbuild-file',
  '.sln': 'solution',
  '.slnx': 'solution',
  '.slnf': 'solution',
  '.config': 'config',
  '.reg': 'registry',
  '.vshost.exe': 'hosting-process-file',
  '.vshost.exe.config': 'hosting-process-file',
  '.vshost.exe.manifest': 'hosting-process-file',
};

/** Whole names, in lower case, that are something else than their ending says. */
const names: ReadonlyMap<string, FileKind | undefined> = new Map([
  ['packages.config', 'packages'],
  ['nuget.config', undefined],
  ['repositories.config', undefined],
]);

/** Ends of names with a dot, in lower case. */
export const analyzedExtensions: readonly string[] = Object.keys(kinds);

/** The kind of a file by its name. Whether a `.config` file really configures a program, its content tells. */
export function fileKind(path: FilePath): FileKind | undefined {
  const name = basename(path).toLowerCase();
  if (names.has(name)) {
    return names.get(name);
  }
  const host = name.indexOf('.vshost.exe');
  if (host > 0 && name.slice(host) in kinds) {
    return kinds[name.slice(host)];
  }
  const dot = name.lastIndexOf('.');
  return dot > 0 ? kinds[name.slice(dot)] : undefined;
}
