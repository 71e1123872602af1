import { type Analysis, resolvePath, type Severity, severityRank } from '../core/index.ts';
import { applyBaseline, type BaselineOptions } from './audit-baseline.ts';
import { findChanges } from './audit-changes.ts';
import type { AuditOutput } from './audit-output.ts';
import { auditAzure, auditGitHub } from './formats/annotations.ts';
import { auditJson } from './formats/json.ts';
import { auditJunit } from './formats/junit.ts';
import { auditMarkdown } from './formats/markdown.ts';
import { auditSarif } from './formats/sarif.ts';
import { auditText } from './formats/text.ts';
import { type CliIo, ExitCode } from './io.ts';
import { createProgress } from './progress.ts';
import { openSession } from './session.ts';
import { writeText } from './write-text.ts';

export interface AuditOptions extends BaselineOptions {
  readonly format: AuditFormat;
  readonly failOn: Severity | 'never';
  readonly target?: string;
  readonly exclude?: readonly string[];
  /** A file for what is printed otherwise. */
  readonly output?: string;
  /** Tell only what is worse than at the merge base of this and HEAD. */
  readonly changedSince?: string;
}

const formatters = {
  text: auditText,
  json: auditJson,
  sarif: auditSarif,
  github: auditGitHub,
  azure: auditAzure,
  junit: auditJunit,
  markdown: auditMarkdown,
} as const satisfies Record<string, (output: AuditOutput, io: CliIo) => string>;
export type AuditFormat = keyof typeof formatters;
export const auditFormats = Object.keys(formatters) as readonly AuditFormat[];

/** `dynamics-tls audit`: prints the findings; 1 when one is at or above `--fail-on`. */
export async function runAudit(paths: readonly string[], options: AuditOptions, io: CliIo): Promise<ExitCode> {
  const begin = io.now();
  const progress = createProgress(io, 'Auditing');
  const session = openSession(paths, settingsOf(options), io, (done, total) => progress.update(done, total));
  const analysis = session.analyze();
  const baseline = applyBaseline(analysis, options, session, io);
  const since = options.changedSince;
  const changes =
    since === undefined ? undefined : await findChanges(baseline?.fresh ?? analysis.findings, since, session, io);
  progress.stop();
  reportFailures(analysis, io);
  const findings = changes?.fresh ?? baseline?.fresh ?? analysis.findings;
  const milliseconds = Math.round(io.now() - begin);
  const text = formatters[options.format]({ analysis, findings, baseline, changes, session, milliseconds }, io);
  if (options.output === undefined) {
    io.stdout(text);
  } else {
    writeText(resolvePath(io.cwd, options.output), text, options.output);
  }
  const isFailure =
    options.failOn !== 'never' &&
    findings.some(({ severity }) => severityRank(severity) <= severityRank(options.failOn as Severity));
  return isFailure ? ExitCode.found : ExitCode.nothing;
}

/** Settings that options of a command line stand for. */
export function settingsOf(options: { target?: string; exclude?: readonly string[] }): {
  targetFramework?: string;
  exclude?: readonly string[];
} {
  return {
    ...(options.target === undefined ? {} : { targetFramework: options.target }),
    ...(options.exclude === undefined ? {} : { exclude: options.exclude }),
  };
}

/** A rule that broke is said on standard error; the others have reported. */
export function reportFailures(analysis: Analysis, io: CliIo): void {
  for (const failure of analysis.failures) {
    io.stderr(`internal error in ${failure.rule} for ${failure.path}; please report it:\n${failure.stack}\n`);
  }
}
