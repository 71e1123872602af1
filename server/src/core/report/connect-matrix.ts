import { compareVersions, defaultProtocols } from '../facts/dotnet-frameworks.ts';
import { netFramework } from '../facts/nuget-frameworks.ts';
import type { WindowsId } from '../facts/tls-windows.ts';
import type { FilePath } from '../model/path.ts';
import type { ProjectModel, ProjectTarget, TargetFramework, WorkspaceModel } from '../workspace/model.ts';
import { standingOf } from '../workspace/standing.ts';

/** One simulated client on one Windows version, as a probe describes it. */
export interface SimulatedConnection {
  /** Framework and settings, such as `net-4.5.2`. */
  readonly id: string;
  readonly windows: WindowsId;
  readonly connects: boolean;
  /** Why not; null when it connects. */
  readonly reason: string | null;
}

/** What a probe found out about a host, as far as it concerns projects. */
export interface ProbedHost {
  readonly clients: readonly SimulatedConnection[];
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
}

/** The Windows versions in support: a project connects only if it does on each of them. */
const supportedWindows: readonly (readonly [id: WindowsId, name: string])[] = [
  ['10', 'Windows 10'],
  ['11', 'Windows 11'],
  ['server-2016', 'Server 2016'],
  ['server-2019', 'Server 2019'],
  ['server-2022', 'Server 2022'],
  ['server-2025', 'Server 2025'],
];

/**
 * Which projects of a workspace connect to a probed host: one entry for each project, in the order of their paths.
 *
 * A program is judged by the simulated client that offers what its target offers. Where something else than the
 * project decides about TLS (a service, a test runner, a host, an unknown program), the answer is `unknown`.
 */
export function connectMatrix(host: ProbedHost, workspace: WorkspaceModel): ProjectConnection[] {
  return [...workspace.projects.values()].map((project) => ({
    path: project.path,
    ...judgeProject(project, host, workspace),
  }));
}

type Answer = Omit<ProjectConnection, 'path'>;

function judgeProject(project: ProjectModel, host: ProbedHost, workspace: WorkspaceModel): Answer {
  const standing = standingOf(project, workspace);
  switch (standing.kind) {
    case 'plug-in':
      return unknownBecause('It runs in the service, which decides about TLS.');
    case 'library-of-plug-ins':
      return unknownBecause('Only plug-ins load it; they run in the service, which decides about TLS.');
    case 'test':
      return unknownBecause('The test runner decides about TLS.');
    case 'hosted':
      return unknownBecause(`${standing.host} loads it and decides about TLS.`);
    case 'library-without-program':
      return unknownBecause('The program that loads it decides about TLS, and no program of the workspace does.');
    case 'library-of-programs': {
      const programs = standing.programs.map((program) => ({ program, ...judgeTargets(program, host) }));
      const connects = worst(programs.map((answer) => answer.connects));
      const deciding = programs.filter((answer) => answer.connects === connects);
      return {
        connects,
        reason: `Loaded by ${deciding.map(({ program }) => fileName(program)).join(', ')}: ${deciding[0]?.reason ?? ''}`,
      };
    }
    default:
      return judgeTargets(project, host);
  }
}

/** The worst of a program's targets; the reason says which they are when there are several. */
function judgeTargets(project: ProjectModel, host: ProbedHost): Answer {
  if (project.targets.length === 0) {
    return unknownBecause('It builds native code, whose TLS is not simulated.');
  }
  const answers = project.targets.map((target) => judgeTarget(target, host));
  const connects = worst(answers.map((answer) => answer.connects));
  const reasons = answers.filter((answer) => answer.connects === connects).map(({ reason }) => reason);
  const note =
    project.role.role === 'web' && connects === 'yes' ? ' A lower httpRuntime target in web.config would decide.' : '';
  return { connects, reason: `${[...new Set(reasons)].join(' ')}${note}` };
}

function judgeTarget({ framework, configurations }: ProjectTarget, host: ProbedHost): Answer {
  const where = configurations.length > 0 ? ` (${configurations.join(', ')})` : '';
  if (!framework.known) {
    return unknownBecause(`The target framework could not be evaluated${where}: ${framework.reasons.join(', ')}`);
  }
  const client = clientOf(framework.value);
  const name = displayName(framework.value);
  if (client === undefined) {
    return unknownBecause(`${name} is not simulated${where}.`);
  }
  if (!host.speaksTls) {
    return unknownBecause('The server was not reached over TLS.');
  }
  const outcome = askClient(client, host.clients);
  if (outcome.failures.length > 0) {
    const reason = `${name} ${describeFailures(outcome.failures)}${where}. ${adviceFor(client, host.clients)}`;
    return { connects: 'no', reason };
  }
  if (!outcome.isComplete) {
    return unknownBecause(`${name} was not simulated on every Windows version${where}.`);
  }
  return judgeCertificate(name, where, host.certificateProblems);
}

/** TLS is agreed; whether the program accepts the certificate is another question. */
function judgeCertificate(name: string, where: string, problems: readonly string[]): Answer {
  const certain = problems.filter((problem) => !dependsOnMachine.includes(problem));
  if (certain.length > 0) {
    const reason = `${name} agrees on TLS${where}, but refuses the certificate (${certain.join(', ')}). The server's certificate has to be replaced.`;
    return { connects: 'no', reason };
  }
  if (problems.length > 0) {
    return unknownBecause(
      `${name} agrees on TLS${where}, but connects only where the certificate is trusted (${problems.join(', ')}).`,
    );
  }
  return { connects: 'yes', reason: `${name} connects on every supported Windows version${where}.` };
}

/** Problems of a certificate that another machine may not have. */
const dependsOnMachine: readonly string[] = ['untrusted-root', 'self-signed'];

/** The simulated client that offers what a target offers; undefined for a platform without one. */
function clientOf({ identifier, version }: TargetFramework): string | undefined {
  if (identifier === '.NETCoreApp') {
    // PowerShell 7 runs on modern .NET, and both leave the choice to Windows.
    return 'powershell-7';
  }
  if (identifier !== netFramework) {
    return undefined;
  }
  switch (defaultProtocols(version)) {
    case 'obsolete':
      return compareVersions(version, '4.0') < 0 ? 'net-3.5' : 'net-4.5.2';
    case 'up-to-1.2':
      return 'net-4.6.2';
    default:
      return 'net-4.8';
  }
}

interface Failure {
  readonly windows: string;
  readonly reason: string;
}

interface Outcome {
  readonly failures: readonly Failure[];
  /** Whether every supported Windows version was asked. */
  readonly isComplete: boolean;
}

function askClient(id: string, clients: readonly SimulatedConnection[]): Outcome {
  const own = supportedWindows.map(([windows, name]) => ({
    name,
    client: clients.find((client) => client.id === id && client.windows === windows),
  }));
  const failures = own.flatMap(({ name, client }) =>
    client && !client.connects ? [{ windows: name, reason: client.reason ?? 'fails' }] : [],
  );
  return { failures, isComplete: own.every(({ client }) => client !== undefined) };
}

function connectsEverywhere(id: string, clients: readonly SimulatedConnection[]): boolean {
  const { failures, isComplete } = askClient(id, clients);
  return isComplete && failures.length === 0;
}

function describeFailures(failures: readonly Failure[]): string {
  const reasons = [...new Set(failures.map(({ reason }) => reason))];
  return reasons
    .map((reason) => {
      const windows = failures.filter((failure) => failure.reason === reason).map((failure) => failure.windows);
      return windows.length === supportedWindows.length ? reason : `${reason} on ${windows.join(', ')}`;
    })
    .join('; ');
}

/** Clients of .NET Framework by rising target, with the advice to move there. */
const remedies: readonly (readonly [client: string, advice: string])[] = [
  ['net-3.5', ''],
  ['net-4.5.2', 'Retarget it to .NET Framework 4.0 or later.'],
  ['net-4.6.2', 'Retarget it to .NET Framework 4.6.2 or later.'],
  ['net-4.8', 'Retarget it to .NET Framework 4.7 or later.'],
];

/** The lowest higher target with which the same server was seen to answer. */
function adviceFor(client: string, clients: readonly SimulatedConnection[]): string {
  const own = remedies.findIndex(([id]) => id === client);
  const higher = own < 0 ? [] : remedies.slice(own + 1);
  const remedy = higher.find(([id]) => connectsEverywhere(id, clients));
  return remedy?.[1] ?? 'No later target connects either: the server has to change.';
}

const order: readonly Answer['connects'][] = ['no', 'unknown', 'yes'];

function worst(answers: readonly Answer['connects'][]): Answer['connects'] {
  return order.find((answer) => answers.includes(answer)) ?? 'unknown';
}

function unknownBecause(reason: string): Answer {
  return { connects: 'unknown', reason };
}

function displayName({ identifier, version, profile, moniker }: TargetFramework): string {
  if (identifier === netFramework) {
    return `.NET Framework ${version}${profile === '' ? '' : ` ${profile} Profile`}`;
  }
  return identifier === '.NETCoreApp' ? `.NET ${version} on Windows` : moniker;
}

function fileName({ path }: ProjectModel): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
