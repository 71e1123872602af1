import { classifyHost } from '../../facts/dynamics-hosts.ts';
import { findDynamicsUrls } from '../dynamics-urls.ts';
import type { Connection } from './reading.ts';
import type { Value } from './value.ts';

/** What the texts among some values say about the server: an address, a connection string. */
export function hostOf(values: Iterable<Value>): Connection['host'] {
  const texts = [...values].flatMap(textsOf);
  if (texts.some((text) => findDynamicsUrls(text).some(({ authority }) => isOnline(authority)))) {
    return 'online';
  }
  return texts.some(isOnPremises) ? 'on-premises' : 'unknown';
}

/** An address of Dataverse among the values. */
export function isDynamicsHost(values: Iterable<Value>): boolean {
  return hostOf(values) === 'online';
}

function isOnline(authority: string): boolean {
  return classifyHost(authority.replace(/:\d+$/, '')).kind === 'dataverse';
}

/** Signs of a server of one's own: how one signs in there, and addresses that are nobody else's. */
function isOnPremises(text: string): boolean {
  if (/\bAuth(?:entication)?Type\s*=\s*(?:AD|IFD|ClaimsBased)\b/i.test(text)) {
    return true;
  }
  const host = /\b(?:https?:\/\/|Server(?:Uri)?\s*=\s*)(?<host>[\w.-]+)/i.exec(text)?.groups?.['host'];
  return host !== undefined && classifyHost(host.toLowerCase()).kind === 'on-premises';
}

function textsOf(value: Value): string[] {
  switch (value.kind) {
    case 'text':
      return [value.value];
    case 'list':
      return value.items.flatMap(textsOf);
    case 'table':
      return [...value.entries.values()].flatMap((entry) => textsOf(entry.value));
    default:
      return [];
  }
}
