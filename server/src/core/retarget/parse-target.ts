import { compareVersions, findRelease, frameworkReleases, requiredVersion } from '../facts/dotnet-frameworks.ts';
import { netFramework, parseFrameworkName } from '../facts/nuget-frameworks.ts';

/** The version that a text asks for, without `v`, or why it is none that can be retargeted to. */
export type ParsedTarget = { readonly version: string } | { readonly problem: string };

/** Versions that a retarget can go to. */
export const retargetGoals: readonly string[] = frameworkReleases
  .map(({ version }) => version)
  .filter((version) => compareVersions(version, requiredVersion) >= 0);

/**
 * Reads a target in every spelling that NuGet or MSBuild knows: `net472`, `net4.7.2`, `v4.7.2`, `4.7.2`,
 * `.NETFramework4.7.2`, `.NETFramework,Version=v4.7.2`.
 */
export function parseTarget(text: string): ParsedTarget {
  const written = text.trim();
  const version = /^v?(\d+(?:\.\d+){1,3})$/i.exec(written)?.[1];
  const name = version === undefined ? parseFrameworkName(written) : undefined;
  if (version === undefined && !name) {
    return { problem: `"${text}" is not the name of a target framework; ${hint}.` };
  }
  if (name && name.identifier !== netFramework) {
    return { problem: `"${text}" is ${describe(name.identifier, name.version)}, not .NET Framework; ${hint}.` };
  }
  if (name?.profile) {
    return { problem: `"${text}" names the profile ${name.profile}; retarget to the full framework: ${hint}.` };
  }
  const wanted = version ?? name?.version ?? '';
  if (wanted === '0.0') {
    return { problem: `"${text}" names no version; ${hint}.` };
  }
  if (compareVersions(wanted, requiredVersion) < 0) {
    return {
      problem: `.NET Framework ${wanted} is below ${requiredVersion}, the minimum for Dynamics 365 and Dataverse online; ${hint}.`,
    };
  }
  const release = findRelease(wanted);
  return release ? { version: release.version } : { problem: `There is no .NET Framework ${wanted}; ${hint}.` };
}

const hint = `it must be one of ${retargetGoals.join(', ')}`;

function describe(identifier: string, version: string): string {
  const product = identifier === '.NETCoreApp' && compareVersions(version, '5.0') >= 0 ? '.NET' : identifier;
  return version === '0.0' ? product : `${product} ${version}`;
}
