/**
 * What has to hold after a folder was retargeted: only intended bytes differ, the analysis is clean, a second run
 * changes nothing, and real MSBuild gives the new target in every configuration.
 */
import { readFileSync } from 'node:fs';
import { diffLines } from 'diff';
import type { CliIo } from '../../server/src/cli/io.ts';
import { openSession, type Session } from '../../server/src/cli/session.ts';
import { writeChanges } from '../../server/src/cli/write-changes.ts';
import {
  compareVersions,
  type DecodedText,
  decodeBytes,
  normalizePath,
  type PlannedRetarget,
  planRetarget,
} from '../../server/src/core/index.ts';
import { createFileSource, evaluateAll } from '../../server/src/core/msbuild/index.ts';
import { diskHost } from './disk-host.ts';
import type { Oracle, OracleAnswer } from './oracle/oracle.ts';

export interface RetargetProof {
  /** Projects of the folder that the analysis knows, and those that were retargeted. */
  readonly projects: number;
  readonly retargeted: number;
  readonly leftAlone: number;
  readonly unresolved: readonly string[];
  readonly files: number;
  readonly followUps: number;
  /** Evaluations that MSBuild was asked for, and those that it refused. */
  readonly asked: number;
  readonly refused: number;
  /** What does not hold. */
  readonly problems: readonly string[];
}

/** Retargets everything below a folder, which is a copy, on the disk. Without an oracle MSBuild is not asked. */
export async function proveRetarget(folder: string, goal: string, oracle: Oracle | undefined): Promise<RetargetProof> {
  const problems: string[] = [];
  const session = open(folder, goal);
  const plan = planRetarget(session.analyzer, { goal, scope: null, named: [] });
  const before = new Map(session.files.map((path) => [path, readFileSync(path)]));
  const written = await writeChanges(plan.changes, session, ioOf(folder));
  problems.push(...written.failures.map(({ file, message }) => `${file}: ${message}`));
  problems.push(...checkBytes(before, plan));
  problems.push(...checkAgain(folder, goal, plan));
  const answers = { asked: 0, refused: 0 };
  if (oracle) {
    for (const { path, isCarriedAlong } of plan.retargeted) {
      problems.push(...(await checkWithMsbuild(path, goal, isCarriedAlong, oracle, answers)));
    }
  }
  return {
    projects: plan.after.projects.length,
    retargeted: plan.retargeted.length,
    leftAlone: plan.leftAlone.length,
    unresolved: plan.unresolved.map(({ path, reason }) => `${session.display(path)} (${reason.key})`),
    files: plan.changes.length,
    followUps: plan.followUps.length,
    ...answers,
    problems,
  };
}

function open(folder: string, goal: string): Session {
  const session = openSession([], { targetFramework: goal }, ioOf(folder));
  session.analyze();
  return session;
}

function ioOf(folder: string): CliIo {
  return {
    cwd: normalizePath(folder),
    environment: {},
    stdout: () => undefined,
    stderr: () => undefined,
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    now: () => 0,
    signal: new AbortController().signal,
  };
}

/** Files outside the plan are the same; in those of the plan only versions, and whole lines of a few kinds. */
function checkBytes(before: ReadonlyMap<string, Uint8Array>, plan: PlannedRetarget): string[] {
  const planned = new Set(plan.changes.map(({ path }) => path));
  return [...before].flatMap(([path, bytes]) => {
    const now = readFileSync(path);
    const isSame = Buffer.compare(bytes, now) === 0;
    if (!planned.has(path) || isSame) {
      return planned.has(path) === isSame ? [`${path}: ${isSame ? 'was to change' : 'changed'}`] : [];
    }
    return compareTexts(path, decodeBytes(bytes) as DecodedText, decodeBytes(now) as DecodedText);
  });
}

/** Versions in all spellings, and folders of packages. */
const versionLike = /(?:\b|(?<=%3D))(?:v?\d+(?:\.\d+)+|v?4(?=")|net\d{2,3}(?:-client)?|net\d(?:\.\d+)+|NET\d+)\b/gi;
const addedLine =
  /^\s*(?:<TargetFramework(?:s|Version)?>[^<]*<\/TargetFramework(?:s|Version)?>|<httpRuntime targetFramework="[\d.]+" \/>|<PropertyGroup><TargetFrameworks?>[^<]*<\/TargetFrameworks?><\/PropertyGroup>)?\s*$/;
const removedLine = /^\s*(?:<TargetFramework(?:Profile|Subset)[^>]*>.*|<supportedRuntime version="v[12]\..*)?\s*$/;

function compareTexts(path: string, old: DecodedText, now: DecodedText): string[] {
  if (JSON.stringify(old.encoding) !== JSON.stringify(now.encoding)) {
    return [`${path}: the encoding changed`];
  }
  const removed: string[] = [];
  const added: string[] = [];
  for (const part of diffLines(old.text, now.text)) {
    const lines = part.value.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    (part.removed ? removed : part.added ? added : []).push(...lines);
  }
  const masked = removed.map(mask);
  const unexplained = added.filter((line) => {
    const index = masked.indexOf(mask(line));
    if (index >= 0) {
      masked.splice(index, 1);
    }
    return index < 0 && !addedLine.test(line);
  });
  return [
    ...unexplained.map((line) => `${path}: wrote ${JSON.stringify(line)}`),
    ...masked
      .filter((line) => !removedLine.test(line) && !isListWithFewer(line, added))
      .map((line) => `${path}: lost ${JSON.stringify(line)}`),
  ];
}

function mask(line: string): string {
  return line
    .replace(versionLike, '#')
    .replace(/#(?:;#)+/g, '#')
    .replace(/,Profile=Client/gi, '')
    .replace(/ targetFramework="#"/g, '')
    .replace(/ sku="\.NETFramework,Version=#"/g, '');
}

/** A line of a list that lost a token is told by the line that took its place. */
function isListWithFewer(line: string, added: readonly string[]): boolean {
  const element = /<(TargetFrameworks)\b/.exec(line)?.[1];
  return element !== undefined && added.some((other) => other.includes(`<${element}`));
}

/** Rules that must be silent about a project that was retargeted. */
const targetRules = new Set(['target-framework-too-old', 'target-framework-missing', 'target-framework-unknown']);

function checkAgain(folder: string, goal: string, plan: PlannedRetarget): string[] {
  const session = open(folder, goal);
  const raised = new Set(plan.retargeted.map(({ path }) => path));
  const unresolved = new Set(plan.unresolved.map(({ path }) => path));
  const low = session.analyzer
    .analyze()
    .projects.flatMap(({ model }) =>
      raised.has(model.path) && !unresolved.has(model.path)
        ? model.targets.flatMap(({ framework }) =>
            framework.known && isLow(framework.value, goal)
              ? [`${model.path}: still targets ${framework.value.moniker}`]
              : [],
          )
        : [],
    );
  const reported = session.analyzer
    .analyze()
    .findings.filter(
      ({ rule, project }) =>
        targetRules.has(rule) && project !== null && raised.has(project) && !unresolved.has(project),
    )
    .map(({ rule, path }) => `${path}: ${rule} is reported`);
  const again = planRetarget(session.analyzer, { goal, scope: null, named: [] });
  return [
    ...low,
    ...reported,
    ...again.changes.map(({ path, edits }) => `${path}: a second run changes ${JSON.stringify(edits)}`),
  ];
}

function isLow(framework: { readonly identifier: string; readonly version: string }, goal: string): boolean {
  return framework.identifier === '.NETFramework' && compareVersions(framework.version, goal) < 0;
}

/** Without the targets that compose it (`Microsoft.CSHARP.Targets` on a system that cares for case), the version counts. */
function monikerOf({ properties: values }: OracleAnswer): string {
  const version = values['TargetFrameworkVersion'] ?? '';
  return values['TargetFrameworkMoniker'] || (version === '' ? '' : `.NETFramework,Version=${version}`);
}

const properties = ['TargetFrameworkMoniker', 'TargetFrameworks', 'TargetFramework', 'TargetFrameworkVersion'];

/** Every configuration and every inner build of a project, as MSBuild evaluates them. */
async function checkWithMsbuild(
  path: string,
  goal: string,
  isCarriedAlong: boolean,
  oracle: Oracle,
  answers: { asked: number; refused: number },
): Promise<string[]> {
  if (!/\.(?:cs|vb|fs)proj$/i.test(path)) {
    return [];
  }
  const system = process.platform === 'win32' ? 'windows' : 'unix';
  const files = createFileSource(diskHost);
  const { configurations } = evaluateAll({ path, files, system, isWithoutSolution: true });
  const monikers: string[] = [];
  const ask = async (globals: Record<string, string>): Promise<OracleAnswer> => {
    answers.asked++;
    return oracle.ask({ path, globals, properties, ignoreMissing: true });
  };
  for (const { configuration, platform } of configurations) {
    const globals = { Configuration: configuration, Platform: platform };
    const outer = await ask(globals);
    if (outer.error !== null) {
      answers.refused++;
      continue;
    }
    const list = outer.properties['TargetFrameworks'] ?? '';
    const tokens = list
      .split(';')
      .map((token) => token.trim())
      .filter(Boolean);
    if (tokens.length === 0 || outer.properties['TargetFramework']) {
      monikers.push(monikerOf(outer));
      continue;
    }
    if (new Set(tokens.map((token) => token.toLowerCase())).size < tokens.length) {
      return [`${path}: ${list} has a target twice`];
    }
    for (const token of tokens) {
      const inner = await ask({ ...globals, TargetFramework: token });
      monikers.push(monikerOf(inner));
    }
  }
  const wrong = monikers.filter((moniker) => {
    const version = /^\.NETFramework,Version=v([\d.]+)/.exec(moniker)?.[1];
    return version !== undefined && compareVersions(version, goal) < 0;
  });
  const hasGoal = monikers.some((moniker) => moniker === `.NETFramework,Version=v${goal}`);
  return [
    ...[...new Set(wrong)].map((moniker) => `${path}: MSBuild says ${moniker}`),
    ...(monikers.length > 0 && !hasGoal && !isCarriedAlong
      ? [`${path}: MSBuild says ${[...new Set(monikers)].join(' and ')}`]
      : []),
  ];
}
