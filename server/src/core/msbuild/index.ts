/**
 * A static MSBuild evaluator: the answer that real MSBuild would give for a project's target, output type and
 * references, without running anything. Pure and synchronous; three-valued: what cannot be known is unknown and says
 * why.
 *
 * Typical use:
 *
 *     const files = createFileSource(host);           // once; call files.forget(paths) when files change
 *     const { outer, builds } = evaluateAll({ path, files });
 *     for (const { evaluation, token, configurations } of builds) {
 *       const framework = evaluation.framework();     // Known<Framework | undefined>
 *       const sites = evaluation.targetSites();       // where to point, and what a fix changes
 *     }
 */
export type { Configuration } from './configurations.ts';
export type { Declaration } from './declarations.ts';
export { type Build, evaluateAll, evaluateProject, type ProjectBuilds } from './evaluate-all.ts';
export type {
  Evaluation,
  FrameworkToken,
  Item,
  ItemMetadata,
  ItemResult,
  PropertyResult,
  TargetSite,
  TargetSites,
  ValueOrigin,
} from './evaluation.ts';
export type {
  EvaluationProblem,
  EvaluationRequest,
  ImportOutcome,
  ImportRecord,
  KnownEnvironment,
  ProblemKind,
} from './evaluation-state.ts';
export { createFileSource, type FileSource } from './file-source.ts';
export { type Framework, readMoniker, readShortName } from './framework.ts';
export type { SdkReference } from './project-document.ts';
export type { ImportOrigin } from './statements.ts';
