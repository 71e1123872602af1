import {
  type RegistryView,
  type RuntimeGeneration,
  readRuntimeKey,
  readWinHttpKey,
  runtimeKeyPath,
  winHttpKeyPath,
} from '../facts/registry-keys.ts';
import type { TextEdit } from '../model/finding.ts';
import { type RegistryKey, readRegistryFile } from '../sources/registry-file.ts';
import { EditLog } from '../text/edit-log.ts';
import { lineEndAt } from '../text/edits.ts';
import { type RegistryProblem, winHttpProblems } from './judge-registry.ts';
import { type RuntimeValue, runtimeValues } from './registry-tls.ts';
import { writesOfRegistryFile } from './registry-writes.ts';

/** Edits that write what the problems of a registry file ask for. */
export function goalEdits(problems: readonly RegistryProblem[]): TextEdit[] {
  return problems.flatMap(({ range, goal }) =>
    goal === undefined ? [] : [{ range, newText: typeof goal === 'string' ? goal : dword(goal) }],
  );
}

function dword(value: number): string {
  return `dword:${value.toString(16).padStart(8, '0')}`;
}

/** Edits that correct one problem with WinHTTP, and what that makes necessary: the value stands in both views. */
export function winHttpEdits(text: string, problem: RegistryProblem): TextEdit[] {
  const log = new EditLog(text);
  log.apply(goalEdits([problem]));
  log.apply(winHttpCompletion(log.text));
  return log.edits();
}

function winHttpCompletion(text: string): TextEdit[] {
  const oneView = winHttpProblems(writesOfRegistryFile(text)).find(
    ({ message }) => message === 'native' || message === 'wow64',
  );
  const key = readRegistryFile(text).keys.find(({ range }) => range.start === oneView?.write.pathRange.start);
  if (!oneView || !key) {
    return [];
  }
  const view: RegistryView = readWinHttpKey(key.path) === 'native' ? 'wow64' : 'native';
  const lineEnd = lineEndAt(text, key.range.start);
  const line = text.slice(oneView.write.range.start, oneView.write.range.end);
  const at = key.sectionRange.end;
  const newText = `${lineEnd}${lineEnd}[${winHttpKeyPath(view)}]${lineEnd}${line}`;
  return [{ range: { start: at, end: at }, newText }];
}

/**
 * Edits of a registry file together with what they make necessary: values of .NET Framework that are on stand in both
 * views afterwards, and for `alsoFor` as well.
 */
export function repairEdits(
  text: string,
  edits: readonly TextEdit[],
  alsoFor: readonly RuntimeGeneration[] = [],
): TextEdit[] {
  const log = new EditLog(text);
  log.apply(edits);
  log.apply(completionEdits(log.text, alsoFor));
  return log.edits();
}

/** A value that stands nowhere in the file yet. */
interface Missing {
  readonly source: RuntimeValue;
  readonly generation: RuntimeGeneration;
  readonly view: RegistryView;
}

function completionEdits(text: string, alsoFor: readonly RuntimeGeneration[]): TextEdit[] {
  const keys = readRegistryFile(text).keys;
  /** Text to insert by offset; sections of their own by the path of their key. */
  const inserted = new Map<number, string>();
  const sections = new Map<string, { at: number; text: string }>();
  for (const { source, generation, view } of missingValues(text, alsoFor)) {
    const lineEnd = lineEndAt(text, source.write.pathRange.start);
    const line = lineEnd + text.slice(source.write.range.start, source.write.range.end);
    const present = keys.findLast(({ path, isDeleted }) => {
      const place = readRuntimeKey(path);
      return !isDeleted && place?.generation === generation && place.view === view;
    });
    const path = runtimeKeyPath(generation, view);
    if (present) {
      const at = present.sectionRange.end;
      inserted.set(at, (inserted.get(at) ?? '') + line);
    } else {
      const section = sections.get(path) ?? { at: sectionEnd(keys, source), text: `${lineEnd}${lineEnd}[${path}]` };
      sections.set(path, { ...section, text: section.text + line });
    }
  }
  for (const section of sections.values()) {
    inserted.set(section.at, (inserted.get(section.at) ?? '') + section.text);
  }
  return Array.from(inserted, ([at, newText]) => ({ range: { start: at, end: at }, newText }));
}

function sectionEnd(keys: readonly RegistryKey[], { write }: RuntimeValue): number {
  return keys.find(({ range }) => range.start === write.pathRange.start)?.sectionRange.end ?? write.range.end;
}

function missingValues(text: string, alsoFor: readonly RuntimeGeneration[]): Missing[] {
  const values = runtimeValues(writesOfRegistryFile(text));
  const missing = new Map<string, Missing>();
  for (const source of values.filter(({ number }) => number !== 0)) {
    for (const generation of new Set([source.generation, ...alsoFor])) {
      for (const view of ['native', 'wow64'] as const) {
        const isThere = values.some(
          (other) => other.name === source.name && other.generation === generation && other.view === view,
        );
        const key = `${source.name} ${generation} ${view}`;
        if (!isThere && !missing.has(key)) {
          missing.set(key, { source, generation, view });
        }
      }
    }
  }
  return [...missing.values()];
}
