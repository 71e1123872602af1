import { classifyHost } from '../facts/dynamics-hosts.ts';
import type { TextRange } from '../model/finding.ts';
import { findSections, isPlaceholder } from '../sources/config-file.ts';
import { findDynamicsUrls } from '../sources/dynamics-urls.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from '../xml/index.ts';
import type { TlsApi } from './process-verdict.ts';

/** The Dynamics servers that a configuration names. */
export interface Endpoints {
  readonly online: readonly Endpoint[];
  readonly onPremises: readonly Endpoint[];
}

export interface Endpoint {
  readonly host: string;
  readonly range: TextRange;
}

/** Servers in connection strings, settings and WCF endpoints, and the APIs that ask the online ones. */
export function readEndpoints(document: XmlDocument): {
  readonly endpoints: Endpoints;
  readonly apis: readonly TlsApi[];
} {
  const online: Endpoint[] = [];
  const onPremises: Endpoint[] = [];
  for (const attribute of valuesOf(document)) {
    if (!attribute.valueRange || isPlaceholder(attribute.value)) {
      continue;
    }
    const found = readValue(attribute.value);
    if (found) {
      (found.isOnline ? online : onPremises).push({ host: found.host, range: attribute.valueRange });
    }
  }
  return { endpoints: { online, onPremises }, apis: onlineApis(document) };
}

function valuesOf(document: XmlDocument): XmlAttribute[] {
  const of = (name: string, ...path: readonly string[]) =>
    findSections(document, ...path).flatMap((element) => element.attribute(name) ?? []);
  return [
    ...of('connectionString', 'connectionStrings', 'add'),
    ...of('value', 'appSettings', 'add'),
    ...of('address', 'system.serviceModel', 'client', 'endpoint'),
  ];
}

/** A connection string of the platform's SDK, or a URL. */
function readValue(value: string): { readonly host: string; readonly isOnline: boolean } | undefined {
  const pairs = connectionPairs(value);
  const url = pairs.get('url') ?? pairs.get('serviceuri') ?? pairs.get('server') ?? value.trim();
  const match = /^https?:\/\/(?:[^/@\s]*@)?([^/:?#\s]+)(?::\d+)?([^?#\s]*)/i.exec(url.trim());
  const host = match?.[1]?.toLowerCase().replace(/\.$/, '');
  if (host === undefined) {
    return undefined;
  }
  const { kind } = classifyHost(host, match?.[2] || '/');
  if (kind === 'dataverse' || kind === 'dynamics-other') {
    return { host, isOnline: true };
  }
  const authentication = pairs.get('authtype') ?? pairs.get('authenticationtype');
  const isOwnSignIn = /^\s*(?:AD|IFD)\s*$/i.test(authentication ?? '');
  const isDynamics = authentication !== undefined || findDynamicsUrls(url).length > 0;
  return isDynamics && (isOwnSignIn || kind === 'on-premises') ? { host, isOnline: false } : undefined;
}

/**
 * `Url=https://...; AuthType=AD`: names without blanks, in lower case.
 * Source: https://learn.microsoft.com/power-apps/developer/data-platform/xrm-tooling/use-connection-strings-xrm-tooling-connect
 */
function connectionPairs(value: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const part of value.split(';')) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(0, equals)).replace(/\s+/g, '').toLowerCase();
    if (equals > 0 && /^[a-z]+$/.test(name)) {
      pairs.set(
        name,
        part
          .slice(equals + 1)
          .trim()
          .replace(/^(["'])(.*)\1$/, '$2'),
      );
    }
  }
  return pairs;
}

/** The APIs behind the bindings of endpoints at online hosts. */
function onlineApis(document: XmlDocument): TlsApi[] {
  const found = new Set<TlsApi>();
  for (const endpoint of findSections(document, 'system.serviceModel', 'client', 'endpoint')) {
    const host = /^[a-z.]+:\/\/([^/:]+)/i.exec(endpoint.attribute('address')?.value.trim() ?? '')?.[1];
    const kind = host === undefined ? 'unknown' : classifyHost(host.toLowerCase()).kind;
    if (kind === 'dataverse' || kind === 'dynamics-other') {
      found.add(apiOf(endpoint, document));
    }
  }
  return [...found];
}

function apiOf(endpoint: XmlElement, document: XmlDocument): TlsApi {
  const binding = endpoint.attribute('binding')?.value.trim() ?? '';
  const name = endpoint.attribute('bindingConfiguration')?.value.trim() ?? '';
  const configured = findSections(document, 'system.serviceModel', 'bindings', binding, 'binding').find(
    (element) => (element.attribute('name')?.value.trim() ?? '') === name,
  );
  if (/^net(?:Tcp|PeerTcp)/i.test(binding)) {
    return 'wcf-tcp';
  }
  if (binding === 'customBinding') {
    const has = (child: string) => configured?.children.some(({ localName }) => localName === child) === true;
    return has('sslStreamSecurity') ? 'wcf-tcp' : 'wcf-http';
  }
  const security = configured?.children.find(({ localName }) => localName === 'security');
  const mode = security?.attribute('mode')?.value.trim();
  const isMessage = mode === 'Message' || (mode === undefined && /^(?:ws|ws2007)(?:Http|Federation)/i.test(binding));
  return isMessage ? 'wcf-message' : 'wcf-http';
}
