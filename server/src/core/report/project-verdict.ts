import { defaultProtocols } from '../facts/dotnet-frameworks.ts';
import { netFramework } from '../facts/nuget-frameworks.ts';
import type { Evidence, ProjectModel, ProjectTarget, WorkspaceModel } from '../workspace/model.ts';
import { siteTarget } from '../workspace/site-target.ts';
import { standingOf } from '../workspace/standing.ts';

/** Whether a project's processes can connect by their targets alone, and why. */
export interface ProjectVerdict {
  readonly verdict: Verdict;
  readonly because: readonly Evidence[];
}

export type Verdict = 'safe' | 'unsafe' | 'unknown' | 'not-affected';

/** In the order in which one of them outweighs the next. */
const order: readonly Verdict[] = ['unsafe', 'unknown', 'safe', 'not-affected'];

/** The worse of two verdicts. */
export function worseVerdict(a: Verdict, b: Verdict): Verdict {
  return order.indexOf(a) <= order.indexOf(b) ? a : b;
}

/** The verdict of one project: that of its worst target, or that of the programs that load it. */
export function judgeProject(project: ProjectModel, workspace: WorkspaceModel): ProjectVerdict {
  const standing = standingOf(project, workspace);
  const own = judgeTargets(project);
  const role: Evidence = {
    text: `It is a ${project.role.role}: ${project.role.evidence.map(({ text }) => text).join(', ')}.`,
    at: project.role.evidence[0]?.at ?? null,
  };
  if (own.verdict === 'not-affected' || project.targets.some(({ framework }) => !framework.known)) {
    return own;
  }
  switch (standing.kind) {
    case 'plug-in':
      return {
        verdict: 'not-affected',
        because: [role, { text: 'It runs in the service, which decides about TLS.', at: null }],
      };
    case 'test':
      return {
        verdict: 'unknown',
        because: [role, { text: 'The test runner is the entry assembly and decides about TLS.', at: null }],
      };
    case 'hosted':
      return {
        verdict: 'unknown',
        because: [role, { text: `${standing.host} loads it and decides about TLS.`, at: null }],
      };
    case 'library-without-program':
      return { verdict: 'unknown', because: [role, { text: 'No program of the workspace loads it.', at: null }] };
    case 'library-of-plug-ins':
      return { verdict: 'not-affected', because: [role, { text: 'Only plug-ins load it.', at: null }] };
    case 'library-of-programs':
      return judgeByPrograms(standing.programs, role);
    default:
      if (project.role.role === 'web') {
        const site = judgeSite(project, workspace);
        return { verdict: (site ?? own).verdict, because: [...(site?.because ?? []), ...own.because, role] };
      }
      return { verdict: own.verdict, because: [...own.because, role] };
  }
}

/** A site runs like the framework that its configuration names, whatever its project targets. */
function judgeSite(project: ProjectModel, workspace: WorkspaceModel): ProjectVerdict | undefined {
  const site = siteTarget(project, workspace);
  if (!site) {
    return undefined;
  }
  const source = site.isDeclared
    ? `httpRuntime runs the site like .NET Framework ${site.version}`
    : 'httpRuntime names no target, so the site runs like .NET Framework 4.0';
  return {
    verdict: defaultProtocols(site.version) === 'obsolete' ? 'unsafe' : 'safe',
    because: [{ text: `${source}, whatever the project targets.`, at: site.at }],
  };
}

function judgeByPrograms(programs: readonly ProjectModel[], role: Evidence): ProjectVerdict {
  const verdicts = programs.map((program) => ({ program, ...judgeTargets(program) }));
  const verdict = verdicts.map((entry) => entry.verdict).reduce(worseVerdict, 'not-affected');
  const because = verdicts
    .filter((entry) => entry.verdict === verdict)
    .map(
      (entry): Evidence => ({
        text: `${entry.program.path.slice(entry.program.path.lastIndexOf('/') + 1)} loads it and is ${verdict}.`,
        at: entry.program.head,
      }),
    );
  return { verdict, because: [role, ...because] };
}

/** Kept with the project: a program is judged again for every library that it loads. */
const verdictsOfTargets = new WeakMap<ProjectModel, ProjectVerdict>();

function judgeTargets(project: ProjectModel): ProjectVerdict {
  const known = verdictsOfTargets.get(project);
  if (known) {
    return known;
  }
  const verdict = judgeTargetsAnew(project);
  verdictsOfTargets.set(project, verdict);
  return verdict;
}

function judgeTargetsAnew(project: ProjectModel): ProjectVerdict {
  if (project.targets.length === 0) {
    return { verdict: 'not-affected', because: [{ text: 'It builds native code, without .NET.', at: project.head }] };
  }
  const judged = project.targets.map(judgeTarget);
  const verdict = judged.map((entry) => entry.verdict).reduce(worseVerdict, 'not-affected');
  return { verdict, because: judged.filter((entry) => entry.verdict === verdict).flatMap((entry) => entry.because) };
}

function judgeTarget(target: ProjectTarget): ProjectVerdict {
  const at = target.site;
  if (!target.framework.known) {
    return {
      verdict: 'unknown',
      because: target.framework.reasons.map((reason) => ({ text: `Could not be evaluated: ${reason}`, at })),
    };
  }
  const { identifier, version, moniker } = target.framework.value;
  if (identifier !== netFramework) {
    return { verdict: 'not-affected', because: [{ text: `${moniker} follows the protocols of the system.`, at }] };
  }
  const text = {
    obsolete: 'offers SSL 3.0 and TLS 1.0 by default.',
    'up-to-1.2': 'offers TLS 1.0, 1.1 and 1.2 by default.',
    system: 'offers what Windows offers.',
  }[defaultProtocols(version)];
  const source =
    target.declared === null
      ? "no target is declared, so the toolset's default counts"
      : `declared as ${target.declared}`;
  return {
    verdict: defaultProtocols(version) === 'obsolete' ? 'unsafe' : 'safe',
    because: [{ text: `${moniker} (${source}) ${text}`, at }],
  };
}
