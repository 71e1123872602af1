import { findNodeAtLocation, getNodeValue, type Node, parseTree } from 'jsonc-parser';
import type { TextRange } from '../model/finding.ts';

/** A setting of a `runtimeconfig.json` or `runtimeconfig.template.json`. */
export interface RuntimeProperty {
  readonly name: string;
  /** Without quotes. */
  readonly nameRange: TextRange;
  readonly value: unknown;
}

/** What such a file sets; `head` is the place that stands for the whole file. */
export interface RuntimeConfig {
  readonly head: TextRange;
  readonly properties: readonly RuntimeProperty[];
}

/**
 * Reads the settings of the runtime, in both forms: below `runtimeOptions`, and directly in a template. Undefined for
 * what is no object.
 * Source: https://learn.microsoft.com/dotnet/core/runtime-config/
 */
export function readRuntimeConfig(text: string): RuntimeConfig | undefined {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const root = parseTree(text.slice(start), [], { allowTrailingComma: true });
  const options = root && (findNodeAtLocation(root, ['runtimeOptions']) ?? root);
  if (root?.type !== 'object') {
    return undefined;
  }
  const settings = options && findNodeAtLocation(options, ['configProperties']);
  const first = root.children?.[0]?.children?.[0];
  return {
    head: first ? inner(first, start) : { start: root.offset + start, end: root.offset + start + 1 },
    properties: (settings?.children ?? []).flatMap((property): RuntimeProperty[] => {
      const [name, value] = property.children ?? [];
      return name
        ? [{ name: String(getNodeValue(name)), nameRange: inner(name, start), value: value && getNodeValue(value) }]
        : [];
    }),
  };
}

function inner({ offset, length }: Node, start: number): TextRange {
  return { start: start + offset + 1, end: start + offset + length - 1 };
}
