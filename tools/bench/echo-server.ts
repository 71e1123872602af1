/** A server that does nothing: it takes changes in and answers every diagnostic request with an empty report. */
import { createConnection, ProposedFeatures, TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);

connection.onInitialize(() => ({
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    diagnosticProvider: { identifier: 'echo', interFileDependencies: true, workspaceDiagnostics: true },
  },
}));
connection.languages.diagnostics.on(({ textDocument }) => ({
  kind: 'full',
  resultId: String(documents.get(textDocument.uri)?.version),
  items: [],
}));
connection.languages.diagnostics.onWorkspace(() => ({ items: [] }));
documents.listen(connection);
connection.listen();
