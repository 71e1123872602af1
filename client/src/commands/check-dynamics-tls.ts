import { env, type Progress, ProgressLocation, Uri, window, workspace } from 'vscode';
import {
  type ExperimentalCapabilities,
  type ProbeAnswer,
  type ProbeParams,
  probeRequest,
} from '../../../server/src/lsp/protocol.ts';
import type { CommandContext } from '../activate.ts';
import { readProxySettings } from '../proxy.ts';
import type { PageActions } from '../views/probe-page.ts';
import { askForUrl, type ChosenUrl } from '../views/probe-url-input.ts';

/**
 * Asks for a URL, probes it and shows the result. The only command that contacts a host.
 *
 * @param given the URL of a code lens; anything else that a caller may pass is ignored.
 */
export async function checkDynamicsTls(context: CommandContext, given?: unknown): Promise<void> {
  const problem = await whyNot(context);
  if (problem !== undefined) {
    void window.showWarningMessage(`Dynamics TLS: ${problem}`);
    return;
  }
  const chosen: ChosenUrl | undefined =
    typeof given === 'string'
      ? { url: given, isFromWorkspace: true }
      : await askForUrl(context.client, context.probing.history);
  if (chosen && (await mayContact(chosen))) {
    await probeAndShow(context, { url: chosen.url, asksSignIn: false, asksControl: false });
  }
}

/** Whether hosts can be contacted from here; rejects when the server could not be started. */
export async function canProbe({ client, hasSockets, started }: CommandContext): Promise<boolean> {
  if (!hasSockets) {
    return false;
  }
  await started;
  const experimental = client.initializeResult?.capabilities.experimental as ExperimentalCapabilities | undefined;
  return experimental?.dynamicsTlsProbe === true;
}

async function whyNot(context: CommandContext): Promise<string | undefined> {
  try {
    return (await canProbe(context))
      ? undefined
      : 'A browser cannot open the connections that this check needs. Use VS Code on a desktop or connected to a remote machine, or run "dynamics-tls probe URL" on a command line.';
  } catch (error) {
    return `The language server is not running: ${String(error)}`;
  }
}

/** A folder that the person does not trust may name any host, so the person decides. */
async function mayContact({ url, isFromWorkspace }: ChosenUrl): Promise<boolean> {
  if (!isFromWorkspace || workspace.isTrusted) {
    return true;
  }
  const contact = 'Contact Host';
  const choice = await window.showWarningMessage(
    `Contact ${Uri.parse(url).authority}?`,
    { modal: true, detail: 'The URL comes from a folder that you do not trust.' },
    contact,
  );
  return choice === contact;
}

type Wish = Pick<ProbeParams, 'url' | 'asksSignIn' | 'asksControl'>;

async function probeAndShow(context: CommandContext, wish: Wish): Promise<void> {
  const answer = await probe(context, wish);
  if (!answer) {
    return;
  }
  await context.probing.history.add(wish.url);
  context.probing.pages.show(wish.url, answer, actionsOf(context, wish, answer));
  await tellVerdict(context, wish, answer);
}

/** Probes with a progress notification; undefined when the person cancelled or the probe was not possible. */
async function probe(context: CommandContext, wish: Wish): Promise<ProbeAnswer | undefined> {
  const { client, log, probing } = context;
  const params: ProbeParams = { ...wish, proxy: readProxySettings() };
  const options = {
    location: ProgressLocation.Notification,
    title: `Check Dynamics TLS: ${wish.url}`,
    cancellable: true,
  };
  return window.withProgress(options, async (progress: Progress<{ message?: string }>, token) => {
    const report = (message: string): void => progress.report({ message });
    probing.reporters.add(report);
    try {
      return await client.sendRequest<ProbeAnswer>(probeRequest, params, token);
    } catch (error) {
      if (!token.isCancellationRequested) {
        const text = error instanceof Error ? error.message : String(error);
        log.error(`The probe of ${wish.url} failed: ${text}`);
        void window.showErrorMessage(`Dynamics TLS: ${text}`);
      }
      return undefined;
    } finally {
      probing.reporters.delete(report);
    }
  });
}

/** The verdict alone; everything else stands on the page. */
async function tellVerdict(context: CommandContext, wish: Wish, answer: ProbeAnswer): Promise<void> {
  const [target] = answer.report.targets;
  const open = 'Open Result';
  const again = 'Enter Password Again';
  const isPasswordWrong = target?.reason === 'proxy-authentication' && (await context.probing.passwords.forgetUsed());
  const show = target?.verdict === 'ok' ? window.showInformationMessage : window.showWarningMessage;
  void show(`Dynamics TLS: ${answer.sentence}`, ...(isPasswordWrong ? [again] : []), open).then((choice) => {
    if (choice === open) {
      context.probing.pages.show(wish.url, answer, actionsOf(context, wish, answer));
    } else if (choice === again) {
      void probeAndShow(context, wish);
    }
  });
}

function actionsOf(context: CommandContext, wish: Wish, answer: ProbeAnswer): PageActions {
  const [target] = answer.report.targets;
  const isUnclear = target?.verdict === 'blocked' || target?.reason === 'timeout' || target?.reason === 'dns';
  const speaksTls = target?.certificate !== null;
  const again = (more: Partial<Wish>) => async () => {
    await probeAndShow(context, { ...wish, ...more });
    return undefined;
  };
  return {
    again: { run: again({}) },
    copy: {
      run: async () => {
        await env.clipboard.writeText(answer.markdown);
        return 'Copied as Markdown.';
      },
    },
    save: { run: () => saveJson(target?.host ?? 'probe', answer.json) },
    ...(speaksTls && !wish.asksSignIn
      ? { signIn: { label: 'Check Sign-In Host Too', run: again({ asksSignIn: true }) } }
      : {}),
    ...(isUnclear && !wish.asksControl
      ? { control: { label: 'Compare with login.microsoftonline.com', run: again({ asksControl: true }) } }
      : {}),
  };
}

async function saveJson(host: string, json: string): Promise<string | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const name = `tls-${host.replace(/[^\w.-]/g, '_')}.json`;
  const uri = await window.showSaveDialog({
    filters: { JSON: ['json'] },
    ...(folder ? { defaultUri: Uri.joinPath(folder, name) } : {}),
  });
  if (!uri) {
    return undefined;
  }
  try {
    await workspace.fs.writeFile(uri, new TextEncoder().encode(json));
    return `Saved as ${uri.path.slice(uri.path.lastIndexOf('/') + 1)}.`;
  } catch (error) {
    return `Not saved: ${error instanceof Error ? error.message : String(error)}`;
  }
}
