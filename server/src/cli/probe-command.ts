import { type Command, InvalidArgumentError, Option } from 'commander';
import { connectMatrix, resolvePath } from '../core/index.ts';
import { readTrustFile } from '../platform/node/probe-trust-file.ts';
import {
  type HttpProxy,
  ProbeInputError,
  type ProbePort,
  type ProbeReport,
  parseProxy,
  probedHost,
  probeMarkdown,
  proxyFromEnvironment,
  runProbe,
} from '../probe/index.ts';
import { probeJson } from './formats/probe-json.ts';
import { probeText } from './formats/probe-text.ts';
import { CliError, type CliIo, ExitCode } from './io.ts';
import { openSession, type Session } from './session.ts';

export interface ProbeCommandOptions {
  readonly format: 'text' | 'json' | 'markdown';
  readonly ca?: string;
  readonly proxy?: string;
  /** Seconds. */
  readonly timeout: number;
  readonly clients: boolean;
  readonly signIn?: boolean;
  readonly control?: string;
  readonly workspace?: string;
}

/** Adds `probe` to the program. */
export function addProbeCommand(program: Command, io: CliIo, setExitCode: (code: ExitCode) => void): void {
  program
    .command('probe')
    .description('ask servers which TLS they speak, and whether clients of .NET would connect')
    .argument('<urls...>', 'URLs or host names')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json', 'markdown']).default('text'))
    .option('--ca <file>', 'trust the certificates of this file (PEM or DER) as well')
    .option('--proxy <url>', 'go through this HTTP proxy (http://[user:password@]host:port)')
    .addOption(
      new Option('--timeout <seconds>', 'bound of the whole probe of one URL').argParser(parseSeconds).default(30),
    )
    .option('--no-clients', 'do not simulate clients')
    .option('--sign-in', 'send one request without a token to learn the sign-in host, and probe that too')
    .option('--control <url>', 'a host to ask when the target is blocked, to see whether the network is the cause')
    .option('--workspace <path>', 'say which projects of this folder, solution or project connect')
    .action(async (urls: string[], options: ProbeCommandOptions) => {
      setExitCode(await runProbeCommand(urls, options, io));
    });
}

/** `dynamics-tls probe`: asks each URL and prints the result; see {@link probeExitCode}. */
export async function runProbeCommand(
  urls: readonly string[],
  options: ProbeCommandOptions,
  io: CliIo,
  port?: ProbePort,
): Promise<ExitCode> {
  const trustFiles = options.ca === undefined ? [] : [await readTrust(resolvePath(io.cwd, options.ca))];
  const proxyFor = proxyChoice(options, io);
  const session = options.workspace === undefined ? undefined : openSession([options.workspace], {}, io);
  // The platform is loaded when it is needed: the other commands start without it.
  const probePort = port ?? (await import('../platform/node/probe-port.ts')).createNodeProbePort();
  for (const content of trustFiles) {
    if (probePort.certificates.parseFile(content).length === 0) {
      throw new CliError(`${options.ca} holds no certificate in PEM or DER.`);
    }
  }
  try {
    const report = await runProbe(
      {
        urls,
        timeoutMilliseconds: options.timeout * 1000,
        simulatesClients: options.clients,
        trustFiles,
        proxyFor,
        asksSignIn: options.signIn === true,
        ...(options.control === undefined ? {} : { controlUrl: options.control }),
        signal: io.signal,
        onProgress: (text) => {
          if (io.stderrIsTerminal) {
            io.stderr(`${text}\n`);
          }
        },
      },
      probePort,
    );
    io.stdout(await format(session ? withProjects(report, session) : report, options.format, io));
    return probeExitCode(report);
  } catch (error) {
    if (error instanceof ProbeInputError) {
      throw new CliError(error.message);
    }
    throw error;
  }
}

/** Adds to every target which projects connect to it. */
function withProjects({ targets }: ProbeReport, session: Session): ProbeReport {
  const { processes, workspace } = session.analyze();
  return {
    targets: targets.map((target) => ({
      ...target,
      projects: connectMatrix(probedHost(target), processes, workspace.readText).map(({ path, fix, ...answer }) => ({
        file: session.display(path),
        ...answer,
        fix: fix && { title: fix.title, file: session.display(fix.path), line: fix.line },
      })),
    })),
  };
}

/** 1 when a server's answer is neither `ok` nor `weak`, else 2 when a host could not be reached, else 0. */
export function probeExitCode({ targets }: ProbeReport): ExitCode {
  const verdicts = targets.map(({ verdict }) => verdict);
  if (verdicts.some((verdict) => !['ok', 'weak', 'unreachable'].includes(verdict))) {
    return ExitCode.found;
  }
  return verdicts.includes('unreachable') ? ExitCode.failed : ExitCode.nothing;
}

async function format(report: ProbeReport, name: ProbeCommandOptions['format'], io: CliIo): Promise<string> {
  switch (name) {
    case 'json':
      return probeJson(report);
    case 'markdown':
      return probeMarkdown(report);
    case 'text':
      return probeText(report, (await import('./formats/text.ts')).colorsFor(io));
  }
}

/** The proxy of the command line for every target; otherwise what the environment says of each. */
function proxyChoice(options: ProbeCommandOptions, io: CliIo): (host: string, port: number) => HttpProxy | null {
  if (options.proxy !== undefined) {
    const proxy = requireProxy(options.proxy, '--proxy');
    return () => proxy;
  }
  return (host, port) => {
    const text = proxyFromEnvironment(io.environment, host, port);
    return text === null ? null : requireProxy(text, 'The proxy of the environment (HTTPS_PROXY, ALL_PROXY)');
  };
}

/** The text of a proxy may hold a password, so that no message repeats it. */
function requireProxy(text: string, origin: string): HttpProxy {
  const proxy = parseProxy(text);
  if (!proxy) {
    throw new CliError(`${origin} is not an address like http://host:port; only HTTP proxies are supported.`);
  }
  return proxy;
}

async function readTrust(path: string): Promise<Uint8Array> {
  try {
    return await readTrustFile(path);
  } catch (error) {
    throw new CliError(`--ca: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parseSeconds(value: string): number {
  const seconds = Number(value);
  // Timers of Node end at 2^31 ms; nobody waits for an hour.
  if (!(seconds > 0 && seconds <= 3600)) {
    throw new InvalidArgumentError('It must be a number of seconds above 0, at most 3600.');
  }
  return seconds;
}
