import { type RegistryView, type RuntimeGeneration, readRuntimeKey, runtimeKeyPath } from '../facts/registry-keys.ts';
import type { TextEdit } from '../model/finding.ts';
import { readRegistryFile } from '../sources/registry-file.ts';
import { EditLog } from '../text/edit-log.ts';
import { lineEndAt } from '../text/edits.ts';
import { type RuntimeValue, runtimeValues } from './registry-tls.ts';

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
    const lineEnd = lineEndAt(text, source.key.sectionRange.start);
    const line = lineEnd + text.slice(source.value.range.start, source.value.range.end);
    const present = keys.findLast(({ path, isDeleted }) => {
      const place = readRuntimeKey(path);
      return !isDeleted && place?.generation === generation && place.view === view;
    });
    const path = runtimeKeyPath(generation, view);
    if (present) {
      const at = present.sectionRange.end;
      inserted.set(at, (inserted.get(at) ?? '') + line);
    } else {
      const section = sections.get(path) ?? { at: source.key.sectionRange.end, text: `${lineEnd}${lineEnd}[${path}]` };
      sections.set(path, { ...section, text: section.text + line });
    }
  }
  for (const section of sections.values()) {
    inserted.set(section.at, (inserted.get(section.at) ?? '') + section.text);
  }
  return Array.from(inserted, ([at, newText]) => ({ range: { start: at, end: at }, newText }));
}

function missingValues(text: string, alsoFor: readonly RuntimeGeneration[]): Missing[] {
  const values = runtimeValues(text);
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
