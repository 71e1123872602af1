import type { TextRange } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import type { Evaluation } from '../msbuild/index.ts';
import type { WorkspaceModel } from '../workspace/model.ts';
import { type XmlDocument, type XmlElement, XmlNodeKind } from '../xml/index.ts';

/** A property that an offset of a file stands on: a reference `$(Name)`, or the element that writes it. */
export interface PropertyAt {
  readonly name: string;
  readonly range: TextRange;
  readonly kind: 'reference' | 'declaration';
}

/** The property under an offset; undefined in comments and everywhere else. */
export function propertyAt(document: XmlDocument, offset: number): PropertyAt | undefined {
  const reference = referencesIn(document.text).find(({ range }) => range.start <= offset && offset <= range.end);
  if (reference && !isInComment(document, reference.range.start)) {
    return { ...reference, kind: 'reference' };
  }
  const element = document.elementAt(offset);
  if (!element || !isPropertyElement(element)) {
    return undefined;
  }
  const { nameRange, closeTagRange } = element;
  const closing = closeTagRange && { start: closeTagRange.start + 2, end: closeTagRange.end - 1 };
  const range = [nameRange, closing].find((part) => part && part.start <= offset && offset <= part.end);
  return range && { name: element.name, range, kind: 'declaration' };
}

/** All `$(Name` of a text, with the place of the name. Names of functions and types are none. */
export function referencesIn(text: string): { name: string; range: TextRange }[] {
  return Array.from(text.matchAll(/\$\(\s*([A-Za-z_][\w-]*)/g), (match) => {
    const name = match[1] ?? '';
    const end = match.index + match[0].length;
    return { name, range: { start: end - name.length, end } };
  });
}

export function isPropertyElement(element: XmlElement): boolean {
  return element.parent?.localName === 'PropertyGroup';
}

/** The evaluation that speaks for a file: the project's own, or that of the first project that reads it. */
export function evaluationFor(path: FilePath, workspace: WorkspaceModel): Evaluation | undefined {
  const project = workspace.projects.has(path) ? path : workspace.projectsThatRead(path)[0]?.path;
  return project === undefined ? undefined : workspace.buildsOf(project)?.builds[0]?.evaluation;
}

function isInComment(document: XmlDocument, offset: number): boolean {
  for (const { kind, range } of document.comments()) {
    if (kind === XmlNodeKind.comment && range.start <= offset && offset < range.end) {
      return true;
    }
  }
  return false;
}
