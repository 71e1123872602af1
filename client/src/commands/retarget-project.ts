import { Uri, window, workspace } from 'vscode';
import type { CommandContext } from '../activate.ts';
import { nodeOf } from '../views/process-tree.ts';
import { askChoices, askTarget, retarget } from '../views/retargeting.ts';

/** Retargets one project, which the person names or chose in the tree: a plug-in, too. */
export async function retargetProject(context: CommandContext, argument?: unknown): Promise<void> {
  const choices = await askChoices(context);
  if (!choices) {
    return;
  }
  const active = window.activeTextEditor?.document.uri.toString();
  const items = choices.projects
    .map(({ uri, name, versions, role }) => ({
      label: name,
      description: `${versions.join(', ')}${isKept(role) ? ` (${role}: keeps its target unless it is named)` : ''}`,
      detail: workspace.asRelativePath(Uri.parse(uri)),
      uri,
    }))
    .sort((a, b) => Number(sameUri(b.uri, active)) - Number(sameUri(a.uri, active)));
  const chosen = nodeOf(argument)?.process.uri;
  const named = chosen === undefined ? undefined : items.find(({ uri }) => sameUri(uri, Uri.parse(chosen).toString()));
  const project =
    named ??
    (await window.showQuickPick(items, {
      title: 'Retarget Project',
      placeHolder: 'Which project?',
      matchOnDetail: true,
    }));
  const goal = project && (await askTarget(choices, `Retarget ${project.label}`));
  if (project && goal !== undefined) {
    await retarget(context, { goal, project: project.uri, solution: null });
  }
}

function isKept(role: string): boolean {
  return role === 'plug-in' || role === 'workflow-activity';
}

function sameUri(uri: string, other: string | undefined): boolean {
  return other !== undefined && Uri.parse(uri).toString() === other;
}
