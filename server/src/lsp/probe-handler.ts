import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { connectMatrix, findDynamicsUrls, relativePath, version } from '../core/index.ts';
import { findWorkspaceUrls } from '../platform/node/find-workspace-urls.ts';
import {
  describeHost,
  describeTarget,
  type Environment,
  type HttpProxy,
  isExcluded,
  isLoopback,
  ProbeCancelledError,
  ProbeInputError,
  type ProbePort,
  type ProbeReport,
  parseBasicAuthorization,
  parseProbeUrl,
  parseProxy,
  probeDocument,
  probedHost,
  probeMarkdown,
  proxyFromEnvironment,
  runProbe,
  verdictSentence,
} from '../probe/index.ts';
import type { ProbeServer } from './platform.ts';
import {
  type CheckedUrl,
  checkUrlRequest,
  confirmSignInHostRequest,
  maximalFilesOfUrl,
  type ProbeAnswer,
  type ProbeParams,
  type ProxyCredentials,
  type ProxySettings,
  probeProgressNotification,
  probeRequest,
  proxyCredentialsRequest,
  type UrlInText,
  urlsInTextRequest,
  type WorkspaceUrl,
  workspaceUrlsRequest,
} from './protocol.ts';

/** Bounds the probe of one URL, as on the command line. */
const timeoutMilliseconds = 30_000;

/** The host that is asked, when the user agrees, to see whether a network blocks TLS in general. */
const controlUrl = 'https://login.microsoftonline.com/';

/** Answers the probe's requests on Node. The sockets are loaded with the first probe, and nothing connects before. */
export function registerProbe(server: ProbeServer, environment: Environment = process.env): void {
  const { connection } = server;
  let port: Promise<ProbePort> | undefined;
  const probePort = (): Promise<ProbePort> => {
    port ??= import('../platform/node/probe-port.ts').then(({ createNodeProbePort }) => createNodeProbePort());
    return port;
  };

  connection.onRequest(probeRequest, async (params: ProbeParams, token: CancellationToken): Promise<ProbeAnswer> => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    try {
      const report = await runProbe(
        {
          urls: [params.url],
          timeoutMilliseconds,
          simulatesClients: true,
          trustFiles: [],
          proxyFor: (host, portNumber) => chooseProxy(params.proxy, environment, host, portNumber),
          askCredentials: async ({ host, port: proxyPort }) =>
            (await connection.sendRequest<ProxyCredentials | null>(proxyCredentialsRequest, {
              host,
              port: proxyPort,
            })) ?? undefined,
          asksSignIn: params.asksSignIn,
          allowsSignInHost: (host) => connection.sendRequest<boolean>(confirmSignInHostRequest, host),
          ...(params.asksControl ? { controlUrl } : {}),
          signal: stop.signal,
          onProgress: (text) => void connection.sendNotification(probeProgressNotification, text),
        },
        await probePort(),
      );
      return answerOf(await withProjects(report, server));
    } catch (error) {
      throw responseError(error);
    }
  });

  connection.onRequest<CheckedUrl, void>(checkUrlRequest, async (text: string) => {
    const url = parseProbeUrl(text, (await probePort()).domainToAscii);
    return 'problem' in url
      ? url
      : { url: url.url, place: `${url.host}:${url.port}`, service: describeHost(url.host, url.path) };
  });

  connection.onRequest(urlsInTextRequest, (text: string): UrlInText[] =>
    findDynamicsUrls(text).map(({ url, range }) => ({ url, start: range.start, end: range.end })),
  );

  connection.onRequest(workspaceUrlsRequest, (token: CancellationToken) => workspaceUrls(server, token));
}

async function withProjects({ targets }: ProbeReport, server: ProbeServer): Promise<ProbeReport> {
  const { processes, workspace } = await server.analysis();
  const display = displayIn(await server.roots());
  return {
    targets: targets.map((target) => ({
      ...target,
      projects: connectMatrix(probedHost(target), processes, workspace.readText).map(({ path, fix, ...answer }) => ({
        file: display(path),
        ...answer,
        fix: fix && { title: fix.title, file: display(fix.path), line: fix.line },
      })),
    })),
  };
}

function answerOf(report: ProbeReport): ProbeAnswer {
  const [first] = report.targets;
  return {
    report,
    views: report.targets.map(describeTarget),
    sentence: first ? verdictSentence(first) : '',
    markdown: probeMarkdown(report),
    json: probeDocument(report, version),
  };
}

/** An error that tells the client what to show. */
function responseError(error: unknown): ResponseError<void> {
  if (error instanceof ProbeCancelledError) {
    return new ResponseError(LSPErrorCodes.RequestCancelled, error.message);
  }
  return new ResponseError(LSPErrorCodes.RequestFailed, error instanceof Error ? error.message : String(error));
}

/**
 * The proxy for a target: the editor's setting before the environment, as the editor itself does it. This machine is
 * never asked through a proxy.
 */
function chooseProxy(settings: ProxySettings, environment: Environment, host: string, port: number): HttpProxy | null {
  if (settings.isOff || isLoopback(host)) {
    return null;
  }
  const text = settings.url || proxyFromEnvironment(environment, host, port);
  if (!text || isExcluded(settings.noProxy.join(','), host, port)) {
    return null;
  }
  const proxy = parseProxy(text);
  if (!proxy) {
    // The text may hold a password, so that the message does not repeat it.
    throw new ProbeInputError(
      `The proxy of ${settings.url ? 'the setting http.proxy' : 'the environment (HTTPS_PROXY, ALL_PROXY)'} is not an address like http://host:port; only HTTP proxies are supported.`,
    );
  }
  return {
    ...proxy,
    credentials: proxy.credentials ?? parseBasicAuthorization(settings.authorization),
    ...(proxy.tls ? { tls: settings.isStrict ? 'checked' : 'unchecked' } : {}),
  };
}

async function workspaceUrls(server: ProbeServer, token: CancellationToken): Promise<WorkspaceUrl[]> {
  const stop = new AbortController();
  token.onCancellationRequested(() => stop.abort());
  const byAuthority = new Map<string, { url: string; files: string[] }>();
  const roots = await server.roots();
  const display = displayIn(roots);
  for (const root of roots) {
    for await (const { path, url } of findWorkspaceUrls(root, server.settingsFor(root), stop.signal)) {
      const known = byAuthority.get(url.authority) ?? { url: url.url, files: [] };
      byAuthority.set(url.authority, known);
      const file = display(path);
      if (known.files.length < maximalFilesOfUrl && !known.files.includes(file)) {
        known.files.push(file);
      }
    }
  }
  return [...byAuthority.values()];
}

/** Paths as people read them: relative to their workspace folder. */
function displayIn(roots: readonly string[]): (path: string) => string {
  return (path) => {
    const root = roots.find((candidate) => path.startsWith(`${candidate}/`));
    return root === undefined ? path : relativePath(root, path);
  };
}
