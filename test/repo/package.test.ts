import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { inflateRawSync } from 'node:zlib';
import picomatch from 'picomatch';
import { readRepositoryFile, repositoryRoot } from '../harness/repository.ts';

const manifest = JSON.parse(readRepositoryFile('package.json'));
const entries = readRepositoryFile('.vscodeignore')
  .split(/\r?\n/)
  .filter((line) => line !== '' && !line.startsWith('#'));
const allowed = entries.slice(1).map((line) => line.slice(1));

/** The packaging tool renames these. */
const renamed: Readonly<Record<string, string>> = {
  'readme.md': 'README.md',
  'changelog.md': 'CHANGELOG.md',
  'LICENSE.txt': 'LICENSE',
};

test('.vscodeignore is an allow list', () => {
  assert.equal(entries[0], '**');
  assert.deepEqual(
    entries.slice(1).filter((line) => !line.startsWith('!')),
    [],
  );
});

test('what package.json points at is allowed to ship', () => {
  const isAllowed = picomatch(allowed);
  const needed = [manifest.main, manifest.browser, ...Object.values<string>(manifest.bin)]
    .map((path) => path.replace(/^\.\//, ''))
    .concat(globSync('server/schemas/*.json', { cwd: repositoryRoot }).map((path) => path.replaceAll('\\', '/')));
  assert.deepEqual(
    needed.filter((path) => !isAllowed(path)),
    [],
  );
});

const [vsix] = globSync('*.vsix', { cwd: repositoryRoot });

test('the package holds what it may hold', {
  skip: vsix === undefined && 'no .vsix in the root: npm run package',
}, () => {
  const files = readZip(readFileSync(`${repositoryRoot}${vsix}`));
  const isAllowed = picomatch(allowed);
  const strays = [...files.keys()]
    .filter((name) => name !== 'extension.vsixmanifest' && name !== '[Content_Types].xml')
    .map((name) => name.replace(/^extension\//, ''))
    .filter((name) => !isAllowed(renamed[name] ?? name));
  assert.deepEqual(strays, []);
  for (const needed of [manifest.main, manifest.browser, manifest.bin['dynamics-tls']]) {
    const name = `extension/${needed.replace(/^\.\//, '')}`;
    assert.ok(files.has(name), `${vsix} has no ${name}`);
  }
  const inside = JSON.parse(files.get('extension/package.json')?.() ?? '{}');
  assert.equal(inside.version, manifest.version);
});

/** Names and contents of a zip file by its central directory (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT). */
function readZip(bytes: Buffer): Map<string, () => string> {
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  const files = new Map<string, () => string>();
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    const method = bytes.readUInt16LE(at + 10);
    const size = bytes.readUInt32LE(at + 20);
    const nameLength = bytes.readUInt16LE(at + 28);
    const header = bytes.readUInt32LE(at + 42);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    files.set(name, () => {
      const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
      const data = bytes.subarray(start, start + size);
      return (method === 0 ? data : inflateRawSync(data)).toString('utf8');
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}
