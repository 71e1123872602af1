import type { Location } from '../model/finding.ts';
import { basename, type FilePath } from '../model/path.ts';
import type { ConfigurableRule } from '../model/settings.ts';
import {
  type ConfigurationFile,
  type ConfigurationProblem,
  type ExtendedFile,
  readConfiguration,
} from './read-configuration.ts';

/** The name that is looked for in the folder of a file and in those above it. */
export const configurationName = '.dynamics-tls.json';

/** True for configuration files by their names: the nearest one, and those made to be extended. */
export function isConfigurationName(path: FilePath): boolean {
  return basename(path).toLowerCase().endsWith(configurationName);
}

/** A problem with the file that it stands in, and the place in an extended file that it comes from. */
export interface LocatedProblem extends ConfigurationProblem {
  readonly path: FilePath;
  readonly cause: Location | null;
  /** Of a cycle: the file that it comes back to. */
  readonly backTo?: FilePath;
}

/** A configuration with everything that it extends. */
export interface ResolvedConfiguration {
  /** The weakest first: each overrides those before it; the last is the file itself. Empty when it is not there. */
  readonly files: readonly ConfigurationFile[];
  /** Every file that was read or looked for. */
  readonly paths: ReadonlySet<FilePath>;
  /** Problems of the file itself, and of what it extends where nobody else tells them. */
  readonly problems: readonly LocatedProblem[];
}

/**
 * Reads a configuration file and what it extends. A missing file and a cycle are problems at the place that names
 * them; everything else still counts.
 */
export function resolveConfiguration(
  path: FilePath,
  readText: (path: FilePath) => string | undefined,
  rules: readonly ConfigurableRule[],
): ResolvedConfiguration {
  const files: ConfigurationFile[] = [];
  const paths = new Set<FilePath>();
  const problems: LocatedProblem[] = [];
  const text = readText(path);
  paths.add(path);
  if (text === undefined) {
    return { files, paths, problems };
  }
  const visit = (file: ConfigurationFile, chain: readonly FilePath[]): LocatedProblem[] => {
    const found: LocatedProblem[] = file.problems.map((problem) => ({ ...problem, path: file.path, cause: null }));
    for (const extended of file.extends) {
      found.push(...visitExtended(file, extended, chain));
    }
    files.push(file);
    return found;
  };
  const visitExtended = (
    file: ConfigurationFile,
    extended: ExtendedFile,
    chain: readonly FilePath[],
  ): LocatedProblem[] => {
    const at = { path: file.path, range: extended.range, cause: null };
    if (chain.includes(extended.path)) {
      const names = [...chain.slice(chain.indexOf(extended.path)), extended.path].map(basename).join(' -> ');
      return [{ ...at, message: 'extends-cycle', values: { names }, backTo: extended.path }];
    }
    if (paths.has(extended.path)) {
      // Two ways lead to it; it counts where it came first.
      return [];
    }
    paths.add(extended.path);
    const extendedText = readText(extended.path);
    if (extendedText === undefined) {
      return [{ ...at, message: 'extends-missing', values: { written: extended.written } }];
    }
    const inner = visit(readConfiguration(extended.path, extendedText, rules), [...chain, extended.path]);
    return inner.flatMap((problem) => {
      if (problem.backTo === path) {
        // Every file of a cycle tells it at its own place.
        return [{ ...problem, ...at }];
      }
      // A file with the usual name is judged by itself; of any other only this place can tell.
      return isConfigurationName(extended.path) ? [] : [toldHere(problem, at)];
    });
  };
  problems.push(...visit(readConfiguration(path, text, rules), [path]));
  return { files, paths, problems };
}

function toldHere(problem: LocatedProblem, at: Pick<LocatedProblem, 'path' | 'range'>): LocatedProblem {
  return {
    path: at.path,
    range: at.range,
    message: 'extends-broken',
    values: { name: basename(problem.path) },
    cause: problem.cause ?? { path: problem.path, range: problem.range },
  };
}
