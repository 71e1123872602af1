import { commands, env, Uri, window, workspace } from 'vscode';
import { type ReportAnswer, type ReportParams, reportRequest } from '../../../server/src/lsp/protocol.ts';
import type { CommandContext } from '../activate.ts';

interface Format {
  readonly label: string;
  readonly detail: string;
  readonly format: ReportParams['format'];
  readonly ending: string;
}

const formats: readonly Format[] = [
  {
    label: '$(browser) Page (HTML)',
    detail: 'One file for a browser, a mail or a printer; light and dark.',
    format: 'html',
    ending: 'html',
  },
  {
    label: '$(markdown) Markdown',
    detail: 'For a repository, a wiki or a ticket.',
    format: 'markdown',
    ending: 'md',
  },
];

/** Writes a page for a customer where the person wants it, and shows it. */
export async function createTlsReport(context: CommandContext): Promise<void> {
  try {
    const choice = await window.showQuickPick(formats, { title: 'Create TLS Report', placeHolder: 'Which format?' });
    const file = choice && (await chooseFile(choice));
    if (!choice || !file) {
      return;
    }
    await context.started;
    const folder = Uri.joinPath(file, '..').toString();
    const answer = await context.client.sendRequest<ReportAnswer>(reportRequest, {
      format: choice.format,
      folder,
    } satisfies ReportParams);
    await workspace.fs.writeFile(file, new TextEncoder().encode(answer.text));
    await show(choice, file, answer);
  } catch (error) {
    context.log.error(`The report could not be written: ${String(error)}`);
    void window.showErrorMessage(`Dynamics TLS: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function chooseFile({ ending, label }: Format): Promise<Uri | undefined> {
  const root = workspace.workspaceFolders?.[0]?.uri;
  return window.showSaveDialog({
    title: 'Create TLS Report: where to write it',
    saveLabel: 'Create',
    filters: { [label.replace(/^\$\([^)]*\) /, '')]: [ending] },
    ...(root ? { defaultUri: Uri.joinPath(root, `tls-report.${ending}`) } : {}),
  });
}

async function show({ format }: Format, file: Uri, { summary }: ReportAnswer): Promise<void> {
  const name = file.path.split('/').at(-1) ?? '';
  const open = 'Open in Browser';
  if (format === 'markdown') {
    await commands.executeCommand('markdown.showPreview', file);
  } else {
    await window.showTextDocument(file, { preview: true });
  }
  const choice = await window.showInformationMessage(
    `Dynamics TLS: ${name} is written. ${summary}`,
    ...(format === 'html' && file.scheme === 'file' ? [open] : []),
  );
  if (choice === open) {
    await env.openExternal(file);
  }
}
