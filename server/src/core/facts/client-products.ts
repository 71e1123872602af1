import { requirementDocumentation } from './dotnet-frameworks.ts';

/** Programs of Microsoft, and kinds of programs, that connect to Dynamics 365 and Dataverse online. */
export type ClientProductId =
  | 'outlook'
  | 'unified-service-desk'
  | 'unified-service-desk-older'
  | 'report-authoring-extension'
  | 'email-router'
  | 'developer-tools'
  | 'browsers'
  | 'on-premises';

/** What a product needs so that it connects with TLS 1.2. */
export interface ClientProduct {
  readonly id: ClientProductId;
  readonly name: string;
  /** How error texts and logs call it; null for what no text names. */
  readonly pattern: RegExp | null;
  /** For Dynamics 365 online (version 9 and later); whole sentences. */
  readonly requirement: string;
  /** For Government 8.2, where it differs. */
  readonly government: string | null;
  /** When the row was compared with its source, as an ISO date. */
  readonly asOf: string;
  readonly source: string;
}

const asOf = '2026-11-22';

/** The first text of the requirement, of 2017: https://support.microsoft.com/kb/4051700 */
const foundingArticle = 'https://support.microsoft.com/kb/4051700';

export const clientProducts: readonly ClientProduct[] = [
  {
    id: 'outlook',
    name: 'Dynamics 365 for Outlook',
    pattern:
      /\bdynamics[\w ]*(?:for|client for) (?:microsoft )?(?:office )?outlook|\bcrm(?: client)? for outlook|microsoft\.crm\.(?:client|outlook)|crmforoutlook/i,
    requirement: 'Version 8.2.2.137 or later (download 56327).',
    government: 'The same version.',
    asOf,
    source: requirementDocumentation,
  },
  {
    id: 'unified-service-desk',
    name: 'Unified Service Desk 3.1, 3.2 and 3.3',
    pattern: /unified ?service ?desk|microsoft\.crm\.unifiedservicedesk|microsoft\.uii/i,
    requirement: 'Meets the requirement.',
    government: null,
    asOf,
    source: foundingArticle,
  },
  {
    id: 'unified-service-desk-older',
    name: 'Unified Service Desk older than 3.1',
    pattern: /unified ?service ?desk|microsoft\.crm\.unifiedservicedesk|microsoft\.uii/i,
    requirement:
      'Update it. Where that is not possible, the machine of every user needs the registry values of .NET Framework.',
    government: null,
    asOf,
    source: requirementDocumentation,
  },
  {
    id: 'report-authoring-extension',
    name: 'Report Authoring Extension',
    pattern: /report authoring extension|microsoft\.crm\.reporting/i,
    requirement: 'Version 9.0 (download 56973).',
    government: 'Update 2.2 for clients with TLS 1.2 (download 57079).',
    asOf,
    source: requirementDocumentation,
  },
  {
    id: 'email-router',
    name: 'Email Router',
    pattern: /e-?mail router|microsoft\.crm\.tools\.email|crmemailrouter/i,
    requirement: 'Version 9.0 (download 56974). The product is deprecated since July 2018.',
    government: 'Update 2.2 for clients with TLS 1.2 (download 57079).',
    asOf,
    source: requirementDocumentation,
  },
  {
    id: 'developer-tools',
    name: 'Developer tools (Plug-in Registration, Configuration Migration, Package Deployer)',
    pattern:
      /plug-?in ?registration ?tool|configuration ?migration|package ?deployer|microsoft\.xrm\.tooling\.(?:packagedeployment|dmt)|crmsvcutil/i,
    requirement: 'The newest packages from NuGet; at least version 9.0.',
    government: 'The tools of version 9.0 work there, too.',
    asOf,
    source: 'https://support.microsoft.com/kb/4077479',
  },
  {
    id: 'browsers',
    name: 'Browsers',
    pattern:
      /\b(?:ERR_SSL_VERSION_OR_CIPHER_MISMATCH|ERR_SSL_PROTOCOL_ERROR|SSL_ERROR_[A-Z_]+|INET_E_SECURITY_PROBLEM)\b|turn on TLS|internet explorer/i,
    requirement:
      'Every browser that the service supports connects, unless TLS 1.2 was switched off by the user or by a policy: in the Internet Options, page Advanced, or with "Turn off encryption support".',
    government: null,
    asOf,
    source: requirementDocumentation,
  },
  {
    id: 'on-premises',
    name: 'Clients of Dynamics 365 on-premises',
    pattern: null,
    requirement: 'Not affected: the requirement is for the online service.',
    government: null,
    asOf,
    source: requirementDocumentation,
  },
];

/** Products that a text names; none for most texts. */
export function productsIn(text: string): ClientProduct[] {
  return clientProducts.filter(({ pattern }) => pattern?.test(text) === true);
}

/** The page of the documentation that shows the table. */
export const clientProductsPage = 'https://github.com/dynamics-tls/dynamics-tls/blob/main/docs/client-products.md';
