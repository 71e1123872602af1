import { compareVersions, requiredVersion } from '../facts/dotnet-frameworks.ts';
import { netFramework } from '../facts/nuget-frameworks.ts';
import { schannelDefaults } from '../facts/tls-windows.ts';
import type { FilePath } from '../model/path.ts';
import type { Settings } from '../model/settings.ts';
import { hostingSign } from '../workspace/hosting-sign.ts';
import { displayName } from '../workspace/judge-target.ts';
import type { ProjectModel, ProjectTarget, TargetFramework, WorkspaceModel } from '../workspace/model.ts';
import { onPremisesServer } from '../workspace/on-premises.ts';
import { siteConfig } from '../workspace/site-target.ts';
import { type Standing, standingOf } from '../workspace/standing.ts';
import { folderOf } from '../workspace/workspace-model.ts';
import { codeSteps } from './code-steps.ts';
import { type ChainResult, judgeChain } from './judge-process.ts';
import { machineSteps } from './machine-steps.ts';
import { type ProcessConfig, processConfig } from './process-config.ts';
import type { ProcessSettings } from './process-settings.ts';
import {
  type ProcessKind,
  type ProcessVerdict,
  type TlsApi,
  tlsApis,
  type Verdict,
  type VerdictStep,
  worseVerdict,
} from './process-verdict.ts';
import { type ReasoningStep, settingsOfVersion, targetSteps } from './program-steps.ts';
import { frameworkName, projectName, roleWords } from './wording.ts';

/** What the verdict of a process asks of the workspace besides its models. */
export interface ProcessWorkspace extends WorkspaceModel {
  /** The verdicts of a project; a library asks for those of its programs. */
  processesOf(path: FilePath): readonly ProcessVerdict[];
}

/** The verdicts of one project: one, or one for each target and configuration where they differ. */
export function projectProcesses(
  project: ProjectModel,
  workspace: ProcessWorkspace,
  settings: Settings,
): ProcessVerdict[] {
  const standing = standingOf(project, workspace);
  if (project.targets.length === 0) {
    const because: VerdictStep[] = [
      { text: 'It builds native code, without .NET.', at: project.head, effect: 'decides' },
    ];
    return [describe(workspace, project, standing, undefined, elsewhere('not-affected', because))];
  }
  return project.targets.map((target) =>
    describe(workspace, project, standing, target, judgeTarget({ project, target, standing, workspace, settings })),
  );
}

interface Request {
  readonly project: ProjectModel;
  readonly target: ProjectTarget;
  readonly standing: Standing;
  readonly workspace: ProcessWorkspace;
  readonly settings: Settings;
}

type Result = ChainResult & { readonly programs: readonly FilePath[] };

function judgeTarget(request: Request): Result {
  const { project, target, standing } = request;
  const at = target.site ?? project.head;
  const { framework } = target;
  if (!framework.known) {
    const because = framework.reasons.map(
      (reason): VerdictStep => ({
        text: `The target framework could not be evaluated: ${reason}`,
        at,
        effect: 'decides',
      }),
    );
    return elsewhere('unknown', because);
  }
  const { identifier } = framework.value;
  const role = roleStep(project);
  if (identifier === '.NETCoreApp') {
    return modernResult(request, framework.value);
  }
  if (identifier !== netFramework && identifier !== '.NETStandard') {
    const text = `${projectName(project)} targets ${frameworkName(framework.value)}: nothing of .NET Framework decides about its TLS.`;
    return elsewhere('not-affected', [{ text, at, effect: 'decides' }, role]);
  }
  switch (standing.kind) {
    case 'plug-in':
      return elsewhere('not-affected', [
        role,
        decides('It runs in the service, which decides about TLS.'),
        ownTarget(request, framework.value),
      ]);
    case 'library-of-plug-ins':
      return elsewhere('not-affected', [role, decides('Only plug-ins load it, which run in the service.')]);
    case 'test':
      return elsewhere('unknown', [
        role,
        decides('The test runner is the entry assembly and decides about TLS.'),
        ownTarget(request, framework.value),
      ]);
    case 'hosted':
      return elsewhere('unknown', [
        role,
        decides(`${standing.host} loads it and decides about TLS.`),
        ownTarget(request, framework.value),
      ]);
    case 'library-without-program':
      return identifier === netFramework
        ? elsewhere('unknown', [
            role,
            decides('The program that loads it decides about TLS, and no program of the workspace does.'),
          ])
        : elsewhere('not-affected', [
            decides(
              'The program that loads it decides about TLS; a library for .NET Standard has no default of its own.',
            ),
            role,
          ]);
    case 'library-of-programs':
      return judgeByPrograms(request, standing.programs, role);
    default:
      return judgeProgram(request, framework.value);
  }
}

/** A program: its own chain of reasoning. */
function judgeProgram(request: Request, framework: TargetFramework): Result {
  const { project, target, workspace, settings } = request;
  const config = processConfig(project, workspace);
  const steps = targetSteps(project, target, framework, workspace, settings);
  addConfigSteps(steps, config);
  addLast(steps, (present) => (present.runtime === 'modern' ? [] : codeSteps(project, framework, workspace, present)));
  addLast(steps, (present) => machineSteps(workspace.registryFiles, workspace.readText, present));
  addLast(steps, () => [...hostingSteps(project, workspace), ...librarySteps(project, framework, workspace)]);
  const counting = new Set<TlsApi>([
    'http',
    ...(config?.onlineApis ?? []),
    ...steps.flatMap(({ counts }) => counts ?? []),
  ]);
  const result = judgeChain(steps, counting);
  const because = [...result.because, roleStep(project)];
  const onPremises = framework.identifier === netFramework ? onPremisesStep(project, workspace) : undefined;
  return onPremises
    ? { ...notAffected(result), because: [onPremises, ...because.map(overridden)], programs: [] }
    : { ...result, because, programs: [] };
}

function addConfigSteps(steps: ReasoningStep[], config: ProcessConfig | undefined): void {
  const present = presentOf(steps);
  if (config?.runsOnClr4 && present?.runtime === 2) {
    steps.push({
      text: 'supportedRuntime starts it on CLR 4, where it runs like .NET Framework 4.0.',
      at: config.runsOnClr4,
      settings: settingsOfVersion('4.0'),
    });
  }
  for (const toStep of config?.steps ?? []) {
    addLast(steps, (before) => {
      const step = before.runtime === 'modern' ? undefined : toStep(before);
      return step ? [step] : [];
    });
  }
}

function addLast(steps: ReasoningStep[], next: (present: ProcessSettings) => readonly ReasoningStep[]): void {
  const present = presentOf(steps);
  if (present) {
    steps.push(...next(present));
  }
}

function presentOf(steps: readonly ReasoningStep[]): ProcessSettings | undefined {
  return steps.findLast(({ settings }) => settings)?.settings;
}

/** Under F5 another program is the entry assembly: told, but no part of the verdict. */
function hostingSteps(project: ProjectModel, workspace: WorkspaceModel): ReasoningStep[] {
  const used = project.hosting.find(({ isUsed }) => isUsed);
  const sign = used && project.role.role === 'client' ? hostingSign(project, workspace) : undefined;
  return used && sign
    ? [
        {
          text: 'The hosting process offers TLS 1.0 at most, under F5 in Visual Studio 2015 only.',
          at: used.declared ?? sign.at ?? project.head,
        },
      ]
    : [];
}

/** More libraries than this are not told one by one. */
const maximumLibraries = 5;

/** Old libraries catch the eye and decide nothing. */
function librarySteps(project: ProjectModel, framework: TargetFramework, workspace: WorkspaceModel): ReasoningStep[] {
  const steps: ReasoningStep[] = [];
  for (const library of framework.identifier === netFramework ? workspace.librariesOf(project.path) : []) {
    const old = library.targets.find(
      (target) =>
        target.framework.known &&
        target.framework.value.identifier === netFramework &&
        compareVersions(target.framework.value.version, requiredVersion) < 0,
    );
    if (old?.framework.known && compareVersions(framework.version, requiredVersion) >= 0) {
      steps.push({
        text: `The library ${projectName(library)} targets ${displayName(old.framework.value)}; the target of a library does not count.`,
        at: old.site ?? library.head,
      });
    }
  }
  return steps.slice(0, maximumLibraries);
}

/** A server of one's own, and none online, in the configuration. */
function onPremisesStep(project: ProjectModel, workspace: WorkspaceModel): VerdictStep | undefined {
  const server = onPremisesServer(project, workspace);
  return (
    server && {
      text: `The configuration names a server of your own (${server.host}) and no online service; only the online service requires TLS 1.2.`,
      at: server.at,
      effect: 'decides',
    }
  );
}

/** What would decide, were it not for the server. */
function overridden(step: VerdictStep): VerdictStep {
  return { ...step, effect: 'none' };
}

function notAffected(result: ChainResult): ChainResult {
  const verdict = 'not-affected';
  return {
    ...result,
    verdict,
    windows: result.windows.map((offer) => ({ ...offer, verdict })),
    apis: result.apis.map((offer) => ({ ...offer, verdict })),
    fix: null,
  };
}

/** Modern .NET follows Windows: nothing of what is read here decides. */
function modernResult({ project, target, workspace, settings }: Request, framework: TargetFramework): Result {
  const steps = targetSteps({ ...project, missingTargetAttribute: null }, target, framework, workspace, settings);
  const result = notAffected(judgeChain(steps.slice(0, 1), new Set(['http'])));
  return { ...result, because: [...result.because, roleStep(project)], programs: [] };
}

/** A library takes the worst verdict of the programs that load it. */
function judgeByPrograms(
  { workspace, ...request }: Request,
  programs: readonly ProjectModel[],
  role: VerdictStep,
): Result {
  const entries = programs.map((program) => {
    const processes = workspace.processesOf(program.path);
    return { program, worst: worstProcess(processes) };
  });
  const worst = worstProcess(entries.flatMap((entry) => entry.worst ?? []));
  if (!worst) {
    return elsewhere('unknown', [role, decides('The programs that load it could not be judged.')]);
  }
  const because = entries
    .toSorted((a, b) => Number(isAsBad(b.worst, worst)) - Number(isAsBad(a.worst, worst)))
    .slice(0, maximumPrograms)
    .map(
      (entry): VerdictStep => ({
        text: `${projectName(entry.program)} loads it and is ${verdictWords(entry.worst?.verdict ?? 'unknown')}.`,
        at: entry.worst?.at ?? entry.program.head,
        effect: isAsBad(entry.worst, worst) ? 'decides' : 'none',
      }),
    );
  const deciding = worst.because.filter(({ effect }) => effect === 'decides');
  const framework = request.target.framework;
  const own =
    framework.known && framework.value.identifier === netFramework ? [ownTarget(request, framework.value)] : [];
  return {
    verdict: worst.verdict,
    windows: worst.windows,
    apis: worst.apis,
    because: [...because, ...deciding, ...own, role],
    fix: worst.fix,
    programs: programs.map(({ path }) => path),
  };
}

/** A library that thousands of programs load tells the worst of them. */
const maximumPrograms = 8;

function isAsBad(process: ProcessVerdict | undefined, worst: ProcessVerdict): boolean {
  return process?.verdict === worst.verdict;
}

/** The first of the worst. */
export function worstProcess(processes: readonly ProcessVerdict[]): ProcessVerdict | undefined {
  const verdict = processes.map((process) => process.verdict).reduce(worseVerdict, 'not-affected');
  return processes.find((process) => process.verdict === verdict);
}

export function verdictWords(verdict: Verdict): string {
  return verdict === 'not-affected' ? 'not affected' : verdict;
}

function ownTarget({ project, target }: Pick<Request, 'project' | 'target'>, framework: TargetFramework): VerdictStep {
  return {
    text: `Its own target, ${frameworkName(framework)}, does not count.`,
    at: target.site ?? project.head,
    effect: 'none',
  };
}

function roleStep({ role }: ProjectModel): VerdictStep {
  return {
    text: `It is ${roleWords[role.role]}: ${role.evidence.map(({ text }) => text).join(', ')}.`,
    at: role.evidence[0]?.at ?? null,
    effect: 'none',
  };
}

function decides(text: string): VerdictStep {
  return { text, at: null, effect: 'decides' };
}

/** Something outside of the workspace decides: no protocols can be told. */
function elsewhere(verdict: Verdict, because: readonly VerdictStep[]): Result {
  const offer = { verdict, protocols: [], systemDefault: false, strongCrypto: false };
  return {
    verdict,
    windows: schannelDefaults.map(({ id }) => ({ id, ...offer })),
    apis: tlsApis.map((id) => ({ id, ...offer, counts: id === 'http' })),
    because,
    fix: null,
    programs: [],
  };
}

function describe(
  workspace: WorkspaceModel,
  project: ProjectModel,
  standing: Standing,
  target: ProjectTarget | undefined,
  result: Result,
): ProcessVerdict {
  const path = processPath(project, workspace);
  const framework = target?.framework.known ? target.framework.value.moniker : null;
  const monikers = new Set(project.targets.map(monikerOf));
  const configurations = target?.configurations ?? [];
  const hasSeveral = monikers.size > 1;
  return {
    id: [path, hasSeveral ? (framework ?? '?') : '', configurations[0] ?? ''].join('\n').trimEnd(),
    path,
    name: projectName(project),
    kind: kindOf(project, standing),
    target: hasSeveral ? framework : null,
    configuration: configurations[0] ?? null,
    configurations,
    framework,
    ...result,
    at: target?.site ?? project.head,
  };
}

function monikerOf({ framework }: ProjectTarget): string {
  return framework.known ? framework.value.moniker : '';
}

/** A web site has no project file: its configuration stands for it. */
function processPath(project: ProjectModel, workspace: WorkspaceModel): FilePath {
  return project.kind === 'web-site'
    ? (siteConfig(project, workspace)?.path ?? `${folderOf(project)}/web.config`)
    : project.path;
}

function kindOf(project: ProjectModel, standing: Standing): ProcessKind {
  switch (standing.kind) {
    case 'plug-in':
    case 'hosted':
      return project.role.role === 'library' ? 'library' : 'plugin-host';
    case 'test':
      return 'test';
    case 'program':
      return project.role.role === 'web' ? 'web' : 'exe';
    default:
      return 'library';
  }
}
