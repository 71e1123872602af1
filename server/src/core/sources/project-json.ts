import { findNodeAtLocation, getNodeValue, type Node, parseTree } from 'jsonc-parser';
import type { TextRange } from '../model/finding.ts';

/** A package of a project.json. */
export interface ProjectJsonPackage {
  readonly id: string;
  readonly version: string;
  /** The text of the version without quotes. */
  readonly range: TextRange;
}

/**
 * Reads the packages of a project.json of NuGet 3: those of all frameworks, and of single ones.
 * Source: https://learn.microsoft.com/nuget/archive/project-json
 */
export function readProjectJson(text: string): ProjectJsonPackage[] {
  const shift = text.startsWith('\uFEFF') ? 1 : 0;
  const root = parseTree(text.slice(shift), [], { allowTrailingComma: true });
  if (root?.type !== 'object') {
    return [];
  }
  const frameworks = findNodeAtLocation(root, ['frameworks'])?.children ?? [];
  const lists = [root, ...frameworks.map(({ children }) => children?.[1])].map(
    (owner) => owner?.type === 'object' && findNodeAtLocation(owner, ['dependencies']),
  );
  return lists.flatMap((list) => (list ? (list.children ?? []).flatMap((entry) => readEntry(entry, shift)) : []));
}

/** `"Id": "1.0"` or `"Id": { "version": "1.0" }`. */
function readEntry({ children }: Node, shift: number): ProjectJsonPackage[] {
  const [name, value] = children ?? [];
  const version = value?.type === 'object' ? findNodeAtLocation(value, ['version']) : value;
  if (!name || version?.type !== 'string') {
    return [];
  }
  const start = version.offset + 1 + shift;
  return [
    {
      id: String(getNodeValue(name)),
      version: String(getNodeValue(version)),
      range: { start, end: start + version.length - 2 },
    },
  ];
}
