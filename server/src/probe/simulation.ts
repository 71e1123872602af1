import { suiteById, suiteId } from '../core/facts/tls-cipher-suites.ts';
import { type SimulatedClient, simulatedClients } from '../core/facts/tls-clients.ts';
import { namedGroups, signatureSchemes } from '../core/facts/tls-parameters.ts';
import { newestVersion, type TlsVersion } from '../core/facts/tls-versions.ts';
import { type SchannelDefaults, schannelDefaults } from '../core/facts/tls-windows.ts';
import type { Offer } from './client-hello.ts';
import { isConnection } from './connections.ts';
import { type Answer, converse } from './conversation.ts';
import type { ClientResult } from './report.ts';
import { answerForFailure, type ProbeContext } from './versions.ts';

/** One kind of client on one Windows version, and what it would send. */
export interface Simulation {
  readonly client: SimulatedClient;
  readonly windows: SchannelDefaults;
  /** Null where Windows refuses every version that the client asks for. */
  readonly offer: Offer | null;
}

/** All clients on all Windows versions. */
export function allSimulations(serverName: string | null): Simulation[] {
  return simulatedClients.flatMap((client) =>
    schannelDefaults
      .filter((windows) => client.windows === undefined || client.windows.includes(windows.id))
      .map((windows) => ({ client, windows, offer: clientOffer(client, windows, serverName) })),
  );
}

/** What a client on a Windows version offers. */
export function clientOffer(
  client: SimulatedClient,
  windows: SchannelDefaults,
  serverName: string | null,
): Offer | null {
  const { versions: asked } = client;
  const versions = asked === 'system' ? windows.systemDefault : windows.available.filter((one) => asked.includes(one));
  const newest = newestVersion(versions);
  if (!newest) {
    return null;
  }
  const names = client.strongCrypto
    ? windows.suites.filter((name) => !windows.notStrong.includes(name))
    : windows.suites;
  const suites = names.map(suiteId).filter((id) => canUse(id, versions));
  const knowsTls13 = versions.includes('TLS 1.3');
  const isWindows7 = windows.id === '7' || windows.id === 'server-2008r2';
  return {
    versions,
    suites,
    groups: windows.groups.map((name) => namedGroups[name]),
    signatures: windows.signatures.map((name) => signatureSchemes[name]),
    keyShares: knowsTls13 ? windows.groups.slice(0, 1).map((name) => namedGroups[name]) : [],
    serverName,
    applicationProtocols: [],
    recordVersion: 'own',
    sessionTicket: !isWindows7,
    extendedMasterSecret: true,
    statusRequest: true,
    padded: false,
  };
}

/**
 * Asks the server with every distinct offer once, and tells for every client what came of it. Clients whose offer was
 * never answered because time ran out are left out; `isComplete` is false then.
 */
export async function simulateClients(
  context: ProbeContext,
  simulations: readonly Simulation[],
): Promise<{ readonly clients: readonly ClientResult[]; readonly isComplete: boolean }> {
  const answers = new Map<string, Promise<Answer>>();
  for (const { offer } of simulations) {
    if (offer && !answers.has(JSON.stringify(offer))) {
      answers.set(JSON.stringify(offer), askWith(context, offer));
    }
  }
  const results = await Promise.all(
    simulations.map(async ({ client, windows, offer }) => {
      const answer = offer ? await answers.get(JSON.stringify(offer)) : undefined;
      return answer?.state === 'not-tested' ? null : describe(client, windows, offer, answer);
    }),
  );
  const clients = results.filter((result) => result !== null);
  return { clients, isComplete: clients.length === simulations.length };
}

async function askWith(context: ProbeContext, offer: Offer): Promise<Answer> {
  const connection = await context.connections.open(context.patience);
  if (!isConnection(connection)) {
    return answerForFailure(connection);
  }
  const answer = await converse(connection, offer, context.crypto);
  connection.close();
  return answer;
}

function describe(
  client: SimulatedClient,
  windows: SchannelDefaults,
  offer: Offer | null,
  answer: Answer | undefined,
): ClientResult {
  const isAccepted = answer?.state === 'accepted';
  return {
    id: client.id,
    name: client.name,
    windows: windows.id,
    connects: isAccepted,
    version: isAccepted ? answer.version : null,
    suite: isAccepted ? (suiteById(answer.suite)?.name ?? null) : null,
    reason: isAccepted ? null : failure(offer, answer),
    assumption: client.assumption,
  };
}

function failure(offer: Offer | null, answer: Answer | undefined): string {
  const newest = offer ? newestVersion(offer.versions) : undefined;
  if (!newest || !answer) {
    return 'Windows refuses every version that this client asks for';
  }
  const offered = newest < 'TLS 1.2' ? `offers nothing above ${newest}` : `offers ${newest}`;
  return `${offered}: ${outcome(answer)}`;
}

function outcome(answer: Answer): string {
  switch (answer.state) {
    case 'refused':
      return answer.alert ? `refused with alert ${answer.alert}` : 'the server chose what was not offered';
    case 'closed':
      return 'the server closed the connection';
    case 'reset':
      return 'the connection was reset';
    case 'silent':
      return 'no answer';
    default:
      return 'the answer is not TLS';
  }
}

function canUse(id: number, versions: readonly TlsVersion[]): boolean {
  const since = suiteById(id)?.since ?? 'TLS 1.3';
  return since === 'TLS 1.3' ? versions.includes(since) : versions.some((one) => one !== 'TLS 1.3' && since <= one);
}
