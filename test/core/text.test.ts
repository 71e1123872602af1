import assert from 'node:assert/strict';
import test from 'node:test';
import { EditLog } from '../../server/src/core/text/edit-log.ts';
import { applyEdits, OverlappingEditsError } from '../../server/src/core/text/edits.ts';
import {
  applyEditsToBytes,
  type DecodedText,
  decodeBytes,
  LossyEditError,
} from '../../server/src/core/text/encoding.ts';
import { LineIndex } from '../../server/src/core/text/lines.ts';

const utf16 = (text: string, isBig = false) => {
  const bytes = Buffer.from(text, 'utf16le');
  return new Uint8Array(isBig ? bytes.swap16() : bytes);
};
const bytes = (...parts: (string | number[] | Uint8Array)[]) =>
  new Uint8Array(
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part)))),
  );

/** Each file with the encoding that it is read in; the edit replaces v4.5 and must leave every other byte. */
const encodings: readonly { name: string; bytes: Uint8Array; label: string; isExact?: boolean }[] = [
  { name: 'UTF-8', bytes: bytes('<a>ü €😀 v4.5</a>'), label: 'utf-8' },
  { name: 'UTF-8 with a byte order mark', bytes: bytes([0xef, 0xbb, 0xbf], '<a>ü v4.5 ü</a>'), label: 'utf-8' },
  {
    name: 'UTF-8 with two byte order marks',
    bytes: bytes([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], '<a>v4.5</a>'),
    label: 'utf-8',
  },
  {
    name: 'UTF-16LE with a byte order mark',
    bytes: bytes([0xff, 0xfe], utf16('<a>ü😀 v4.5</a>\r\n')),
    label: 'utf-16le',
  },
  {
    name: 'UTF-16BE with a byte order mark',
    bytes: bytes([0xfe, 0xff], utf16('<a>ü v4.5</a>', true)),
    label: 'utf-16be',
  },
  { name: 'UTF-16LE without a mark', bytes: utf16('<a>v4.5</a>'), label: 'utf-16le' },
  { name: 'UTF-16BE without a mark', bytes: utf16('<a>v4.5</a>', true), label: 'utf-16be' },
  {
    name: 'UTF-16LE cut inside a character',
    bytes: bytes([0xff, 0xfe], utf16('<a>v4.5</a>'), [0x41]),
    label: 'utf-16le',
    isExact: false,
  },
  {
    name: 'UTF-16LE with a lone surrogate',
    bytes: bytes([0xff, 0xfe], utf16('<a>\ud800 v4.5</a>')),
    label: 'utf-16le',
  },
  {
    name: 'Windows-1252 by its bytes',
    bytes: bytes('<a>', [0xfc, 0x80, 0x20], 'v4.5', [0xdf], '</a>'),
    label: 'windows-1252',
  },
  {
    name: 'Windows-1251 by its declaration',
    bytes: bytes('<?xml version="1.0" encoding="windows-1251"?><a>', [0xcf, 0xf0], 'v4.5', [0xe8], '</a>'),
    label: 'windows-1251',
  },
  {
    name: 'Shift JIS by its declaration',
    bytes: bytes(
      "<?xml version='1.0' encoding='Shift_JIS'?><a>",
      [0x83, 0x5c, 0x95, 0x5c],
      'v4.5',
      [0x83, 0x41],
      '</a>',
    ),
    label: 'shift_jis',
  },
  {
    name: 'GB18030 by its declaration',
    bytes: bytes('<?xml version="1.0" encoding="gb18030"?><a>', [0xd6, 0xd0], 'v4.5', [0xce, 0xc4], '</a>'),
    label: 'gb18030',
  },
  {
    name: 'UTF-8 declared but broken',
    bytes: bytes('<?xml version="1.0" encoding="utf-8"?><a>', [0xfc], 'v4.5</a>'),
    label: 'windows-1252',
  },
];

for (const { name, bytes: file, label, isExact } of encodings) {
  test(`an edit of a file in ${name} keeps every other byte`, () => {
    const decoded = decodeBytes(file) as DecodedText;
    assert.equal(decoded.encoding.label, label);
    assert.equal(decoded.isExact, isExact ?? true);
    const start = decoded.text.indexOf('v4.5');
    const result = applyEditsToBytes(file, decoded, [{ range: { start, end: start + 4 }, newText: 'v4.6.2' }]);
    const encode = (text: string) => (label.startsWith('utf-16') ? utf16(text, label.endsWith('be')) : bytes(text));
    assert.deepEqual(Buffer.from(result), replaceBytes(file, encode('v4.5'), encode('v4.6.2')));
    const back = applyEditsToBytes(result, decodeBytes(result) as DecodedText, [
      { range: { start, end: start + 6 }, newText: 'v4.5' },
    ]);
    assert.deepEqual(Buffer.from(back), Buffer.from(file));
  });
}

test('content with NUL bytes is no text', () => {
  assert.deepEqual(decodeBytes(bytes('MZ', [0, 0, 1, 2], 'abc')), { notText: true });
});

test('an empty file is an empty text', () => {
  assert.equal((decodeBytes(new Uint8Array()) as DecodedText).text, '');
});

test('text that a legacy encoding cannot spell is refused', () => {
  const file = bytes('<a>', [0xfc], '</a>');
  assert.throws(
    () => applyEditsToBytes(file, decodeBytes(file) as DecodedText, [{ range: { start: 0, end: 0 }, newText: 'é' }]),
    LossyEditError,
  );
});

test('overlapping edits are refused', () => {
  const edits = [
    { range: { start: 0, end: 2 }, newText: 'x' },
    { range: { start: 1, end: 3 }, newText: 'y' },
  ];
  assert.throws(() => applyEdits('abc', edits), OverlappingEditsError);
});

test('positions count CRLF, LF and lone CR as one line end each', () => {
  const lines = new LineIndex('a\r\nb\rc\nd');
  assert.deepEqual(
    [0, 3, 5, 7, 8].map((offset) => lines.positionAt(offset)),
    [
      { line: 0, column: 0 },
      { line: 1, column: 0 },
      { line: 2, column: 0 },
      { line: 3, column: 0 },
      { line: 3, column: 1 },
    ],
  );
  assert.equal(lines.offsetAt({ line: 2, column: 0 }), 5);
  assert.equal(lines.offsetAt({ line: 9, column: 0 }), 8);
  assert.equal(lines.lineText(1), 'b');
});

test('an edit log answers the edits from the original, whatever the rounds', () => {
  const log = new EditLog('<a>net40;net452;net48</a>');
  log.apply([{ range: { start: 3, end: 8 }, newText: 'net462' }]);
  log.apply([{ range: { start: 10, end: 17 }, newText: '' }]);
  assert.equal(log.text, '<a>net462;net48</a>');
  assert.equal(applyEdits(log.original, log.edits()), log.text);
  assert.deepEqual(log.edits(), [
    { range: { start: 3, end: 8 }, newText: 'net462' },
    { range: { start: 9, end: 16 }, newText: '' },
  ]);
  log.apply([{ range: { start: 3, end: 9 }, newText: 'net40' }]);
  assert.deepEqual(log.edits(), [{ range: { start: 9, end: 16 }, newText: '' }]);
});

function replaceBytes(file: Uint8Array, from: Uint8Array, to: Uint8Array): Buffer {
  const buffer = Buffer.from(file);
  const at = buffer.indexOf(from);
  return Buffer.concat([buffer.subarray(0, at), to, buffer.subarray(at + from.length)]);
}
