import { classifyHost, cloudNames } from '../core/facts/dynamics-hosts.ts';
import { schannelDefaults, type WindowsId } from '../core/facts/tls-windows.ts';
import type { CertificateResult, ClientResult, ProbeTarget, ProjectResult, ProtocolResult } from './report.ts';

/** Windows versions in the order of the client table, with headings of at most four letters. */
export const windowsColumns: readonly (readonly [id: WindowsId, heading: string])[] = schannelDefaults.map(({ id }) => [
  id,
  id.replace(/^server-(?:20)?/, '').toUpperCase(),
]);

/** One line of the client table: a kind of client on every Windows version. */
export interface ClientRow {
  readonly id: string;
  readonly name: string;
  /** One for each of {@link windowsColumns}: a version such as `1.2`, `-` where it fails, nothing where not asked. */
  readonly cells: readonly string[];
  /** What was taken for granted in some of the cells. */
  readonly assumptions: readonly string[];
}

/** The clients as a table. */
export function clientRows(clients: readonly ClientResult[]): ClientRow[] {
  const ids = [...new Set(clients.map((client) => client.id))];
  return ids.map((id) => {
    const own = clients.filter((client) => client.id === id);
    return {
      id,
      name: own[0]?.name ?? id,
      cells: windowsColumns.map(([windows]) => cellOf(own.find((client) => client.windows === windows))),
      assumptions: [...new Set(own.map((client) => client.assumption).filter((text) => text !== null))],
    };
  });
}

/** Why clients fail: each reason once, with the clients that it concerns. */
export function failureReasons(
  clients: readonly ClientResult[],
): { readonly reason: string; readonly ids: string[] }[] {
  const reasons = [...new Set(clients.map((client) => client.reason).filter((reason) => reason !== null))];
  return reasons.map((reason) => ({
    reason,
    ids: [...new Set(clients.filter((client) => client.reason === reason).map((client) => client.id))],
  }));
}

/** How many clients connect, as a sentence. */
export function clientSummary(clients: readonly ClientResult[]): string {
  const count = clients.filter((client) => client.connects).length;
  return `${count} of ${clients.length} combinations of client and Windows connect.`;
}

/** An answer to one version in a few words. */
export function protocolWords({ state, alert }: ProtocolResult): string {
  return alert === null ? state.replace('-', ' ') : `${state}: ${alert}`;
}

const kindNames: Readonly<Record<ProbeTarget['service']['kind'], string>> = {
  dataverse: 'Dataverse',
  'dynamics-other': 'another Dynamics 365 or Power Platform product',
  'on-premises': 'on-premises',
  unknown: 'not a known Dynamics host',
};

/** What a host is by its name and path, in a few words. */
export function describeHost(host: string, path: string): string {
  return serviceWords({ service: classifyHost(host, path) });
}

/** What the host is, in a few words. */
export function serviceWords({ service }: Pick<ProbeTarget, 'service'>): string {
  const cloud = service.cloud ? [cloudNames[service.cloud]] : [];
  return [kindNames[service.kind], ...cloud, ...(service.region ? [service.region] : [])].join(', ');
}

/** How the target was asked. */
export function wayWords({ via, milliseconds }: ProbeTarget): string {
  return `${via === 'proxy' ? 'through a proxy' : 'directly'}, in ${(milliseconds / 1000).toFixed(1)} s`;
}

/** Who trusts the chain, in a few words. */
export function trustWords({ trusted, publiclyTrusted }: CertificateResult): string {
  return trusted ? (publiclyTrusted ? 'yes, publicly' : 'yes, by this machine') : 'no';
}

/** Why a project connects or not, with the place to change. */
export function projectReason({ reason, fix }: ProjectResult): string {
  return fix ? `${reason} Fix: ${fix.title} (${fix.file}:${fix.line}).` : reason;
}

/** How many projects connect, as a sentence. */
export function projectSummary(projects: readonly ProjectResult[]): string {
  const count = (answer: ProjectResult['connects']): number =>
    projects.filter(({ connects }) => connects === answer).length;
  const unknown = count('unknown') > 0 ? `, ${count('unknown')} unknown` : '';
  return `${count('yes')} of ${projects.length} projects connect, ${count('no')} cannot${unknown}.`;
}

/** The sign-in answer in a few words, without the authority. */
export function signInWords({ status }: { readonly status: number | null }): string {
  return status === null ? 'No HTTP answer' : `HTTP ${status}`;
}

/** Makes text of a server harmless: control characters never reach the terminal or the page. */
export function harmless(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '?');
}

function cellOf(client: ClientResult | undefined): string {
  if (!client) {
    return '';
  }
  return client.version?.replace(/^TLS /, '').replace('SSL 3.0', 'SSL3') ?? '-';
}
