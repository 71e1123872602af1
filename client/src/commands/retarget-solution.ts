import { type QuickPickItem, Uri, window, workspace } from 'vscode';
import type { CommandContext } from '../activate.ts';
import { askChoices, askTarget, retarget } from '../views/retargeting.ts';

/** Retargets the projects of a solution, or of the whole workspace; plug-ins are left alone. */
export async function retargetSolution(context: CommandContext): Promise<void> {
  const choices = await askChoices(context);
  if (!choices) {
    return;
  }
  const items: (QuickPickItem & { uri: string | null })[] = [
    ...choices.solutions.map(({ uri, name, projects }) => ({
      label: name,
      description: `${projects} projects`,
      detail: workspace.asRelativePath(Uri.parse(uri)),
      uri,
    })),
    { label: 'All projects of the workspace', description: `${choices.projects.length} projects`, uri: null },
  ];
  const solution =
    items.length === 1
      ? items[0]
      : await window.showQuickPick(items, { title: 'Retarget Solution', placeHolder: 'Which projects?' });
  const goal = solution && (await askTarget(choices, `Retarget ${solution.label}`));
  if (solution && goal !== undefined) {
    await retarget(context, { goal, project: null, solution: solution.uri });
  }
}
