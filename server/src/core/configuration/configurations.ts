import picomatch from 'picomatch/posix.js';
import { basename, dirname, type FilePath, relativePath } from '../model/path.ts';
import type { ConfigurableRule, ProjectRole, Settings } from '../model/settings.ts';
import type { ConfigurationFile } from './read-configuration.ts';
import {
  configurationName,
  isConfigurationName,
  type ResolvedConfiguration,
  resolveConfiguration,
} from './resolve-configuration.ts';

/** What configurations are made of. */
export interface ConfigurationsOptions {
  readonly files: {
    text(path: FilePath): string | undefined;
    stat(path: FilePath): 'file' | 'folder' | undefined;
    key(path: FilePath): string;
  };
  readonly rules: readonly ConfigurableRule[];
  /** What counts where no file says otherwise: the settings of the editor. */
  settingsFor(path: FilePath): Settings;
  /** What counts whatever a file says: the options of a command line. */
  readonly overrides: Partial<Settings>;
}

/**
 * The configuration of every file: the nearest `.dynamics-tls.json` in its folder or above, with what that extends,
 * over the settings of the host. Globs count from the folder of the nearest file, also those of extended files, so
 * that one policy serves many repositories.
 */
export class Configurations {
  readonly #options: ConfigurationsOptions;
  /** The nearest configuration file of a folder; null for none. By key. */
  readonly #nearest = new Map<string, FilePath | null>();
  #applied = new Map<FilePath, AppliedConfiguration>();
  /** What was in force before the last change: what is equal stays the same object. */
  #before: ReadonlyMap<FilePath, AppliedConfiguration> = new Map();
  readonly #withoutFile = new WeakMap<Settings, Settings>();
  /** Keys of all files that answers came from, those that were not there as well. */
  readonly #sources = new Set<string>();

  constructor(options: ConfigurationsOptions) {
    this.#options = options;
  }

  /** The complete settings of a file. The same object as long as nothing in it changes. */
  settingsFor(path: FilePath): Settings {
    const base = this.#options.settingsFor(path);
    const { overrides } = this.#options;
    const applied = this.#appliedTo(path);
    if (applied) {
      return applied.over(base, overrides);
    }
    const known = this.#withoutFile.get(base) ?? withOverrides(base, overrides);
    this.#withoutFile.set(base, known);
    return known;
  }

  /** The role that a configuration file, or a setting, gives to a project. */
  roleOf(path: FilePath): ProjectRole | null {
    return this.#appliedTo(path)?.roleOf(path) ?? roleInSettings(path, this.#options.settingsFor(path));
  }

  /** True for files that their configuration leaves out. A configuration is never left out. */
  isExcluded(path: FilePath): boolean {
    return !isConfigurationName(path) && (this.#appliedTo(path)?.isExcluded(path) ?? false);
  }

  /** The configuration files that are in force, each with what it extends. */
  inForce(): readonly ResolvedConfiguration[] {
    return [...this.#applied.values()].map(({ resolved }) => resolved);
  }

  /** Says that files were written, created or deleted; true when that may change a configuration. */
  change(paths: readonly FilePath[]): boolean {
    const isAffected = paths.some(
      (path) => basename(path).toLowerCase() === configurationName || this.#sources.has(this.#options.files.key(path)),
    );
    if (isAffected) {
      this.#before = new Map([...this.#before, ...this.#applied]);
      this.#applied = new Map();
      this.#nearest.clear();
      this.#sources.clear();
    }
    return isAffected;
  }

  #appliedTo(path: FilePath): AppliedConfiguration | undefined {
    const nearest = this.#nearestTo(dirname(path));
    if (nearest === null) {
      return undefined;
    }
    const known = this.#applied.get(nearest);
    if (known) {
      return known;
    }
    const { files, rules } = this.#options;
    const resolved = resolveConfiguration(nearest, (file) => files.text(file), rules);
    for (const source of resolved.paths) {
      this.#sources.add(files.key(source));
    }
    const fresh = new AppliedConfiguration(nearest, resolved);
    const before = this.#before.get(nearest);
    const applied = before?.isSameAs(fresh) ? before : fresh;
    applied.resolved = resolved;
    this.#applied.set(nearest, applied);
    return applied;
  }

  #nearestTo(folder: FilePath): FilePath | null {
    const key = this.#options.files.key(folder);
    const known = this.#nearest.get(key);
    if (known !== undefined) {
      return known;
    }
    const candidate = folder.endsWith('/') ? `${folder}${configurationName}` : `${folder}/${configurationName}`;
    const above = dirname(folder);
    const nearest =
      this.#options.files.stat(candidate) === 'file' ? candidate : above === folder ? null : this.#nearestTo(above);
    this.#nearest.set(key, nearest);
    return nearest;
  }
}

/** One nearest file, ready to answer. */
class AppliedConfiguration {
  resolved: ResolvedConfiguration;
  readonly #folder: FilePath;
  readonly #values: Partial<Settings>;
  readonly #isExcluded: (path: string) => boolean;
  readonly #roles: readonly (readonly [matches: (path: string) => boolean, role: ProjectRole])[];
  readonly #settings = new WeakMap<Settings, Settings>();

  constructor(path: FilePath, resolved: ResolvedConfiguration) {
    this.#folder = dirname(path);
    this.resolved = resolved;
    this.#values = joinValues(resolved.files);
    const exclude = this.#values.exclude ?? [];
    this.#isExcluded = exclude.length === 0 ? () => false : picomatch(withContents(exclude), { dot: true });
    this.#roles = Object.entries(this.#values.roles ?? {}).map(([glob, role]) => [
      picomatch(anywhere(glob), { dot: true }),
      role as ProjectRole,
    ]);
  }

  isSameAs(other: AppliedConfiguration): boolean {
    return JSON.stringify(this.#values) === JSON.stringify(other.#values);
  }

  over(base: Settings, overrides: Partial<Settings>): Settings {
    const known = this.#settings.get(base);
    if (known) {
      return known;
    }
    const values = this.#values;
    const settings: Settings = {
      ...base,
      ...values,
      rules: { ...base.rules, ...values.rules },
      roles: { ...base.roles, ...values.roles },
      exclude: [...base.exclude, ...(values.exclude ?? [])],
    };
    const complete = withOverrides(settings, overrides);
    this.#settings.set(base, complete);
    return complete;
  }

  isExcluded(path: FilePath): boolean {
    return this.#isExcluded(relativePath(this.#folder, path));
  }

  roleOf(path: FilePath): ProjectRole | undefined {
    const relative = relativePath(this.#folder, path);
    return this.#roles.find(([matches]) => matches(relative))?.[1];
  }
}

/** Later files override earlier ones: entry by entry in maps, whole values otherwise; lists of globs add up. */
function joinValues(files: readonly ConfigurationFile[]): Partial<Settings> {
  const values = files.map((file) => file.values as Partial<Settings>);
  return {
    ...Object.assign({}, ...values),
    rules: Object.assign({}, ...values.map(({ rules }) => rules)),
    roles: Object.assign({}, ...values.map(({ roles }) => roles)),
    exclude: values.flatMap(({ exclude }) => exclude ?? []),
  };
}

/** `exclude` and the files below are the host's own business: it never reads what its options leave out. */
function withOverrides(settings: Settings, overrides: Partial<Settings>): Settings {
  return Object.keys(overrides).length === 0
    ? settings
    : { ...settings, ...overrides, exclude: [...settings.exclude, ...(overrides.exclude ?? [])] };
}

/** A glob of a folder means what is in it, too. */
function withContents(globs: readonly string[]): string[] {
  return globs.flatMap((glob) => [glob, `${glob.replace(/\/+$/, '')}/**`]);
}

/** A glob without a place means projects at any depth. */
function anywhere(glob: string): string {
  return glob.startsWith('**/') ? glob : glob.startsWith('/') ? glob.slice(1) : `**/${glob}`;
}

function roleInSettings(path: FilePath, { roles }: Settings): ProjectRole | null {
  for (const [glob, role] of Object.entries(roles)) {
    const pattern = glob.startsWith('**/') || glob.startsWith('/') ? glob : `**/${glob}`;
    if (picomatch.isMatch(path, pattern, { dot: true })) {
      return role as ProjectRole;
    }
  }
  return null;
}
