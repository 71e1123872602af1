import { otherClientLanguages } from '../facts/other-client-pins.ts';
import { suppressionWord } from '../facts/suppression-word.ts';
import {
  commandWords,
  otherClientWords,
  pipelineScriptWords,
  powerShellWords,
  tlsWords,
  tlsWordsInAnyCase,
} from '../facts/tls-words.ts';
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
  | 'pipeline'
  | 'dockerfile'
  | 'test-settings'
  | 'runtime-config'
  | 'script'
  | 'other-client'
  | 'hosting-process-file'
  | 'configuration';

/** `.dynamics-tls.json`, and files that others extend: `contoso.dynamics-tls.json`. */
const configurationEnding = '.dynamics-tls.json';

/** What a build leaves beside a program of modern .NET; people copy it by hand, too. */
const runtimeConfigEnding = '.runtimeconfig.json';

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
  '.ps1': 'script',
  '.psm1': 'script',
  '.cmd': 'script',
  '.bat': 'script',
  '.sh': 'script',
  ...eachOf<FileKind>(otherClientLanguages, 'other-client'),
  [configurationEnding]: 'configuration',
  [runtimeConfigEnding]: 'runtime-config',
  '.yml': 'pipeline',
  '.yaml': 'pipeline',
  '.dockerfile': 'dockerfile',
  '.runsettings': 'test-settings',
  '.vshost.exe': 'hosting-process-file',
  '.vshost.exe.config': 'hosting-process-file',
  '.vshost.exe.manifest': 'hosting-process-file',
};

/** The same value for all extensions of a table. */
function eachOf<T>(extensions: Readonly<Record<string, unknown>>, value: T): Record<string, T> {
  return Object.fromEntries(Object.keys(extensions).map((extension) => [extension, value]));
}

/** Whole names, in lower case, that are something else than their ending says. */
const names: ReadonlyMap<string, FileKind | undefined> = new Map([
  ['packages.config', 'packages'],
  ['paket.dependencies', 'packages'],
  ['paket.lock', 'packages'],
  ['paket.references', 'packages'],
  ['project.json', 'packages'],
  ['runtimeconfig.template.json', 'runtime-config'],
  ['dockerfile', 'dockerfile'],
  ['nuget.config', undefined],
  ['repositories.config', undefined],
]);

/** Ends of names with a dot, in lower case. */
export const analyzedExtensions: readonly string[] = Object.keys(kinds);

/** Whole names that no extension tells, in lower case; one with `*` at its end is the beginning of a name. */
export const analyzedNames: readonly string[] = [
  ...[...names].flatMap(([name, kind]) => (kind !== undefined && !name.endsWith('.config') ? [name] : [])),
  'dockerfile.*',
];

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
  if (name.endsWith(runtimeConfigEnding)) {
    return 'runtime-config';
  }
  const dot = name.lastIndexOf('.');
  const kind = dot > 0 ? kinds[name.slice(dot)] : undefined;
  // `Dockerfile.windows`; what Docker ignores for it stands beside it, and pages about it.
  const isDockerfile = kind === undefined && /^dockerfile\.(?!dockerignore$|md$|txt$|bak$)[^.]+$/.test(name);
  return isDockerfile ? 'dockerfile' : kind;
}

/** Kinds of which a workspace has so many files that only those with certain words are read. */
const filters: Readonly<Record<string, WordFilter>> = {
  '.cs': tlsWords,
  '.vb': tlsWordsInAnyCase,
  '.fs': tlsWords,
  '.fsx': tlsWords,
  '.yml': pipelineScriptWords,
  '.yaml': pipelineScriptWords,
  '.cmd': commandWords,
  '.bat': commandWords,
  '.sh': commandWords,
  ...eachOf(otherClientLanguages, otherClientWords),
  '.ps1': powerShellWords,
  '.psm1': powerShellWords,
};

/** The same with the word of comments that silence rules; each filter stays one object, by which hosts keep answers. */
const filtersWithComments: ReadonlyMap<string, WordFilter> = new Map(
  [...new Set(Object.values(filters))].flatMap((filter) => {
    const extended = { ...filter, words: [...filter.words, suppressionWord] };
    return Object.keys(filters).flatMap((extension): [string, WordFilter][] =>
      filters[extension] === filter ? [[extension, extended]] : [],
    );
  }),
);

/** The words of which a file must have one to matter; undefined for files that matter by themselves. */
export function wordsThatMatter(path: FilePath): WordFilter | undefined {
  return filtersWithComments.get(extname(path).toLowerCase());
}
