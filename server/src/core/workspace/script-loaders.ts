import { basename, dirname, type FilePath } from '../model/path.ts';
import type { Connection, LateSetting } from '../sources/powershell/reading.ts';
import { escapePattern } from '../text/escape.ts';
import type { WorkspaceModel } from './model.ts';
import { isPowerShell, type PowerShellPart, readPowerShell } from './script-document.ts';

/** What happens in a script when the scripts that load it run, or it runs by itself where nobody loads it. */
export interface ScriptRuns {
  readonly connections: readonly Connection[];
  readonly lateSettings: readonly LateSetting[];
  /** True where every script that leads here is for PowerShell 6 and later. */
  readonly isCore: boolean;
}

/** Runs everything that leads to a script. */
export function runsOf(own: PowerShellPart, workspace: WorkspaceModel): ScriptRuns {
  const { path } = own.file;
  const all = entriesOf(path, workspace);
  const entries = all.filter(({ engine }) => engine !== 'core');
  const runs = entries.length > 0 ? entries : [own];
  const here = <T extends { readonly path: FilePath }>(items: readonly T[]) =>
    items.filter((item) => item.path === path);
  return {
    connections: runs.flatMap(({ file, reading }) =>
      reading.loaded.has(path) || file.path === path
        ? here(reading.connections)
        : // It is loaded by a name that is not known here, at a time that is not known either.
          here(own.reading.connections).map((connection) => joined(connection, reading.finalState)),
    ),
    lateSettings: here(own.reading.lateSettings),
    isCore: own.engine === 'core' || (entries.length === 0 && all.length > 0),
  };
}

function joined(connection: Connection, state: Connection['state']): Connection {
  return connection.state === 'unset' ? { ...connection, state, isForOthers: true } : connection;
}

/** More scripts than these that lead to one are not looked at. */
const maximumEntries = 30;

/** The scripts that lead to a script and that no other script loads; none where nobody loads it. */
function entriesOf(path: FilePath, workspace: WorkspaceModel): PowerShellPart[] {
  const entries: PowerShellPart[] = [];
  const seen = new Set<FilePath>([path]);
  // A set visits what is added while it is walked through.
  for (const target of seen) {
    const loaders = seen.size > maximumEntries ? [] : loadersOf(target, workspace);
    for (const loader of loaders) {
      seen.add(loader.file.path);
    }
    if (loaders.length === 0 && target !== path) {
      entries.push(...documentOf(target, workspace));
    }
  }
  return entries;
}

/** Scripts that load another one by its name, or load whatever lies in its folder. */
function loadersOf(path: FilePath, workspace: WorkspaceModel): PowerShellPart[] {
  const name = basename(path).toLowerCase();
  const plain = new RegExp(escapePattern(name.replace(/\.psm?1$/, '')), 'i');
  return workspace.scripts().flatMap((candidate) => {
    const text = candidate === path || !isPowerShell(candidate) ? '' : (workspace.readText(candidate) ?? '');
    const isNamed = plain.test(text);
    const isNear = path.startsWith(`${dirname(candidate)}/`) && loadsWithoutName.test(text);
    const [document] = isNamed || isNear ? documentOf(candidate, workspace) : [];
    if (!document) {
      return [];
    }
    const isLoaded = document.reading.loaded.has(path) || (isNear && document.reading.loadsUnknown);
    return isLoaded ? [document] : [];
  });
}

/** `. $file`, `. $_.FullName`, `Import-Module $path`: somewhere in the script. */
const loadsWithoutName = /(?:^|[\s;{(|])\.\s+[$("']|Import-Module\s+[$("']/im;

function documentOf(path: FilePath, workspace: WorkspaceModel): PowerShellPart[] {
  const text = workspace.readText(path);
  return text === undefined ? [] : [readPowerShell(path, text, workspace.readText)];
}
