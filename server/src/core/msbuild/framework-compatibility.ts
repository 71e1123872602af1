/**
 * Which framework can use which, for the frameworks that projects name in practice.
 * Source: https://github.com/NuGet/NuGet.Client/tree/dev/src/NuGet.Core/NuGet.Frameworks (DefaultFrameworkMappings.cs)
 * and https://learn.microsoft.com/dotnet/standard/net-standard
 */
import type { FrameworkName } from '../facts/nuget-frameworks.ts';
import { compareVersions, type DotnetVersion, parseSimpleVersion } from './versions.ts';

/** Whether a project for `target` can use an assembly for `candidate`; undefined when these rules do not know. */
export function isCompatible(target: FrameworkName, candidate: FrameworkName): boolean | undefined {
  const targetVersion = parseSimpleVersion(target.version);
  const candidateVersion = parseSimpleVersion(candidate.version);
  if (!targetVersion || !candidateVersion || target.profile !== '' || candidate.profile !== '') {
    return undefined;
  }
  if (target.identifier === candidate.identifier) {
    return compareVersions(targetVersion, candidateVersion) >= 0 && isPlatformCompatible(target, candidate);
  }
  if (candidate.identifier === '.NETStandard') {
    return supportsStandard(target.identifier, targetVersion, candidateVersion);
  }
  const known = ['.NETFramework', '.NETCoreApp', '.NETStandard', 'Unsupported'];
  return known.includes(target.identifier) && known.includes(candidate.identifier) ? false : undefined;
}

function isPlatformCompatible(target: FrameworkName, candidate: FrameworkName): boolean {
  if (candidate.platform === '') {
    return true;
  }
  const [, targetName = '', targetVersion = ''] = /^([a-z]*)([\d.]*)$/i.exec(target.platform) ?? [];
  const [, name = '', version = ''] = /^([a-z]*)([\d.]*)$/i.exec(candidate.platform) ?? [];
  const isSame = targetName.toLowerCase() === name.toLowerCase();
  return isSame && compareText(targetVersion || '0.0', version || '0.0') >= 0;
}

/** The highest .NET Standard by version of the framework, lowest first. */
const standards: Readonly<Record<string, readonly (readonly [from: string, highest: string])[]>> = {
  '.NETFramework': [
    ['4.5', '1.1'],
    ['4.5.1', '1.2'],
    ['4.6', '1.3'],
    ['4.6.1', '2.0'],
  ],
  '.NETCoreApp': [
    ['1.0', '1.6'],
    ['2.0', '2.0'],
    ['3.0', '2.1'],
  ],
};

function supportsStandard(identifier: string, version: DotnetVersion, standard: DotnetVersion): boolean | undefined {
  const rows = standards[identifier];
  if (!rows) {
    return undefined;
  }
  const row = rows.findLast(([from]) => compareVersions(version, parseSimpleVersion(from) ?? version) >= 0);
  return row !== undefined && compareVersions(parseSimpleVersion(row[1]) ?? standard, standard) >= 0;
}

function compareText(a: string, b: string): number {
  const [left, right] = [parseSimpleVersion(a), parseSimpleVersion(b)];
  return left && right ? compareVersions(left, right) : 0;
}
