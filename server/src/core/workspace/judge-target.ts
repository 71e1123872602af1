import { compareVersions, defaultProtocols, requiredVersion } from '../facts/dotnet-frameworks.ts';
import { netFramework } from '../facts/nuget-frameworks.ts';
import { plugInPolicy } from '../facts/plug-in-policy.ts';
import type { RelatedLocation, Severity } from '../model/finding.ts';
import type { Settings } from '../model/settings.ts';
import type { ProjectModel, TargetFramework } from './model.ts';
import { type OnPremisesServer, relatedServer } from './on-premises.ts';
import type { Standing } from './standing.ts';

/** How a target below the minimum is judged, as a key of {@link targetMessages}. */
export interface TargetJudgement {
  readonly severity: Severity;
  readonly message: keyof typeof targetMessages;
  readonly values: Readonly<Record<string, string>>;
  readonly related: readonly RelatedLocation[];
}

/** The wordings of all rules about targets below the minimum; `{where}` names configurations or is empty. */
export const targetMessages = {
  obsolete:
    '{framework} offers only SSL 3.0 and TLS 1.0 by default{where}, and Dynamics 365 and Dataverse online refuse both. Target .NET Framework 4.6.2 or later.',
  unsupported:
    '{framework} is below 4.6.2, the documented minimum for Dynamics 365 and Dataverse online, and out of support since 2022-04-26{where}.',
  'program-with-plug-ins':
    '{framework} offers only SSL 3.0 and TLS 1.0 by default{where}, and Dynamics 365 and Dataverse online refuse both. The project contains plug-in classes and is a program: it is judged as the program. The setting `dynamicsTls.roles` overrides that.',
  weakened:
    '{framework} offers only SSL 3.0 and TLS 1.0 by default{where}, and only other evidence keeps the process from that: {because} Target .NET Framework 4.6.2 or later, so that nothing depends on it.',
  'on-premises':
    '{framework} is below 4.6.2{where}. The configuration of this program names a server of your own ({host}) and no online service; only the online service requires TLS 1.2.',
  'library-without-program':
    'This library targets {framework}{where}. The program that loads it decides which TLS versions are offered, and no program of this workspace does.',
  'library-of-programs':
    'This library targets {framework}{where}. The programs that load it decide which TLS versions are offered: {programs}.',
  'library-of-plug-ins':
    'This library targets {framework}{where} and is loaded by plug-ins only ({programs}). It keeps the target that they need.',
  test: 'This test project targets {framework}{where}. The test runner decides which TLS versions the tests offer, not this project.',
  hosted:
    'This project targets {framework}{where} and is loaded by {host}, which decides which TLS versions are offered.',
  'hosted-by-unified-service-desk':
    'This project targets {framework}{where} and is loaded by {host}, which decides which TLS versions are offered. Its versions 3.1, 3.2 and 3.3 meet the requirement; older ones have to be updated, or need the registry values of .NET Framework on the machine of every user.',
  'plug-in-too-old':
    'This plug-in targets {framework}{where}, below {minimum}, the lowest target that the platform accepted. The service decides which TLS versions are offered.',
} as const;

/** True for .NET Framework below the required version; every other platform is not ours to judge. */
export function isTooOld(framework: TargetFramework): boolean {
  return framework.identifier === netFramework && compareVersions(framework.version, requiredVersion) < 0;
}

/**
 * Severity and wording by what decides about TLS in the process, and by the server where it is one's own; undefined for
 * plug-ins that are right as they are.
 */
export function judgeTarget(
  project: ProjectModel,
  framework: TargetFramework,
  standing: Standing,
  settings: Settings,
  ownServer?: OnPremisesServer,
): TargetJudgement | undefined {
  const isObsolete = defaultProtocols(framework.version) === 'obsolete';
  switch (standing.kind) {
    case 'program': {
      if (ownServer) {
        return {
          severity: 'information',
          message: 'on-premises',
          values: { host: ownServer.host },
          related: [relatedServer(ownServer)],
        };
      }
      const message = !isObsolete ? 'unsupported' : project.role.alsoPartly ? 'program-with-plug-ins' : 'obsolete';
      return { severity: isObsolete ? 'error' : 'warning', message, values: {}, related: [] };
    }
    case 'library-of-programs':
      return {
        severity: 'information',
        message: standing.kind,
        values: { programs: nameList(standing.programs) },
        related: standing.programs.map((program) => ({
          ...program.head,
          message: { key: 'loaded-by', template: 'Loaded by {project}', values: { project: fileName(program) } },
        })),
      };
    case 'library-of-plug-ins':
      return {
        severity: 'information',
        message: standing.kind,
        values: { programs: nameList(standing.plugIns) },
        related: [],
      };
    case 'library-without-program':
      return { severity: 'warning', message: standing.kind, values: {}, related: [] };
    case 'hosted':
      return {
        severity: 'information',
        message: project.role.role === 'usd-control' ? 'hosted-by-unified-service-desk' : 'hosted',
        values: { host: standing.host },
        related: [],
      };
    case 'test':
      return { severity: 'information', message: 'test', values: {}, related: [] };
    case 'plug-in': {
      const { minimum } = plugInPolicy(settings.plugInPolicy);
      return compareVersions(framework.version, minimum) < 0
        ? { severity: 'information', message: 'plug-in-too-old', values: { minimum }, related: [] }
        : undefined;
    }
  }
}

/** `.NET Framework 4.0 Client Profile`. */
export function displayName(framework: TargetFramework): string {
  const profile = framework.profile === '' ? '' : ` ${framework.profile} Profile`;
  return `.NET Framework ${framework.version}${profile}`;
}

/** ` (Debug|AnyCPU, Release|AnyCPU)`, or nothing for all configurations. */
export function displayConfigurations(configurations: readonly string[]): string {
  return configurations.length > 0 ? ` (${configurations.join(', ')})` : '';
}

function nameList(projects: readonly ProjectModel[]): string {
  const names = projects.map(fileName);
  return names.length > 5 ? `${names.slice(0, 5).join(', ')}, … (${names.length})` : names.join(', ');
}

function fileName(project: ProjectModel): string {
  return project.path.slice(project.path.lastIndexOf('/') + 1);
}
