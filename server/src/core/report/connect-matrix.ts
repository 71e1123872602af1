import { supportedWindows } from '../facts/net-tls-defaults.ts';
import { netFramework, parseFrameworkName } from '../facts/nuget-frameworks.ts';
import type { TlsVersion } from '../facts/tls-versions.ts';
import { schannelDefaults, type WindowsId } from '../facts/tls-windows.ts';
import type { FilePath } from '../model/path.ts';
import { LineIndex } from '../text/lines.ts';
import type { ProcessFix, ProcessVerdict, VerdictStep, WindowsOffer } from '../verdict/process-verdict.ts';
import { frameworkName, versionWords } from '../verdict/wording.ts';
import { clientsLike, connectsEverywhere, remedyFor } from './simulated-likeness.ts';

/** One simulated client on one Windows version, as a probe describes it. */
export interface SimulatedConnection {
  /** Framework and settings, such as `net-4.5.2`. */
  readonly id: string;
  readonly windows: WindowsId;
  readonly connects: boolean;
  /** The version that client and server agreed on; null or absent where it is not known. */
  readonly version?: TlsVersion | null;
  /** Why not; null when it connects. */
  readonly reason: string | null;
}

/** What a probe found out about a host, as far as it concerns projects. */
export interface ProbedHost {
  readonly clients: readonly SimulatedConnection[];
  /** The versions that the server accepts, each offered alone; absent where that is not known. */
  readonly accepted?: readonly TlsVersion[];
  /** Whether the server answered with TLS at all. */
  readonly speaksTls: boolean;
  /** What is wrong with the certificate, by the names of the probe's report. */
  readonly certificateProblems: readonly string[];
}

/** Whether a project's processes connect to the probed host. */
export interface ProjectConnection {
  readonly path: FilePath;
  readonly connects: 'yes' | 'no' | 'unknown';
  /** Why, and for `no` what would change it. */
  readonly reason: string;
  /** The change in the workspace that would let it connect; null where there is none, or none is needed. */
  readonly fix: ConnectionFix | null;
}

export interface ConnectionFix {
  readonly title: string;
  readonly path: FilePath;
  /** Counted from 1. */
  readonly line: number;
}

/**
 * Which projects of a workspace connect to a probed host: one entry for each project, in the order of their paths.
 *
 * A process is judged by what it offers in effect: its target, `httpRuntime`, switches and code. The simulated client
 * that offers the same has asked the server; where none does, the versions that the server accepts decide. Where
 * something else than the workspace decides about TLS, the answer is `unknown`.
 */
export function connectMatrix(
  host: ProbedHost,
  processes: readonly ProcessVerdict[],
  readText: (path: FilePath) => string | undefined,
): ProjectConnection[] {
  const byPath = new Map<FilePath, ProcessVerdict[]>();
  for (const process of processes.filter(({ kind }) => kind !== 'script')) {
    byPath.set(process.path, [...(byPath.get(process.path) ?? []), process]);
  }
  return Array.from(byPath, ([path, own]) => {
    const { fix, ...answer } = joinAnswers(own.map((process) => judgeProcess(process, host, byPath)));
    return { path, ...answer, fix: fix && placeFix(fix, readText) };
  });
}

function placeFix({ title, at }: ProcessFix, readText: (path: FilePath) => string | undefined): ConnectionFix {
  const { line } = new LineIndex(readText(at.path) ?? '').positionAt(at.range.start);
  return { title, path: at.path, line: line + 1 };
}

interface Answer {
  readonly connects: ProjectConnection['connects'];
  readonly reason: string;
  readonly fix: ProcessFix | null;
}

function judgeProcess(
  process: ProcessVerdict,
  host: ProbedHost,
  byPath: ReadonlyMap<FilePath, readonly ProcessVerdict[]>,
): Answer {
  const programs = process.programs.flatMap((path) => byPath.get(path) ?? []);
  if (programs.length > 0) {
    return judgeByPrograms(programs, host);
  }
  const deciding = process.because.find(({ effect }) => effect === 'decides');
  const isNative = process.framework === null && process.kind !== 'web' && process.verdict === 'not-affected';
  if (isNative || process.windows.every(({ protocols }) => protocols.length === 0)) {
    const text = isNative ? 'It builds native code, whose TLS is not simulated.' : deciding?.text;
    return unknownBecause(text ?? 'Nothing is known about it.');
  }
  return judgeOffers(process, deciding, host);
}

/** A library connects if all the programs that load it do. */
function judgeByPrograms(programs: readonly ProcessVerdict[], host: ProbedHost): Answer {
  const answers = programs.map((program) => ({ name: program.name, ...judgeProcess(program, host, new Map()) }));
  const connects = worst(answers.map((answer) => answer.connects));
  const deciding = answers.filter((answer) => answer.connects === connects);
  const names = [...new Set(deciding.map(({ name }) => name))].join(', ');
  const [first] = deciding;
  return { connects, reason: `Loaded by ${names}: ${first?.reason ?? ''}`, fix: first?.fix ?? null };
}

function judgeOffers(process: ProcessVerdict, deciding: VerdictStep | undefined, host: ProbedHost): Answer {
  // A site without a project runs on .NET Framework, like the version that its configuration names.
  const moniker = process.framework ?? '.NETFramework,Version=v4.0';
  const name = parseFrameworkName(moniker);
  const framework = name && { ...name, moniker };
  const where = process.configurations.length > 0 ? ` (${process.configurations.join(', ')})` : '';
  const isSimulated = framework?.identifier === netFramework || framework?.identifier === '.NETCoreApp';
  const title = process.framework === null || !framework ? 'The site' : frameworkName(framework);
  if (!framework || !isSimulated) {
    return unknownBecause(`${title} is not simulated${where}.`);
  }
  if (!host.speaksTls) {
    return unknownBecause('The server was not reached over TLS.');
  }
  const outcomes = process.windows
    .filter(({ id }) => supportedWindows.includes(id))
    .map((offer) => ({ offer, ...ask(process, framework, offer, host) }));
  const failures = outcomes.filter(({ connects }) => connects === 'no');
  const subject = framework.identifier === '.NETCoreApp' ? `${title} on Windows` : title;
  // The target is told by the name already; what else decides, in its own words.
  const isByTarget = deciding?.at?.path === process.at.path && deciding.at.range.start === process.at.range.start;
  const because = isByTarget || !deciding ? '' : ` ${deciding.text}`;
  if (failures.length > 0) {
    return judgeFailure(process, host, framework, `${subject} ${describe(failures)}${where}.${because}`);
  }
  if (outcomes.some(({ connects }) => connects === 'unknown')) {
    return unknownBecause(`${subject} was not simulated on every Windows version${where}.${because}`);
  }
  return judgeCertificate(subject, where, because, host.certificateProblems);
}

interface Outcome {
  readonly connects: Answer['connects'];
  readonly reason: string;
}

/** What came of the same offer; without one, whether the server accepts a version that is offered. */
function ask(
  process: ProcessVerdict,
  framework: { readonly identifier: string; readonly version: string },
  offer: WindowsOffer,
  host: ProbedHost,
): Outcome {
  const onWindows = host.clients.filter(({ windows }) => windows === offer.id);
  for (const id of clientsLike(framework, offer)) {
    const client = onWindows.find((candidate) => candidate.id === id);
    if (client) {
      return { connects: client.connects ? 'yes' : 'no', reason: client.reason ?? 'fails' };
    }
  }
  const agreed = onWindows.find(
    ({ connects, version }) => connects && version && offer.protocols.includes(version) && version >= 'TLS 1.2',
  );
  if (agreed) {
    return { connects: 'yes', reason: '' };
  }
  const { accepted } = host;
  if (accepted && !offer.protocols.some((version) => accepted.includes(version))) {
    const wanted = accepted.length === 0 ? 'nothing of that' : versionWords(accepted);
    return { connects: 'no', reason: `offers ${versionWords(offer.protocols)}, and the server accepts ${wanted}` };
  }
  return { connects: 'unknown', reason: `${process.name} was not simulated` };
}

/** Perhaps a registry file helps; otherwise the workspace's own fix, or the next target with which the server answers. */
function judgeFailure(
  process: ProcessVerdict,
  host: ProbedHost,
  framework: { readonly identifier: string; readonly version: string },
  reason: string,
): Answer {
  const helping = process.because.filter(({ effect }) => effect === 'lowers').map(({ text }) => text);
  if (process.verdict === 'unknown' && helping.length > 0) {
    return unknownBecause(`${reason} ${helping.join(' ')}`);
  }
  if (process.fix && connectsEverywhere('net-4.6.2', host.clients)) {
    const isRetarget = process.fix.at.path === process.at.path && process.fix.at.range.start === process.at.range.start;
    const advice = isRetarget ? remedyFor(framework, host.clients) : `${process.fix.title}.`;
    return { connects: 'no', reason: `${reason} ${advice}`, fix: process.fix };
  }
  return { connects: 'no', reason: `${reason} ${remedyFor(framework, host.clients)}`, fix: null };
}

/** TLS is agreed; whether the program accepts the certificate is another question. */
function judgeCertificate(subject: string, where: string, because: string, problems: readonly string[]): Answer {
  const certain = problems.filter((problem) => !dependsOnMachine.includes(problem));
  if (certain.length > 0) {
    const reason = `${subject} agrees on TLS${where}, but refuses the certificate (${certain.join(', ')}). The server's certificate has to be replaced.`;
    return { connects: 'no', reason, fix: null };
  }
  if (problems.length > 0) {
    return unknownBecause(
      `${subject} agrees on TLS${where}, but connects only where the certificate is trusted (${problems.join(', ')}).`,
    );
  }
  return {
    connects: 'yes',
    reason: `${subject} connects on every supported Windows version${where}.${because}`,
    fix: null,
  };
}

/** Problems of a certificate that another machine may not have. */
const dependsOnMachine: readonly string[] = ['untrusted-root', 'self-signed'];

function describe(failures: readonly (Outcome & { readonly offer: WindowsOffer })[]): string {
  const reasons = [...new Set(failures.map(({ reason }) => reason))];
  return reasons
    .map((reason) => {
      const names = failures
        .filter((failure) => failure.reason === reason)
        .map(({ offer }) => schannelDefaults.find(({ id }) => id === offer.id)?.name ?? offer.id);
      return names.length === supportedWindows.length ? reason : `${reason} on ${names.join(', ')}`;
    })
    .join('; ');
}

/** The worst of a project's targets and configurations, with the reasons of those. */
function joinAnswers(answers: readonly Answer[]): Answer {
  const connects = worst(answers.map((answer) => answer.connects));
  const deciding = answers.filter((answer) => answer.connects === connects);
  return {
    connects,
    reason: [...new Set(deciding.map(({ reason }) => reason))].join(' '),
    fix: deciding.find(({ fix }) => fix)?.fix ?? null,
  };
}

const order: readonly Answer['connects'][] = ['no', 'unknown', 'yes'];

function worst(answers: readonly Answer['connects'][]): Answer['connects'] {
  return order.find((answer) => answers.includes(answer)) ?? 'unknown';
}

function unknownBecause(reason: string): Answer {
  return { connects: 'unknown', reason, fix: null };
}
