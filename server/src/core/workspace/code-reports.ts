import type { RelatedLocation, Severity } from '../model/finding.ts';
import type { ProtocolUse, TlsUse } from '../model/protocol-use.ts';
import type { CodeProcess } from './code-process.ts';
import { judgeProtocols, type ProtocolJudgement, type ProtocolProblem } from './judge-protocols.ts';
import type { SourceCode, SourceReading } from './source-code.ts';

/** What is judged of a source file or a script. */
export type ReadCode = Pick<SourceCode, 'readings' | 'isGenerated'>;

/** A use with the worst that any of its processes makes of it. */
export interface JudgedUse {
  readonly use: ProtocolUse;
  readonly judgement: ProtocolJudgement;
  /** The process that the judgement is about. */
  readonly process: CodeProcess;
  /** All processes that run the line. */
  readonly processes: readonly CodeProcess[];
}

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/** The uses of a file that have one of some problems: once each, at the highest severity. */
export function usesWith({ readings, isGenerated }: ReadCode, problems: ReadonlySet<ProtocolProblem>): JudgedUse[] {
  const found = new Map<string, JudgedUse>();
  for (const { uses, processes } of readings) {
    for (const use of uses) {
      if (use.kind !== 'protocol') {
        continue;
      }
      for (const process of processes) {
        for (const judgement of judgeProtocols(use, process)) {
          if (judgement.problem === 'without-effect' && !isForModernOnly(readings, use)) {
            continue;
          }
          const severity = isGenerated ? 'information' : judgement.severity;
          const key = `${use.valueRange.start} ${use.effect}`;
          const before = found.get(key);
          if (problems.has(judgement.problem) && (!before || ranks[severity] < ranks[before.judgement.severity])) {
            found.set(key, {
              use,
              judgement: { ...judgement, severity },
              process,
              processes: processesThatRun(readings, use),
            });
          }
        }
      }
    }
  }
  return [...found.values()];
}

/** A line that also runs on .NET Framework has its effect there. */
function isForModernOnly(readings: readonly SourceReading[], use: TlsUse): boolean {
  return processesThatRun(readings, use).every(({ runtime }) => runtime === 'modern');
}

function processesThatRun(readings: readonly SourceReading[], use: TlsUse): readonly CodeProcess[] {
  const running = readings.filter(({ uses }) =>
    uses.some((other) => other.kind === use.kind && other.range.start === use.range.start),
  );
  return [...new Set(running.flatMap(({ processes }) => processes))];
}

/** Uses of another kind, once each, with all processes that run them. */
export function usesOfKind<K extends TlsUse['kind']>(
  { readings }: Pick<ReadCode, 'readings'>,
  kind: K,
): { readonly use: Extract<TlsUse, { kind: K }>; readonly processes: readonly CodeProcess[] }[] {
  const found = new Map<string, { use: Extract<TlsUse, { kind: K }>; processes: Set<CodeProcess> }>();
  for (const { uses, processes } of readings) {
    for (const use of uses) {
      if (use.kind === kind) {
        const key = `${use.range.start} ${'valueRange' in use ? use.valueRange.start : 0}`;
        const entry = found.get(key) ?? { use: use as Extract<TlsUse, { kind: K }>, processes: new Set<CodeProcess>() };
        for (const process of processes) {
          entry.processes.add(process);
        }
        found.set(key, entry);
      }
    }
  }
  return [...found.values()].map(({ use, processes }) => ({ use, processes: [...processes] }));
}

/** `.NET Framework 4.8`, for messages; what is not known is called by what it is. */
export function nameOfProcess({ runtime, version, isTest }: CodeProcess): string {
  if (isTest) {
    return 'the test runner';
  }
  if (runtime === 'unknown' || version === undefined) {
    return runtime === 'modern' ? 'modern .NET' : 'a program that is not known';
  }
  return runtime === 'modern' ? `.NET ${version}` : `.NET Framework ${version}`;
}

/** Programs elsewhere in the workspace that a line decides for. */
export function relatedPrograms(processes: readonly CodeProcess[]): RelatedLocation[] {
  const projects = new Map(processes.flatMap(({ project }) => (project ? [[project.path, project] as const] : [])));
  return [...projects.values()].slice(0, 20).map((project) => ({
    ...project.head,
    message: {
      key: 'runs-in',
      template: 'Runs in {project}',
      values: { project: project.path.slice(project.path.lastIndexOf('/') + 1) },
    },
  }));
}
