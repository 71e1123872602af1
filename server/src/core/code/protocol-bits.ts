/**
 * What an expression makes of the protocols that are allowed at present: `(present & keep | set) ^ toggle`. A constant
 * keeps nothing.
 */
export interface Change {
  readonly keep: number;
  readonly set: number;
  readonly toggle: number;
}

export const present: Change = { keep: -1, set: 0, toggle: 0 };

export function constant(value: number): Change {
  return { keep: 0, set: value, toggle: 0 };
}

export function isConstant({ keep, toggle }: Change): boolean {
  return keep === 0 && toggle === 0;
}

/** Joins two expressions; undefined where both depend on what is allowed at present. */
export function combine(operator: 'or' | 'and' | 'xor', a: Change, b: Change): Change | undefined {
  const [changing, fixed] = isConstant(b) ? [a, b.set] : isConstant(a) ? [b, a.set] : [a, undefined];
  if (fixed === undefined) {
    return undefined;
  }
  const { keep, set, toggle } = changing;
  switch (operator) {
    case 'or':
      return { keep: keep & ~fixed, set: (set & ~fixed) | fixed, toggle: toggle & ~fixed };
    case 'and':
      return { keep: keep & fixed, set: set & fixed, toggle: toggle & fixed };
    default:
      return isConstant(changing) ? constant(set ^ fixed) : { keep, set, toggle: toggle ^ fixed };
  }
}

/** The bits that are not set; undefined for what depends on the present. */
export function complement(change: Change): Change | undefined {
  return isConstant(change) ? constant(~change.set) : undefined;
}
