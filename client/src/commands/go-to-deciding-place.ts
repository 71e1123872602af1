import { Uri, window } from 'vscode';
import type { CommandContext } from '../activate.ts';
import { nodeOf } from '../views/process-tree.ts';
import { toRange } from '../views/wire-range.ts';

/** Opens the value that decides what a process of the tree offers. */
export async function goToDecidingPlace(_context: CommandContext, argument: unknown): Promise<void> {
  const process = nodeOf(argument)?.process;
  const at = process && (process.because.find(({ effect, at }) => at && effect === 'decides')?.at ?? process.at);
  if (at) {
    await window.showTextDocument(Uri.parse(at.uri), { selection: toRange(at.range) });
  }
}
