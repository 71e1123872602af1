import { type Disposable, languages, type TextDocument, workspace } from 'vscode';
import { logLanguage } from '../../../server/src/lsp/protocol.ts';

/** What VS Code calls the files that Dynamics tools write under a name of the person's own. */
const general: ReadonlySet<string> = new Set(['log', 'plaintext']);

interface Manifest {
  readonly contributes: { readonly languages: readonly { readonly id: string; readonly firstLine?: string }[] };
}

/**
 * Gives the logs of Dynamics tools their language by their first line. VS Code itself asks for first lines only where
 * the name of a file says nothing, and `.log` says something to it. Each document once: who chooses another language
 * afterwards keeps it.
 */
export function recogniseLogs(manifest: Manifest): Disposable {
  const firstLine = manifest.contributes.languages.find(({ id }) => id === logLanguage)?.firstLine;
  const pattern = new RegExp(firstLine ?? '(?!)');
  const seen = new Set<string>();
  const look = (document: TextDocument) => {
    const uri = document.uri.toString();
    if (general.has(document.languageId) && !seen.has(uri) && pattern.test(document.lineAt(0).text.slice(0, 500))) {
      seen.add(uri);
      void languages.setTextDocumentLanguage(document, logLanguage);
    }
  };
  workspace.textDocuments.forEach(look);
  return workspace.onDidOpenTextDocument(look);
}
