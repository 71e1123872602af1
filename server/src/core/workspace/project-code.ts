import { dirname, type FilePath, resolvePath } from '../model/path.ts';
import { type Evaluation, evaluateProject, type FileSource } from '../msbuild/index.ts';
import type { ReferencedCode } from './inherited-role.ts';

/** The projects that evaluations of one project reference. */
export function projectReferencesOf(path: FilePath, evaluations: readonly Evaluation[]): FilePath[] {
  const found = new Set<FilePath>();
  for (const evaluation of evaluations) {
    for (const { include } of evaluation.items('ProjectReference').items) {
      if (include.known && include.value.trim() !== '') {
        found.add(resolvePath(dirname(path), include.value.trim()));
      }
    }
  }
  return [...found];
}

/**
 * Source files that a project compiles from outside of its folder. Most projects have none, which their texts show: only
 * for the others are the items evaluated, because that lists folders.
 */
export function linkedSourcesOf(path: FilePath, evaluations: readonly Evaluation[]): FilePath[] {
  const folder = dirname(path);
  const found = new Set<FilePath>();
  for (const evaluation of evaluations) {
    if (!evaluation.writtenIncludes('Compile').some((text) => /^\s*(?:\.\.|[a-z]:|[\\/])|;\s*\.\.|\$\(/i.test(text))) {
      continue;
    }
    for (const { include } of evaluation.items('Compile').items) {
      const file = include.known ? resolvePath(folder, include.value) : folder;
      if (include.known && !file.startsWith(`${folder}/`)) {
        found.add(file);
      }
    }
  }
  return [...found];
}

/** More source files than this are not searched for plug-in classes: the first ones show what a project is. */
const maximumSourceFiles = 2000;

/** The source files of a project in languages that are searched. */
export function sourceFilesOf(path: FilePath, evaluations: readonly Evaluation[]): FilePath[] {
  const found = new Set<FilePath>();
  for (const evaluation of evaluations) {
    for (const { include } of evaluation.items('Compile').items) {
      if (include.known && /\.(?:cs|vb|fs)$/i.test(include.value) && found.size < maximumSourceFiles) {
        found.add(resolvePath(dirname(path), include.value));
      }
    }
  }
  return [...found];
}

/** Base classes stand near the classes that derive from them: so many projects are followed, the nearest first. */
const maximumReferencedProjects = 40;

/** The code of the projects behind references. What was read or looked for is added to `dependencies`. */
export function referencedCodeOf(
  references: readonly FilePath[],
  files: FileSource,
  dependencies: Set<FilePath>,
): ReferencedCode[] {
  const found: ReferencedCode[] = [];
  const seen = new Set(references.map((path) => files.key(path)));
  const queue = [...references];
  for (let path = queue.shift(); path !== undefined && found.length < maximumReferencedProjects; path = queue.shift()) {
    dependencies.add(path);
    if (files.document(path) === undefined) {
      continue;
    }
    const evaluation = evaluateProject({ path, files });
    found.push({ path, sourceFiles: sourceFilesOf(path, [evaluation]) });
    for (const next of projectReferencesOf(path, [evaluation])) {
      if (!seen.has(files.key(next))) {
        seen.add(files.key(next));
        queue.push(next);
      }
    }
    for (const dependency of evaluation.dependencies) {
      dependencies.add(dependency);
    }
  }
  return found;
}
