import { type ExtensionContext, Uri } from 'vscode';
import { LanguageClient, type LanguageClientOptions } from 'vscode-languageclient/browser';
import { activateExtension, type Extension } from './activate.ts';

/** The worker of the browser, of which only the constructor is needed; the compiler knows no DOM here. */
declare const Worker: new (url: string) => ConstructorParameters<typeof LanguageClient>[3];

let extension: Extension | undefined;

/** Browser entry: the server runs in a web worker. */
export function activate(context: ExtensionContext): void {
  extension = activateExtension(context, (options: LanguageClientOptions) => {
    const worker = new Worker(Uri.joinPath(context.extensionUri, 'dist/browser/server.js').toString(true));
    return new LanguageClient('dynamicsTls', 'Dynamics TLS', options, worker);
  });
}

export function deactivate(): Thenable<void> | undefined {
  return extension?.stop();
}
