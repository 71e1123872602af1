import { type CodeLanguage, readSource, type SourceFile, sourceLanguage } from '../code/index.ts';
import type { Notice } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import type { TlsUse } from '../model/protocol-use.ts';
import { LineIndex } from '../text/lines.ts';
import { type CodeProcess, processesOf, unknownProcess } from './code-process.ts';
import type { WorkspaceModel } from './model.ts';

/** What a source file does, for each build that compiles it in another way. */
export interface SourceCode {
  readonly language: CodeLanguage;
  readonly isGenerated: boolean;
  /** Empty for a file that certainly no project compiles. */
  readonly readings: readonly SourceReading[];
  readonly notices: readonly Notice[];
}

/** What some builds do, and the processes that run it. */
export interface SourceReading {
  readonly uses: readonly TlsUse[];
  readonly processes: readonly CodeProcess[];
}

/** Reads a source file for every build that compiles it; undefined for files in other languages. */
export function readSourceCode(path: FilePath, text: string, workspace: WorkspaceModel): SourceCode | undefined {
  const language = sourceLanguage(path);
  if (language === undefined) {
    return undefined;
  }
  const file = readSource(path, language, text);
  return {
    language,
    isGenerated: file.isGenerated,
    readings: readingsOf(path, file, workspace),
    notices: noticesOf(path, text, file.unfinished),
  };
}

/** Builds with the same uses are one reading. */
function readingsOf(path: FilePath, file: SourceFile, workspace: WorkspaceModel): SourceReading[] {
  const compilers = workspace.compilersOf(path);
  if (compilers === 'excluded') {
    return [];
  }
  if (compilers.length === 0) {
    return [{ uses: file.usesFor(undefined), processes: [unknownProcess] }];
  }
  const readings = new Map<readonly TlsUse[], CodeProcess[]>();
  for (const { project, builds } of compilers) {
    for (const build of builds) {
      const processes = processesOf(project, build, workspace);
      const symbolSets = file.hasConditions ? build.symbolSets() : undefined;
      const sets = symbolSets?.known ? symbolSets.value : [undefined];
      for (const set of sets) {
        const uses = file.usesFor(set);
        readings.set(uses, [...(readings.get(uses) ?? []), ...processes]);
      }
    }
  }
  return [...readings].map(([uses, processes]) => ({ uses, processes: [...new Set(processes)] }));
}

/** What is being typed is broken most of the time: one notice for a file is enough. */
function noticesOf(path: FilePath, text: string, unfinished: readonly number[]): Notice[] {
  const [first] = unfinished;
  if (first === undefined) {
    return [];
  }
  const line = String(new LineIndex(text).positionAt(first).line + 1);
  const template =
    'What begins in line {line}, a string or a comment, never ends. The file was read as far as that allows.';
  return [{ path, message: { key: 'unfinished-code', template, values: { line } } }];
}
