import type { ErrorMark, ErrorSignature } from '../facts/error-causes.ts';
import { worthReading } from '../facts/error-signatures.ts';
import { type ErrorExplanation, maximalMatchText } from '../model/error-explanation.ts';
import { ErrorTally } from './error-tally.ts';
import { LineRecogniser } from './line-recogniser.ts';
import { cleanLine, isContinuation, isFrame, LineSplitter, type LogLine } from './log-lines.ts';

/** Something recognised in one error of a log. */
export interface Found {
  readonly signature: ErrorSignature;
  readonly line: number;
  readonly text: string;
  /** How many exceptions stand around the one that says it. */
  readonly depth: number;
  /** Where it ends, counted through the error. */
  readonly order: number;
}

/** One error of a log: a record with its stack and its inner exceptions. */
export interface Incident {
  readonly marks: ReadonlySet<ErrorMark>;
  readonly found: readonly Found[];
}

/** Lines after which an error is over when nothing more was recognised, in logs without time stamps. */
const maximalSilence = 60;
/** A sentence is wrapped over no more lines than this. */
const maximalWrap = 6;
/** Shorter lines end where their author wanted. */
const shortestWrapped = 24;

/** Recognises errors in a whole text, for example one that a person selected. */
export function explainErrorText(text: string): ErrorExplanation {
  const reader = new ErrorTextReader();
  reader.push(text);
  return reader.end();
}

/**
 * Recognises errors in a text of any size that arrives in chunks. What is kept depends on the number of signatures and
 * on the longest line, not on the length of the text.
 */
export class ErrorTextReader {
  readonly #recogniser = new LineRecogniser();
  readonly #tally = new ErrorTally();
  readonly #splitter = new LineSplitter((line, number) => this.#takeRaw(line, number));
  #raw: { line: string; number: number } | undefined;
  #wrapped: LogLine[] = [];
  #incident: MutableIncident | undefined;

  push(chunk: string): void {
    this.#splitter.push(chunk);
  }

  /** Units and entries that are kept at the moment, for tests of the bound. */
  get kept(): number {
    const wrapped = this.#wrapped.reduce((sum, { text }) => sum + text.length, 0);
    return this.#splitter.kept + wrapped + (this.#raw?.line.length ?? 0) + this.#tally.kept + this.#recogniser.kept;
  }

  /** Ends the text and answers what was recognised. */
  end(): ErrorExplanation {
    this.#splitter.end();
    this.#finishLine();
    this.#finishIncident();
    return this.#tally.explanation(this.#splitter.lines);
  }

  /** Most lines of a log say nothing about errors: they are only remembered in case that the next one continues them. */
  #takeRaw(line: string, number: number): void {
    const isIdle = this.#incident === undefined && this.#wrapped.length === 0;
    if (isIdle && !worthReading.test(line)) {
      this.#raw = { line, number };
      return;
    }
    if (isIdle && this.#raw) {
      this.#take(cleanLine(this.#raw.line, this.#raw.number));
    }
    this.#raw = undefined;
    this.#take(cleanLine(line, number));
  }

  #take(line: LogLine): void {
    const last = this.#wrapped.at(-1);
    if (last && this.#wrapped.length < maximalWrap && continues(last, line)) {
      this.#wrapped.push(line);
      return;
    }
    this.#finishLine();
    if (line.isRecord && !isContinuation(line.text)) {
      this.#finishIncident();
    }
    this.#wrapped = [line];
  }

  /** Looks at a line with what was wrapped, joined in both ways: at a blank, and within a word. */
  #finishLine(): void {
    const lines = this.#wrapped;
    this.#wrapped = [];
    if (lines.length === 0) {
      return;
    }
    const seen = new Set<string>();
    const spaced = join(lines, ' ');
    this.#recognise(spaced, seen);
    if (lines.length > 1) {
      this.#recognise(join(lines, ''), seen);
    }
    const incident = this.#incident;
    if (incident) {
      incident.depth += nestingDepth(spaced.text);
      incident.silence = seen.size > 0 || isFrame(spaced.text) ? 0 : incident.silence + 1;
      if (incident.silence > maximalSilence) {
        this.#finishIncident();
      }
    }
  }

  #recognise(joined: JoinedLine, seen: Set<string>): void {
    const { text } = joined;
    const { marks, hits } = this.#recogniser.recognise(text);
    for (const mark of marks) {
      this.#open().marks.add(mark);
      seen.add(mark);
    }
    for (const { signature, index, length } of hits) {
      if (seen.has(signature.id)) {
        continue;
      }
      seen.add(signature.id);
      const incident = this.#open();
      for (const mark of signature.marks ?? []) {
        incident.marks.add(mark);
      }
      incident.add({
        signature,
        line: lineAt(joined, index),
        text: excerpt(text, index, length),
        depth: incident.depth + nestingDepth(text.slice(0, index)),
        order: index + length,
      });
    }
  }

  #open(): MutableIncident {
    this.#incident ??= new MutableIncident();
    return this.#incident;
  }

  #finishIncident(): void {
    if (this.#incident) {
      this.#tally.add(this.#incident);
    }
    this.#incident = undefined;
  }
}

class MutableIncident implements Incident {
  readonly marks = new Set<ErrorMark>();
  readonly #found = new Map<string, Found>();
  depth = 0;
  silence = 0;

  get found(): readonly Found[] {
    return [...this.#found.values()];
  }

  /** Keeps the first place of a signature for display, and the deepest for the decision. */
  add(found: Found): void {
    const known = this.#found.get(found.signature.id);
    this.#found.set(found.signature.id, {
      ...found,
      line: known?.line ?? found.line,
      text: known?.text ?? found.text,
      depth: Math.max(found.depth, known?.depth ?? 0),
      order: found.line * 65_536 + found.order,
    });
  }
}

interface JoinedLine {
  readonly text: string;
  /** For each physical line: where it begins in the text, and its number. */
  readonly starts: readonly (readonly [offset: number, number: number])[];
}

function join(lines: readonly LogLine[], between: string): JoinedLine {
  const starts: [number, number][] = [];
  let text = '';
  lines.forEach((line, i) => {
    const part = i === 0 ? line.text : line.text.trimStart();
    text = i === 0 ? part : (between === '' ? text : text.trimEnd() + between) + part;
    starts.push([text.length - part.length, line.number]);
  });
  return { text, starts };
}

function lineAt({ starts }: JoinedLine, offset: number): number {
  return starts.findLast(([start]) => start <= offset)?.[1] ?? starts[0]?.[1] ?? 1;
}

/** Whether a line may be the rest of the one before: logs and consoles break long sentences anywhere. */
function continues(last: LogLine, line: LogLine): boolean {
  const before = last.text.trimEnd();
  return (
    !line.isRecord &&
    line.text.trim() !== '' &&
    before.trimStart().length >= shortestWrapped &&
    !/[.!?\u3002]["')\]]?$/.test(before) &&
    before.length < 4096 &&
    !isFrame(before) &&
    !isContinuation(line.text)
  );
}

const nesting = /--->|---&gt;|\bCaused by:|\bInner ?Exception\b(?! stack)|==>/g;
/** Python names the causing exception first and the one that followed from it afterwards. */
const unnesting = /During handling of the above exception|The above exception was the direct cause/g;

function nestingDepth(text: string): number {
  return (text.match(nesting)?.length ?? 0) - (text.match(unnesting)?.length ?? 0);
}

/** The recognised text with what stands around it, without the exceptions before and behind. */
function excerpt(text: string, index: number, length: number): string {
  const arrow = '--->';
  const before = text.lastIndexOf(arrow, index);
  const behind = text.indexOf(arrow, index + length);
  const start = before < 0 ? 0 : before + arrow.length;
  const from = Math.max(start, index - 150);
  const excerpt = text.slice(from, Math.min(behind < 0 ? text.length : behind, from + maximalMatchText));
  return withoutSecrets(excerpt)
    .replace(/\s+/g, ' ')
    .replace(/^ ?Error ?: /, '')
    .trim();
}

/** Logs repeat connection strings, headers and addresses; what authenticates in them is no business of a report. */
function withoutSecrets(text: string): string {
  return text
    .replace(
      /\b(password|passwd|pwd|client_?secret|secret|access_?token|refresh_?token|id_?token|api_?key|assertion|sig)(["']?\s*[=:]\s*["']?)[^\s;&"',<>]+/gi,
      '$1$2***',
    )
    .replace(/\b(Bearer|Basic)\s+[\w+/.=~-]{8,}/g, '$1 ***')
    .replace(/(:\/\/)[^/\s:@]+:[^/\s@]+@/g, '$1***@');
}
