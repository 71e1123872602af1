import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  analyzedExtensions,
  analyzedNames,
  createAnalyzer,
  defaultSettings,
  fileKind,
} from '../../server/src/core/index.ts';
import { commentSyntax } from '../../server/src/core/suppressions/comment-syntax.ts';
import { readSuppressions } from '../../server/src/core/suppressions/read-suppressions.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const ids = new Set(['rule-a', 'rule-b']);
const word = 'dynamics-tls-disable-line rule-a';

/** A name, a text in which `¤` stands for a comment's words, and which of them count, from left to right. */
const texts: readonly (readonly [path: string, text: string, counts: readonly boolean[]])[] = [
  [
    'A.csproj',
    '<P><!-- ¤ --><!--¤--><a b="&lt;!-- ¤ -->"/><![CDATA[<!-- ¤ -->]]></P><!-- ¤',
    [true, true, false, false, true],
  ],
  ['web.config', '<c><!-- see ¤ --></c>', [false]],
  ['A.slnx', '<S>\n<!-- ¤ -->\n</S>', [true]],
  ['A.cs', '// ¤\n/* ¤ */ /** ¤ */ x(); //¤\n', [true, true, true, true]],
  ['A.cs', 'var a = "// ¤"; var b = @"""// ¤"; var c = $"// ¤"; var d = \'"\'; // ¤', [false, false, false, true]],
  ['A.cs', 'var a = """\n// ¤\n"""; // ¤', [false, true]],
  ['A.cs', 'var a = @"\n// ¤\n"; x();\n// ¤', [false, true]],
  ['A.vb', "' ¤\nREM ¤\nDim a = \"' ¤\" ' ¤", [true, true, false, true]],
  ['A.fs', '// ¤\n(* ¤ *) let a = "// ¤"\nlet b = """\n// ¤\n"""\n// ¤', [true, true, false, false, true]],
  ['A.ps1', '# ¤\n<# ¤ #>\n\'# ¤\'; "# ¤"; a#¤ # ¤\n', [true, true, false, false, false, true]],
  ['A.ps1', '@\'\n# ¤\n\'@\n@"\n# ¤\n"@\n`" # ¤', [false, false, true]],
  ['A.psm1', 'Write-Host (1) # ¤', [true]],
  ['A.reg', '; ¤\r\n"a"="; ¤"\r\n"b"=dword:1 ; ¤\r\n', [true, false, true]],
  ['A.yml', '# ¤\na: "# ¤"\nb: c#¤ # ¤\nd: |\n  # ¤', [true, false, false, true, true]],
  ['A.yaml', "a: '# ¤' # ¤", [false, true]],
  ['Dockerfile', '# ¤\nRUN echo # ¤\n  # ¤', [true, false, true]],
  ['web.dockerfile', '# ¤', [true]],
  ['Dockerfile.windows', '# ¤', [true]],
  ['A.sln', '\n# ¤\nProject("{x}") = "# ¤"\n', [true, false]],
  ['A.cmd', 'rem ¤\n:: ¤\n@REM ¤\necho rem ¤\nx & rem ¤', [true, true, true, false, true]],
  ['a.json', '// ¤\n{ "a": "// ¤" /* ¤ */ }', [true, false, true]],
  ['.dynamics-tls.json', '{} // ¤', [true]],
  ['paket.dependencies', '// ¤\nnuget A // ¤', [true, false]],
  ['a.php', '<?php // ¤\n# ¤\n$a = "// ¤"; /* ¤ */', [true, true, false, true]],
  ['a.kt', 'val a = "// ¤" // ¤', [false, true]],
  ['a.rb', "# ¤\na = '# ¤'", [true, false]],
  ['openssl.cnf', '# ¤\nMinProtocol = TLSv1 # ¤', [true, true]],
  ['a.txt', '// ¤ # ¤', [false, false]],
];

for (const [path, text, counts] of texts) {
  test(`${path}: ${JSON.stringify(text)} has ${counts.filter(Boolean).length} comments that count`, () => {
    // Each place names a rule of its own, so that the order cannot hide a mistake.
    let index = 0;
    const numbered = text.replaceAll('¤', () => `dynamics-tls-disable-line r${index++}`);
    assert.equal(index, counts.length, 'every place has its expectation');
    const found = readSuppressions(path, numbered, ids).flatMap(({ rules }) => rules.map(({ id }) => id));
    assert.deepEqual(
      found,
      counts.flatMap((isComment, i) => (isComment ? [`r${i}`] : [])),
    );
  });
}

/** What is read of the words. */
for (const [words, rules, until, reason] of [
  ['rule-a', ['rule-a'], undefined, ''],
  ['rule-a: why', ['rule-a'], undefined, 'why'],
  ['rule-a, rule-b until 2027-01-31: why: because', ['rule-a', 'rule-b'], '2027-01-31', 'why: because'],
  ['rule-a rule-b', ['rule-a', 'rule-b'], undefined, ''],
  ['rule-a because of rule-b', ['rule-a'], undefined, 'because of rule-b'],
  ['rule-a -- why', ['rule-a'], undefined, 'why'],
  ['rule-a \u2014 why', ['rule-a'], undefined, 'why'],
  ['rule-a until 2027-01-31 why', ['rule-a'], '2027-01-31', 'why'],
  ['rule-a until 2027-01-31:why', ['rule-a'], '2027-01-31', 'why'],
  ['rule-a, until 2027-01-31', ['rule-a'], '2027-01-31', ''],
  ['rule-a: until 2027-01-31', ['rule-a'], undefined, 'until 2027-01-31'],
  ['rule-a: say why', ['rule-a'], undefined, ''],
  ['until 2027-01-31', [], '2027-01-31', ''],
  [': why', [], undefined, 'why'],
] as const) {
  test(`"${words}" is read as rules, last day and reason`, () => {
    const [read] = readSuppressions('A.cs', `// dynamics-tls-disable-file ${words}`, ids);
    assert.ok(read);
    assert.deepEqual([read.rules.map(({ id }) => id), read.until?.date, read.reason], [rules, until, reason]);
  });
}

/** JSON that Visual Studio reads without comments, and what Paket writes itself. */
const cannotHaveComments = ['x.slnf', 'paket.lock'];

test('every kind of file that is analysed and written by people has comments, or cannot have any', () => {
  const names = [...analyzedExtensions.map((extension) => `x${extension}`), ...analyzedNames];
  const without = names
    .filter((name) => fileKind(name) !== 'hosting-process-file' && !commentSyntax(name))
    .filter((name) => !cannotHaveComments.includes(name));
  assert.deepEqual(without, []);
});

test('no text breaks the readers of comments, and what they find lies in the text', () => {
  const pieces = fc.constantFrom(
    ...[
      '"',
      "'",
      '`',
      '@"',
      '"""',
      '$"',
      '/*',
      '*/',
      '//',
      '<!--',
      '-->',
      '<#',
      '#>',
      '#',
      ';',
      'rem ',
      '(*',
      '*)',
      '\\',
    ],
    ...[
      '\n',
      '\r\n',
      '\u2018',
      '<a ',
      '<![CDATA[',
      ']]>',
      "@'\n",
      "\n'@",
      ` ${word} `,
      `${word} until 2027-01-01: x`,
      'x',
    ],
  );
  const paths = [
    'A.csproj',
    'A.cs',
    'A.vb',
    'A.fs',
    'A.ps1',
    'A.reg',
    'A.yml',
    'Dockerfile',
    'A.sln',
    'A.cmd',
    'a.json',
  ];
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), fc.constantFrom(...paths), (parts, path) => {
      const text = parts.join('');
      for (const { range, keywordRange, rules } of readSuppressions(path, text, ids)) {
        assert.ok(0 <= range.start && range.start < range.end && range.end <= text.length);
        assert.ok(text.slice(keywordRange.start, keywordRange.end).startsWith('dynamics-tls-disable'));
        for (const { id, range: own } of rules) {
          assert.equal(text.slice(own.start, own.end), id);
        }
      }
      const host = new MemoryHost({ [`/w/${path}`]: text });
      const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings, today: () => '2026-11-25' });
      analyzer.setFiles(host.files.keys());
      assert.deepEqual(analyzer.analyze().failures, []);
    }),
    { numRuns: 400, seed: 20261125 },
  );
});

test('long texts of openings take no longer than their length', () => {
  for (const path of ['A.csproj', 'A.cs', 'A.vb', 'A.fs', 'A.ps1', 'A.reg', 'A.yml', 'A.sln', 'A.cmd', 'a.json']) {
    for (const piece of ['"', "'", '/*', '<!--', '<#', '(*', '@"', '$$"""', '`', '\\', "@'\n", ' _\n']) {
      // Quadratic work on so many units would not end within the time of a test run.
      readSuppressions(path, `${piece.repeat(100_000)} ${word}`, ids);
    }
  }
});
