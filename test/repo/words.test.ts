import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { repositoryRoot, trackedFiles } from '../harness/repository.ts';

/** What no file of the repository may name: the product speaks of itself alone. */
const patterns: Readonly<Record<string, RegExp>> = {
  'a folder of one machine': /(?<![\w.)}$*-])\/(?:work|tmp|home|root|Users|var\/folders)\/\w/,
  'a folder of one Windows machine': /\b[A-Za-z]:[\\/]{1,2}Users[\\/]{1,2}\w/,
  'the host of a package registry': /\bregistry\.(?:npmjs|yarnpkg|npmmirror)\b|\bnpm\.pkg\.github\b/i,
  'how a change was made': /\bco-authored-by\b|(?<![\w-]|user |host )[a]gents?(?![\w-])|\blanguage model/i,
};

/** Pictures and other bytes. */
const binary = /\.(?:png|ico|snk|dll|exe|vsix|woff2?|ttf)$/i;
const files = trackedFiles();

test('the tracked files name no machine, no registry and no author', { skip: !files && 'not a git work tree' }, () => {
  const found = (files ?? [])
    .filter((file) => !binary.test(file))
    .flatMap((file) => {
      const lines = readFileSync(`${repositoryRoot}${file}`, 'utf8').split('\n');
      return Object.entries(patterns).flatMap(([what, pattern]) =>
        lines.flatMap((line, i) =>
          pattern.test(line) ? [`${file}:${i + 1} names ${what}: ${line.trim().slice(0, 80)}`] : [],
        ),
      );
    });
  assert.deepEqual(found, []);
});

test('the patterns find what they are for', () => {
  const examples: Readonly<Record<string, string>> = {
    'a folder of one machine': "cd '/ho" + "me/someone'",
    'a folder of one Windows machine': String.raw`C:\Use` + String.raw`rs\someone`,
    'the host of a package registry': 'https://registry.npm' + 'js.org/x',
    'how a change was made': 'written by an ag' + 'ent',
  };
  for (const [what, pattern] of Object.entries(patterns)) {
    assert.match(examples[what] ?? '', pattern, what);
  }
});

test('no generated or downloaded file is tracked', { skip: !files && 'not a git work tree' }, () => {
  const wrong = (files ?? []).filter((file) =>
    /^(?:dist|out|node_modules|coverage)\/|\.(?:vsix|map|tmp|orig)$/.test(file),
  );
  assert.deepEqual(wrong, []);
});

test('no file of a fixture is ignored by git', { skip: !files && 'not a git work tree' }, () => {
  const fixtures = globSync(['test/rules/**', 'test/scenarios/**'], { cwd: repositoryRoot, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`);
  assert.ok(fixtures.length > 300, `${fixtures.length} files`);
  const { stdout } = spawnSync('git', ['check-ignore', '--stdin'], {
    cwd: repositoryRoot,
    input: fixtures.join('\n'),
    encoding: 'utf8',
  });
  assert.equal(stdout, '');
});
