import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { orderFile, resultsFile, type SuiteOrder } from '../results.ts';
import { runMocha } from '../run-mocha.ts';

/**
 * Runs in the extension host: reads the order that lies beside the opened workspace, runs the suite of that name, and
 * leaves the results in the same place.
 * @param suites For each suite the function that loads its test files.
 */
export async function runSuite(suites: Record<string, () => void>): Promise<void> {
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (!workspace) {
    throw new Error('The window has no folder.');
  }
  const folder = dirname(workspace);
  const order: SuiteOrder = JSON.parse(await readFile(join(folder, orderFile), 'utf8'));
  const results = await runMocha({
    load: () => suites[order.workspace]?.(),
    grep: order.grep,
    // The runner reads the extension host's console.
    onResult: (_, line) => console.log(line),
  });
  await writeFile(join(folder, resultsFile), JSON.stringify(results));
  if (results.some((result) => result.state === 'failed')) {
    throw new Error('Tests failed.');
  }
}
