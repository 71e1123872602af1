/** A version as NuGet reads it. */
export interface NuGetVersion {
  /** Major, minor, patch and revision. */
  readonly numbers: readonly [number, number, number, number];
  /** Labels of a prerelease, in lower case; empty for a release. */
  readonly labels: readonly string[];
}

/**
 * Reads one version (`9.0.2.52`, `9.1.0-Preview.1+build`), or undefined.
 * Source: https://learn.microsoft.com/nuget/concepts/package-versioning
 */
export function parseNuGetVersion(text: string): NuGetVersion | undefined {
  const match =
    /^\s*v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:-([0-9a-z.-]+))?(?:\+[0-9a-z.-]*)?\s*$/i.exec(
      text,
    );
  if (!match) {
    return undefined;
  }
  const [major, minor, patch, revision] = match.slice(1, 5).map((part) => Number(part ?? 0));
  return {
    numbers: [major ?? 0, minor ?? 0, patch ?? 0, revision ?? 0],
    labels: match[5]?.toLowerCase().split('.') ?? [],
  };
}

/** Below, equal (0) or above, as NuGet orders versions: a prerelease comes before its release. */
export function compareNuGetVersions(a: NuGetVersion, b: NuGetVersion): number {
  for (let i = 0; i < 4; i++) {
    const difference = (a.numbers[i] ?? 0) - (b.numbers[i] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  if (a.labels.length === 0 || b.labels.length === 0) {
    return b.labels.length - a.labels.length;
  }
  for (let i = 0; i < Math.max(a.labels.length, b.labels.length); i++) {
    const difference = compareLabels(a.labels[i], b.labels[i]);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

/**
 * The lowest version that a reference takes: that of a range, and of a floating version. Undefined where nothing bounds
 * it (`*`, `(,9.0]`) and for what is no version.
 * Source: https://learn.microsoft.com/nuget/concepts/package-versioning#version-ranges
 */
export function lowestVersion(text: string): NuGetVersion | undefined {
  const written = text.trim();
  const range = /^[[(]\s*([^,\])]*?)\s*(?:,[^\])]*)?[\])]$/.exec(written);
  const bound = range ? (range[1] ?? '') : written;
  const floating = /^(\d+(?:\.\d+)*)(?:\.\*|\.?-\*|(-[0-9a-z.-]*)\*).*$/i.exec(bound);
  return parseNuGetVersion(floating?.[1] ?? bound);
}

/** Numbers before words, numbers by their value; a shorter list comes first. */
function compareLabels(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) {
    return a === b ? 0 : a === undefined ? -1 : 1;
  }
  const isNumber = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber[0] && isNumber[1]) {
    return Number(a) - Number(b);
  }
  if (isNumber[0] !== isNumber[1]) {
    return isNumber[0] ? -1 : 1;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
