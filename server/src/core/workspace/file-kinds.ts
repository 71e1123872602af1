import { extname, type FilePath } from '../model/path.ts';

/** What a file is for the analysis; undefined for files that are never read by themselves. */
export type FileKind = 'project' | 'msbuild-file' | 'solution';

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
};

/** Extensions with a dot, in lower case. */
export const analyzedExtensions: readonly string[] = Object.keys(kinds);

/** The kind of a file by its name. */
export function fileKind(path: FilePath): FileKind | undefined {
  return kinds[extname(path)];
}
