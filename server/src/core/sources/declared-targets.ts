import type { TextRange } from '../model/finding.ts';
import type { MappedText, XmlDocument, XmlElement } from '../xml/index.ts';

/** A target framework that stands literally in an MSBuild file. */
export interface DeclaredTarget {
  readonly property: 'TargetFrameworkVersion' | 'TargetFramework' | 'TargetFrameworks';
  /** The value without blanks, or one token of a list. */
  readonly text: string;
  readonly range: TextRange;
  /** The whole trimmed value. */
  readonly list: TextRange;
  /** False when entities, comments or CDATA stand inside the value. */
  readonly isPlain: boolean;
}

/**
 * Targets that a file declares by itself, for files that no project of the workspace reads. Left out: what a later
 * declaration of the same file overrides, conditions that are never true, references to properties, and everything
 * that is no property (items, targets, metadata, comments).
 */
export function declaredTargets(document: XmlDocument): DeclaredTarget[] {
  const byProperty = new Map<string, XmlElement[]>();
  for (const element of document.elements()) {
    const property = properties[element.localName.toLowerCase()];
    if (property && isProperty(element)) {
      const earlier = byProperty.get(property) ?? [];
      if (isDefault(element) && earlier.some(isAlways)) {
        continue;
      }
      const previous = isAlways(element) ? [] : earlier;
      byProperty.set(property, [...previous, element]);
    }
  }
  const shortNames = byProperty.has('TargetFramework') || byProperty.has('TargetFrameworks');
  const result: DeclaredTarget[] = [];
  for (const [property, elements] of byProperty) {
    if (property === 'TargetFrameworkVersion' && shortNames) {
      // The SDK composes the version from the short name; a version beside it is written by hand for other tools.
      continue;
    }
    for (const element of elements) {
      result.push(...readDeclaration(property as DeclaredTarget['property'], element.content));
    }
  }
  return result.sort((a, b) => a.range.start - b.range.start);
}

const properties: Readonly<Record<string, DeclaredTarget['property']>> = {
  targetframeworkversion: 'TargetFrameworkVersion',
  targetframework: 'TargetFramework',
  targetframeworks: 'TargetFrameworks',
};

function isProperty(element: XmlElement): boolean {
  if (!element.isClosed || element.parent?.localName !== 'PropertyGroup') {
    return false;
  }
  for (let ancestor: XmlElement | undefined = element; ancestor; ancestor = ancestor.parent) {
    const name = ancestor.localName;
    if (name === 'Target' || name === 'ItemGroup' || isNeverTrue(ancestor)) {
      return false;
    }
  }
  return true;
}

function isNeverTrue(element: XmlElement): boolean {
  const condition = element.attribute('Condition')?.value;
  if (condition === undefined) {
    return false;
  }
  const literal = /^\s*'([^'$@%]*)'\s*(==|!=)\s*'([^'$@%]*)'\s*$/.exec(condition);
  if (literal) {
    const isEqual = (literal[1] ?? '').toLowerCase() === (literal[3] ?? '').toLowerCase();
    return literal[2] === '==' ? !isEqual : isEqual;
  }
  return /^\s*'?(false|off|no)'?\s*$/i.test(condition);
}

/** `Condition="'$(X)' == ''"` on X itself: counts only while nothing was written before. */
function isDefault(element: XmlElement): boolean {
  const own = element.attribute('Condition')?.value.replace(/\s+/g, '').toLowerCase();
  return own === `'$(${element.localName.toLowerCase()})'==''`;
}

function isAlways(element: XmlElement): boolean {
  for (let ancestor: XmlElement | undefined = element; ancestor; ancestor = ancestor.parent) {
    if (ancestor.attribute('Condition') || ancestor.localName === 'When' || ancestor.localName === 'Otherwise') {
      return false;
    }
  }
  return true;
}

function readDeclaration(property: DeclaredTarget['property'], content: MappedText): DeclaredTarget[] {
  const { value } = content;
  const from = value.length - value.trimStart().length;
  const to = value.trimEnd().length;
  if (to <= from || /\$\(|\$\w+\$/.test(value)) {
    return [];
  }
  const list = content.sourceRange(from, to);
  const isPlain = list.end - list.start === to - from;
  if (property !== 'TargetFrameworks') {
    return [{ property, text: value.slice(from, to), range: list, list, isPlain }];
  }
  return Array.from(value.matchAll(/[^;\s](?:[^;]*[^;\s])?/g), (match) => {
    const range = content.sourceRange(match.index, match.index + match[0].length);
    return { property, text: match[0], range, list, isPlain };
  });
}
