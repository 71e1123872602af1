import {
  type CancellationToken,
  CodeLens,
  type CodeLensProvider,
  type Disposable,
  EventEmitter,
  languages,
  Range,
  type TextDocument,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type UrlInText, urlsInTextRequest } from '../../../server/src/lsp/protocol.ts';

/** Configuration files are small; nobody waits for the lenses of anything else. */
const maximalLength = 1024 * 1024;

/** Shows "Check TLS" beside the Dynamics URLs of configuration files. Looking for them contacts nobody. */
export function registerCheckTlsLens(client: BaseLanguageClient, canProbe: () => Promise<boolean>): Disposable {
  const changed = new EventEmitter<void>();
  const provider: CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document: TextDocument, token: CancellationToken): Promise<CodeLens[]> {
      const isOn = workspace.getConfiguration('dynamicsTls', document).get<boolean>('codeLens') !== false;
      const text = document.getText();
      if (!isOn || text.length > maximalLength || !(await canProbe()) || token.isCancellationRequested) {
        return [];
      }
      const urls = await client.sendRequest<UrlInText[]>(urlsInTextRequest, text, token);
      return urls.map(({ url, start, end }) => {
        const range = new Range(document.positionAt(start), document.positionAt(end));
        return new CodeLens(range, {
          command: 'dynamicsTls.checkDynamicsTls',
          title: 'Check TLS',
          tooltip: `Contacts ${url} and shows which TLS it speaks`,
          arguments: [url],
        });
      });
    },
  };
  const registration = languages.registerCodeLensProvider({ pattern: '**/*.config' }, provider);
  const listener = workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('dynamicsTls.codeLens')) {
      changed.fire();
    }
  });
  return {
    dispose() {
      registration.dispose();
      listener.dispose();
      changed.dispose();
    },
  };
}
