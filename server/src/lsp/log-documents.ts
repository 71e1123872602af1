import {
  type Diagnostic,
  DiagnosticSeverity,
  type DocumentDiagnosticReport,
  type FoldingRange,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type ErrorExplanation,
  ErrorTextReader,
  LineIndex,
  type LogProblem,
  logFoldings,
  logProblems,
  maximalFoldings,
} from '../core/index.ts';
import { logLanguage } from './protocol.ts';

/** Units that are read before the server looks for messages again. */
const chunkSize = 256 * 1024;
/** Of a longer log only the end is read, where the last run stands. Editors open hardly anything larger. */
const maximalText = 64 * 1024 * 1024;

interface Report {
  readonly items: Diagnostic[];
  readonly resultId: string;
}

/** Open logs of Dynamics tools: they are no part of the analysis, only explained and folded. */
export class LogDocuments {
  readonly #documents: TextDocuments<TextDocument>;
  readonly #reports = new Map<string, { readonly version: number; readonly report: Promise<Report> }>();

  constructor(documents: TextDocuments<TextDocument>) {
    this.#documents = documents;
  }

  isLog(uri: string): boolean {
    return this.#documents.get(uri)?.languageId === logLanguage;
  }

  close(uri: string): void {
    this.#reports.delete(uri);
  }

  /** Answers a client that asks for the findings of one document. */
  async diagnostics(uri: string, previousResultId: string | undefined): Promise<DocumentDiagnosticReport> {
    const { items, resultId } = await this.report(uri);
    return resultId === previousResultId ? { kind: 'unchanged', resultId } : { kind: 'full', resultId, items };
  }

  /**
   * What the present text means. One reading at a time for each log: a log that grows while it is read is read to the
   * end of what it was, and then once more.
   */
  async report(uri: string): Promise<Report> {
    const document = this.#documents.get(uri);
    const known = this.#reports.get(uri);
    if (!document || known?.version === document.version) {
      return known?.report ?? nothing;
    }
    const { version } = document;
    const report = (known?.report ?? Promise.resolve(nothing))
      .catch(() => nothing)
      .then(() => read(document.getText(), uri));
    this.#reports.set(uri, { version, report });
    return report;
  }

  foldings(uri: string, limit = maximalFoldings): FoldingRange[] {
    const text = this.#documents.get(uri)?.getText() ?? '';
    return logFoldings(text, Math.min(limit, maximalFoldings)).map(({ start, end }) => ({
      startLine: start,
      endLine: end,
    }));
  }
}

const nothing: Report = { items: [], resultId: 'log-0' };

async function read(text: string, uri: string): Promise<Report> {
  const begin = text.length > maximalText ? text.lastIndexOf('\n', text.length - maximalText) + 1 : 0;
  const explanation = await explain(text, begin);
  const lines = new LineIndex(text);
  const skipped = lines.positionAt(begin).line;
  const items = logProblems(explanation, lines, skipped).map((problem) => diagnostic(problem, lines, uri));
  if (begin > 0) {
    items.push(shortened(lines, skipped));
  }
  return { items, resultId: `log-${JSON.stringify(items).length}-${items.map(fingerprint).join(',')}` };
}

/** Lets messages through while it reads. */
async function explain(text: string, begin: number): Promise<ErrorExplanation> {
  const reader = new ErrorTextReader();
  for (let from = begin; from < text.length; from += chunkSize) {
    reader.push(text.slice(from, from + chunkSize));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return reader.end();
}

function diagnostic(problem: LogProblem, lines: LineIndex, uri: string): Diagnostic {
  return {
    range: {
      start: { line: problem.line, character: problem.start },
      end: { line: problem.line, character: problem.end },
    },
    severity: problem.severity === 'warning' ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information,
    code: problem.signature,
    codeDescription: { href: problem.source },
    source: 'Dynamics TLS',
    message: problem.message,
    relatedInformation: problem.related.map(({ line, message }) => ({
      location: { uri, range: wholeLine(line, lines) },
      message,
    })),
  };
}

function shortened(lines: LineIndex, skipped: number): Diagnostic {
  return {
    range: wholeLine(skipped, lines),
    severity: DiagnosticSeverity.Information,
    code: 'log-shortened',
    source: 'Dynamics TLS',
    message:
      'This log is so large that it was read from this line on only. "dynamics-tls explain-error FILE" on a command line reads all of it.',
  };
}

function wholeLine(line: number, lines: LineIndex) {
  return { start: { line, character: 0 }, end: { line, character: lines.lineText(line).length } };
}

function fingerprint({ range, code }: Diagnostic): string {
  return `${range.start.line}:${range.start.character}:${code}`;
}
