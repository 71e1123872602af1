import { classifyHost } from '../facts/dynamics-hosts.ts';
import type { TextRange } from '../model/finding.ts';

/** The URL of a Dynamics server in a text. */
export interface DynamicsUrl {
  /** Scheme, host, port and path: never the user, the query or the fragment, which may be secret. */
  readonly url: string;
  /** `host` or `host:port`, in lower case. */
  readonly authority: string;
  /** Where the text names it; without what was left out of the URL behind its path. */
  readonly range: TextRange;
}

/**
 * Extensions of the files in which people write such URLs, with a dot and in lower case. Files of these kinds are
 * read only when somebody asks for the URLs.
 */
export const dynamicsUrlExtensions: readonly string[] = [
  '.config',
  '.json',
  '.xml',
  '.settings',
  '.ps1',
  '.psm1',
  '.psd1',
  '.cs',
  '.vb',
  '.fs',
  '.csx',
  '.fsx',
  '.yml',
  '.yaml',
];

/** One of these stands in every text that names a server, whatever its letter case: a quick way past the others. */
export const dynamicsUrlWords: readonly string[] = [
  '.dynamics.',
  '.microsoftdynamics.',
  '.appsplatform.us',
  '.dynamics-int.',
  '/xrmservices/',
  '/api/data/v',
];

/**
 * All URLs of Dynamics servers in a text of any language, in their order: Dataverse hosts with or without a scheme,
 * and other hosts where the path is one that only Dynamics has. Hosts with a placeholder in them are left out.
 */
export function findDynamicsUrls(text: string): DynamicsUrl[] {
  const lower = text.toLowerCase();
  if (!dynamicsUrlWords.some((word) => lower.includes(word))) {
    return [];
  }
  const found: DynamicsUrl[] = [];
  for (const match of text.matchAll(candidate)) {
    const url = readCandidate(match);
    if (url) {
      found.push(url);
    }
  }
  return found;
}

/**
 * `scheme://user@host:port/path`, where scheme, user, port and path may be missing. Before a host without a scheme
 * must not stand what would make it the rest of something longer. Repetitions are bounded, so that no text is slow.
 */
const candidate =
  /(?:(?<scheme>https?):\/\/(?<user>[^\s"'<>/\\@]{1,256}@)?|(?<![\w.@:/\\*${}()[\]%-]))(?<host>[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?::(?<port>\d{1,5}))?(?<path>\/[\w.~%/+-]{0,1024})?(?![\w*${}@-]|\.\w)/gi;

function readCandidate(match: RegExpMatchArray): DynamicsUrl | undefined {
  const { scheme, host = '', port, path = '' } = match.groups ?? {};
  const name = host.toLowerCase();
  if (!name.includes('.') && scheme === undefined) {
    return undefined;
  }
  const isDataverse = classifyHost(name).kind === 'dataverse' && !isRegionAlone(name);
  if (!isDataverse && !(scheme !== undefined && isDynamicsPath(path))) {
    return undefined;
  }
  const isHttp = scheme?.toLowerCase() === 'http';
  const authority = port === undefined || port === (isHttp ? '80' : '443') ? name : `${name}:${port}`;
  const start = match.index ?? 0;
  return {
    url: `${isHttp ? 'http' : 'https'}://${authority}${path || '/'}`,
    authority,
    range: { start, end: start + match[0].length },
  };
}

/** `crm4.dynamics.com` names a region and no server. */
function isRegionAlone(host: string): boolean {
  return host.split('.').length < 4;
}

/** Paths of a Dynamics server, wherever it runs. */
function isDynamicsPath(path: string): boolean {
  return /\/(?:xrmservices\/20\d\d\/|api\/data\/v\d)/i.test(path);
}
