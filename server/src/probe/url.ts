/** Where to probe. */
export interface ProbeUrl {
  /** `https://host[:port]/path`, without user, query and fragment. */
  readonly url: string;
  /** ASCII, lower case, without brackets and trailing dot. */
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly isAddress: boolean;
}

/** Why a text is no URL to probe, as a sentence. */
export interface UrlProblem {
  readonly problem: string;
}

/**
 * Makes a URL of what a person typed or a file holds: a whole URL, a host with or without a port, an address. A
 * scheme other than HTTP's is a problem. The user, the query and the fragment are dropped: they are not needed, and
 * they may be secret. `http:` becomes `https:`, since TLS is what is asked about; a port in the text stays.
 *
 * @param domainToAscii turns an international name into ASCII, or into an empty text.
 */
export function parseProbeUrl(text: string, domainToAscii: (host: string) => string): ProbeUrl | UrlProblem {
  const trimmed = text.trim().replace(/^<(.*)>$/s, '$1');
  const [, scheme, rest = ''] = /^(?:([a-z][a-z0-9+.-]*):)?\/\/(.*)$/is.exec(trimmed) ?? [
    undefined,
    undefined,
    trimmed,
  ];
  if (scheme !== undefined && !/^https?$/i.test(scheme)) {
    return { problem: `The scheme "${scheme}:" is not supported; use an https: URL or a host name.` };
  }
  const [, authority = '', path = ''] = /^([^/\\?#]*)([^?#]*)/s.exec(rest) ?? [];
  const place = parseHostAndPort(authority.slice(authority.lastIndexOf('@') + 1), 443);
  if (!place) {
    return { problem: `"${trimmed}" is not a URL or a host name.` };
  }
  const host = asciiHost(place.host, domainToAscii);
  if (host === undefined) {
    return { problem: `"${place.host}" is not a host name.` };
  }
  const isAddress = isAddressLiteral(host);
  const shownHost = host.includes(':') ? `[${host}]` : host;
  const shownPort = place.port === 443 ? '' : `:${place.port}`;
  const shownPath = normalizePath(path);
  return { url: `https://${shownHost}${shownPort}${shownPath}`, host, port: place.port, path: shownPath, isAddress };
}

/** Reads `host`, `host:port`, `[address]` or `[address]:port`; undefined when it is none of them. */
export function parseHostAndPort(
  text: string,
  defaultPort: number,
): { readonly host: string; readonly port: number } | undefined {
  // An IPv6 address without brackets has no port.
  const bracketed = (text.match(/:/g) ?? []).length > 1 && !text.startsWith('[') ? `[${text}]` : text;
  const parts = /^(?:\[([0-9a-f:.]+)(?:%[^\]]*)?\]|([^\s:[\]@]+))(?::(\d*))?$/i.exec(bracketed);
  const port = parts?.[3] ? Number(parts[3]) : defaultPort;
  if (!parts || port < 1 || port > 65_535) {
    return undefined;
  }
  return { host: (parts[1] ?? parts[2] ?? '').toLowerCase(), port };
}

/** Whether a host is an address and no name. */
export function isAddressLiteral(host: string): boolean {
  return host.includes(':') || isIpv4(host);
}

function asciiHost(host: string, domainToAscii: (host: string) => string): string | undefined {
  if (host.includes(':')) {
    return compressIpv6(host);
  }
  let ascii = domainToAscii(decodePercent(host)).toLowerCase();
  if (ascii.endsWith('.')) {
    ascii = ascii.slice(0, -1);
  }
  // A name whose last label is a number is an address, or nothing at all (URL standard, "ends in a number").
  if (/(^|\.)(\d+|0x[0-9a-f]*)$/.test(ascii)) {
    return isIpv4(ascii) ? ascii : undefined;
  }
  const isName =
    ascii.length <= 253 && ascii.split('.').every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label));
  return isName ? ascii : undefined;
}

function isIpv4(host: string): boolean {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host);
  return parts?.slice(1).every((part) => Number(part) < 256) ?? false;
}

/** The customary short form of an IPv6 address (RFC 5952), undefined for something that is none. */
function compressIpv6(text: string): string | undefined {
  const groups = expandIpv6(text);
  if (!groups) {
    return undefined;
  }
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === 0) {
      length++;
    }
    if (length > best.length) {
      best = { start, length };
    }
  }
  const hex = (from: number, to: number): string =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':');
  return best.start < 0 ? hex(0, 8) : `${hex(0, best.start)}::${hex(best.start + best.length, 8)}`;
}

/** The eight numbers of an IPv6 address; undefined for something that is none. */
export function expandIpv6(text: string): number[] | undefined {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (dotted && !isIpv4(dotted[2] ?? '')) {
    return undefined;
  }
  const [a = 0, b = 0, c = 0, d = 0] = (dotted?.[2] ?? '').split('.').map(Number);
  const plain = dotted ? `${dotted[1]}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}` : text;
  const halves = plain.split('::');
  if (halves.length > 2) {
    return undefined;
  }
  const [front = [], back] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - front.length - (back?.length ?? 0);
  if (back ? missing < 1 : missing !== 0) {
    return undefined;
  }
  const groups = [...front, ...Array<string>(missing).fill('0'), ...(back ?? [])];
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : undefined;
}

/** Keeps a path that is plain and safe to show; anything else becomes the root. */
function normalizePath(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  const encoded = slashed
    .replace(/\p{Surrogate}/gu, '?')
    .replace(/[^!-~]/gu, (character) => encodeURIComponent(character));
  return encoded === '' ? '/' : encoded;
}

function decodePercent(host: string): string {
  try {
    return decodeURIComponent(host);
  } catch {
    return host;
  }
}
