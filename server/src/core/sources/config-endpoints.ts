import { classifyHost } from '../facts/dynamics-hosts.ts';
import type { TextRange } from '../model/finding.ts';
import type { XmlAttribute, XmlDocument } from '../xml/index.ts';
import { findSections, isPlaceholder } from './config-file.ts';
import { findDynamicsUrls } from './dynamics-urls.ts';

/** A Dynamics server that a configuration names. */
export interface ConfigEndpoint {
  readonly host: string;
  readonly isOnline: boolean;
  /** The host's name alone: what stands around it may be secret. */
  readonly range: TextRange;
}

/** A quick look before a configuration is parsed. */
export const endpointWords = /connectionString|appSettings|endpoint/i;

/**
 * Dynamics servers in connection strings, settings and endpoints of WCF. Online is told by the end of the host's name;
 * a server of one's own by a private name, a path that only Dynamics has, or the sign-in with Active Directory or IFD.
 */
export function readConfigEndpoints(document: XmlDocument): ConfigEndpoint[] {
  const of = (name: string, ...path: readonly string[]) =>
    findSections(document, ...path).flatMap((element) => element.attribute(name) ?? []);
  return [
    ...of('connectionString', 'connectionStrings', 'add'),
    ...of('value', 'appSettings', 'add'),
    ...of('address', 'system.serviceModel', 'client', 'endpoint'),
  ].flatMap(readAttribute);
}

function readAttribute({ value, text }: XmlAttribute): ConfigEndpoint[] {
  if (isPlaceholder(value)) {
    return [];
  }
  const pairs = connectionPairs(value);
  const pair = pairs.get('url') ?? pairs.get('serviceuri') ?? pairs.get('server');
  const url = pair?.value ?? value;
  const match = /^\s*https?:\/\/(?:[^/@\s]*@)?([^/:?#\s]+)(?::\d+)?([^?#\s]*)/di.exec(url);
  const host = match?.[1]?.toLowerCase().replace(/\.$/, '');
  const [start, end] = match?.indices?.[1] ?? [0, 0];
  if (host === undefined) {
    return [];
  }
  const shift = pair?.start ?? 0;
  const range = text.sourceRange(shift + start, shift + end);
  const { kind } = classifyHost(host, match?.[2] || '/');
  if (kind === 'dataverse' || kind === 'dynamics-other') {
    return [{ host, isOnline: true, range }];
  }
  const authentication = (pairs.get('authtype') ?? pairs.get('authenticationtype'))?.value;
  const isOwnSignIn = /^(?:AD|IFD)$/i.test(authentication ?? '');
  const isDynamics = authentication !== undefined || findDynamicsUrls(url).length > 0;
  return isDynamics && (isOwnSignIn || kind === 'on-premises') ? [{ host, isOnline: false, range }] : [];
}

/**
 * `Url=https://...; AuthType=AD`: names without blanks, in lower case, and where their values start.
 * Source: https://learn.microsoft.com/power-apps/developer/data-platform/xrm-tooling/use-connection-strings-xrm-tooling-connect
 */
function connectionPairs(text: string): ReadonlyMap<string, { readonly value: string; readonly start: number }> {
  const pairs = new Map<string, { value: string; start: number }>();
  for (const match of text.matchAll(/([a-z ]+?)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^;]*))/gi)) {
    const value = match[2] ?? match[3] ?? match[4] ?? '';
    const isQuoted = match[4] === undefined;
    const start = match.index + match[0].length - value.length - (isQuoted ? 1 : 0);
    pairs.set((match[1] ?? '').replace(/\s+/g, '').toLowerCase(), { value: value.trimEnd(), start });
  }
  return pairs;
}
