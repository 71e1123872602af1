import { Range } from 'vscode';
import type { WireRange } from '../../../server/src/lsp/protocol.ts';

export function toRange({ start, end }: WireRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
