import { readFile } from 'node:fs/promises';
import { until } from '../../../tools/editor/until.ts';

/** Waits until a file on disk has exactly these bytes; VS Code marks a file as saved a moment before. */
export async function waitForBytes(path: string, expected: Buffer): Promise<void> {
  await until(
    `the expected bytes in ${path}`,
    async () => (await readFile(path)).toString('latin1'),
    (bytes) => bytes === expected.toString('latin1'),
    10_000,
  );
}
