import { CodeAction, CodeActionKind, type Disposable, languages } from 'vscode';
import { logLanguage } from '../../../server/src/lsp/protocol.ts';

/** Offers, at a finding in a log, the page that explains it. Nothing in a log is there to be changed. */
export function registerLogActions(): Disposable {
  return languages.registerCodeActionsProvider(
    { language: logLanguage },
    {
      provideCodeActions(_document, _range, { diagnostics }) {
        const found = diagnostics.filter(({ source }) => source === 'Dynamics TLS');
        if (found.length === 0) {
          return [];
        }
        const title = 'Explain the errors of this log';
        const action = new CodeAction(title, CodeActionKind.QuickFix);
        action.command = { command: 'dynamicsTls.explainConnectionError', title };
        action.diagnostics = found;
        return [action];
      },
    },
    { providedCodeActionKinds: [CodeActionKind.QuickFix] },
  );
}
