/** The scenarios, retargeted on a copy and asked of real MSBuild. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { repositoryRoot } from '../harness/repository.ts';
import { tempFolder } from '../harness/temp-folder.ts';
import { findSdk, Oracle } from './oracle/oracle.ts';
import { proveRetarget } from './retarget-proof.ts';

const sdk = findSdk();
const oracle = sdk && new Oracle(sdk);
after(() => oracle?.close());
const scenarios = globSync('test/scenarios/*/', { cwd: repositoryRoot }).sort();

for (const scenario of scenarios) {
  for (const goal of ['4.6.2', '4.8']) {
    const title = `${scenario} at ${goal}: only intended bytes differ, a second run changes nothing, MSBuild agrees`;
    test(title, { skip: oracle ? false : 'there is no .NET SDK' }, async (t) => {
      const proof = await proveRetarget(tempFolder(t, join(repositoryRoot, scenario)), goal, oracle);
      assert.deepEqual(proof.problems, []);
      t.diagnostic(JSON.stringify({ ...proof, problems: 0 }));
      if (/contoso|central/.test(scenario)) {
        assert.ok(
          proof.retargeted > 0 && proof.asked >= proof.retargeted && proof.refused === 0,
          JSON.stringify(proof),
        );
      }
    });
  }
}
