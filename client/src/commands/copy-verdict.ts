import { env, window } from 'vscode';
import type { CommandContext } from '../activate.ts';
import { nodeOf, verdictText } from '../views/process-tree.ts';

/** Copies a process of the tree with its reasons, or one line of it. */
export async function copyVerdict(_context: CommandContext, argument: unknown): Promise<void> {
  const node = nodeOf(argument);
  if (node) {
    await env.clipboard.writeText(
      node.kind === 'process' ? verdictText(node.process) : [node.text, node.at?.label].filter(Boolean).join(' '),
    );
    window.setStatusBarMessage('Dynamics TLS: copied', 3000);
  }
}
