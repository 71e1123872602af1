/** Values inside a chain of property functions, before they become text again. */
import { type DotnetVersion, formatVersion } from './versions.ts';

export type TypedValue = string | number | boolean | null | VersionValue | MatchValue | readonly TypedValue[];

/** A `System.Version`. */
export interface VersionValue {
  readonly kind: 'version';
  readonly parts: DotnetVersion;
}

/** A match or a group of a regular expression. */
export interface MatchValue {
  readonly kind: 'match';
  readonly isSuccess: boolean;
  /** A group has no text of its own in MSBuild's eyes: only its `Value` has. */
  readonly isGroup: boolean;
  readonly value: string;
  readonly groups: readonly MatchValue[];
  readonly names: Readonly<Record<string, MatchValue>>;
}

/** MSBuild refuses the call. */
export class FunctionRefused extends Error {
  override name = 'FunctionRefused';
  readonly code: string;

  constructor(explanation: string, code = 'MSB4184') {
    super(explanation);
    this.code = code;
  }
}

/** The result depends on something that is not known here, or the function is not supported. Thrown, but no error. */
export class FunctionUnknown {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** The text of a typed value, as .NET's invariant `ToString` gives it; lists are joined by `;`. */
export function toText(value: TypedValue): string {
  if (typeof value === 'string') {
    return value;
  }
  if (value === null) {
    return '';
  }
  if (typeof value === 'number') {
    return numberText(value);
  }
  if (typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }
  if ('kind' in value) {
    if (value.kind === 'match' && value.isGroup) {
      throw new FunctionRefused('a group of a match is no text');
    }
    return value.kind === 'version' ? formatVersion(value.parts) : value.value;
  }
  return value.map(toText).join(';');
}

function numberText(value: number): string {
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? 'Infinity' : '-Infinity';
  }
  const text = String(value);
  const exponent = /^(-?[\d.]+)e([+-])(\d+)$/.exec(text);
  return exponent ? `${exponent[1]}E${exponent[2]}${exponent[3]?.padStart(2, '0')}` : text;
}

/** An argument as a whole number. */
export function toInteger(value: TypedValue | undefined): number {
  const number = typeof value === 'number' ? value : Number(/^\s*[+-]?\d+\s*$/.test(text(value)) ? text(value) : 'NaN');
  if (!Number.isInteger(number)) {
    throw new FunctionRefused(`"${text(value)}" is not a whole number`);
  }
  return number;
}

/** An argument as a number. */
export function toNumber(value: TypedValue | undefined): number {
  const number = typeof value === 'number' ? value : Number(text(value).trim() === '' ? 'NaN' : text(value));
  if (Number.isNaN(number)) {
    throw new FunctionRefused(`"${text(value)}" is not a number`);
  }
  return number;
}

function text(value: TypedValue | undefined): string {
  return value === undefined ? '' : toText(value);
}
