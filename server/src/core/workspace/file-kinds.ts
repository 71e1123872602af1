import { basename, type FilePath } from '../model/path.ts';

/** What a file is for the analysis; undefined for files that are never read by themselves. */
export type FileKind = 'project' | 'msbuild-file' | 'solution' | 'hosting-process-file';

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
  '.vshost.exe': 'hosting-process-file',
  '.vshost.exe.config': 'hosting-process-file',
  '.vshost.exe.manifest': 'hosting-process-file',
};

/** Ends of names with a dot, in lower case. */
export const analyzedExtensions: readonly string[] = Object.keys(kinds);

/** The kind of a file by its name. */
export function fileKind(path: FilePath): FileKind | undefined {
  const name = basename(path).toLowerCase();
  const kind = kinds[name.slice(Math.max(0, name.lastIndexOf('.')))];
  if (kind !== undefined && name.lastIndexOf('.') > 0) {
    return kind;
  }
  const host = name.indexOf('.vshost.exe');
  return host > 0 ? kinds[name.slice(host)] : undefined;
}
