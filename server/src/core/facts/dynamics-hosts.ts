/** Clouds in which Microsoft runs Dynamics 365. */
export type DynamicsCloud = 'commercial' | 'gcc' | 'gcc-high' | 'dod' | 'china' | 'germany';

/** Names of the clouds for people, behind "the". */
export const cloudNames: Readonly<Record<DynamicsCloud, string>> = {
  commercial: 'commercial cloud',
  gcc: 'US Government cloud (GCC)',
  'gcc-high': 'US Government cloud (GCC High)',
  dod: 'US Department of Defense cloud',
  china: 'cloud in China',
  germany: 'closed cloud in Germany',
};

/** What a host is, as far as its name tells. */
export interface DynamicsService {
  readonly kind: 'dataverse' | 'dynamics-other' | 'on-premises' | 'unknown';
  readonly cloud: DynamicsCloud | null;
  readonly region: string | null;
}

/**
 * Regions by the last part of a Dataverse host name.
 * Sources: https://github.com/microsoft/PowerPlatform-DataverseServiceClient
 * (src/GeneralTools/DataverseClient/Client/Model/DiscoveryServers.cs) and
 * https://learn.microsoft.com/power-platform/admin/new-datacenter-regions
 */
const regions: Readonly<Record<string, readonly [region: string, cloud: DynamicsCloud]>> = {
  'crm.dynamics.com': ['North America', 'commercial'],
  'crm2.dynamics.com': ['South America', 'commercial'],
  'crm3.dynamics.com': ['Canada', 'commercial'],
  'crm4.dynamics.com': ['Europe, Middle East, Africa', 'commercial'],
  'crm5.dynamics.com': ['Asia Pacific', 'commercial'],
  'crm6.dynamics.com': ['Oceania', 'commercial'],
  'crm7.dynamics.com': ['Japan', 'commercial'],
  'crm8.dynamics.com': ['India', 'commercial'],
  'crm9.dynamics.com': ['North America 2', 'gcc'],
  'crm11.dynamics.com': ['United Kingdom', 'commercial'],
  'crm12.dynamics.com': ['France', 'commercial'],
  'crm14.dynamics.com': ['South Africa', 'commercial'],
  'crm15.dynamics.com': ['United Arab Emirates', 'commercial'],
  'crm16.dynamics.com': ['Germany', 'commercial'],
  'crm17.dynamics.com': ['Switzerland', 'commercial'],
  'crm19.dynamics.com': ['Norway', 'commercial'],
  'crm20.dynamics.com': ['Singapore', 'commercial'],
  'crm21.dynamics.com': ['Korea', 'commercial'],
  'crm22.dynamics.com': ['Sweden', 'commercial'],
  'crm.microsoftdynamics.us': ['US Government High', 'gcc-high'],
  'crm.appsplatform.us': ['US Department of Defense', 'dod'],
  'crm.dynamics.cn': ['China', 'china'],
  'crm.microsoftdynamics.de': ['Germany (sovereign cloud, closed)', 'germany'],
};

/** Microsoft's own rings; Dataverse, but in no cloud that a customer uses. Source: the first link above. */
const internalSuffixes: readonly string[] = [
  'crm10.dynamics.com',
  'crm.dynamics-int.com',
  'crmtest.dynamics.com',
  'crmlivetie.com',
  'crmlivetoday.com',
];

/**
 * Domains of other Dynamics 365 and Power Platform products, with their cloud where it is certain.
 * Source: https://learn.microsoft.com/power-platform/admin/online-requirements
 */
const otherDomains: readonly (readonly [domain: string, cloud: DynamicsCloud | null])[] = [
  ['powerappsportals.com', null],
  ['dynamics365portals.us', null],
  ['dynamics.com', 'commercial'],
  ['microsoftdynamics.us', 'gcc-high'],
  ['appsplatform.us', 'dod'],
  ['dynamics.cn', 'china'],
  ['microsoftdynamics.de', 'germany'],
];

/**
 * Hosts that issue tokens for the service; sign-in fails there before Dataverse is ever asked.
 * Source: https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 */
const signInHosts: readonly string[] = [
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
  'login.windows.net',
];

/**
 * Tells what a host is by its name, in lower case without a trailing dot.
 *
 * The path helps where the name says nothing: only a Dynamics server has `/XRMServices/`. Names that cannot be public
 * are taken for on-premises; the loopback and every other public name are `unknown`.
 */
export function classifyHost(host: string, path = '/'): DynamicsService {
  const region = regions[lastLabels(host, 3)];
  if (region) {
    return { kind: 'dataverse', cloud: region[1], region: region[0] };
  }
  if (internalSuffixes.some((suffix) => isWithin(host, suffix))) {
    return { kind: 'dataverse', cloud: null, region: null };
  }
  // New regions get new numbers before this table knows them.
  if (/(^|\.)crm\d*\.dynamics\.com$/.test(host)) {
    return { kind: 'dataverse', cloud: 'commercial', region: null };
  }
  const other = otherDomains.find(([domain]) => isWithin(host, domain));
  if (other) {
    return { kind: 'dynamics-other', cloud: other[1], region: null };
  }
  if (isLoopback(host)) {
    return { kind: 'unknown', cloud: null, region: null };
  }
  if (isPrivate(host) || /\/(xrmservices|api\/data|mscrmservices)\//i.test(path)) {
    return { kind: 'on-premises', cloud: null, region: null };
  }
  return { kind: 'unknown', cloud: null, region: null };
}

/** Whether Microsoft runs the host, judged by its name; such a host always has a publicly trusted certificate. */
export function isMicrosoftOnline(host: string): boolean {
  return (
    signInHosts.includes(host) ||
    internalSuffixes.some((suffix) => isWithin(host, suffix)) ||
    otherDomains.some(([domain]) => isWithin(host, domain))
  );
}

/** Whether the name or address means this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

function lastLabels(host: string, count: number): string {
  return host.split('.').slice(-count).join('.');
}

/**
 * Addresses of https://www.rfc-editor.org/rfc/rfc1918 and https://www.rfc-editor.org/rfc/rfc4193, names without a dot
 * and endings that https://www.rfc-editor.org/rfc/rfc6762#appendix-G lists as used in private networks.
 */
function isPrivate(host: string): boolean {
  return (
    /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)[\d.]+$/.test(host) ||
    /^(f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/.test(host) ||
    /\.(local|lan|intranet|internal|private|corp|home|localdomain)$/.test(host) ||
    !/[.:]/.test(host)
  );
}
