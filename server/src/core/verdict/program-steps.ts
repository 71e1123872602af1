import { findSwitch } from '../facts/appcontext-switches.ts';
import { compareVersions } from '../facts/dotnet-frameworks.ts';
import { defaultSwitches, type ProtocolChoice, switchNames, type TlsSwitches } from '../facts/net-tls-defaults.ts';
import { netFramework, parseFrameworkName } from '../facts/nuget-frameworks.ts';
import type { Location } from '../model/finding.ts';
import type { Settings } from '../model/settings.ts';
import { displayName } from '../workspace/judge-target.ts';
import type { ProjectModel, ProjectTarget, TargetFramework, WorkspaceModel } from '../workspace/model.ts';
import { type OpenSiteTarget, readSite, type SiteTarget } from '../workspace/site-target.ts';
import { apiChoice, type MachineSettings, type ProcessSettings, plainMachine } from './process-settings.ts';
import type { ProcessFix, TlsApi } from './process-verdict.ts';
import { choiceWords, frameworkName, projectName } from './wording.ts';

/** One step of a reasoning before its effect is known. */
export interface ReasoningStep {
  readonly text: string;
  readonly at: Location | null;
  /** What is certain after this step; absent for a step that changes nothing for certain. */
  readonly settings?: ProcessSettings;
  /** True where nothing before this step counts any more. */
  readonly isFreshStart?: boolean;
  /** What may hold instead of what is certain: a registry file that was applied, code that perhaps runs. */
  readonly perhaps?: Perhaps;
  /** An API that the process uses for an online host, so that it counts for the verdict. */
  readonly counts?: TlsApi;
  /** The change that takes the harm of this step away. */
  readonly fix?: ProcessFix;
}

/** Another state of affairs that is possible. */
export interface Perhaps {
  readonly settings: ProcessSettings;
  readonly machine: MachineSettings;
  /** What it makes of a process that is safe otherwise and would not be then. */
  readonly harm: 'unsafe' | 'unknown';
}

/** The settings of a process of .NET Framework that runs like a version. */
export function settingsOfVersion(version: string): ProcessSettings {
  return {
    runtime: compareVersions(version, '4.0') < 0 ? 2 : 4,
    switches: defaultSwitches(version),
    setSwitches: [],
    allowsNoEncryption: false,
    changes: [],
    sslStream: null,
    wcfTransport: null,
  };
}

/** The settings of modern .NET, which follows Windows. */
export const modernSettings: ProcessSettings = { ...settingsOfVersion('4.8'), runtime: 'modern' };

/** What a program's target, its missing attribute and its site's `httpRuntime` say. The target is known. */
export function targetSteps(
  project: ProjectModel,
  target: ProjectTarget,
  framework: TargetFramework,
  workspace: WorkspaceModel,
  settings: Settings,
): ReasoningStep[] {
  const steps: ReasoningStep[] = [targetStep(project, target, framework, settings)];
  const attribute = attributeStep(project, framework);
  if (attribute) {
    steps.push(attribute);
  }
  const site = siteStep(project, workspace, settings);
  if (site) {
    steps.push(site);
  }
  return steps;
}

function targetStep(
  project: ProjectModel,
  target: ProjectTarget,
  framework: TargetFramework,
  settings: Settings,
): ReasoningStep {
  const at = target.site ?? project.head;
  if (framework.identifier !== netFramework) {
    return {
      text: `${projectName(project)} targets ${frameworkName(framework)}, which leaves the TLS versions to Windows.`,
      at,
      settings: modernSettings,
    };
  }
  const own = settingsOfVersion(framework.version);
  const source = target.declared === null ? ' by default, because nothing declares a target' : '';
  const subject = project.role.role === 'web' ? projectName(project) : `The entry assembly of ${projectName(project)}`;
  return {
    text: `${subject} targets ${displayName(framework)}${source}, which offers ${defaultWords(own)}.`,
    at,
    settings: own,
    fix: {
      title: `Target .NET Framework ${goalOf(settings)} or later`,
      at,
    },
  };
}

/** ` by default` belongs to lists; what Windows offers is no default of ours. */
function defaultWords(settings: ProcessSettings): string {
  const { protocols } = apiChoice(settings, plainMachine, 'http');
  return protocols === 'system' ? choiceWords(protocols) : `${choiceWords(protocols)} by default`;
}

/** The process of a program without the attribute runs like 4.0, or like what the attribute says. */
function attributeStep(project: ProjectModel, framework: TargetFramework): ReasoningStep | undefined {
  const missing = project.missingTargetAttribute;
  if (!missing || project.role.role === 'web' || framework.identifier !== netFramework) {
    return undefined;
  }
  const written = missing.written && parseFrameworkName(missing.written.moniker);
  if (missing.written && written?.identifier === netFramework) {
    return {
      text: `The attribute in the code says ${frameworkName({ ...written, moniker: missing.written.moniker })}, and the runtime reads the attribute.`,
      at: missing.written.at,
      settings: settingsOfVersion(written.version),
      isFreshStart: true,
      fix: { title: `Write ${framework.moniker}`, at: missing.written.at },
    };
  }
  const runsLike = compareVersions(framework.version, '4.0') < 0 ? framework.version : '4.0';
  return {
    text: 'The target is not compiled into the assembly, so the process runs like .NET Framework 4.0.',
    at: missing.at,
    settings: settingsOfVersion(runsLike),
    isFreshStart: true,
    fix: { title: 'Compile the target into the assembly', at: missing.at },
  };
}

/** A site runs like the framework that its configuration names, whatever its project targets. */
function siteStep(project: ProjectModel, workspace: WorkspaceModel, settings: Settings): ReasoningStep | undefined {
  const site = readSite(project, workspace);
  if (!site) {
    return undefined;
  }
  if (!('version' in site)) {
    const text =
      site.reason === 'no-file'
        ? 'There is no Web.config here, and httpRuntime decides what a site runs like: without it, like .NET Framework 4.0.'
        : 'The targetFramework of httpRuntime, which decides what the site runs like, is no version that can be read.';
    return {
      text,
      at: site.at,
      perhaps: { settings: settingsOfVersion('4.0'), machine: plainMachine, harm: 'unknown' },
    };
  }
  return siteSteps(site, settings)[0];
}

/** The step of a site's configuration that names a version, or none. */
export function siteSteps(site: SiteTarget | OpenSiteTarget, settings: Settings): ReasoningStep[] {
  if (!('version' in site)) {
    return [];
  }
  const own = settingsOfVersion(site.version);
  const source = site.isDeclared
    ? `httpRuntime runs the site like .NET Framework ${site.version}`
    : 'httpRuntime names no target, so the site runs like .NET Framework 4.0';
  return [
    {
      text: `${source}, whatever the project targets: ${defaultWords(own)}.`,
      at: site.at,
      settings: own,
      isFreshStart: true,
      fix: {
        title: `Run the site like .NET Framework ${goalOf(settings)}: httpRuntime targetFramework="${goalOf(settings)}"`,
        at: site.at,
      },
    },
  ];
}

function goalOf(settings: Settings): string {
  return settings.targetFramework;
}

/** One switch that somebody set. */
export interface SetSwitch {
  readonly name: string;
  readonly value: boolean;
  /** `App.config`, `Web.config`, or the file of the code. */
  readonly source: string;
  /** The value. */
  readonly at: Location;
}

/** The step of a switch; undefined for one that decides nothing about protocols. */
export function switchStep(set: SetSwitch, before: ProcessSettings): ReasoningStep | undefined {
  const key = (Object.keys(switchNames) as (keyof TlsSwitches)[]).find((name) => switchNames[name] === set.name);
  if (!key || before.runtime !== 4) {
    return undefined;
  }
  const settings: ProcessSettings = {
    ...before,
    switches: { ...before.switches, [key]: set.value },
    setSwitches: [...before.setSwitches, key],
  };
  const effect = set.value ? harmOf(key, set.name, settings) : switchedOn[key];
  return {
    text: `${set.source} sets ${set.name} to ${set.value}: ${effect}.`,
    at: set.at,
    settings,
    ...(set.value ? { fix: { title: `Set ${set.name} to false`, at: set.at } } : {}),
  };
}

/** What `true` does beside what holds already, as the end of a sentence. */
function harmOf(key: keyof TlsSwitches, name: string, after: ProcessSettings): string | undefined {
  const { protocols } = apiChoice(after, plainMachine, 'http');
  if (key === 'strongCryptoOff' && protocols === 'system') {
    return 'weak cipher suites are offered again, and the TLS versions stay those of Windows';
  }
  const isOldList = (key === 'strongCryptoOff' || key === 'systemDefaultOff') && after.switches.strongCryptoOff;
  return isOldList && after.switches.systemDefaultOff
    ? 'the process offers only SSL 3.0 and TLS 1.0 by default'
    : findSwitch(name)?.effect;
}

/** What `false` does, as the end of a sentence. */
const switchedOn: Readonly<Record<keyof TlsSwitches, string>> = {
  strongCryptoOff: 'strong crypto is on, and TLS 1.1 and 1.2 are offered',
  systemDefaultOff: 'the process follows the TLS versions of Windows',
  wcfMessageOwn: 'message security of WCF uses the versions of ServicePointManager',
  wcfSystemDefaultOff: 'transports of WCF follow the TLS versions of Windows',
};

/** What the transports of WCF are told. */
export function wcfStep(text: string, at: Location, protocols: ProtocolChoice, before: ProcessSettings): ReasoningStep {
  return {
    text,
    at,
    settings: { ...before, wcfTransport: protocols },
    fix: { title: 'Leave the TLS versions to WCF', at },
  };
}
