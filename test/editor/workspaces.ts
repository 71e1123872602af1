import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A copy of a workspace that tests may change. */
export interface WorkspaceCopy {
  /** The folder to open. Its parent belongs to the copy, too: results lie there. */
  folder: string;
  /** The parent of `folder`. */
  parent: string;
  remove(): Promise<void>;
}

/**
 * Copies a folder to a new place, so that every run starts from the committed bytes.
 * @param source A folder of `test/editor/workspaces` by its name, or any folder by its absolute path.
 */
export async function copyWorkspace(source: string): Promise<WorkspaceCopy> {
  const parent = await mkdtemp(join(tmpdir(), 'dynamics-tls-workspace-'));
  // An absolute path stays what it is; a name is looked up beside this file.
  const from = source.includes('/') || source.includes('\\') ? source : join(import.meta.dirname, 'workspaces', source);
  const folder = join(parent, from.split(/[\\/]/).at(-1) ?? 'workspace');
  await cp(from, folder, { recursive: true });
  return { folder, parent, remove: () => rm(parent, { recursive: true, force: true, maxRetries: 5 }) };
}
