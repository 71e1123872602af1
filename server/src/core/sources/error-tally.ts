import type { CauseHint, ErrorMark, ErrorSignature } from '../facts/error-causes.ts';
import { nextSteps } from '../facts/error-causes.ts';
import type { ErrorExplanation, ErrorLikelihood, ErrorMatch } from '../model/error-explanation.ts';
import type { Found, Incident } from './error-text.ts';

interface Entry {
  readonly found: Found;
  readonly causes: readonly CauseHint[];
  count: number;
  /** How often it decided about an error. */
  decided: number;
}

const weights: Readonly<Record<ErrorSignature['weight'], number>> = { specific: 3, telling: 2, wrapper: 1 };
const likelihoods: Readonly<Record<ErrorLikelihood, number>> = { certain: 4, likely: 2, possible: 1 };

/** Counts what the errors of a log say. Holds one entry for each signature and meaning, however long the log is. */
export class ErrorTally {
  readonly #entries = new Map<string, Entry>();

  get kept(): number {
    return this.#entries.size;
  }

  add({ found, marks }: Incident): void {
    const meant = found.map((one) => ({ found: one, ...meaning(one.signature, marks) }));
    const decisive = meant.toSorted(byDepth)[0];
    for (const one of meant) {
      const key = `${one.found.signature.id} ${one.variant}`;
      const entry = this.#entries.get(key) ?? { found: one.found, causes: one.causes, count: 0, decided: 0 };
      entry.count++;
      entry.decided += one === decisive ? 1 : 0;
      this.#entries.set(key, entry);
    }
  }

  explanation(lines: number): ErrorExplanation {
    const entries = [...this.#entries.values()];
    const decisive = entries.filter(({ decided }) => decided > 0).sort(byImportance)[0];
    const matches = entries
      .sort((a, b) => a.found.line - b.found.line || a.found.order - b.found.order)
      .map((entry) => toMatch(entry, entry === decisive));
    return { matches, first: decisive?.causes[0]?.[0] ?? null, lines };
  }
}

/** What a signature means beside these marks. */
function meaning(
  signature: ErrorSignature,
  marks: ReadonlySet<ErrorMark>,
): { readonly causes: readonly CauseHint[]; readonly variant: string } {
  const special = signature.when?.find(([mark]) => marks.has(mark));
  return special ? { causes: special[1], variant: special[0] } : { causes: signature.causes, variant: '' };
}

interface Meant {
  readonly found: Found;
  readonly causes: readonly CauseHint[];
}

/** Within one error the innermost text that says something decides. Texts that only wrap others say nothing. */
function byDepth(a: Meant, b: Meant): number {
  return (
    weightOf(b) - weightOf(a) ||
    (a.found.signature.weight === 'wrapper' ? likelihoodOf(b) - likelihoodOf(a) : 0) ||
    b.found.depth - a.found.depth ||
    b.found.order - a.found.order
  );
}

/** Among the errors of a log: those that say something, then how often and how surely, then the first. */
function byImportance(a: Entry, b: Entry): number {
  return (
    Number(weightOf(b) > 1) - Number(weightOf(a) > 1) ||
    b.decided * likelihoodOf(b) - a.decided * likelihoodOf(a) ||
    weightOf(b) - weightOf(a) ||
    a.found.line - b.found.line
  );
}

function weightOf({ found }: Pick<Meant, 'found'>): number {
  return weights[found.signature.weight];
}

function likelihoodOf({ causes }: Pick<Meant, 'causes'>): number {
  return likelihoods[causes[0]?.[1] ?? 'possible'];
}

function toMatch({ found, causes, count, decided }: Entry, decisive: boolean): ErrorMatch {
  return {
    line: found.line,
    text: found.text,
    signature: found.signature.id,
    causes: causes.map(([id, likelihood, because]) => {
      const { steps, actions } = nextSteps(id);
      return { id, likelihood, because, next: steps, actions };
    }),
    source: found.signature.source,
    count,
    decisive,
    decides: decided,
  };
}
