import type { Location } from '../model/finding.ts';
import { dirname, type FilePath, resolvePath } from '../model/path.ts';
import type { WorkspaceModel } from '../workspace/model.ts';
import { parseXml, type XmlDocument } from '../xml/index.ts';
import { evaluationFor, propertyAt, referencesIn } from './property-at.ts';

/**
 * Where the thing under an offset comes from: of a property the write that its value comes from (every write that
 * happens, when the offset stands on that one already), of an import or a project reference the file.
 */
export function definitionsAt(path: FilePath, offset: number, workspace: WorkspaceModel): Location[] {
  const text = workspace.readText(path);
  if (text === undefined) {
    return [];
  }
  const document = parseXml(text);
  const property = propertyAt(document, offset);
  if (!property) {
    return fileAt(path, document, offset, workspace);
  }
  const result = evaluationFor(path, workspace)?.property(property.name);
  const decider = result?.decider;
  const isOnDecider = decider?.path === path && decider.nameRange.start === property.range.start;
  const declarations =
    decider && !isOnDecider
      ? [decider]
      : (result?.declarations.filter(({ conditionOutcome }) => conditionOutcome !== false) ?? []);
  return declarations.map((declaration) => ({ path: declaration.path, range: declaration.nameRange }));
}

/** Every place in the files of the evaluation that reads or writes the property under an offset. */
export function referencesAt(path: FilePath, offset: number, workspace: WorkspaceModel): Location[] {
  const text = workspace.readText(path);
  const property = text === undefined ? undefined : propertyAt(parseXml(text), offset);
  if (!property) {
    return [];
  }
  const name = property.name.toLowerCase();
  const projects = workspace.projects.has(path)
    ? [path]
    : workspace.projectsThatRead(path).map((project) => project.path);
  const files = new Set<FilePath>([path]);
  for (const project of projects) {
    for (const file of workspace.buildsOf(project)?.outer.files ?? []) {
      files.add(file);
    }
  }
  return [...files].flatMap((file) => placesIn(file, name, workspace));
}

function placesIn(path: FilePath, name: string, workspace: WorkspaceModel): Location[] {
  const text = workspace.readText(path);
  if (text === undefined) {
    return [];
  }
  const places: Location[] = [];
  for (const reference of referencesIn(text)) {
    if (reference.name.toLowerCase() === name) {
      places.push({ path, range: reference.range });
    }
  }
  for (const element of parseXml(text).elements()) {
    if (element.name.toLowerCase() === name && element.parent?.localName === 'PropertyGroup') {
      places.push({ path, range: element.nameRange });
    }
  }
  return places.sort((a, b) => a.range.start - b.range.start);
}

/** The file that an import, a project reference or a compiled file names. */
function fileAt(path: FilePath, document: XmlDocument, offset: number, workspace: WorkspaceModel): Location[] {
  const element = document.elementAt(offset);
  const attribute = element?.attributes.find(
    ({ valueRange }) => valueRange && valueRange.start <= offset && offset <= valueRange.end,
  );
  if (!element || !attribute) {
    return [];
  }
  const start = { start: 0, end: 0 };
  if (element.localName === 'Import' && attribute.name === 'Project') {
    const imports = evaluationFor(path, workspace)?.imports ?? [];
    return imports
      .filter(
        ({ importedBy, range, outcome }) =>
          importedBy === path &&
          range !== undefined &&
          range.start >= element.range.start &&
          range.end <= element.range.end &&
          outcome === 'imported',
      )
      .map((record) => ({ path: record.path, range: start }));
  }
  if (attribute.name === 'Include' && !/[$@%*?;]/.test(attribute.value)) {
    const target = resolvePath(dirname(path), attribute.value);
    return workspace.readText(target) === undefined ? [] : [{ path: target, range: start }];
  }
  return [];
}
