import type { Location, RelatedLocation, Severity } from '../model/finding.ts';
import type { TargetJudgement } from '../workspace/judge-target.ts';
import type { ProcessVerdict, VerdictStep } from './process-verdict.ts';

/** A finding whose cause other evidence in the same process weakens. */
export interface Weakened {
  readonly severity: Severity;
  /** What weakens it, as whole sentences. */
  readonly because: string;
  /** The places of that. */
  readonly related: readonly RelatedLocation[];
}

/**
 * One level less for a finding about a process that is not unsafe all the same: switches, code or a registry file help.
 * Undefined where nothing does. `at` is the place of the finding, which does not weaken itself.
 */
export function weakened(process: ProcessVerdict | undefined, severity: Severity, at: Location): Weakened | undefined {
  if (!process || process.verdict === 'unsafe' || process.verdict === 'not-affected') {
    return undefined;
  }
  const helping = process.because.filter(
    (step) => step.at && !isSame(step.at, at) && (step.effect === 'lowers' || isDecidingHelp(step, process)),
  );
  if (helping.length === 0) {
    return undefined;
  }
  return {
    severity: lower[severity],
    because: helping.map(({ text }) => text).join(' '),
    related: helping.flatMap(({ at: place, text }) =>
      place ? [{ ...place, message: { key: 'weakens', template: '{text}', values: { text } } }] : [],
    ),
  };
}

/** What decides about a process that is safe. */
function isDecidingHelp({ effect }: VerdictStep, { verdict }: ProcessVerdict): boolean {
  return effect === 'decides' && verdict === 'safe';
}

function isSame(a: Location, b: Location): boolean {
  return a.path === b.path && a.range.start === b.range.start;
}

const lower: Readonly<Record<Severity, Severity>> = {
  error: 'warning',
  warning: 'information',
  information: 'information',
  hint: 'hint',
};

/** A judgement of a target, one level lower where other evidence helps the process. */
export function weakenTarget(
  judgement: TargetJudgement,
  process: ProcessVerdict | undefined,
  at: Location,
): TargetJudgement {
  const isObsolete = judgement.message === 'obsolete' || judgement.message === 'program-with-plug-ins';
  const found = isObsolete ? weakened(process, judgement.severity, at) : undefined;
  return found
    ? {
        severity: found.severity,
        message: 'weakened',
        values: { ...judgement.values, because: found.because },
        related: [...judgement.related, ...found.related],
      }
    : judgement;
}
