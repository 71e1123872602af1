import type { Diagnostic } from 'vscode-languageserver';
import type { FilePath, Finding } from '../core/index.ts';

/** The diagnostics of one file with the id by which a client says that it has them. */
export interface DiagnosticReport {
  readonly items: readonly Diagnostic[];
  readonly resultId: string;
}

export interface ReportSource {
  text(path: FilePath): string | undefined;
  diagnostic(finding: Finding): Diagnostic;
}

/**
 * Diagnostics by file, converted once: the analysis keeps a file's list of findings the same object while nothing in it
 * changes, so that a poll of ten thousand files converts only what is new.
 */
export class DiagnosticReports {
  readonly #source: ReportSource;
  readonly #reports = new Map<
    FilePath,
    DiagnosticReport & { findings: readonly Finding[]; text: string | undefined }
  >();

  constructor(source: ReportSource) {
    this.#source = source;
  }

  /** The same object as before while nothing has changed. */
  of(path: FilePath, findings: readonly Finding[] | undefined): DiagnosticReport {
    if (!findings) {
      this.#reports.delete(path);
      return nothing;
    }
    const text = this.#source.text(path);
    const known = this.#reports.get(path);
    if (known?.findings === findings && known.text === text) {
      return known;
    }
    const items = findings.map((finding) => this.#source.diagnostic(finding));
    const report = { items, resultId: resultIdOf(items), findings, text };
    this.#reports.set(path, report);
    return report;
  }

  /** Converts everything anew: a client spells a URI in another way than before. */
  clear(): void {
    this.#reports.clear();
  }
}

/** A short fingerprint of what was reported, so that "unchanged" needs no memory. */
function resultIdOf(items: readonly unknown[]): string {
  const text = JSON.stringify(items);
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return `${items.length}-${(hash >>> 0).toString(36)}-${text.length}`;
}

const nothing: DiagnosticReport = { items: [], resultId: resultIdOf([]) };
