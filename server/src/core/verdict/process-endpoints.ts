import { classifyHost } from '../facts/dynamics-hosts.ts';
import { findSections } from '../sources/config-file.ts';
import type { XmlDocument, XmlElement } from '../xml/index.ts';
import type { TlsApi } from './process-verdict.ts';

/**
 * The APIs behind the bindings of WCF endpoints at online hosts.
 * Source: https://learn.microsoft.com/dotnet/framework/wcf/system-provided-bindings
 */
export function onlineApis(document: XmlDocument): TlsApi[] {
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
