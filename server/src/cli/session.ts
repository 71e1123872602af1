import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Analysis,
  type Analyzer,
  analyzedExtensions,
  createAnalyzer,
  defaultSettings,
  dirname,
  extname,
  type FilePath,
  fileKind,
  type Notice,
  normalizePath,
  readSolution,
  relativePath,
  type Settings,
} from '../core/index.ts';
import { Disk, describeProblem, isInside } from '../platform/node/disk.ts';
import { findFiles, isSearched } from '../platform/node/find-files.ts';
import { RevisionHost } from '../platform/node/revision-host.ts';
import { CliError, type CliIo } from './io.ts';

/** Files, disk and analyzer of one run. */
export interface Session {
  readonly disk: Disk;
  /** What the analyzer asks: the disk, as it is or as it was. */
  readonly revision: RevisionHost;
  readonly analyzer: Analyzer;
  readonly settings: Settings;
  readonly files: readonly FilePath[];
  /** What the session was opened for, as output calls it. */
  readonly names: readonly string[];
  /** The folders of what it was opened for. */
  readonly roots: readonly FilePath[];
  /** True for files that the session judges when they are there: below its folders, or named by themselves. */
  covers(path: FilePath): boolean;
  /** True for files that the search for files would find if they were there. */
  wouldFind(path: FilePath): boolean;
  analyze(): Analysis;
  /** What could not be read, as notices. */
  diskNotices(): Notice[];
  /** Path for output: relative to the working folder, with `/`. */
  display(path: FilePath): string;
}

/** Opens folders, solutions and single files. Throws {@link CliError} for a path that is not there. */
export function openSession(
  paths: readonly string[],
  settings: Partial<Settings>,
  io: CliIo,
  onProgress?: (done: number, total: number) => void,
): Session {
  const merged: Settings = { ...defaultSettings, ...settings };
  const targets = (paths.length === 0 ? ['.'] : paths).map((path) => locate(path, io));
  const roots = targets.map(({ path, isFolder }) => (isFolder ? path : dirname(path)));
  const folders = targets.filter(({ isFolder }) => isFolder).map(({ path }) => path);
  const disk = new Disk({ roots, maximumFileSize: merged.maximumFileSize * 1024 * 1024 });
  const unreadable: FilePath[] = [];
  const files = new Set<FilePath>();
  for (const { path, isFolder } of targets) {
    const found = isFolder
      ? findFiles(path, {
          isRelevant: (file) => fileKind(file) !== undefined,
          exclude: merged.exclude,
          onFolder: (folder, entries) => disk.rememberFolder(folder, entries),
          onUnreadable: (folder) => unreadable.push(folder),
          signal: io.signal,
        })
      : expandFile(path, disk);
    for (const file of found) {
      files.add(file);
    }
  }
  // What the command line leaves out is not found at all; the rest of its options wins over configuration files.
  const { exclude: _exclude, ...overrides } = settings;
  const today = () => io.today?.() ?? '';
  const revision = new RevisionHost(disk);
  const analyzer = createAnalyzer({ host: revision, settingsFor: () => defaultSettings, overrides, today });
  analyzer.setFiles(files);
  return {
    disk,
    revision,
    analyzer,
    settings: merged,
    files: [...files],
    names: targets.map(({ path }) => relativePath(io.cwd, path)),
    roots,
    wouldFind: (path) =>
      fileKind(path) !== undefined &&
      folders.some((folder) => isInside(folder, path) && isSearched(folder, path, merged.exclude)),
    covers: (path) => files.has(path) || folders.some((folder) => isInside(folder, path)),
    analyze: () => analyzer.analyze(onProgress),
    diskNotices: () => [...[...disk.problems.values()].map(describeProblem), ...unreadable.map(unreadableFolder)],
    display: (path) => relativePath(io.cwd, path),
  };
}

/** A path of the command line. Throws {@link CliError} for one that is not there or not analysed. */
export function locate(path: string, io: CliIo): { path: FilePath; isFolder: boolean } {
  const absolute = normalizePath(resolve(io.cwd, path));
  const status = statSync(absolute, { throwIfNoEntry: false });
  if (!status) {
    throw new CliError(`There is no file or folder "${path}".`);
  }
  if (!status.isDirectory() && fileKind(absolute) === undefined) {
    throw new CliError(
      `"${path}" is not a kind of file that is analysed. Name a folder, or a file that ends with ${analyzedExtensions.join(', ')}.`,
    );
  }
  return { path: absolute, isFolder: status.isDirectory() };
}

/** A solution stands for its projects. */
function expandFile(path: FilePath, disk: Disk): FilePath[] {
  if (fileKind(path) !== 'solution') {
    return [path];
  }
  const solution = readSolution(path, disk.readText(path) ?? '');
  const nested = solution.filterOf !== null && extname(solution.filterOf) !== '.slnf' ? [solution.filterOf] : [];
  const projects = solution.projects
    .map((project) => project.path)
    .filter((project) => fileKind(project) === 'project' && disk.stat(project) === 'file');
  return [path, ...nested.filter((file) => disk.stat(file) === 'file'), ...projects];
}

function unreadableFolder(path: FilePath): Notice {
  return { path, message: { key: 'unreadable-folder', template: 'The folder could not be read.', values: {} } };
}
