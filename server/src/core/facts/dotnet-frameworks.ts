/**
 * Releases of .NET Framework and what a process that targets them offers by default.
 *
 * Sources:
 * - versions that MSBuild knows: https://github.com/dotnet/msbuild (src/Framework/Utilities/FrameworkLocationHelper.cs)
 * - support: https://learn.microsoft.com/lifecycle/products/microsoft-net-framework and https://endoflife.date/dotnetfx
 * - default protocols by target: https://github.com/microsoft/referencesource
 *   (System/sys/AppContextDefaultValues.Defaults.cs, System/net/System/Net/ServicePointManager.cs) and
 *   https://learn.microsoft.com/dotnet/framework/network-programming/tls
 */
export interface FrameworkRelease {
  /** Without `v`, as `4.6.2`. */
  readonly version: string;
  /** The common language runtime that it runs on. */
  readonly clr: 2 | 4;
  /** ISO date of the end of support; `os` for a part of Windows, null where none is announced. */
  readonly supportEnds: string | 'os' | null;
  readonly defaults: DefaultProtocols;
}

/**
 * What ServicePointManager offers when nothing else is configured.
 * `obsolete`: SSL 3.0 and TLS 1.0. `up-to-1.2`: TLS 1.0, 1.1 and 1.2. `system`: what Windows decides.
 */
export type DefaultProtocols = 'obsolete' | 'up-to-1.2' | 'system';

export const frameworkReleases: readonly FrameworkRelease[] = [
  { version: '1.0', clr: 2, supportEnds: '2009-07-14', defaults: 'obsolete' },
  { version: '1.1', clr: 2, supportEnds: '2013-10-08', defaults: 'obsolete' },
  { version: '2.0', clr: 2, supportEnds: 'os', defaults: 'obsolete' },
  { version: '3.0', clr: 2, supportEnds: 'os', defaults: 'obsolete' },
  { version: '3.5', clr: 2, supportEnds: '2029-01-09', defaults: 'obsolete' },
  { version: '4.0', clr: 4, supportEnds: '2016-01-12', defaults: 'obsolete' },
  { version: '4.0.3', clr: 4, supportEnds: '2016-01-12', defaults: 'obsolete' },
  { version: '4.5', clr: 4, supportEnds: '2016-01-12', defaults: 'obsolete' },
  { version: '4.5.1', clr: 4, supportEnds: '2016-01-12', defaults: 'obsolete' },
  { version: '4.5.2', clr: 4, supportEnds: '2022-04-26', defaults: 'obsolete' },
  { version: '4.6', clr: 4, supportEnds: '2022-04-26', defaults: 'up-to-1.2' },
  { version: '4.6.1', clr: 4, supportEnds: '2022-04-26', defaults: 'up-to-1.2' },
  { version: '4.6.2', clr: 4, supportEnds: '2027-01-12', defaults: 'up-to-1.2' },
  { version: '4.7', clr: 4, supportEnds: null, defaults: 'system' },
  { version: '4.7.1', clr: 4, supportEnds: null, defaults: 'system' },
  { version: '4.7.2', clr: 4, supportEnds: null, defaults: 'system' },
  { version: '4.8', clr: 4, supportEnds: null, defaults: 'system' },
  { version: '4.8.1', clr: 4, supportEnds: null, defaults: 'system' },
];

/** The lowest target that the service's requirement accepts (https://support.microsoft.com/kb/4051700). */
export const requiredVersion = '4.6.2';

/** Where the defaults are documented. */
export const tlsDocumentation = 'https://learn.microsoft.com/dotnet/framework/network-programming/tls';

/** Where the requirement is documented. */
export const requirementDocumentation =
  'https://learn.microsoft.com/troubleshoot/dynamics-365/sales/tls-1-dot-2-required-for-connectivity';

/** The release of exactly this version (`4.5.2`, `v4.5.2`, `4.6.0` counts as `4.6`), or undefined. */
export function findRelease(version: string): FrameworkRelease | undefined {
  const parts = versionParts(version);
  return parts && frameworkReleases.find((release) => compareParts(versionParts(release.version) ?? [], parts) === 0);
}

/** What a version offers by default: that of the nearest release at or below it (`4.6.3` is like `4.6.2`). */
export function defaultProtocols(version: string): DefaultProtocols {
  const known = knownDefaults.get(version);
  if (known) {
    return known;
  }
  let defaults: DefaultProtocols = 'obsolete';
  for (const release of frameworkReleases) {
    if (compareVersions(release.version, version) <= 0) {
      defaults = release.defaults;
    }
  }
  if (knownDefaults.size < maximumKnownDefaults) {
    knownDefaults.set(version, defaults);
  }
  return defaults;
}

/** The same dozen versions are asked about for every project and each program that loads a library. */
const knownDefaults = new Map<string, DefaultProtocols>();
const maximumKnownDefaults = 1000;

/**
 * Compares two framework versions; `v` is optional, missing parts are 0. Texts that are no version sort before every
 * version.
 */
export function compareVersions(a: string, b: string): number {
  return compareParts(versionParts(a) ?? [], versionParts(b) ?? []);
}

/** The numbers of `v4.5.2` or `4.5.2`, or undefined for anything else. */
export function versionParts(version: string): number[] | undefined {
  const match = /^\s*v?(\d{1,9}(?:\.\d{1,9}){0,3})\s*$/i.exec(version);
  return match?.[1]?.split('.').map(Number);
}

/** The short name of a version (`4.6.2` is `net462`). */
export function shortFrameworkName(version: string): string {
  const parts = versionParts(version) ?? [];
  return parts.some((part) => part > 9) ? `net${parts.join('.')}` : `net${parts.join('')}`;
}

function compareParts(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return a.length === 0 || b.length === 0 ? a.length - b.length : 0;
}
