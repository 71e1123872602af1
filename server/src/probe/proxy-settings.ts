import { isLoopback } from '../core/facts/dynamics-hosts.ts';
import type { HttpProxy, ProxyCredentials } from './proxy.ts';
import { parseHostAndPort } from './url.ts';

/** Environment variables, as a process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for a target, as text; null for none. The variables are the customary ones:
 * `https_proxy`, else `all_proxy`, unless `no_proxy` names the target. The lower-case name wins over the upper-case
 * one. This machine itself is never asked through a proxy.
 */
export function proxyFromEnvironment(environment: Environment, host: string, port: number): string | null {
  const value = (name: string): string => (environment[name] || environment[name.toUpperCase()] || '').trim();
  const proxy = value('https_proxy') || value('all_proxy');
  return proxy === '' || isLoopback(host) || isExcluded(value('no_proxy'), host, port) ? null : proxy;
}

/**
 * Whether a list in the form of `NO_PROXY` names a host: names and their sub-domains, with or without a leading dot or
 * `*.`, optionally with a port, addresses, IPv4 networks such as `10.0.0.0/8`, and `*` for everything.
 */
export function isExcluded(list: string, host: string, port: number): boolean {
  return list
    .toLowerCase()
    .split(/[\s,;]+/)
    .some((entry) => entry !== '' && matchesEntry(entry, host, port));
}

/** Reads the address of an HTTP proxy, plain (`http:`, or no scheme) or over TLS; undefined for anything else. */
export function parseProxy(text: string): HttpProxy | undefined {
  const parts = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:([^@/]*)@)?([^/@]+)\/?$/i.exec(text.trim());
  const scheme = parts?.[1]?.toLowerCase() ?? 'http';
  const usualPort = usualPorts[scheme];
  const place = usualPort === undefined ? undefined : parseHostAndPort(parts?.[3] ?? '', usualPort);
  if (!place) {
    return undefined;
  }
  const [username = '', ...password] = (parts?.[2] ?? '').split(':');
  const credentials =
    parts?.[2] === undefined ? null : { username: decode(username), password: decode(password.join(':')) };
  return { ...place, credentials, ...(scheme === 'https' ? { tls: 'checked' as const } : {}) };
}

const usualPorts: Readonly<Record<string, number>> = { http: 80, https: 443 };

/**
 * User name and password out of the value of a `Proxy-Authorization` header; null for another scheme than Basic, which
 * is the only one that the probe speaks.
 */
export function parseBasicAuthorization(header: string | null): ProxyCredentials | null {
  const encoded = /^\s*basic\s+([a-z0-9+/]+=*)\s*$/i.exec(header ?? '')?.[1];
  const text = encoded === undefined ? undefined : decodeBase64(encoded);
  const colon = text?.indexOf(':') ?? -1;
  return text === undefined || colon < 0 ? null : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** UTF-8 behind base64, as RFC 7617 advises; undefined for bytes that are none. */
function decodeBase64(encoded: string): string | undefined {
  const digits = encoded.replace(/=+$/, '');
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let bits = 0;
  let length = 0;
  let escaped = '';
  for (const digit of digits) {
    bits = ((bits << 6) | alphabet.indexOf(digit)) & 0xffff;
    length += 6;
    if (length >= 8) {
      length -= 8;
      escaped += `%${((bits >> length) & 255).toString(16).padStart(2, '0')}`;
    }
  }
  try {
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}

function matchesEntry(entry: string, host: string, port: number): boolean {
  if (entry === '*') {
    return true;
  }
  const network = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(entry);
  if (network) {
    return isInNetwork(host, network[1] ?? '', Number(network[2]));
  }
  const [, name = '', entryPort] = /^(.*?)(?::(\d+))?$/.exec(isBareIpv6(entry) ? `[${entry}]` : entry) ?? [];
  if (entryPort !== undefined && Number(entryPort) !== port) {
    return false;
  }
  const domain = name.replace(/^\*?\./, '').replace(/^\[|\]$/g, '');
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}

function isBareIpv6(entry: string): boolean {
  return !entry.startsWith('[') && entry.split(':').length > 2;
}

function isInNetwork(host: string, network: string, bits: number): boolean {
  const one = ipv4Number(host);
  const other = ipv4Number(network);
  const size = 2 ** (32 - Math.min(32, bits));
  return one !== undefined && other !== undefined && Math.floor(one / size) === Math.floor(other / size);
}

function ipv4Number(host: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host)?.slice(1).map(Number);
  return parts?.every((part) => part < 256) ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
}

/** Undoes percent encoding; text that is not encoded stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
