/**
 * Measures the tables of this folder on real MSBuild: reads the rows of each file and writes what MSBuild answers into
 * them. Run it after adding rows:
 *
 *     node test/msbuild/tables/measure.ts
 *
 * An answer is the text of the value (`true` or `false` for a condition), or `refused` where MSBuild refuses the project.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSdk, Oracle } from '../oracle/oracle.ts';
import { readTable, rowFiles, type Table, tableNames, withCaseFolder } from './table.ts';

const sdk = findSdk();
if (!sdk) {
  console.error('There is no .NET SDK on this machine.');
  process.exit(2);
}
const oracle = new Oracle(sdk);
for (const name of tableNames) {
  const table = readTable(name);
  const rows: Record<string, string> = {};
  for (const row of Object.keys(table.rows)) {
    // A new folder for each row: MSBuild keeps the files that it has read.
    await withCaseFolder(rowFiles(table, row), async (folder) => {
      const answer = await oracle.ask({ path: join(folder, 'Row.proj'), properties: ['Result'] });
      rows[row] = answer.error === null ? (answer.properties['Result'] ?? '') : 'refused';
    });
  }
  const measured: Table = { ...table, rows };
  writeFileSync(join(import.meta.dirname, `${name}.json`), `${JSON.stringify(measured, null, 2)}\n`);
  console.log(`${name}: ${Object.keys(rows).length} rows`);
}
oracle.close();
