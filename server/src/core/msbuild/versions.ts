/** Numbers and versions as MSBuild's conditions and version functions read them. */

/**
 * A decimal number with an optional sign and point, or a hexadecimal one; undefined for anything else (blanks and
 * exponents included). Source: measured, and ConversionUtilities.cs in https://github.com/dotnet/msbuild.
 */
export function parseNumber(text: string): number | undefined {
  if (!canStartNumber.test(text)) {
    return undefined;
  }
  if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) {
    return Number(text);
  }
  if (/^[+-]?(nan|infinity)$/i.test(text)) {
    return /nan/i.test(text) ? Number.NaN : text.startsWith('-') ? -Infinity : Infinity;
  }
  return /^0[xX][0-9a-fA-F]{1,8}$/.test(text) ? Number.parseInt(text, 16) | 0 : undefined;
}

/** Most texts in conditions are words: one look at their beginning tells. */
const canStartNumber = /^[-+.\dni]/i;

/** The words that conditions take for a boolean. */
export function parseBoolean(text: string): boolean | undefined {
  switch (text.toLowerCase()) {
    case 'true':
    case 'on':
    case 'yes':
    case '!false':
    case '!off':
    case '!no':
      return true;
    case 'false':
    case 'off':
    case 'no':
    case '!true':
    case '!on':
    case '!yes':
      return false;
    default:
      return undefined;
  }
}

/** `System.Version`: two to four numbers; -1 stands for a part that is not there. */
export type DotnetVersion = readonly [number, number, number, number];

/** Reads a `System.Version`; undefined where .NET throws. */
export function parseVersion(text: string): DotnetVersion | undefined {
  const parts = text.split('.');
  if (parts.length < 2 || parts.length > 4) {
    return undefined;
  }
  const numbers = parts.map((part) => (/^\s*\+?\d+\s*$/.test(part) ? Number(part) : -1));
  if (numbers.some((number) => number < 0 || number > 0x7fffffff)) {
    return undefined;
  }
  return [numbers[0] ?? -1, numbers[1] ?? -1, numbers[2] ?? -1, numbers[3] ?? -1];
}

/**
 * The lenient reading of `[MSBuild]::VersionEquals` and its kin: an optional `v`, one to four numbers, and anything
 * behind `-` or `+` is ignored; missing parts are 0.
 * Source: https://github.com/dotnet/msbuild/blob/main/src/Build/Utilities/SimpleVersion.cs
 */
export function parseSimpleVersion(text: string): DotnetVersion | undefined {
  const trimmed = text.replace(/^[vV]/, '').trim();
  const core = /^[^-+]*/.exec(trimmed)?.[0] ?? '';
  const parts = core.split('.');
  if (parts.length > 4 || !parts.every((part) => /^\d+$/.test(part) && Number(part) <= 0x7fffffff)) {
    return undefined;
  }
  return [Number(parts[0] ?? 0), Number(parts[1] ?? 0), Number(parts[2] ?? 0), Number(parts[3] ?? 0)];
}

/** Negative, zero or positive, as the first version is lower, the same or higher. */
export function compareVersions(a: DotnetVersion, b: DotnetVersion): number {
  for (let i = 0; i < 4; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

/** `1.2.3`: the parts that are there. */
export function formatVersion(version: DotnetVersion): string {
  return version.filter((part) => part >= 0).join('.');
}
