import type { ProjectRole } from '../model/settings.ts';
import type { ProjectModel, WorkspaceModel } from './model.ts';

/**
 * What a project's target means for TLS: whether it decides (a program), or something else does. The policy that turns
 * this into a severity stands in the rules.
 */
export type Standing =
  | { readonly kind: 'program' }
  /** No program of the workspace loads the library. */
  | { readonly kind: 'library-without-program' }
  | { readonly kind: 'library-of-programs'; readonly programs: readonly ProjectModel[] }
  /** Only plug-ins and workflow activities load it: it must not be raised above them. */
  | { readonly kind: 'library-of-plug-ins'; readonly plugIns: readonly ProjectModel[] }
  | { readonly kind: 'test' }
  /** Loaded by a program that is not part of the workspace but known by name, itself or what references it. */
  | { readonly kind: 'hosted'; readonly host: string }
  | { readonly kind: 'plug-in' };

/** Programs that load a kind of add-in. They, not the add-in, decide about TLS. */
const hosts: Partial<Readonly<Record<ProjectRole, string>>> = {
  'xrmtoolbox-tool': 'XrmToolBox',
  'usd-control': 'Unified Service Desk',
  'package-deployer': 'Package Deployer',
};

export function standingOf(project: ProjectModel, workspace: WorkspaceModel): Standing {
  const { role } = project.role;
  const host = hosts[role];
  if (host !== undefined) {
    return { kind: 'hosted', host };
  }
  if (role === 'test') {
    return { kind: 'test' };
  }
  if (isPlugIn(role)) {
    return { kind: 'plug-in' };
  }
  if (role !== 'library') {
    return { kind: 'program' };
  }
  const consumers = workspace.consumersOf(project.path);
  const known = standingsOfLibraries.get(consumers);
  if (known) {
    return known;
  }
  const standing = standingOfLibrary(consumers);
  standingsOfLibraries.set(consumers, standing);
  return standing;
}

/** Several rules ask the same about a library that thousands load; the list is another one when a consumer changed. */
const standingsOfLibraries = new WeakMap<readonly ProjectModel[], Standing>();

function standingOfLibrary(consumers: readonly ProjectModel[]): Standing {
  const programs = consumers.filter((consumer) => isProgram(consumer.role.role));
  if (programs.length > 0) {
    return { kind: 'library-of-programs', programs };
  }
  const plugIns = consumers.filter((consumer) => isPlugIn(consumer.role.role));
  if (plugIns.length > 0) {
    return { kind: 'library-of-plug-ins', plugIns };
  }
  const addIn = consumers.find((consumer) => hosts[consumer.role.role] !== undefined);
  const addInHost = addIn && hosts[addIn.role.role];
  return addInHost === undefined ? { kind: 'library-without-program' } : { kind: 'hosted', host: addInHost };
}

/** Plug-ins and custom workflow activities: they run in the service's process and keep their own target. */
export function isPlugIn(role: ProjectRole): boolean {
  return role === 'plug-in' || role === 'workflow-activity';
}

/** Projects whose output is the entry assembly of a process. */
export function isProgram(role: ProjectRole): boolean {
  return role === 'client' || role === 'web' || role === 'unknown';
}
