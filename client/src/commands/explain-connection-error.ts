import { commands, env, type Uri, window, workspace } from 'vscode';
import {
  type ExplainErrorAnswer,
  type ExplainErrorParams,
  explainErrorRequest,
  logLanguage,
} from '../../../server/src/lsp/protocol.ts';
import type { CommandContext } from '../activate.ts';
import { readBase64 } from '../base64.ts';
import { canProbe } from './check-dynamics-tls.ts';

/** The whole file goes to the server in one message; the command line reads larger ones as a stream. */
const maximalFile = 64 * 1024 * 1024;

/**
 * Says what an error text means: the selection, else the log of a Dynamics tool that is open, else what was copied, else
 * a log file that the person picks.
 */
export async function explainConnectionError(context: CommandContext): Promise<void> {
  try {
    // Before waiting: the server may still be starting, and the person goes on working.
    const editor = window.activeTextEditor;
    const selected = editor?.document.getText(editor.selection).trim() ?? '';
    const log = editor?.document.languageId === logLanguage ? editor.document : undefined;
    await context.started;
    if (selected !== '') {
      await showAnswer(context, await ask(context, { text: selected }), 'the selection');
      return;
    }
    if (log) {
      await showAnswer(context, await ask(context, { text: log.getText() }), nameOf(log.uri));
      return;
    }
    const copied = await clipboardText();
    const answer = copied === '' ? undefined : await ask(context, { text: copied });
    if (answer?.sentence) {
      await showAnswer(context, answer, 'what was copied');
    } else {
      await explainFile(context);
    }
  } catch (error) {
    context.log.error(`The error text could not be explained: ${String(error)}`);
    void window.showErrorMessage(`Dynamics TLS: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function explainFile(context: CommandContext): Promise<void> {
  const [file] =
    (await window.showOpenDialog({
      title: 'Explain Connection Error: choose a log file',
      openLabel: 'Explain',
      filters: { 'Logs and texts': ['log', 'txt', 'svclog', 'json', 'xml', 'csv'], 'All files': ['*'] },
    })) ?? [];
  if (file) {
    await showAnswer(context, await ask(context, { base64: await readSmallFile(file) }), nameOf(file));
  }
}

function nameOf(file: Uri): string {
  return file.path.split('/').at(-1) ?? '';
}

function ask({ client }: CommandContext, params: ExplainErrorParams): Promise<ExplainErrorAnswer> {
  return client.sendRequest<ExplainErrorAnswer>(explainErrorRequest, params);
}

async function showAnswer(context: CommandContext, answer: ExplainErrorAnswer, what: string): Promise<void> {
  if (answer.sentence === null) {
    const choose = 'Choose Log File';
    const choice = await window.showInformationMessage(
      `Dynamics TLS: No known error text was recognised in ${what}.`,
      choose,
    );
    if (choice === choose) {
      await explainFile(context);
    }
    return;
  }
  await context.explanations.show(answer.markdown);
  const audit = 'Audit Workspace';
  const check = 'Check Dynamics TLS';
  const create = 'Create Registry File';
  const buttons = [
    ...(answer.actions.includes('audit') && workspace.workspaceFolders?.length ? [audit] : []),
    ...(answer.actions.includes('probe') && (await canProbe(context)) ? [check] : []),
    ...(answer.actions.includes('registry') ? [create] : []),
  ];
  void window.showInformationMessage(`Dynamics TLS: ${answer.sentence}`, ...buttons).then((choice) => {
    if (choice === audit) {
      void commands.executeCommand('dynamicsTls.auditWorkspace');
    } else if (choice === check) {
      void commands.executeCommand('dynamicsTls.checkDynamicsTls');
    } else if (choice === create) {
      void commands.executeCommand('dynamicsTls.createRegistryFile');
    }
  });
}

/** Empty where the browser does not give the clipboard away. */
async function clipboardText(): Promise<string> {
  try {
    return (await env.clipboard.readText()).trim();
  } catch {
    // A browser may refuse; then a file can be picked.
    return '';
  }
}

async function readSmallFile(file: Uri): Promise<string> {
  const { size } = await workspace.fs.stat(file);
  if (size > maximalFile) {
    throw new Error(
      `The file has ${Math.round(size / 1024 / 1024)} MiB. "dynamics-tls explain-error FILE" on a command line reads files of any size.`,
    );
  }
  return readBase64(file);
}
