import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

/** A folder that goes away with the test, filled with files or with a copy of a folder. */
export function tempFolder(
  test: TestContext,
  content: Readonly<Record<string, string | Uint8Array>> | string = {},
): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dynamics-tls-')));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  if (typeof content === 'string') {
    cpSync(content, folder, { recursive: true });
  } else {
    for (const [name, text] of Object.entries(content)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  }
  return folder;
}
