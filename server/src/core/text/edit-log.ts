import type { TextEdit } from '../model/finding.ts';
import { sortEdits } from './edits.ts';

/** A part of the present text: a range of the original, or text that an edit brought. */
type Piece =
  | { readonly kind: 'original'; readonly start: number; readonly end: number }
  | { readonly kind: 'new'; readonly text: string; readonly label: string | undefined };

/** An edit that says what it is for; the log keeps that. */
export interface LabelledEdit extends TextEdit {
  readonly label?: string;
}

/**
 * A text under several rounds of edits that can tell, at any time, the edits that lead from the original to the
 * present text. What no edit touched is never part of them.
 */
export class EditLog {
  readonly original: string;
  #pieces: readonly Piece[];
  #text: string;

  constructor(original: string) {
    this.original = original;
    this.#pieces = [{ kind: 'original', start: 0, end: original.length }];
    this.#text = original;
  }

  /** A log in the same state, which goes its own way from here. */
  clone(): EditLog {
    const copy = new EditLog(this.original);
    copy.#pieces = this.#pieces;
    copy.#text = this.#text;
    return copy;
  }

  /** The present text. */
  get text(): string {
    return this.#text;
  }

  /** Applies edits whose ranges are those of the present text. */
  apply(edits: readonly LabelledEdit[]): void {
    const result: Piece[] = [];
    let position = 0;
    const queue = [...this.#pieces];
    /** Moves pieces to the result (or drops them) up to an offset of the present text. */
    const advance = (to: number, keep: boolean) => {
      while (position < to && queue.length > 0) {
        const piece = queue.shift() as Piece;
        const length = pieceLength(piece);
        const wanted = to - position;
        const [head, tail] = length <= wanted ? [piece, undefined] : splitPiece(piece, wanted);
        if (keep) {
          result.push(head);
        }
        if (tail) {
          queue.unshift(tail);
        }
        position += Math.min(length, wanted);
      }
    };
    for (const edit of sortEdits(edits) as LabelledEdit[]) {
      advance(edit.range.start, true);
      advance(edit.range.end, false);
      if (edit.newText !== '' || edit.label !== undefined) {
        result.push({ kind: 'new', text: edit.newText, label: edit.label });
      }
    }
    this.#pieces = [...result, ...queue];
    this.#text = this.#pieces
      .map((piece) => (piece.kind === 'new' ? piece.text : this.original.slice(piece.start, piece.end)))
      .join('');
  }

  /**
   * The edits from the original to the present text, in order; empty when they are equal. An edit that several rounds
   * made has the label of its first part.
   */
  edits(): LabelledEdit[] {
    const edits: LabelledEdit[] = [];
    let position = 0;
    let newText = '';
    let label: string | undefined;
    for (const piece of [
      ...this.#pieces,
      { kind: 'original', start: this.original.length, end: this.original.length } as const,
    ]) {
      if (piece.kind === 'new') {
        newText += piece.text;
        label ??= piece.label;
        continue;
      }
      if (newText !== '' || piece.start > position) {
        const range = { start: position, end: piece.start };
        edits.push(label === undefined ? { range, newText } : { range, newText, label });
      }
      position = piece.end;
      newText = '';
      label = undefined;
    }
    return edits.filter((edit) => this.original.slice(edit.range.start, edit.range.end) !== edit.newText);
  }
}

function pieceLength(piece: Piece): number {
  return piece.kind === 'new' ? piece.text.length : piece.end - piece.start;
}

function splitPiece(piece: Piece, at: number): [Piece, Piece] {
  return piece.kind === 'new'
    ? [
        { ...piece, text: piece.text.slice(0, at) },
        { ...piece, text: piece.text.slice(at) },
      ]
    : [
        { kind: 'original', start: piece.start, end: piece.start + at },
        { kind: 'original', start: piece.start + at, end: piece.end },
      ];
}
