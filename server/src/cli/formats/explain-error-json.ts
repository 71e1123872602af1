import type { ErrorExplanation } from '../../core/index.ts';
import { formatVersion, tool } from './json.ts';

/** The explanation as JSON: schema `explain-error.schema.json`. */
export function explainErrorJson({ matches, first, lines }: ErrorExplanation, file: string): string {
  return `${JSON.stringify({ formatVersion, tool, file, lines, matches, first }, undefined, 2)}\n`;
}
