/**
 * A value that may be unknown. "Unknown, because" is a state of its own: it is neither safe nor unsafe, and it
 * carries its reasons to the person who reads the result.
 */
export type Known<T> = { readonly known: true; readonly value: T } | Unknown;

/** The reasons why a value could not be computed, in plain English, at least one. */
export interface Unknown {
  readonly known: false;
  readonly reasons: readonly string[];
}

/** Wraps a value that is certain. */
export function known<T>(value: T): Known<T> {
  return { known: true, value };
}

/** A value that could not be computed, and why. */
export function unknown(...reasons: readonly string[]): Unknown {
  return { known: false, reasons: [...new Set(reasons)] };
}
