/** Compares what the evaluator says of a project with what real MSBuild says. */
import { type Evaluation, evaluateProject, type FileSource } from '../../server/src/core/msbuild/index.ts';
import type { OracleAnswer, OracleRequest } from './oracle/oracle.ts';

/** The values that the differential test is about. */
export const comparedProperties: readonly string[] = [
  'TargetFramework',
  'TargetFrameworks',
  'TargetFrameworkIdentifier',
  'TargetFrameworkVersion',
  'TargetFrameworkProfile',
  'TargetFrameworkMoniker',
  'OutputType',
];

export const comparedItems: Readonly<Record<string, readonly string[]>> = {
  PackageReference: ['Version', 'VersionOverride'],
  PackageVersion: ['Version'],
  ProjectReference: [],
};

export interface Difference {
  readonly path: string;
  readonly name: string;
  readonly real: string;
  readonly ours: string;
}

/** Counts of compared values, and of projects that MSBuild refuses. */
export class Tally {
  projects = 0;
  equal = 0;
  unknown = 0;
  refusedByBoth = 0;
  refusedByMsbuildOnly = 0;
  /** Projects without any targets: MSBuild says nothing of them, we assume the usual targets and say so. */
  assumed = 0;
  readonly different: Difference[] = [];
  /** Projects that the evaluator says MSBuild refuses, and that it accepts. */
  readonly wronglyRefused: string[] = [];
  readonly unknownReasons = new Map<string, number>();
  readonly refusals: { path: string; error: string; ours: string }[] = [];

  get unknownShare(): number {
    return this.unknown / Math.max(1, this.equal + this.unknown + this.different.length);
  }

  summary(): string {
    const share = (this.unknownShare * 100).toFixed(2);
    return (
      `${this.projects} evaluations: ${this.equal} values equal, ${this.unknown} unknown (${share} %), ` +
      `${this.different.length} different; refused by both ${this.refusedByBoth}, by MSBuild only ` +
      `${this.refusedByMsbuildOnly}, by us only ${this.wronglyRefused.length}; without targets ${this.assumed}`
    );
  }
}

export interface Subject {
  readonly path: string;
  readonly globals: Readonly<Record<string, string>>;
}

/** The question for the oracle. */
export function questionFor(subject: Subject): OracleRequest {
  return { path: subject.path, globals: subject.globals, properties: comparedProperties, items: comparedItems };
}

/** Our evaluation under the circumstances of the oracle: this system, no solution, and nothing of the environment. */
export function evaluateLikeOracle(subject: Subject, files: FileSource): Evaluation {
  return evaluateProject({
    path: subject.path,
    files,
    globalProperties: subject.globals,
    system: process.platform === 'win32' ? 'windows' : 'unix',
    isWithoutSolution: true,
  });
}

/** Adds one project to a tally. */
export function compareWith(answer: OracleAnswer, subject: Subject, evaluation: Evaluation, tally: Tally): void {
  tally.projects++;
  for (const type of Object.keys(comparedItems)) {
    // Items are evaluated when they are asked for, and what MSBuild refuses in them is known only then.
    evaluation.items(type);
  }
  const refusal = evaluation.problems.find((problem) => problem.kind === 'refused');
  const name = `${subject.path} ${JSON.stringify(subject.globals)}`;
  if (answer.error !== null) {
    if (refusal) {
      tally.refusedByBoth++;
    } else {
      tally.refusedByMsbuildOnly++;
    }
    tally.refusals.push({ path: name, error: answer.error, ours: refusal?.explanation ?? '' });
    return;
  }
  if (evaluation.problems.some((problem) => problem.code === 'no-language-targets')) {
    tally.assumed++;
    return;
  }
  if (refusal) {
    tally.wronglyRefused.push(`${name}: ${refusal.code} ${refusal.explanation}`);
  }
  for (const property of comparedProperties) {
    const ours = evaluation.value(property);
    const real = answer.properties[property] ?? '';
    if (!ours.known) {
      noteUnknown(tally, `${property}: ${ours.reasons[0]}`);
    } else if (ours.value === real) {
      tally.equal++;
    } else {
      tally.different.push({ path: name, name: property, real, ours: ours.value });
    }
  }
  for (const [type, metadata] of Object.entries(comparedItems)) {
    compareItems(answer, type, metadata, evaluation, name, tally);
  }
}

function noteUnknown(tally: Tally, reason: string): void {
  tally.unknown++;
  tally.unknownReasons.set(reason, (tally.unknownReasons.get(reason) ?? 0) + 1);
}

/** A list counts as one value. */
function compareItems(
  answer: OracleAnswer,
  type: string,
  metadata: readonly string[],
  evaluation: Evaluation,
  path: string,
  tally: Tally,
): void {
  const ours = evaluation.items(type);
  const texts: string[] = [];
  let reason = ours.isComplete ? undefined : ours.reasons[0];
  for (const item of ours.items) {
    const values = [item.include, ...metadata.map((name) => item.metadata.get(name.toLowerCase())?.value)];
    const unknown = values.find((value) => value && !value.known);
    reason ??= unknown && !unknown.known ? unknown.reasons[0] : undefined;
    texts.push(values.map((value) => (value?.known ? value.value : '')).join(' '));
  }
  if (reason !== undefined) {
    noteUnknown(tally, `${type}: ${reason}`);
    return;
  }
  // Outside Windows MSBuild turns backslashes and joins runs of separators.
  const normal = (text: string): string => text.replaceAll('\\', '/').replace(/\/{2,}/g, '/');
  const real = (answer.items[type] ?? []).map((item) =>
    ['include', ...metadata].map((name) => item[name] ?? '').join(' '),
  );
  if (normal(texts.join('\n')) === normal(real.join('\n'))) {
    tally.equal++;
  } else {
    tally.different.push({ path, name: type, real: real.join(' | '), ours: texts.join(' | ') });
  }
}
