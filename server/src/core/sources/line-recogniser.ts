import type { ErrorMark, ErrorSignature } from '../facts/error-causes.ts';
import { markPatterns } from '../facts/error-marks.ts';
import { errorSignatures, worthReading } from '../facts/error-signatures.ts';

/** What stands in one line. */
export interface Recognised {
  readonly marks: readonly ErrorMark[];
  readonly hits: readonly { readonly signature: ErrorSignature; readonly index: number; readonly length: number }[];
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
  return {
    marks: markPatterns.filter(({ pattern }) => pattern.test(text)).map(({ mark }) => mark),
    hits: errorSignatures.flatMap((signature) => {
      const match = signature.pattern.exec(text);
      return match ? [{ signature, index: match.index, length: match[0].length }] : [];
    }),
  };
}
