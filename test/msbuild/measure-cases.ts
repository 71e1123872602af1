/**
 * Measures the cases of cases.ts on real MSBuild and writes cases.measured.json:
 *
 *     node test/msbuild/measure-cases.ts
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectCases } from './cases.ts';
import { comparedItems, comparedProperties } from './compare.ts';
import { findSdk, Oracle, type OracleAnswer } from './oracle/oracle.ts';
import { withCaseFolder } from './tables/table.ts';

const sdk = findSdk();
if (!sdk) {
  console.error('There is no .NET SDK on this machine.');
  process.exit(2);
}
const oracle = new Oracle(sdk);
const measured: Record<string, Pick<OracleAnswer, 'properties' | 'items'> | 'refused'> = {};
for (const one of projectCases) {
  await withCaseFolder(one.files, async (folder) => {
    const answer = await oracle.ask({
      path: join(folder, one.entry),
      globals: one.globals,
      properties: comparedProperties,
      items: comparedItems,
    });
    measured[one.name] = answer.error === null ? { properties: answer.properties, items: answer.items } : 'refused';
  });
}
oracle.close();
writeFileSync(join(import.meta.dirname, 'cases.measured.json'), `${JSON.stringify(measured, null, 1)}\n`);
console.log(`${Object.keys(measured).length} cases`);
