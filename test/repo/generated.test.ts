import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test from 'node:test';
import { repositoryRoot } from '../harness/repository.ts';

test('nothing that is generated is stale', () => {
  const { status, stderr } = spawnSync(process.execPath, ['tools/generate.ts', '--check'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
});
