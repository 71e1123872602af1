import {
  cleanLine,
  exceptionLevel,
  isContinuation,
  isEndOfInner,
  isFrame,
  LineSplitter,
} from '../sources/log-lines.ts';

/** Lines that an editor can fold, counted from 0; the first stays visible. */
export interface FoldingLines {
  readonly start: number;
  readonly end: number;
}

/** VS Code uses no more than this by default (`editor.foldingMaximumRegions`). */
export const maximalFoldings = 5000;

/** Folds the records of a log, its inner exceptions and its stacks. Reads until there are as many as are wanted. */
export function logFoldings(text: string, limit = maximalFoldings): readonly FoldingLines[] {
  const folder = new LogFolder();
  const splitter = new LineSplitter((line, number) => folder.take(line, number - 1));
  for (let from = 0; from < text.length && folder.count < limit; from += chunk) {
    splitter.push(text.slice(from, from + chunk));
  }
  splitter.end();
  return folder.end().slice(0, limit);
}

const chunk = 65_536;

interface Open {
  readonly start: number;
  /** Of an exception "Level n"; 0 for a record, undefined for one that an arrow or "Caused by" begins. */
  readonly level?: number;
}

class LogFolder {
  readonly #ranges = new Map<number, number>();
  readonly #open: Open[] = [];
  #run: { start: number; end: number } | undefined;
  /** The last line that belongs to something; separators and empty lines behind it stay outside. */
  #last = -1;

  get count(): number {
    return this.#ranges.size;
  }

  take(raw: string, number: number): void {
    const { text, isRecord } = cleanLine(raw, number);
    if (/^\s*=*\s*$/.test(text)) {
      return;
    }
    const level = exceptionLevel(text);
    if (isFrame(text)) {
      this.#takeFrame(number);
    } else {
      this.#closeRun();
      if (isRecord && !isContinuation(text)) {
        this.#close(() => true);
        this.#open.push({ start: number, level: 0 });
      } else if (level !== undefined) {
        this.#close((open) => open.level === undefined || open.level >= level);
        this.#open.push({ start: number, level });
      } else if (/^\s*Caused by:/.test(text)) {
        this.#close((open) => open.level === undefined);
        this.#open.push({ start: number });
      } else if (/^\s*--->/.test(text)) {
        this.#open.push({ start: number });
      }
    }
    this.#last = number;
    if (isEndOfInner(text) && this.#open.at(-1)?.level === undefined) {
      this.#closeOne();
    }
  }

  /** Sorted by their first line. */
  end(): FoldingLines[] {
    this.#closeRun();
    this.#close(() => true);
    return [...this.#ranges].map(([start, end]) => ({ start, end })).sort((a, b) => a.start - b.start);
  }

  #takeFrame(number: number): void {
    if (this.#run) {
      this.#run.end = number;
    } else {
      // The line before says what the stack is of; but where that one begins something larger, a frame must do.
      const isTaken = this.#last !== number - 1 || this.#open.some(({ start }) => start === this.#last);
      this.#run = { start: isTaken ? number : this.#last, end: number };
    }
  }

  #closeRun(): void {
    if (this.#run) {
      this.#add(this.#run.start, this.#run.end);
    }
    this.#run = undefined;
  }

  #close(isOver: (open: Open) => boolean): void {
    for (let open = this.#open.at(-1); open && isOver(open); open = this.#open.at(-1)) {
      this.#closeOne();
    }
  }

  #closeOne(): void {
    const open = this.#open.pop();
    if (open) {
      this.#add(open.start, this.#last);
    }
  }

  /** Editors know one range for each first line: the larger one. */
  #add(start: number, end: number): void {
    if (end > start && end > (this.#ranges.get(start) ?? 0)) {
      this.#ranges.set(start, end);
    }
  }
}
