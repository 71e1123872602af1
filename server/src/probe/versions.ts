import { suitesFor } from '../core/facts/tls-cipher-suites.ts';
import { type TlsVersion, tlsVersions } from '../core/facts/tls-versions.ts';
import { probeOffer } from './client-hello.ts';
import { type Connection, type Connections, isConnection, type OpenFailure } from './connections.ts';
import { type Acceptance, type Answer, converse } from './conversation.ts';
import type { ProbeCrypto } from './port.ts';

/** How the server answered each version, offered alone. */
export interface VersionAnswer {
  readonly version: TlsVersion;
  readonly answer: Answer;
  /** Milliseconds from the ClientHello to the answer. */
  readonly took: number;
}

/** Everything that one conversation after the other needs. */
export interface ProbeContext {
  readonly connections: Connections;
  readonly crypto: ProbeCrypto;
  readonly now: () => number;
  readonly serverName: string | null;
  /** How long one connection may take. */
  readonly patience: number;
}

/** An answer for a connection that did not come about although others did. */
export function answerForFailure(failure: OpenFailure): Answer {
  switch (failure.kind) {
    case 'stopped':
      return { state: 'not-tested', sawTls: false };
    case 'timeout':
      return { state: 'silent', sawTls: false };
    case 'proxy-refused':
    case 'proxy-authentication':
      return { state: 'closed', sawTls: false };
    default:
      return { state: 'reset', sawTls: false };
  }
}

/**
 * Offers one version with every suite over an open connection, and closes it.
 */
export async function offerVersion(
  context: ProbeContext,
  version: TlsVersion,
  connection: Connection | OpenFailure,
): Promise<VersionAnswer> {
  if (!isConnection(connection)) {
    return { version, answer: answerForFailure(connection), took: 0 };
  }
  const start = context.now();
  const suites = suitesFor(version).map((suite) => suite.id);
  const answer = await converse(connection, probeOffer(version, suites, context.serverName), context.crypto, true);
  connection.close();
  return { version, answer, took: context.now() - start };
}

/** Offers some suites of one version over a fresh connection. */
export async function offerSuites(
  context: ProbeContext,
  version: TlsVersion,
  suites: readonly number[],
): Promise<Answer> {
  const connection = await context.connections.open(context.patience);
  if (!isConnection(connection)) {
    return answerForFailure(connection);
  }
  const answer = await converse(connection, probeOffer(version, suites, context.serverName), context.crypto);
  connection.close();
  return answer;
}

/** Suites of one version that the server accepts. */
export interface AcceptedSuites {
  /** In the server's order where it has one, else in the order of the offers. */
  readonly suites: readonly number[];
  readonly order: 'server' | 'client' | 'unknown';
  /** False when time ran out before the list was whole. */
  readonly isComplete: boolean;
}

/**
 * Finds all suites that the server accepts: offers them again and again without the ones that it has chosen already.
 * Then offers them backwards, to see whether the server insists on its own order.
 */
export async function enumerateSuites(context: ProbeContext, first: Acceptance): Promise<AcceptedSuites> {
  const { version } = first;
  const accepted: number[] = [first.suite];
  let rest = suitesFor(version).map((suite) => suite.id);
  while (true) {
    rest = rest.filter((id) => id !== accepted.at(-1));
    if (rest.length === 0) {
      break;
    }
    const answer = await offerSuites(context, version, rest);
    if (answer.state === 'not-tested') {
      return { suites: accepted, order: 'unknown', isComplete: false };
    }
    if (answer.state !== 'accepted') {
      break;
    }
    accepted.push(answer.suite);
  }
  return { suites: accepted, order: await findOrder(context, version, accepted), isComplete: true };
}

async function findOrder(
  context: ProbeContext,
  version: TlsVersion,
  accepted: readonly number[],
): Promise<AcceptedSuites['order']> {
  if (accepted.length < 2) {
    return 'unknown';
  }
  const answer = await offerSuites(context, version, [...accepted].reverse());
  if (answer.state !== 'accepted') {
    return 'unknown';
  }
  if (answer.suite === accepted[0]) {
    return 'server';
  }
  return answer.suite === accepted.at(-1) ? 'client' : 'unknown';
}

/** The order in which versions are asked: the ones that decide first. */
export const askingOrder: readonly TlsVersion[] = ['TLS 1.2', 'TLS 1.3', 'TLS 1.0', 'TLS 1.1', 'SSL 3.0'];

/** Answers in the order of {@link tlsVersions}; versions without one were not tested. */
export function sortAnswers(answers: readonly VersionAnswer[]): VersionAnswer[] {
  return tlsVersions.map(
    (version) =>
      answers.find((answer) => answer.version === version) ?? {
        version,
        answer: { state: 'not-tested', sawTls: false },
        took: 0,
      },
  );
}
