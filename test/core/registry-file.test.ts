import assert from 'node:assert/strict';
import test from 'node:test';
import { readRegistryFile } from '../../server/src/core/sources/registry-file.ts';

const head = 'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso]\r\n';

/** A line of a file, and what it is: name, data, and the source of the data. */
for (const { line, name, data, source } of [
  { line: '"A"=dword:0000000a', name: 'A', data: { type: 'dword', value: 10 }, source: 'dword:0000000a' },
  { line: '"A" = dword:1 ; comment', name: 'A', data: { type: 'dword', value: 1 }, source: 'dword:1' },
  { line: '"A"=DWORD:FFFFFFFF', name: 'A', data: { type: 'dword', value: 0xffffffff }, source: 'DWORD:FFFFFFFF' },
  { line: '"A"=dword:123456789', name: 'A', data: { type: 'malformed' }, source: 'dword:123456789' },
  { line: '@="x"', name: '', data: { type: 'string', value: 'x' }, source: '"x"' },
  { line: '"A"=-', name: 'A', data: { type: 'deleted' }, source: '-' },
  {
    line: '"a\\"b\\\\c"="C:\\\\x; y"',
    name: 'a"b\\c',
    data: { type: 'string', value: 'C:\\x; y' },
    source: '"C:\\\\x; y"',
  },
  {
    line: '"A"=hex(4):01,00,00,00',
    name: 'A',
    data: { type: 'dword', value: 1 },
    source: 'hex(4):01,00,00,00',
  },
  {
    line: '"A"=hex(7):41,00,00,00,\\\r\n  42,00,43,00,00,00,00,00',
    name: 'A',
    data: { type: 'multi-string', value: ['A', 'BC'] },
    source: 'hex(7):41,00,00,00,\\\r\n  42,00,43,00,00,00,00,00',
  },
  { line: '"A"=hex:01', name: 'A', data: { type: 'other', value: '3' }, source: 'hex:01' },
  { line: '"A"="half', name: 'A', data: { type: 'malformed' }, source: '"half' },
]) {
  test(`${JSON.stringify(line)} is ${data.type}`, () => {
    const text = `${head}${line}\r\n"next"=dword:1\r\n`;
    const [key] = readRegistryFile(text).keys;
    const [value, next] = key?.values ?? [];
    assert.equal(value?.name, name);
    assert.deepEqual(value?.data, data);
    assert.equal(text.slice(value?.dataRange.start, value?.dataRange.end), source);
    assert.equal(next?.name, 'next');
  });
}

test('sections have the ranges of their paths, deleted ones as well', () => {
  const text = '\uFEFFWindows Registry Editor Version 5.00\n[-HKEY_CURRENT_USER\\A]\n [HKLM\\B] ; why\n"x"=dword:1\n\n';
  const { keys, hasSignature } = readRegistryFile(text);
  assert.ok(hasSignature);
  assert.deepEqual(
    keys.map(({ path, range, isDeleted, sectionRange }) => [
      path,
      text.slice(range.start, range.end) === path,
      isDeleted,
      text.slice(sectionRange.start, sectionRange.end),
    ]),
    [
      ['HKEY_CURRENT_USER\\A', true, true, '[-HKEY_CURRENT_USER\\A]'],
      ['HKLM\\B', true, false, ' [HKLM\\B] ; why\n"x"=dword:1'],
    ],
  );
});

test('in the old format, a character is one byte', () => {
  const [key] = readRegistryFile('REGEDIT4\n[HKLM\\A]\n"x"=hex(7):41,42,00,43,00,00\n').keys;
  assert.deepEqual(key?.values[0]?.data, { type: 'multi-string', value: ['AB', 'C'] });
});

test('comments, half lines and text without a section are nothing', () => {
  for (const text of ['', ';', '"A"=dword:1', '[', 'x\n;[HKLM\\A]\n', '\\\n\\', '[HKLM\\A\n"x"=dword:1']) {
    assert.deepEqual(readRegistryFile(text).keys, [], JSON.stringify(text));
  }
});
