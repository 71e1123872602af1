import { classifyHost, isMicrosoftOnline } from '../core/facts/dynamics-hosts.ts';
import { formatSuiteId, suiteById } from '../core/facts/tls-cipher-suites.ts';
import type { TlsVersion } from '../core/facts/tls-versions.ts';
import { judgeCertificates } from './certificate.ts';
import { Connections, isConnection, type OpenFailure } from './connections.ts';
import type { Answer } from './conversation.ts';
import { makeDial } from './dialer.ts';
import { messageFor } from './message.ts';
import type { Handshake, ProbePort, StopSignal } from './port.ts';
import type { HttpProxy, ProxyCredentials } from './proxy.ts';
import type { ClientResult, ControlResult, ProbeReport, ProbeTarget, ProtocolResult, SuiteResult } from './report.ts';
import { parseSignIn, signInPath } from './sign-in.ts';
import { allSimulations, simulateClients } from './simulation.ts';
import { type ProbeUrl, parseProbeUrl } from './url.ts';
import { type Decision, decide } from './verdict.ts';
import {
  type AcceptedSuites,
  askingOrder,
  enumerateSuites,
  offerVersion,
  type ProbeContext,
  sortAnswers,
  type VersionAnswer,
} from './versions.ts';

/** How to probe. */
export interface ProbeOptions {
  readonly urls: readonly string[];
  /** Bounds the whole probe of one URL. */
  readonly timeoutMilliseconds: number;
  /** Whether clients are simulated. */
  readonly simulatesClients: boolean;
  /** Contents of files with more trust anchors, in PEM or DER. */
  readonly trustFiles: readonly Uint8Array[];
  /** The proxy for a target; null for none. Asked once for each URL. */
  readonly proxyFor: (host: string, port: number) => HttpProxy | null;
  /** Asks for user name and password of a proxy that wants them; the time does not count. */
  readonly askCredentials?: (proxy: HttpProxy) => Promise<ProxyCredentials | undefined>;
  /** Sends one request without a token, to learn the sign-in authority, and probes that host too. */
  readonly asksSignIn?: boolean;
  /** Whether the sign-in host that the answer names may be contacted; every named host is when absent. */
  readonly allowsSignInHost?: (host: string) => Promise<boolean>;
  /** A host that is asked when the target is blocked or not reached in time, to tell the two kinds of trouble apart. */
  readonly controlUrl?: string;
  readonly signal?: StopSignal;
  readonly onProgress?: (text: string) => void;
}

/** A URL that cannot be probed; the message says why. */
export class ProbeInputError extends Error {}

/** The signal fired; everything is closed. */
export class ProbeCancelledError extends Error {}

/**
 * Probes URLs one after the other. Fails with {@link ProbeInputError} before anything is contacted when a URL is none,
 * and with {@link ProbeCancelledError} when the signal fires. When the promise settles, nothing is open any more.
 */
export async function runProbe(options: ProbeOptions, port: ProbePort): Promise<ProbeReport> {
  const urls = options.urls.map((text) => requireUrl(text, port));
  const targets: ProbeTarget[] = [];
  for (const url of urls) {
    const target = await probeWithCredentials(url, options, port);
    targets.push(target);
    const authority = signInHost(target, port);
    const isNew = authority && !targets.some((one) => one.host === authority.host);
    if (isNew && (await (options.allowsSignInHost?.(authority.host) ?? true))) {
      targets.push(await probeTarget(authority, { ...options, asksSignIn: false }, port, proxyOf(authority, options)));
    }
  }
  return { targets };
}

function requireUrl(text: string, port: ProbePort): ProbeUrl {
  const url = parseProbeUrl(text, port.domainToAscii);
  if ('problem' in url) {
    throw new ProbeInputError(url.problem);
  }
  return url;
}

async function probeWithCredentials(url: ProbeUrl, options: ProbeOptions, port: ProbePort): Promise<ProbeTarget> {
  const proxy = proxyOf(url, options);
  const target = await probeTarget(url, options, port, proxy);
  if (target.reason !== 'proxy-authentication' || !proxy || !options.askCredentials) {
    return target;
  }
  const credentials = await options.askCredentials(proxy);
  return credentials ? probeTarget(url, options, port, { ...proxy, credentials }) : target;
}

function proxyOf(url: ProbeUrl, options: ProbeOptions): HttpProxy | null {
  return options.proxyFor(url.host, url.port);
}

function signInHost(target: ProbeTarget, port: ProbePort): ProbeUrl | null {
  const authority = target.signIn?.authority;
  const url = authority ? parseProbeUrl(authority, port.domainToAscii) : null;
  return url && !('problem' in url) ? url : null;
}

/** Everything that the connections of one target showed. */
interface Findings {
  readonly failure: OpenFailure | null;
  readonly answers: readonly VersionAnswer[];
  readonly suites: ReadonlyMap<TlsVersion, AcceptedSuites>;
  readonly handshake: Handshake | null;
  readonly clients: readonly ClientResult[];
  readonly isComplete: boolean;
}

async function probeTarget(
  url: ProbeUrl,
  options: ProbeOptions,
  port: ProbePort,
  proxy: HttpProxy | null,
): Promise<ProbeTarget> {
  const start = port.clock.now();
  options.onProgress?.(`Probing ${url.url}`);
  const { timeoutMilliseconds: timeout, signal } = options;
  const connections = new Connections(port, makeDial({ ...url, proxy }, port.network), timeout, signal);
  const context: ProbeContext = {
    connections,
    crypto: port.crypto,
    now: () => port.clock.now(),
    serverName: url.isAddress ? null : url.host,
    patience: patienceFor(timeout),
  };
  const findings = await gather(context, url, options, port).finally(() => connections.settle());
  if (signal?.aborted) {
    throw new ProbeCancelledError('The probe was cancelled.');
  }
  const certificate = judgeCertificates(certificatesOf(findings), {
    store: port.certificates,
    extraRoots: options.trustFiles.flatMap((content) => port.certificates.parseFile(content)),
    host: url.host,
    isAddress: url.isAddress,
    date: port.clock.date(),
  });
  const answers = new Map(findings.answers.map(({ version, answer }) => [version, answer]));
  const isOnline = isMicrosoftOnline(url.host);
  const decision = decide({
    failure: findings.failure,
    answers,
    modernSuites: ['TLS 1.2' as const, 'TLS 1.3' as const].flatMap((one) => findings.suites.get(one)?.suites ?? []),
    certificate,
    isMicrosoftOnline: isOnline,
  });
  const control = await askControl(decision, options, port, timeout - (port.clock.now() - start));
  const message = messageFor({
    ...decision,
    host: url.host,
    port: url.port,
    proxy: proxy ? `${proxy.host}:${proxy.port}` : null,
    detail: findings.failure?.detail ?? '',
    answers,
    certificate,
    isMicrosoftOnline: isOnline,
    control,
    ranOutOfTime: connections.isExpired && !findings.isComplete,
  });
  return {
    url: url.url,
    host: url.host,
    port: url.port,
    via: proxy ? 'proxy' : 'direct',
    milliseconds: Math.round(port.clock.now() - start),
    service: classifyHost(url.host, url.path),
    ...decision,
    message,
    protocols: findings.answers.map((answer) => protocolResult(answer, findings.suites)),
    certificate,
    clients: findings.clients,
    projects: [],
    signIn: options.asksSignIn ? parseSignIn(findings.handshake?.httpHead ?? null) : null,
    control,
  };
}

/** How long one connection may take, so that even a silent server leaves time for a verdict. */
function patienceFor(timeout: number): number {
  return Math.min(10_000, timeout * 0.6);
}

async function gather(context: ProbeContext, url: ProbeUrl, options: ProbeOptions, port: ProbePort): Promise<Findings> {
  const first = await context.connections.open(context.patience);
  // A reset comes from somebody who had accepted the connection before.
  if (!isConnection(first) && first.kind !== 'reset') {
    return {
      failure: first,
      answers: sortAnswers([]),
      suites: new Map(),
      handshake: null,
      clients: [],
      isComplete: first.kind !== 'stopped',
    };
  }
  const asked = askingOrder.map(async (version, index) =>
    offerVersion(context, version, index === 0 ? first : await context.connections.open(context.patience)),
  );
  // Everything else starts as soon as it knows enough, so that one silent version does not hold up the others.
  const modern = Promise.all(asked.slice(0, 2));
  const [answers, suites, handshake, simulation] = await Promise.all([
    Promise.all(asked).then(sortAnswers),
    Promise.all(asked.map((answer) => listSuites(context, answer))),
    modern.then((known) => realHandshake(context, known, url, options, port)),
    options.simulatesClients ? simulate(context, modern, Promise.all(asked)) : { clients: [], isComplete: true },
  ]);
  const lists = suites.filter((list) => list !== null);
  const isComplete =
    simulation.isComplete &&
    answers.every(({ answer }) => answer.state !== 'not-tested') &&
    lists.every(([, list]) => list.isComplete);
  return { failure: null, answers, suites: new Map(lists), handshake, clients: simulation.clients, isComplete };
}

async function listSuites(
  context: ProbeContext,
  answer: Promise<VersionAnswer>,
): Promise<readonly [TlsVersion, AcceptedSuites] | null> {
  const known = await answer;
  const followUp = { ...context, patience: followUpPatience(context.patience, [known]) };
  return known.answer.state === 'accepted' ? [known.version, await enumerateSuites(followUp, known.answer)] : null;
}

/** Simulates clients once it is known that the server speaks TLS at all. */
async function simulate(
  context: ProbeContext,
  modern: Promise<readonly VersionAnswer[]>,
  all: Promise<readonly VersionAnswer[]>,
): Promise<Awaited<ReturnType<typeof simulateClients>>> {
  const known = (await modern).some(speaksTls) ? await modern : await all;
  const followUp = { ...context, patience: followUpPatience(context.patience, known) };
  return known.some(speaksTls)
    ? simulateClients(followUp, allSimulations(context.serverName))
    : { clients: [], isComplete: true };
}

function speaksTls({ answer }: VersionAnswer): boolean {
  return answer.state === 'accepted' || answer.state === 'refused';
}

/** Servers that answered once are given less time afterwards: a known pace, and no minute for a silent refusal. */
function followUpPatience(patience: number, answers: readonly VersionAnswer[]): number {
  const slowest = Math.max(0, ...answers.filter(({ answer }) => answer.state === 'accepted').map(({ took }) => took));
  return Math.min(patience, Math.max(1_000, slowest * 10));
}

/** One handshake to its end with the platform's TLS; null where that is not possible. */
async function realHandshake(
  context: ProbeContext,
  answers: readonly VersionAnswer[],
  url: ProbeUrl,
  options: ProbeOptions,
  port: ProbePort,
): Promise<Handshake | null> {
  if (!answers.some(({ answer }) => answer.state === 'accepted' && answer.version >= 'TLS 1.2')) {
    return null;
  }
  const connection = await context.connections.open(context.patience);
  if (!isConnection(connection)) {
    return null;
  }
  const authority = url.port === 443 ? url.host : `${url.host}:${url.port}`;
  const get = options.asksSignIn ? { host: authority, path: signInPath } : null;
  try {
    const request = { serverName: context.serverName, get };
    const { socket, stop } = connection.handOver();
    return await port.network.handshake(socket, request, stop);
  } catch {
    // A server that wants a client certificate, or whose keys the platform finds too weak; the chain of the plain
    // Certificate message has to do then.
    return null;
  } finally {
    connection.close();
  }
}

function certificatesOf(findings: Findings): readonly Uint8Array[] {
  if (findings.handshake && findings.handshake.chain.length > 0) {
    return findings.handshake.chain;
  }
  const seen = findings.answers.map(({ answer }) => (answer.state === 'accepted' ? answer.certificates : []));
  return seen.findLast((chain) => chain.length > 0) ?? [];
}

function protocolResult(
  { version, answer }: VersionAnswer,
  suites: ReadonlyMap<TlsVersion, AcceptedSuites>,
): ProtocolResult {
  const accepted = suites.get(version);
  return {
    version,
    state: answer.state,
    alert: alertOf(answer),
    suites: (accepted?.suites ?? []).map(suiteResult),
    order: accepted?.order ?? 'unknown',
    group: answer.state === 'accepted' ? answer.group : null,
  };
}

function alertOf(answer: Answer): string | null {
  return answer.state === 'refused' ? answer.alert : null;
}

function suiteResult(id: number): SuiteResult {
  const suite = suiteById(id);
  return { name: suite?.name ?? formatSuiteId(id), id: formatSuiteId(id), dataverse: suite?.dataverse ?? false };
}

async function askControl(
  decision: Decision,
  options: ProbeOptions,
  port: ProbePort,
  remaining: number,
): Promise<ControlResult | null> {
  const isUnclear = decision.verdict === 'blocked' || decision.reason === 'timeout' || decision.reason === 'dns';
  if (options.controlUrl === undefined || !isUnclear) {
    return null;
  }
  const url = requireUrl(options.controlUrl, port);
  const time = Math.max(remaining, 1_000);
  const dial = makeDial({ ...url, proxy: proxyOf(url, options) }, port.network);
  const connections = new Connections(port, dial, time, options.signal);
  const context: ProbeContext = {
    connections,
    crypto: port.crypto,
    now: () => port.clock.now(),
    serverName: url.isAddress ? null : url.host,
    patience: time,
  };
  const connection = await connections.open(time);
  const { answer } = await offerVersion(context, 'TLS 1.2', connection);
  await connections.settle();
  return { host: url.host, reached: answer.state === 'accepted' };
}
