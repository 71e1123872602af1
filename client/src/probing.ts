import { type ExtensionContext, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { confirmSignInHostRequest, probeProgressNotification } from '../../server/src/lsp/protocol.ts';
import { ProxyPasswords } from './proxy.ts';
import { ProbePages } from './views/probe-page.ts';
import { UrlHistory } from './views/probe-url-input.ts';

/** What the command "Check Dynamics TLS" keeps between two of its runs. */
export interface Probing {
  readonly history: UrlHistory;
  readonly pages: ProbePages;
  readonly passwords: ProxyPasswords;
  /** Called with what a running probe does; one for each running probe. */
  readonly reporters: Set<(text: string) => void>;
}

/** Prepares the answers to what the server asks while it probes. Must be called before the client is started. */
export function prepareProbing(context: ExtensionContext, client: BaseLanguageClient): Probing {
  const probing: Probing = {
    history: new UrlHistory(context.globalState),
    pages: new ProbePages(context.extensionUri),
    passwords: new ProxyPasswords(context.secrets),
    reporters: new Set(),
  };
  probing.passwords.serve(client);
  client.onNotification(probeProgressNotification, (text: string) => {
    for (const report of probing.reporters) {
      report(text);
    }
  });
  client.onRequest<boolean, void>(confirmSignInHostRequest, confirmSignInHost);
  context.subscriptions.push(probing.pages);
  return probing;
}

/** The server that is probed names the host, so the person decides whether it is contacted. */
async function confirmSignInHost(host: string): Promise<boolean> {
  const contact = 'Contact Host';
  const choice = await window.showWarningMessage(
    `Contact ${host} as well?`,
    { modal: true, detail: 'The server names it as the host where clients sign in.' },
    contact,
  );
  return choice === contact;
}
