import type { FileEdits, TextEdit } from '../model/finding.ts';

/** Two edits of one text touch the same characters. */
export class OverlappingEditsError extends Error {
  override name = 'OverlappingEditsError';
}

/** Sorts edits by position. Throws {@link OverlappingEditsError} where two of them claim the same characters. */
export function sortEdits(edits: readonly TextEdit[]): TextEdit[] {
  const sorted = [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  for (let i = 1; i < sorted.length; i++) {
    const previous = sorted[i - 1] as TextEdit;
    const current = sorted[i] as TextEdit;
    const isSameInsertion = previous.range.start === current.range.start && previous.range.end === current.range.end;
    if (current.range.start < previous.range.end || isSameInsertion) {
      throw new OverlappingEditsError(`Edits overlap at offset ${current.range.start}.`);
    }
  }
  return sorted;
}

/** Applies edits to a text; every character outside their ranges is kept. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let position = 0;
  for (const edit of sortEdits(edits)) {
    result += text.slice(position, edit.range.start) + edit.newText;
    position = edit.range.end;
  }
  return result + text.slice(position);
}

/** The line end that a place in a text uses: that of its own line, else of the line before, else LF. */
export function lineEndAt(text: string, offset: number): string {
  const after = /\r\n|\n|\r/g;
  after.lastIndex = offset;
  const next = after.exec(text);
  if (next) {
    return next[0];
  }
  const before = /\r\n|\n|\r/.exec(text);
  return before ? before[0] : '\n';
}

/** Joins the edits of the same file; files keep the order of their first mention. */
export function groupEdits(changes: readonly FileEdits[]): FileEdits[] {
  const byPath = new Map<string, TextEdit[]>();
  for (const { path, edits } of changes) {
    const existing = byPath.get(path);
    if (existing) {
      existing.push(...edits);
    } else {
      byPath.set(path, [...edits]);
    }
  }
  return [...byPath].map(([path, edits]) => ({ path, edits }));
}
