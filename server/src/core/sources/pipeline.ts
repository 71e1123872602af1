import { isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { TextRange } from '../model/finding.ts';
import { yamlRoots } from './yaml-documents.ts';

/** A text that a pipeline's file has as a value. */
export interface PipelineValue {
  readonly value: string;
  /** Without quotes. */
  readonly range: TextRange;
  /** The names that lead to it, the innermost last; places in lists are left out. */
  readonly path: readonly string[];
}

/** All values of a YAML file that are texts on one line. Never throws; what cannot be parsed is left out. */
export function readPipelineValues(text: string): PipelineValue[] {
  const values: PipelineValue[] = [];
  for (const root of yamlRoots(text)) {
    collect(root, [], text, values);
  }
  return values;
}

function collect(node: Node | null | undefined, path: readonly string[], text: string, values: PipelineValue[]): void {
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      collect(value as Node | null, [...path, isScalar(key) ? String(key.value) : ''], text, values);
    }
  } else if (isSeq(node)) {
    for (const item of node.items) {
      collect(item as Node | null, path, text, values);
    }
  } else if (isScalar(node) && !isAlias(node) && typeof node.value === 'string' && node.range) {
    const [start, end] = node.range;
    const quotes = /^["']/.test(text.slice(start, end)) ? 1 : 0;
    if (text.slice(start + quotes, end - quotes) === node.value) {
      values.push({ value: node.value, range: { start: start + quotes, end: end - quotes }, path });
    }
  }
}
