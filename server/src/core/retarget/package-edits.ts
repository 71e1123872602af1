import { compareVersions, shortFrameworkName } from '../facts/dotnet-frameworks.ts';
import { netFramework, parseFrameworkName } from '../facts/nuget-frameworks.ts';
import type { WorkspaceHost } from '../model/host.ts';
import { basename, dirname, type FilePath, resolvePath } from '../model/path.ts';
import type { ProjectBuilds } from '../msbuild/index.ts';
import { readPackagesConfig } from '../sources/packages-config.ts';
import type { ProposedChange, RetargetEdit } from './model.ts';

/** A project whose packages are looked at after its target was raised. */
export interface PackageSubject {
  readonly project: FilePath;
  readonly builds: ProjectBuilds;
  readonly goal: string;
  readonly host: WorkspaceHost;
  readText(path: FilePath): string | undefined;
}

/**
 * Assemblies that a project takes from `lib\net40` of a package (or of any folder) while a folder for a later version
 * that it can use now stands beside it, with a file of the same name.
 */
export function hintPathEdits({ project, builds, goal, host, readText }: PackageSubject): ProposedChange[] {
  const byPath = new Map<FilePath, Map<number, RetargetEdit>>();
  for (const { path, range, value } of hintPathsOf(builds)) {
    const better = betterFolder(resolvePath(dirname(project), value), goal, host);
    const raw = readText(path)?.slice(range.start, range.end);
    const segment = raw === undefined ? undefined : /([^\\/]+)[\\/][^\\/]+$/.exec(raw);
    if (better && segment?.[1] !== undefined && segment[1].toLowerCase() === better.from.toLowerCase()) {
      const start = range.start + segment.index;
      const edits = byPath.get(path) ?? new Map<number, RetargetEdit>();
      edits.set(start, {
        range: { start, end: start + segment[1].length },
        newText: better.to,
        kind: 'hint-path',
      });
      byPath.set(path, edits);
    }
  }
  return [...byPath].map(([path, edits]) => ({ path, edits: [...edits.values()] }));
}

export interface PackageListEdits {
  readonly change: ProposedChange | undefined;
  /** Packages that a person has to reinstall: they have other files for the new target, or are not on this disk. */
  readonly toReinstall: readonly string[];
}

/**
 * `targetFramework` of a packages.config says which target a package was installed for. It is right to change it by
 * itself only where NuGet would take the same folders of the package for the new target.
 */
export function packageListEdits(path: FilePath, subject: PackageSubject): PackageListEdits {
  const { goal, readText } = subject;
  const edits: RetargetEdit[] = [];
  const toReinstall: string[] = [];
  const roots = packageRootsOf(subject);
  for (const { id, version, targetFramework, targetFrameworkRange } of readPackagesConfig(readText(path))) {
    const name = parseFrameworkName(targetFramework);
    const isOld = name?.identifier === netFramework && compareVersions(name.version, goal) < 0;
    if (!name || !isOld || name.version === '0.0') {
      continue;
    }
    const folders = roots.map((root) => `${root}/${id}.${version}`);
    const folder = folders.find((candidate) => subject.host.readFolder(candidate) !== undefined);
    if (folder !== undefined && takesSameFolders(folder, name.version, goal, subject.host)) {
      edits.push({ range: targetFrameworkRange, newText: shortFrameworkName(goal), kind: 'packages' });
    } else {
      toReinstall.push(id);
    }
  }
  return { change: edits.length > 0 ? { path, edits } : undefined, toReinstall };
}

interface HintPath {
  readonly path: FilePath;
  readonly range: { readonly start: number; readonly end: number };
  /** Evaluated. */
  readonly value: string;
}

function hintPathsOf({ builds }: ProjectBuilds): HintPath[] {
  return builds.flatMap(({ evaluation }) =>
    evaluation.items('Reference').items.flatMap((item) => {
      const hint = item.metadata.get('hintpath');
      const path = hint?.location?.path ?? item.location?.path;
      return hint?.value.known && hint.valueRange && path !== undefined
        ? [{ path, range: hint.valueRange, value: hint.value.value.trim() }]
        : [];
    }),
  );
}

/** The folder for the highest .NET Framework up to the goal, when that is a better one than the present folder. */
function betterFolder(
  assembly: FilePath,
  goal: string,
  host: WorkspaceHost,
): { readonly from: string; readonly to: string } | undefined {
  const folder = dirname(assembly);
  const from = basename(folder);
  const present = parseFrameworkName(from);
  if (!present) {
    return undefined;
  }
  const best = bestFolder(foldersIn(dirname(folder), host), goal);
  const bestName = best === undefined ? undefined : parseFrameworkName(best);
  const isBetter =
    bestName !== undefined &&
    (present.identifier !== netFramework || compareVersions(bestName.version, present.version) > 0);
  const file = basename(assembly).toLowerCase();
  return best !== undefined &&
    isBetter &&
    host
      .readFolder(`${dirname(folder)}/${best}`)
      ?.some(({ name, isFolder }) => !isFolder && name.toLowerCase() === file)
    ? { from, to: best }
    : undefined;
}

/** NuGet takes the highest .NET Framework that is not above the target; the full profile before the client's. */
function bestFolder(names: readonly string[], target: string): string | undefined {
  let best: { readonly name: string; readonly version: string; readonly isFull: boolean } | undefined;
  for (const name of names) {
    const framework = parseFrameworkName(name);
    if (framework?.identifier !== netFramework || !['', 'Client'].includes(framework.profile)) {
      continue;
    }
    const candidate = { name, version: framework.version, isFull: framework.profile === '' };
    const order = best === undefined ? 1 : compareVersions(candidate.version, best.version);
    if (compareVersions(candidate.version, target) <= 0 && (order > 0 || (order === 0 && candidate.isFull))) {
      best = candidate;
    }
  }
  return best?.name;
}

/** Folders of a package with a part for each framework. */
const partedFolders = ['lib', 'ref', 'build', 'content', 'contentFiles', 'tools'];

function takesSameFolders(folder: FilePath, from: string, goal: string, host: WorkspaceHost): boolean {
  return partedFolders.every((part) => {
    const names = foldersIn(`${folder}/${part}`, host);
    const others = names.filter((name) => {
      const framework = parseFrameworkName(name);
      return framework !== undefined && framework.identifier !== netFramework;
    });
    const [before, after] = [bestFolder(names, from), bestFolder(names, goal)];
    // Without a folder for .NET Framework, what counts (.NET Standard, portable) may change with the target.
    return before === after && (before !== undefined || others.length === 0);
  });
}

function foldersIn(path: FilePath, host: WorkspaceHost): string[] {
  return (host.readFolder(path) ?? []).filter(({ isFolder }) => isFolder).map(({ name }) => name);
}

/** Where packages stand: as the hint paths say, and in the usual folders from the project upwards. */
function packageRootsOf({ project, builds }: PackageSubject): FilePath[] {
  const roots = new Set<FilePath>();
  for (const { value } of hintPathsOf(builds)) {
    const parts = resolvePath(dirname(project), value).split('/');
    const lib = parts.findLastIndex((part) => /^(?:lib|ref)$/i.test(part));
    if (lib > 1) {
      roots.add(parts.slice(0, lib - 1).join('/'));
    }
  }
  for (let folder = dirname(project), below = ''; folder !== below; below = folder, folder = dirname(folder)) {
    roots.add(`${folder === '/' ? '' : folder}/packages`);
  }
  return [...roots];
}
