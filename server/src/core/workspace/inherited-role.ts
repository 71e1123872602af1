import type { Location } from '../model/finding.ts';
import { basename, type FilePath } from '../model/path.ts';
import type { ProjectRole } from '../model/settings.ts';
import type { CodeReader } from './code-signs.ts';
import type { Evidence } from './model.ts';

/** A project that another one references, directly or through others. */
export interface ReferencedCode {
  readonly path: FilePath;
  readonly sourceFiles: readonly FilePath[];
}

/** A class with a role, in a referenced project. */
interface BaseClass {
  readonly role: ProjectRole;
  readonly project: FilePath;
  readonly text: string;
  readonly at: Location;
}

/** Base classes derive from base classes, but not without end. */
const maximumRounds = 6;

/**
 * The role of a project whose classes derive from base classes of other projects: many teams write their own base
 * class for plug-ins once and use it everywhere.
 */
export function inheritRole(
  sourceFiles: readonly FilePath[],
  referenced: readonly ReferencedCode[],
  code: CodeReader,
): { readonly role: ProjectRole; readonly evidence: readonly Evidence[] } | undefined {
  const bases = baseClasses(referenced, code);
  for (const { name, base, at } of code.derivedFrom(bases.keys(), sourceFiles)) {
    const found = bases.get(base);
    const isOwn = code.has(new RegExp(`\\b(?:class|type)\\s+${base}\\b`, 'i'), sourceFiles);
    if (found && !isOwn) {
      const text = `${name ?? 'a class'} derives from ${base} of ${basename(found.project)}, where ${found.text}`;
      return { role: found.role, evidence: [{ text, at }] };
    }
  }
  return undefined;
}

/** Classes of the referenced projects that have a role, by name: by a sign of their own or through another of them. */
function baseClasses(referenced: readonly ReferencedCode[], code: CodeReader): ReadonlyMap<string, BaseClass> {
  const bases = new Map<string, BaseClass>();
  for (const { path: project, sourceFiles } of referenced) {
    for (const { sign, className, at } of sourceFiles.flatMap((path) => code.signsIn(path))) {
      if (className !== undefined && !bases.has(className)) {
        bases.set(className, { role: sign.role, project, text: sign.text, at });
      }
    }
  }
  for (let round = 0, before = 0; round < maximumRounds && bases.size > before; round++) {
    before = bases.size;
    for (const { path: project, sourceFiles } of referenced) {
      for (const { name, base, at } of code.derivedFrom(bases.keys(), sourceFiles)) {
        const found = bases.get(base);
        if (found && name !== undefined && !bases.has(name)) {
          bases.set(name, { ...found, project, at });
        }
      }
    }
  }
  return bases;
}
