/**
 * A value during evaluation: text as MSBuild keeps it (escapes such as `%3B` still in place), or unknown.
 * Text may contain {@link symbol | symbols}: places whose spelling differs from machine to machine.
 */
export type Value = string | UnknownValue;

/** A value that could not be computed, with the reasons, and the texts it may have where these could be listed. */
export class UnknownValue {
  readonly reasons: readonly string[];
  /** Every text that the value may have, or undefined when any text is possible. */
  readonly alternatives: readonly string[] | undefined;

  constructor(reasons: readonly string[], alternatives?: readonly string[]) {
    this.reasons = reasons.length > maximumReasons ? reasons.slice(0, maximumReasons) : reasons;
    this.alternatives = alternatives;
  }
}

/** More reasons than this help nobody. */
const maximumReasons = 8;
/** Alternatives beyond this number are not listed any more. */
const maximumAlternatives = 16;
/** A longer value than this is a bomb or an accident. */
export const maximumValueLength = 1_000_000;

const symbolStart = '\uE000';
const symbolEnd = '\uE001';
const symbolPattern = /\uE000([^\uE001]*)\uE001/g;

/**
 * A stand-in for a text that is never empty and that depends on the machine, such as the folder of MSBuild. It can be
 * joined with other text and recognised again; it never reaches the outside.
 */
export function symbol(name: string): string {
  return symbolStart + name + symbolEnd;
}

/** True when a text contains a {@link symbol}. */
export function hasSymbol(text: string): boolean {
  return text.includes(symbolStart);
}

/** The names of the symbols in a text. */
export function symbolNames(text: string): string[] {
  return Array.from(text.matchAll(symbolPattern), (match) => match[1] as string);
}

/** The text behind its last symbol; the whole text when there is none. */
export function textBehindSymbols(text: string): string {
  return text.slice(text.lastIndexOf(symbolEnd) + 1);
}

/** The version that the C++ targets choose for managed projects without one. */
const cppDefault = '_DefaultFrameworkOfTheCppToolset';

/** Why a text with symbols is not known. */
export function symbolReasons(text: string): string[] {
  return symbolNames(text).map((name) =>
    name === cppDefault
      ? 'the default target of a managed C++ project depends on the toolset that builds it'
      : `"${name}" depends on the machine that builds`,
  );
}

/** Joins values; unknown when one of them is. */
export function concatenate(parts: readonly Value[]): Value {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) {
    return first;
  }
  let text = '';
  for (const part of parts) {
    if (typeof part !== 'string') {
      return concatenateUnknown(parts);
    }
    text += part;
  }
  return boundedText(text);
}

/** A text, or unknown when it is too long to be kept. */
export function boundedText(text: string): Value {
  return text.length > maximumValueLength ? new UnknownValue(['the value is longer than a million characters']) : text;
}

function concatenateUnknown(parts: readonly Value[]): Value {
  const reasons = parts.flatMap((part) => (typeof part === 'string' ? [] : part.reasons));
  let alternatives: readonly string[] | undefined = [''];
  for (const part of parts) {
    const texts: readonly string[] | undefined = typeof part === 'string' ? [part] : part.alternatives;
    if (!texts || !alternatives || alternatives.length * texts.length > maximumAlternatives) {
      return unknownValue(reasons);
    }
    alternatives = alternatives.flatMap((head) => texts.map((tail) => head + tail));
  }
  return unknownValue(reasons, alternatives);
}

/** Either of two values: known when both are the same text. */
export function either(one: Value, other: Value, reasons: readonly string[]): Value {
  if (one === other) {
    return one;
  }
  const all = [...reasons, ...reasonsOf(one), ...reasonsOf(other)];
  const left = alternativesOf(one);
  const right = alternativesOf(other);
  if (!left || !right || left.length + right.length > maximumAlternatives) {
    return unknownValue(all);
  }
  return unknownValue(all, [...left, ...right]);
}

/** Unknown, or the text when only one is possible. */
export function unknownValue(reasons: readonly string[], alternatives?: readonly string[]): Value {
  const distinct = alternatives && [...new Set(alternatives)];
  if (distinct?.length === 1) {
    return distinct[0] as string;
  }
  return new UnknownValue([...new Set(reasons)], distinct);
}

/** The texts that a value may have, or undefined when they cannot be listed. */
export function alternativesOf(value: Value): readonly string[] | undefined {
  return typeof value === 'string' ? [value] : value.alternatives;
}

export function reasonsOf(value: Value): readonly string[] {
  return typeof value === 'string' ? [] : value.reasons;
}

/** Applies a function to a value, to each alternative where there are some. */
export function mapValue(value: Value, change: (text: string) => Value): Value {
  if (typeof value === 'string') {
    return change(value);
  }
  if (!value.alternatives) {
    return value;
  }
  let result: Value | undefined;
  for (const text of value.alternatives) {
    const changed = change(text);
    result = result === undefined ? changed : either(result, changed, value.reasons);
  }
  return result ?? value;
}
