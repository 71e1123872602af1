import { window } from 'vscode';
import {
  type RetargetAnswer,
  type RetargetChoices,
  type RetargetParams,
  retargetChoicesRequest,
  retargetRequest,
  retargetSummaryRequest,
} from '../../../server/src/lsp/protocol.ts';
import type { CommandContext } from '../activate.ts';
import { applyWithPreview, withProgress } from './edit-preview.ts';

/** What there is to choose from; undefined, with a message, when that is nothing. */
export async function askChoices(context: CommandContext): Promise<RetargetChoices | undefined> {
  const choices = await withProgress(context, 'looking for projects', () =>
    context.client.sendRequest<RetargetChoices>(retargetChoicesRequest),
  );
  if (choices?.projects.length === 0) {
    void window.showInformationMessage('Dynamics TLS: No project of this workspace targets .NET Framework.');
    return undefined;
  }
  return choices;
}

/** The versions with the calendar of their support; the one of the settings is the first. */
export async function askTarget({ targets }: RetargetChoices, title: string): Promise<string | undefined> {
  const items = targets
    .map(({ version, description, isPreferred }) => ({
      label: `.NET Framework ${version}`,
      description: isPreferred ? `${description} (setting dynamicsTls.targetFramework)` : description,
      isPreferred,
      version,
    }))
    .sort((a, b) => Number(b.isPreferred) - Number(a.isPreferred));
  const choice = await window.showQuickPick(items, {
    title,
    placeHolder: 'To which version?',
    matchOnDescription: true,
  });
  return choice?.version;
}

/** Shows what a retarget changes, and after it was applied what is left to do. */
export async function retarget(context: CommandContext, params: RetargetParams): Promise<void> {
  const answer = await withProgress(context, 'retargeting', () =>
    context.client.sendRequest<RetargetAnswer>(retargetRequest, params),
  );
  if (!answer) {
    return;
  }
  if (answer.files === 0) {
    const choice = await window.showInformationMessage(
      answer.leftAlone > 0
        ? 'Dynamics TLS: Nothing was changed; some projects are left as they are.'
        : `Dynamics TLS: Every project targets .NET Framework ${params.goal} or later.`,
      ...(answer.leftAlone > 0 ? ['Show Why'] : []),
    );
    if (choice) {
      await context.retargetPage.show(answer.markdown);
    }
    return;
  }
  if (await applyWithPreview(context.client, answer.edit)) {
    await context.retargetPage.show(answer.markdown);
  }
}

/** Shows what is left to do after a retarget; code actions end with it. */
export async function showRetargetSummary({ client, retargetPage }: CommandContext): Promise<void> {
  const markdown = await client.sendRequest<string>(retargetSummaryRequest);
  if (markdown !== '') {
    await retargetPage.show(markdown);
  }
}
