/**
 * The analysis: plain data in, plain data out, synchronous, without I/O. The only file of core that other layers
 * import.
 */

export {
  type Baseline,
  type BaselineEntry,
  formatBaseline,
  parseBaseline,
} from './baseline/baseline-file.ts';
export { Fingerprinter, fingerprintWord } from './baseline/fingerprint.ts';
export { createBaseline, type FindingPlaces, type MatchedFindings, matchBaseline } from './baseline/match-baseline.ts';
export { type Completion, completionsAt } from './editor/completion.ts';
export { definitionsAt, referencesAt } from './editor/definition.ts';
export { type HoverText, hoverAt } from './editor/hover.ts';
export { type FoldingLines, logFoldings, maximalFoldings } from './editor/log-folding.ts';
export type { Analysis, Analyzer, AnalyzerOptions } from './engine/analyzer.ts';
export { createAnalyzer } from './engine/create-analyzer.ts';
export { type AppliedFix, type FixAllOptions, type FixAllResult, fixAll } from './engine/fix-all.ts';
export { type PlannedRetarget, planRetarget } from './engine/plan-retarget.ts';
export { type RuleFailure, severityRank } from './engine/run-rules.ts';
export { type SuppressionOffer, suppressionOffers } from './engine/suppress.ts';
export { compareVersions } from './facts/dotnet-frameworks.ts';
export { schannelDefaults as windowsVersions } from './facts/tls-windows.ts';
export { type CreatedFile, createRegistryFiles } from './machine/create-registry-files.ts';
export { hasMachineProblem, isProblem, judgeMachine } from './machine/judge-machine.ts';
export type { MachineReading } from './machine/machine.ts';
export {
  machineMarkdown,
  machineName,
  machineSentence,
  machineStateNames,
  protocolsOf,
  targetsOf,
} from './machine/machine-markdown.ts';
export type {
  MachineCheck,
  MachineLevel,
  MachinePrograms,
  MachineReport,
  MachineState,
} from './machine/machine-report.ts';
export { RegistrySnapshot, registryExportText } from './machine/registry-snapshot.ts';
export type { RegistryOptions } from './machine/registry-values.ts';
export type {
  ErrorAction,
  ErrorCause,
  ErrorCauseId,
  ErrorExplanation,
  ErrorLikelihood,
  ErrorMatch,
} from './model/error-explanation.ts';
export {
  type FileEdits,
  type Finding,
  type Fix,
  formatMessage,
  type Location,
  type Message,
  type Notice,
  type RelatedLocation,
  type Severity,
  type TextEdit,
  type TextRange,
} from './model/finding.ts';
export { type FolderEntry, mentionsWord, type WordFilter, type WorkspaceHost } from './model/host.ts';
export { type Known, known, type Unknown, unknown } from './model/known.ts';
export {
  basename,
  dirname,
  extname,
  type FilePath,
  isAbsolute,
  normalizePath,
  relativeHref,
  relativePath,
  resolvePath,
} from './model/path.ts';
export {
  defaultSettings,
  type ParsedSettings,
  type ProjectRole,
  parseSettings,
  type SettingDefinition,
  type Settings,
  settingDefinitions,
} from './model/settings.ts';
export { version } from './model/version.ts';
export {
  connectMatrix,
  type ProbedHost,
  type ProjectConnection,
  type SimulatedConnection,
} from './report/connect-matrix.ts';
export { errorMarkdown, errorSentence } from './report/error-markdown.ts';
export { type HostingList, hostingList } from './report/hosting-list.ts';
export { type LogProblem, logProblems } from './report/log-problems.ts';
export { type RetargetChoice, retargetChoices, retargetMarkdown } from './report/retarget-markdown.ts';
export {
  createTlsReport,
  type ReportRequest,
  type TlsReport,
} from './report/tls-report.ts';
export { tlsReportHtml } from './report/tls-report-html.ts';
export { tlsReportMarkdown } from './report/tls-report-markdown.ts';
export type {
  FollowUp,
  RetargetChange,
  RetargetEdit,
  RetargetEditKind,
  RetargetPlan,
  RetargetRequest,
} from './retarget/model.ts';
export { type ParsedTarget, parseTarget, retargetGoals } from './retarget/parse-target.ts';
export { rules } from './rules/index.ts';
export type { Rule } from './rules/rule.ts';
export {
  type DynamicsUrl,
  dynamicsUrlExtensions,
  dynamicsUrlWords,
  findDynamicsUrls,
} from './sources/dynamics-urls.ts';
export { ErrorTextReader, explainErrorText } from './sources/error-text.ts';
export { maskSecrets } from './sources/secrets.ts';
export { readSolution } from './sources/solution.ts';
export type { SuppressedFinding } from './suppressions/apply-suppressions.ts';
export type { Suppression } from './suppressions/read-suppressions.ts';
export { applyEdits, OverlappingEditsError } from './text/edits.ts';
export {
  applyEditsToBytes,
  type DecodedText,
  decodeBytes,
  type Encoding,
  encodeBytes,
  LossyEditError,
  type NotText,
} from './text/encoding.ts';
export { LineIndex, type Position } from './text/lines.ts';
export { TextStream } from './text/text-stream.ts';
export { lensTitle, offerWords, type WindowsGroup, windowsGroups } from './verdict/offer-words.ts';
export {
  type ApiOffer,
  type ProcessFix,
  type ProcessKind,
  type ProcessVerdict,
  type StepEffect,
  type TlsApi,
  tlsApis,
  type Verdict,
  type VerdictStep,
  type WindowsOffer,
  worseVerdict,
} from './verdict/process-verdict.ts';
export { analyzedExtensions, analyzedNames, type FileKind, fileKind } from './workspace/file-kinds.ts';
export type { Evidence, ProjectModel, ProjectTarget, TargetFramework, WorkspaceModel } from './workspace/model.ts';
export { type SwitchEdits, switchEdits } from './workspace/switch-edits.ts';
