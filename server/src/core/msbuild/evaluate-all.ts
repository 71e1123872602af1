/** All builds of a project: every configuration, and every target of `TargetFrameworks`. */
import { type Configuration, dependsOnConfiguration } from './configurations.ts';
import { Evaluation, type FrameworkToken } from './evaluation.ts';
import type { EvaluationRequest } from './evaluation-state.ts';
import { runEvaluator } from './evaluator.ts';

/** Evaluates one project for one set of global properties. Never throws; bounded in work. */
export function evaluateProject(request: EvaluationRequest): Evaluation {
  return new Evaluation(runEvaluator(request), request.globalProperties ?? {});
}

/** One build, or several configurations whose answers are the same. */
export interface Build {
  readonly evaluation: Evaluation;
  /** The configurations that this stands for; the one that was evaluated is the first. */
  readonly configurations: readonly Configuration[];
  /** The entry of `TargetFrameworks` that is built; undefined for a project with one target. */
  readonly token: FrameworkToken | undefined;
}

/** All builds of a project. */
export interface ProjectBuilds {
  /** The evaluation without a chosen configuration or target: what opening the project gives. */
  readonly outer: Evaluation;
  readonly builds: readonly Build[];
  readonly configurations: readonly Configuration[];
}

/**
 * Evaluates every build of a project. Configurations are evaluated one by one only when the target, the output type or
 * the references can depend on them.
 */
export function evaluateAll(request: EvaluationRequest): ProjectBuilds {
  const outer = evaluateProject(request);
  const configurations = outer.configurations();
  const documents = outer.state.files.flatMap((file) => file.document ?? []);
  const differ = configurations.length > 1 && dependsOnConfiguration(documents);
  const groups = differ ? configurations.map((one) => [one]) : [configurations];
  const builds = groups.flatMap((group, index) => {
    const evaluation = index === 0 ? outer : evaluateProject(withConfiguration(request, group[0]));
    return buildsOf(request, evaluation, group, index === 0);
  });
  return { outer, builds, configurations };
}

function buildsOf(
  request: EvaluationRequest,
  evaluation: Evaluation,
  configurations: readonly Configuration[],
  isDefault: boolean,
): Build[] {
  const tokens = evaluation.targetFrameworks();
  if (!tokens.known || tokens.value.length === 0) {
    return [{ evaluation, configurations, token: undefined }];
  }
  return tokens.value.map((token) => {
    const base = isDefault ? request : withConfiguration(request, configurations[0]);
    const inner = evaluateProject({
      ...base,
      globalProperties: { ...base.globalProperties, TargetFramework: token.text },
    });
    return { evaluation: inner, configurations, token };
  });
}

function withConfiguration(request: EvaluationRequest, configuration: Configuration | undefined): EvaluationRequest {
  return configuration === undefined
    ? request
    : {
        ...request,
        globalProperties: {
          ...request.globalProperties,
          Configuration: configuration.configuration,
          Platform: configuration.platform,
        },
      };
}
