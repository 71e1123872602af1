import {
  type CodeAction,
  CodeActionKind,
  type CompletionItem,
  CompletionItemKind,
  type CreateFile,
  type Diagnostic,
  DiagnosticSeverity,
  type Location as LspLocation,
  type Range,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import {
  type Completion,
  type FileEdits,
  type FilePath,
  type Finding,
  type Fix,
  formatMessage,
  LineIndex,
  type Location,
  type Message,
  normalizePath,
  type Severity,
  type TextRange,
} from '../core/index.ts';
import { rulePage } from './rule-page.ts';

/** The kind of "fix all in this file". */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.dynamicsTls`;

/** What conversions ask about documents. */
export interface DocumentLookup {
  text(path: FilePath): string | undefined;
  /** The URI as the client spells it. */
  uri(path: FilePath): string;
  /** The version of an open document, null for others. */
  version(path: FilePath): number | null;
}

/** Core's path of a URI: that of the disk for `file:`, the URI itself for every other scheme. */
export function pathOfUri(uri: string): FilePath {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? normalizePath(parsed.fsPath) : normalizePath(decodeURI(parsed.toString(true)));
}

/** The URI of core's path. */
export function uriOfPath(path: FilePath): string {
  return /^[A-Za-z][A-Za-z0-9+.-]+:\/\//.test(path) ? URI.parse(path).toString() : URI.file(path).toString();
}

/** Converts with one line index per text. */
export class Converter {
  readonly #documents: DocumentLookup;
  readonly #indexes = new Map<FilePath, { text: string; lines: LineIndex }>();

  constructor(documents: DocumentLookup) {
    this.#documents = documents;
  }

  range(path: FilePath, range: TextRange): Range {
    if (range.end === 0) {
      // A finding about a file as a whole, whose content may be no text at all.
      return { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    }
    const lines = this.lines(path);
    const start = lines.positionAt(range.start);
    const end = lines.positionAt(range.end);
    return {
      start: { line: start.line, character: start.column },
      end: { line: end.line, character: end.column },
    };
  }

  lines(path: FilePath): LineIndex {
    const text = this.#documents.text(path) ?? '';
    const cached = this.#indexes.get(path);
    if (cached?.text === text) {
      return cached.lines;
    }
    const lines = new LineIndex(text);
    this.#indexes.set(path, { text, lines });
    return lines;
  }

  diagnostic(finding: Finding): Diagnostic {
    return {
      range: this.range(finding.path, finding.range),
      severity: severities[finding.severity],
      code: finding.rule,
      codeDescription: { href: rulePage(finding.rule) },
      source: 'Dynamics TLS',
      message: formatMessage(finding.message),
      relatedInformation: finding.related.map((related) => ({
        location: { uri: this.#documents.uri(related.path), range: this.range(related.path, related.range) },
        message: formatMessage(related.message),
      })),
    };
  }

  /** The URI of a path, as the client spells it. */
  uri(path: FilePath): string {
    return this.#documents.uri(path);
  }

  /** A document with its version, so that an edit of another text is refused. */
  document(path: FilePath): TextDocumentEdit['textDocument'] {
    return { uri: this.#documents.uri(path), version: this.#documents.version(path) };
  }

  location(location: Location): LspLocation {
    return { uri: this.#documents.uri(location.path), range: this.range(location.path, location.range) };
  }

  completion(path: FilePath, completion: Completion): CompletionItem {
    return {
      label: completion.label,
      kind: completionKinds[completion.kind],
      detail: completion.detail,
      documentation: completion.documentation,
      sortText: completion.order,
      textEdit: { range: this.range(path, completion.range), newText: completion.label },
    };
  }

  /** A quick fix without its edit, which the client asks for when it is chosen. */
  quickFix(finding: Finding, fix: Fix, data: unknown): CodeAction {
    return {
      title: formatMessage(fix.title),
      kind: CodeActionKind.QuickFix,
      diagnostics: [this.diagnostic(finding)],
      isPreferred: fix.isPreferred,
      data,
    };
  }

  /** A comment that silences a finding; without its edit as well, and never preferred. */
  suppression(finding: Finding, title: Message, data: unknown): CodeAction {
    return {
      title: formatMessage(title),
      kind: CodeActionKind.QuickFix,
      diagnostics: [this.diagnostic(finding)],
      data,
    };
  }

  /** Edits with document versions where the client understands them. */
  workspaceEdit(changes: readonly FileEdits[], hasDocumentChanges: boolean): WorkspaceEdit {
    if (!hasDocumentChanges) {
      return {
        changes: Object.fromEntries(
          changes.map((change) => [this.#documents.uri(change.path), this.#textEdits(change)]),
        ),
      };
    }
    const documentChanges = changes.flatMap((change): (CreateFile | TextDocumentEdit)[] => [
      ...(this.isThere(change.path) ? [] : [{ kind: 'create' as const, uri: this.#documents.uri(change.path) }]),
      { textDocument: this.document(change.path), edits: this.#textEdits(change) },
    ]);
    return { documentChanges };
  }

  /** False for a file that an edit has to make first. */
  isThere(path: FilePath): boolean {
    return this.#documents.text(path) !== undefined;
  }

  #textEdits({ path, edits }: FileEdits) {
    return edits.map((edit) => ({ range: this.range(path, edit.range), newText: edit.newText }));
  }
}

const completionKinds: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  framework: CompletionItemKind.EnumMember,
  property: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
};

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
