import { type ExtensionContext, Uri } from 'vscode';
import { LanguageClient, type LanguageClientOptions, type MessageTransports } from 'vscode-languageclient/browser';
import { activateExtension, type Extension } from './activate.ts';

/** The worker of the browser, of which only the constructor is needed; the compiler knows no DOM here. */
declare const Worker: new (url: string) => MessageTransports;

let extension: Extension | undefined;

/** Browser entry: the server runs in a web worker. */
export function activate(context: ExtensionContext): void {
  const server = Uri.joinPath(context.extensionUri, 'dist/browser/server.js').toString(true);
  // A worker that cannot be made is a server that does not start: the commands are there and say so.
  const createClient = (options: LanguageClientOptions) =>
    new LanguageClient('dynamicsTls', 'Dynamics TLS', async () => new Worker(server), options);
  extension = activateExtension(context, createClient, { hasSockets: false });
}

export function deactivate(): Thenable<void> | undefined {
  return extension?.stop();
}
