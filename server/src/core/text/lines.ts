/** Zero-based line and column (UTF-16 units). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Translates between offsets and lines. Line ends are LF, CRLF and lone CR, as in editors. */
export class LineIndex {
  readonly #starts: number[];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.#starts = [0];
    const lineEnd = /\r\n?|\n/g;
    while (lineEnd.test(text)) {
      this.#starts.push(lineEnd.lastIndex);
    }
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The position of an offset; offsets outside the text are clamped. */
  positionAt(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.#text.length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= clamped) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low, column: clamped - (this.#starts[low] ?? 0) };
  }

  /** The offset of a position; lines and columns outside the text are clamped. */
  offsetAt(position: Position): number {
    if (position.line < 0) {
      return 0;
    }
    const start = this.#starts[position.line];
    if (start === undefined) {
      return this.#text.length;
    }
    const next = this.#starts[position.line + 1] ?? this.#text.length;
    return Math.max(start, Math.min(start + position.column, next));
  }

  /** The text of a zero-based line without its line end. */
  lineText(line: number): string {
    const start = this.#starts[line] ?? this.#text.length;
    const next = this.#starts[line + 1] ?? this.#text.length;
    return this.#text.slice(start, next).replace(/[\r\n]+$/, '');
  }
}
