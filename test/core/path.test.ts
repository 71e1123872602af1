import assert from 'node:assert/strict';
import test from 'node:test';
import { basename, dirname, extname, normalizePath, relativePath, resolvePath } from '../../server/src/core/index.ts';

/** Paths and what they are when normal. */
const normal: readonly [string, string][] = [
  ['/', '/'],
  ['/a/b', '/a/b'],
  ['/a/b/', '/a/b'],
  ['/a//b', '/a/b'],
  ['/a/./b', '/a/b'],
  ['/a/../b', '/b'],
  ['/a/b/..', '/a'],
  ['/a/.', '/a'],
  ['/../a', '/a'],
  ['/.hidden/..b/c..', '/.hidden/..b/c..'],
  ['C:\\a\\b', 'C:/a/b'],
  ['C:/', 'C:/'],
  ['C:/a/../../b', 'C:/b'],
  ['//server/share/a', '//server/share/a'],
  ['//server/share/../b', '//server/b'],
  ['vscode-vfs://github/o/r/../x', 'vscode-vfs://github/o/x'],
  ['vscode-vfs://github/o/r', 'vscode-vfs://github/o/r'],
  ['a/../b', 'b'],
  ['../a', '../a'],
  ['./a', 'a'],
];

for (const [path, expected] of normal) {
  test(`${path} is ${expected}`, () => {
    assert.equal(normalizePath(path), expected);
    assert.equal(normalizePath(expected), expected);
  });
}

test('paths are taken apart and put together with either separator', () => {
  assert.equal(resolvePath('/a/b', '..\\c\\D.props'), '/a/c/D.props');
  assert.equal(resolvePath('/a/b', '/x'), '/x');
  assert.equal(resolvePath('/', 'x'), '/x');
  assert.equal(dirname('/a'), '/');
  assert.equal(dirname('/'), '/');
  assert.equal(basename('/a/b.cs'), 'b.cs');
  assert.equal(extname('/a/B.CsProj'), '.csproj');
  assert.equal(extname('/a/.gitignore'), '');
  assert.equal(relativePath('/a/b', '/a/c/d'), '../c/d');
  assert.equal(relativePath('/a', '/a'), '.');
  assert.equal(relativePath('C:/a', 'D:/b'), 'D:/b');
});
