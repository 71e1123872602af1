import type { ErrorMark, ErrorSignature } from '../facts/error-causes.ts';
import { markPatterns } from '../facts/error-marks.ts';
import { errorSignatures, worthReading } from '../facts/error-signatures.ts';

interface Hit {
  readonly signature: ErrorSignature;
  readonly index: number;
  readonly length: number;
}

/** What stands in one line. */
export interface Recognised {
  readonly marks: readonly ErrorMark[];
  readonly hits: readonly Hit[];
}

const nothing: Recognised = { marks: [], hits: [] };
/** Logs say the same again and again, above all the lines of stacks. */
const maximalRemembered = 400;
const longestRemembered = 600;

/** Applies all signatures to a line, and remembers the lines of late, which makes large logs several times faster. */
export class LineRecogniser {
  readonly #remembered = new Map<string, Recognised>();

  /** Units that are remembered. */
  get kept(): number {
    let units = 0;
    for (const text of this.#remembered.keys()) {
      units += text.length;
    }
    return units;
  }

  recognise(text: string): Recognised {
    if (!worthReading.test(text)) {
      return nothing;
    }
    const known = this.#remembered.get(text);
    if (known) {
      return known;
    }
    const recognised = apply(text);
    if (text.length <= longestRemembered) {
      if (this.#remembered.size >= maximalRemembered) {
        this.#remembered.clear();
      }
      this.#remembered.set(text, recognised);
    }
    return recognised;
  }
}

function apply(text: string): Recognised {
  const hits = errorSignatures.flatMap((signature) => {
    const match = signature.pattern.exec(text);
    return match ? [{ signature, index: match.index, length: match[0].length }] : [];
  });
  return {
    marks: markPatterns.filter(({ pattern }) => pattern.test(text)).map(({ mark }) => mark),
    hits: hits.filter((hit) => !hits.some((other) => contains(other, hit))),
  };
}

/** A sentence that is a part of a longer one of the same weight says nothing of its own. */
function contains(outer: Hit, inner: Hit): boolean {
  return (
    outer.length > inner.length &&
    outer.index <= inner.index &&
    outer.index + outer.length >= inner.index + inner.length &&
    outer.signature.weight === inner.signature.weight
  );
}
