import type { Location, RelatedLocation } from '../model/finding.ts';
import { dirname, type FilePath, resolvePath } from '../model/path.ts';
import { type ConfigEndpoint, endpointWords, readConfigEndpoints } from '../sources/config-endpoints.ts';
import { configKind, findSections } from '../sources/config-file.ts';
import { parseXml } from '../xml/index.ts';
import type { ProjectModel, WorkspaceModel } from './model.ts';
import { folderOf } from './workspace-model.ts';

/** A Dynamics server of one's own, with the place that names it. */
export interface OnPremisesServer {
  readonly host: string;
  readonly at: Location;
}

/**
 * The server that a project connects to, where the configuration files in its folder name servers of one's own and no
 * online service. The requirement of TLS 1.2 is for the online service, so such a program is not affected.
 * Source: https://learn.microsoft.com/troubleshoot/dynamics-365/sales/tls-1-dot-2-required-for-connectivity
 */
export function onPremisesServer(project: ProjectModel, workspace: WorkspaceModel): OnPremisesServer | undefined {
  let own: OnPremisesServer | undefined;
  for (const path of configurationsOf(project, workspace)) {
    for (const endpoint of endpointsOf(workspace.readText(path) ?? '')) {
      if (endpoint.isOnline) {
        return undefined;
      }
      own ??= { host: endpoint.host, at: { path, range: endpoint.range } };
    }
  }
  return own;
}

/** Configuration files in the folder of a project, and the files that hold their connections and settings. */
function configurationsOf(project: ProjectModel, workspace: WorkspaceModel): ReadonlySet<FilePath> {
  const found = new Set<FilePath>();
  for (const path of workspace.filesBeside(`${folderOf(project)}/*`)) {
    if (configKind(path) !== 'other' || /(?:connectionStrings|appSettings)\.(?:.+\.)?config$/i.test(path)) {
      found.add(path);
      const text = workspace.readText(path) ?? '';
      for (const source of /configSource|file\s*=/.test(text) ? sourcesOf(text) : []) {
        found.add(resolvePath(dirname(path), source));
      }
    }
  }
  return found;
}

/** `<connectionStrings configSource="config\connections.config" />`, and `file` of `appSettings`. */
function sourcesOf(text: string): string[] {
  const document = parseXml(text);
  return ['connectionStrings', 'appSettings'].flatMap((section) =>
    findSections(document, section).flatMap((element) =>
      ['configSource', 'file'].flatMap((name) => element.attribute(name)?.value.trim() || []),
    ),
  );
}

/** Why a finding is information only, at the place that shows it. */
export function relatedServer({ host, at }: OnPremisesServer): RelatedLocation {
  const template =
    'The only server that the configuration names is one of your own ({host}), and only the online service requires TLS 1.2.';
  return { ...at, message: { key: 'own-server', template, values: { host } } };
}

function endpointsOf(text: string): ConfigEndpoint[] {
  return endpointWords.test(text) ? readConfigEndpoints(parseXml(text)) : [];
}
