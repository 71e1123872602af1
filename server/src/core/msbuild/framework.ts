/** The target of a project: identifier, version and profile, read from the moniker that MSBuild composes. */
import { parseFrameworkName } from '../facts/nuget-frameworks.ts';

/** A target framework. */
export interface Framework {
  /** `.NETFramework`, `.NETCoreApp`, `.NETStandard`... */
  readonly identifier: string;
  /** Without `v`, as `4.5.2`. */
  readonly version: string;
  /** `Client`, or empty. */
  readonly profile: string;
  /** As MSBuild has it: `.NETFramework,Version=v4.5.2`. */
  readonly moniker: string;
  /** As NuGet spells it: `net452`; empty where there is no short name that this knows. */
  readonly shortName: string;
}

/** Reads a moniker; undefined when it is empty or no moniker. */
export function readMoniker(moniker: string): Framework | undefined {
  const match = /^\s*([^,]+?)\s*,\s*Version\s*=\s*([^,]*?)\s*(?:,\s*Profile\s*=\s*([^,]*?)\s*)?$/i.exec(moniker);
  if (!match) {
    return undefined;
  }
  const identifier = match[1] as string;
  const version = (match[2] as string).replace(/^[vV]/, '');
  const profile = match[3] ?? '';
  return { identifier, version, profile, moniker, shortName: shortName(identifier, version, profile) };
}

/** Reads a short name as the .NET SDK does, to what the moniker will be. */
export function readShortName(name: string): Framework | undefined {
  const parsed = parseFrameworkName(name);
  if (!parsed) {
    return undefined;
  }
  const { identifier } = parsed;
  const moniker = `${identifier},Version=v${parsed.version}`;
  return {
    identifier,
    version: parsed.version,
    profile: '',
    moniker,
    shortName: shortName(identifier, parsed.version, ''),
  };
}

function shortName(identifier: string, version: string, profile: string): string {
  const parts = version.split('.');
  switch (identifier.toLowerCase()) {
    case '.netframework': {
      while (parts.length > 2 && parts.at(-1) === '0') {
        parts.pop();
      }
      const digits = parts.every((part) => part.length === 1) ? parts.join('') : parts.join('.');
      return `net${digits}${profile === '' ? '' : `-${profile.toLowerCase()}`}`;
    }
    case '.netstandard':
      return `netstandard${version}`;
    case '.netcoreapp':
      return Number(parts[0]) >= 5 ? `net${version}` : `netcoreapp${version}`;
    case '.netportable':
      return profile === '' ? '' : `portable-${profile.toLowerCase()}`;
    case 'uap':
      return `uap${version}`;
    default:
      return '';
  }
}
