import type { Connection } from 'vscode-languageserver';
import { ErrorTextReader, errorMarkdown, errorSentence, TextStream } from '../core/index.ts';
import { type ExplainErrorAnswer, type ExplainErrorParams, explainErrorRequest } from './protocol.ts';

/** Answers the command "Explain Connection Error". */
export function handleExplainError(connection: Connection): void {
  connection.onRequest(explainErrorRequest, (params: ExplainErrorParams): ExplainErrorAnswer => {
    const reader = new ErrorTextReader();
    if ('text' in params) {
      reader.push(params.text);
    } else {
      const stream = new TextStream();
      reader.push(stream.push(Uint8Array.from(atob(params.base64), (unit) => unit.charCodeAt(0))));
      reader.push(stream.end());
    }
    const explanation = reader.end();
    const decisive = explanation.matches.find((match) => match.decisive);
    return {
      sentence: errorSentence(explanation) ?? null,
      actions: decisive?.causes[0]?.actions ?? [],
      markdown: errorMarkdown(explanation),
    };
  });
}
