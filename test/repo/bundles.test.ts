import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { readRepositoryFile, repositoryRoot } from '../harness/repository.ts';

const { version } = JSON.parse(readRepositoryFile('package.json'));

/**
 * Modules of Node by bundle that could start programs. The client's language library starts the server with them, and
 * the server's resolves modules for clients that ask; commander can run sub-commands that are programs of their own.
 * Nothing of ours imports them, which layers.test.ts proves.
 */
const starters: Readonly<Record<string, readonly string[]>> = {
  'dist/client.js': ['child_process'],
  'dist/server.js': ['child_process'],
  'dist/cli.js': ['child_process'],
  'dist/browser/client.js': [],
  'dist/browser/server.js': [],
};

for (const [path, expected] of Object.entries(starters)) {
  const skip = !existsSync(`${repositoryRoot}${path}`) && 'not built: npm run build';

  test(`${path} loads nothing that starts programs, besides what its libraries need`, { skip }, () => {
    const found = modulesOf(path).filter((name) => /^(?:child_process|cluster|worker_threads|vm|repl)$/.test(name));
    assert.deepEqual(found, expected);
  });
}

for (const path of ['dist/browser/client.js', 'dist/browser/server.js']) {
  const skip = !existsSync(`${repositoryRoot}${path}`) && 'not built: npm run build';

  test(`${path} needs nothing of Node`, { skip }, () => {
    assert.deepEqual(
      modulesOf(path).filter((name) => name !== 'vscode'),
      [],
    );
  });
}

test('the command line knows the version', { skip: !existsSync(`${repositoryRoot}dist/cli.js`) && 'not built' }, () => {
  assert.ok(readFileSync(`${repositoryRoot}dist/cli.js`, 'utf8').includes(`"${version}"`));
});

/** What a bundle still loads by itself, `node:` taken off. */
function modulesOf(path: string): string[] {
  const text = readFileSync(`${repositoryRoot}${path}`, 'utf8');
  const names = [...text.matchAll(/(?<![\w.])require\(["']([^"']+)["']\)/g)].map((match) =>
    (match[1] ?? '').replace(/^node:/, ''),
  );
  return [...new Set(names)].filter((name) => !name.startsWith('.')).sort();
}
