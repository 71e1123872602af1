import { tlsWords, tlsWordsInAnyCase } from '../facts/tls-words.ts';
import type { WordFilter } from '../model/host.ts';
import { basename, extname, type FilePath } from '../model/path.ts';

/** What a file is for the analysis; undefined for files that are never read by themselves. */
export type FileKind =
  | 'project'
  | 'msbuild-file'
  | 'solution'
  | 'config'
  | 'packages'
  | 'registry'
  | 'source'
  | 'hosting-process-file'
  | 'configuration';

/** `.dynamics-tls.json`, and files that others extend: `contoso.dynamics-tls.json`. */
const configurationEnding = '.dynamics-tls.json';

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
  '.cs': 'source',
  '.vb': 'source',
  '.fs': 'source',
  '.fsx': 'source',
  [configurationEnding]: 'configuration',
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
  if (name.endsWith(configurationEnding)) {
    return 'configuration';
  }
  const dot = name.lastIndexOf('.');
  return dot > 0 ? kinds[name.slice(dot)] : undefined;
}

/** Kinds of which a workspace has so many files that only those with certain words are read. */
const filters: Readonly<Record<string, WordFilter>> = {
  '.cs': tlsWords,
  '.vb': tlsWordsInAnyCase,
  '.fs': tlsWords,
  '.fsx': tlsWords,
};

/** The words of which a file must have one to matter; undefined for files that matter by themselves. */
export function wordsThatMatter(path: FilePath): WordFilter | undefined {
  return filters[extname(path).toLowerCase()];
}
