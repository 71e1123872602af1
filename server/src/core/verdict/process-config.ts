import type { ProtocolChoice } from '../facts/net-tls-defaults.ts';
import { sslProtocolVersions } from '../facts/ssl-protocols.ts';
import type { TlsVersion } from '../facts/tls-versions.ts';
import { tlsVersions } from '../facts/tls-versions.ts';
import type { Location } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import { appContextWords, readConfiguredSwitches } from '../sources/appcontext-config.ts';
import { findSections, isPlaceholder } from '../sources/config-file.ts';
import type { ProjectModel, WorkspaceModel } from '../workspace/model.ts';
import { folderOf } from '../workspace/workspace-model.ts';
import { parseXml, type XmlDocument, type XmlElement } from '../xml/index.ts';
import { onlineApis } from './process-endpoints.ts';
import type { ProcessSettings } from './process-settings.ts';
import type { TlsApi } from './process-verdict.ts';
import { type ReasoningStep, switchStep, wcfStep } from './program-steps.ts';
import { choiceWords } from './wording.ts';

/** What the configuration file of a process says about TLS. */
export interface ProcessConfig {
  readonly path: FilePath;
  readonly text: string;
  /** APIs besides HttpWebRequest that the configuration uses for an online host. */
  readonly onlineApis: readonly TlsApi[];
  /** The steps, each with the settings before it. */
  readonly steps: readonly ((before: ProcessSettings) => ReasoningStep | undefined)[];
  /** Whether a program for CLR 2 is started on CLR 4. */
  readonly runsOnClr4: Location | null;
}

/** Spellings of the names, for disks that tell letter cases apart. */
const appNames = ['App.config', 'app.config', 'App.Config', 'APP.CONFIG'];
const webNames = ['Web.config', 'web.config', 'Web.Config', 'WEB.CONFIG'];

/** The configuration that a project's process reads; undefined where there is no file. */
export function processConfig(project: ProjectModel, workspace: WorkspaceModel): ProcessConfig | undefined {
  for (const name of project.role.role === 'web' ? webNames : appNames) {
    const path = `${folderOf(project)}/${name}`;
    const text = workspace.readText(path);
    if (text !== undefined) {
      return readProcessConfig(path, text);
    }
  }
  return undefined;
}

/** Most configuration files say nothing of TLS, and are not even parsed. */
const words =
  /sslProtocols|encryptionPolicy|supportedRuntime|serviceModel|connectionString|appSettings|AppContext|applicationSettings/;

/** Reads one configuration file. */
export function readProcessConfig(path: FilePath, text: string): ProcessConfig {
  if (!words.test(text)) {
    return { path, text, onlineApis: [], steps: [], runsOnClr4: null };
  }
  const document = parseXml(text);
  return {
    path,
    text,
    onlineApis: onlineApis(document),
    steps: [...switchSteps(path, text, document), ...policySteps(path, document), ...wcfSteps(path, document)],
    runsOnClr4: supportedRuntime4(path, document),
  };
}

function switchSteps(path: FilePath, text: string, document: XmlDocument): ProcessConfig['steps'] {
  if (!appContextWords.test(text)) {
    return [];
  }
  const source = path.slice(path.lastIndexOf('/') + 1);
  return readConfiguredSwitches(path, document).flatMap(({ name, value, valueRange, ignored, isLast }) =>
    ignored === null && isLast && value !== undefined
      ? [(before: ProcessSettings) => switchStep({ name, value, source, at: { path, range: valueRange } }, before)]
      : [],
  );
}

/** `encryptionPolicy`: without encryption there is no flag for strong suites either. */
function policySteps(path: FilePath, document: XmlDocument): ProcessConfig['steps'] {
  return findSections(document, 'system.net', 'settings', 'servicePointManager').flatMap((element) => {
    const attribute = element.attribute('encryptionPolicy');
    if (!attribute?.valueRange || !/^\s*(?:Allow)?NoEncryption\s*$/i.test(attribute.value)) {
      return [];
    }
    const at = { path, range: attribute.valueRange };
    return [
      (before: ProcessSettings): ReasoningStep => ({
        text: `The encryption policy ${attribute.value.trim()} leaves weak cipher suites on.`,
        at,
        settings: { ...before, allowsNoEncryption: true },
      }),
    ];
  });
}

/** Lists of TLS versions of bindings; the worst one counts. */
function wcfSteps(path: FilePath, document: XmlDocument): ProcessConfig['steps'] {
  const elements: XmlElement[] = [
    ...findSections(document, 'system.serviceModel', 'bindings', 'netTcpBinding', 'binding', 'security', 'transport'),
    ...findSections(document, 'system.serviceModel', 'bindings', 'customBinding', 'binding', 'sslStreamSecurity'),
  ];
  return elements.flatMap((element) => {
    const attribute = element.attribute('sslProtocols');
    const protocols = attribute && !isPlaceholder(attribute.value) ? readSslProtocols(attribute.value) : undefined;
    if (!attribute?.valueRange || protocols === undefined) {
      return [];
    }
    const at = { path, range: attribute.valueRange };
    return [
      (before: ProcessSettings) => wcfStep(`A binding of WCF offers ${choiceWords(protocols)}.`, at, protocols, before),
    ];
  });
}

/** `Tls11, Tls12`: names of an enumeration, in any letter case; undefined for what is no list of them. */
function readSslProtocols(text: string): ProtocolChoice | undefined {
  const names = text
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
  const versions = new Set<TlsVersion>();
  for (const name of names) {
    const own = sslProtocolVersions[name];
    if (!own) {
      return undefined;
    }
    for (const version of own) {
      versions.add(version);
    }
  }
  return versions.size === 0 ? 'system' : tlsVersions.filter((version) => versions.has(version));
}

/**
 * The first `supportedRuntime` that is there starts the program; a program for 2.0 to 3.5 then has no attribute.
 * Source: https://learn.microsoft.com/dotnet/framework/configure-apps/file-schema/startup/supportedruntime-element
 */
function supportedRuntime4(path: FilePath, document: XmlDocument): Location | null {
  const [first] = findSections(document, 'startup', 'supportedRuntime');
  const version = first?.attribute('version');
  return version?.valueRange && /^\s*v4\./i.test(version.value) ? { path, range: version.valueRange } : null;
}
