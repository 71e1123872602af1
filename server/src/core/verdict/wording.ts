import type { ProtocolChoice } from '../facts/net-tls-defaults.ts';
import { netFramework } from '../facts/nuget-frameworks.ts';
import { type TlsVersion, tlsVersions } from '../facts/tls-versions.ts';
import { basename } from '../model/path.ts';
import type { ProjectRole } from '../model/settings.ts';
import type { ProjectModel, TargetFramework } from '../workspace/model.ts';
import { folderOf } from '../workspace/workspace-model.ts';

/** `TLS 1.0 to 1.2`, `SSL 3.0 and TLS 1.0`, `what Windows offers`. */
export function choiceWords(choice: ProtocolChoice): string {
  return choice === 'system' ? 'what Windows offers' : versionWords(choice);
}

/** `TLS 1.0 only`, `TLS 1.0 to 1.2`, `SSL 3.0 and TLS 1.0`, `nothing`. */
export function versionWords(versions: readonly TlsVersion[]): string {
  const [first] = versions;
  if (first === undefined || versions.length === 1) {
    return first === undefined ? 'nothing' : `${first} only`;
  }
  const rows = isRow(versions.slice(1)) && first === 'SSL 3.0' ? [first, rowWords(versions.slice(1))] : undefined;
  const parts = isRow(versions) ? [rowWords(versions)] : (rows ?? versions);
  return parts.length === 1 ? parts.join() : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** Three or more versions of TLS without a gap. */
function isRow(versions: readonly TlsVersion[]): boolean {
  const places = versions.map((version) => tlsVersions.indexOf(version));
  return places.length > 2 && places.every((place, index) => place > 0 && place === (places[0] ?? 0) + index);
}

function rowWords(versions: readonly TlsVersion[]): string {
  return `${versions[0]} to ${versions.at(-1)?.slice('TLS '.length)}`;
}

/** The name of a project for a sentence: that of its file, or of a web site's folder. */
export function projectName(project: ProjectModel): string {
  return basename(project.kind === 'web-site' ? folderOf(project) : project.path);
}

/** `.NET Framework 4.0 Client Profile`, `.NET 8.0`, or the long name. */
export function frameworkName({ identifier, version, profile, moniker }: TargetFramework): string {
  if (identifier === netFramework) {
    return `.NET Framework ${version}${profile === '' ? '' : ` ${profile} Profile`}`;
  }
  return identifier === '.NETCoreApp' ? `.NET ${version}` : moniker;
}

/** What a role is, in a sentence. */
export const roleWords: Readonly<Record<ProjectRole, string>> = {
  client: 'a program',
  web: 'a web application',
  'plug-in': 'a plug-in',
  'workflow-activity': 'a workflow activity',
  library: 'a library',
  test: 'a test project',
  'xrmtoolbox-tool': 'a tool for XrmToolBox',
  'usd-control': 'a control of Unified Service Desk',
  'package-deployer': 'a package for Package Deployer',
  unknown: 'perhaps a program',
};
