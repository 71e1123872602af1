import type { ExtensionContext } from 'vscode';
import { LanguageClient, type LanguageClientOptions, TransportKind } from 'vscode-languageclient/node';
import { activateExtension, type Extension } from './activate.ts';

let extension: Extension | undefined;

/** Desktop entry: the server runs in a process of its own. */
export function activate(context: ExtensionContext): void {
  const module = context.asAbsolutePath('dist/server.js');
  const server = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
  };
  const createClient = (options: LanguageClientOptions) =>
    new LanguageClient('dynamicsTls', 'Dynamics TLS', server, options);
  extension = activateExtension(context, createClient, { hasSockets: true });
}

export function deactivate(): Thenable<void> | undefined {
  return extension?.stop();
}
