/**
 * One labelled piece of code: a name, the target of the program that runs it, the code, and what is reported, as
 * `rule severity` in the order of the places; nothing for code that is right. `fixed` is the code after the first fix.
 */
export interface SourceCase {
  readonly name: string;
  readonly target: string;
  readonly code: string;
  readonly reports: readonly string[];
  readonly fixed?: string;
}

/** The rules by short names, to keep the tables readable. */
export const short = {
  obsolete: 'obsolete-protocol-enabled',
  hard: 'protocol-hard-coded',
  removed: 'tls12-removed',
  tls13: 'tls13-not-available',
  effect: 'protocol-setting-without-effect',
  switch: 'appcontext-switch-in-code',
  registry: 'registry-tls-in-code',
  certificate: 'certificate-validation-off',
} as const;

type Expected = `${keyof typeof short} ${'error' | 'warning' | 'information'}`;

/** A case for a target. */
export function reports(
  name: string,
  target: string,
  code: string,
  expected: readonly Expected[] | Expected,
  fixed?: string,
): SourceCase {
  const list = typeof expected === 'string' ? [expected] : expected;
  const full = list.map((entry) => {
    const [rule = '', severity = ''] = entry.split(' ');
    return `${short[rule as keyof typeof short]} ${severity}`;
  });
  return { name, target, code, reports: full, ...(fixed === undefined ? {} : { fixed }) };
}

/** A case of which nothing is said. */
export function accepts(name: string, target: string, code: string): SourceCase {
  return { name, target, code, reports: [] };
}
