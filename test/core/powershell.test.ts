import assert from 'node:assert/strict';
import test from 'node:test';
import { createAnalyzer, defaultSettings, formatMessage } from '../../server/src/core/index.ts';
import { runScript } from '../../server/src/core/sources/powershell/interpreter.ts';
import { parsePowerShell } from '../../server/src/core/sources/powershell/parse.ts';
import type { ScriptFile } from '../../server/src/core/sources/powershell/reading.ts';
import { MemoryHost } from '../harness/memory-host.ts';

/** A script in which a marker stands where only code may be: it must be found there, and nowhere else. */
const codeAndText: readonly (readonly [name: string, script: string, isCode: boolean])[] = [
  ['a statement', 'MARK', true],
  ['behind a comment', '# x\nMARK', true],
  ['in a comment', '# MARK', false],
  ['in a block comment', '<# a\nMARK #>', false],
  ['behind a block comment', '<# a # b #> MARK', true],
  ['a number sign inside a word', 'Write-Host a#b; MARK', true],
  ['a number sign behind a blank', 'Write-Host a #b; MARK', false],
  ['in single quotes', "Write-Host 'MARK'", false],
  ['behind a doubled quote', "Write-Host 'it''s'; MARK", true],
  ['in double quotes', 'Write-Host "MARK"', false],
  ['in a hole of double quotes', 'Write-Host "a $(MARK) b"', true],
  ['in a hole of a hole', 'Write-Host "a $(Write-Host "b $(MARK)") c"', true],
  ['behind an escaped quote', 'Write-Host "a`""; MARK', true],
  ['behind a doubled double quote', 'Write-Host "a""b"; MARK', true],
  ['in typographic quotes', 'Write-Host \u201Ca MARK\u201D', false],
  ['behind typographic quotes', 'Write-Host \u201Ca\u201D; MARK', true],
  ['behind typographic single quotes', 'Write-Host \u2018a\u2019; MARK', true],
  ['in a here-string', "$x = @'\nMARK\n'@", false],
  ['behind a here-string', "$x = @'\nit's # <# \n'@\nMARK", true],
  ['a here-string does not end inside a line', "$x = @'\na '@ MARK\n'@", false],
  ['in a hole of a here-string', '$x = @"\n$(MARK)\n"@', true],
  ['behind a continued line', 'Write-Host `\n  a; MARK', true],
  ['behind the sign that ends parsing', 'icacls --% a "b; MARK\nMARK', true],
  ['in what the sign that ends parsing hands over', 'icacls --% a ; MARK', false],
  ['in braces', '& { MARK }', true],
  ['in a function that is called', 'function F { MARK }\nF', true],
  ['in a condition', 'if ((MARK)) { }', true],
  ['in an else branch', 'if ($a) { } else { MARK }', true],
  ['in an elseif branch over lines', 'if ($a) { }\nelseif ($b)\n{ MARK }', true],
  ['in a finally block', 'try { } catch [Exception] { } finally { MARK }', true],
  ['in a case of a switch', 'switch -regex ($a) { "x" { } default { MARK } }', true],
  ['in a loop', 'foreach ($a in 1, 2) { MARK }', true],
  ['in a do loop', 'do { MARK } while ($a)', true],
  ['in a named block', 'begin { } process { MARK }', true],
  ['behind a pipe in the next line', '1, 2 |\n ForEach-Object { MARK }', true],
  ['behind a pipe that begins a line', '1, 2\n | ForEach-Object { MARK }', true],
  ['behind two ampersands', 'Write-Host a && MARK', true],
  ['behind the ternary operator', '$x = $a ? 1 : 2; MARK', true],
  ['behind the null-coalescing assignment', '$x ??= 1\nMARK', true],
  ['behind a member over lines', '$x.Method(\n 1,\n 2\n).Other()\nMARK', true],
  ['behind an index', '$x[0][1] = $y["a"]; MARK', true],
  ['behind a hash table', '$x = @{ a = 1; "b" = 2\n c = @(1, 2) }; MARK', true],
  ['in a hash table', '$x = @{ a = MARK }', true],
  ['behind an attribute', '[CmdletBinding()]\nparam([Parameter(Mandatory = $true)] [string] $A)\nMARK', true],
  ['behind a redirection', 'Write-Host a 2>&1 > $null; MARK', true],
  ['behind a class', 'class A : B { [int] $X = 1\n A([int] $x) { $this.X = $x } }\nMARK', true],
  ['behind an enumeration', 'enum E { A = 1; B }\nMARK', true],
  ['as an argument', 'Write-Host MARK', false],
  ['behind a label', ':outer while ($true) { MARK; break outer }', true],
  ['behind a half-typed type', '[Net.Serv\nMARK', true],
  ['behind a bracket that closes nothing', ') } ]\nMARK', true],
  ['behind an unfinished string of the line before', "Write-Host 'a\nMARK", false],
];

for (const [name, script, isCode] of codeAndText) {
  test(`a command is ${isCode ? 'found' : 'no command'} ${name}`, () => {
    const text = script.replaceAll('MARK', 'Get-CrmConnection');
    assert.equal(reading(text).connections.length > 0, isCode);
  });
}

/** What an assignment does, as effects with protocols. */
const assignments: readonly (readonly [value: string, expected: string])[] = [
  ['[Net.SecurityProtocolType]::Tls', 'replaces TLS 1.0'],
  ["[Net.SecurityProtocolType]::'Tls11'", 'replaces TLS 1.1'],
  ["'Ssl3'", 'replaces SSL 3.0'],
  ['"tls12, TLS11"', 'replaces TLS 1.1, TLS 1.2'],
  ['3072', 'replaces TLS 1.2'],
  ['0xC00', 'replaces TLS 1.2'],
  ['192 -bor 768', 'replaces TLS 1.0, TLS 1.1'],
  ['192 + 768 + 3072', 'replaces TLS 1.0, TLS 1.1, TLS 1.2'],
  ['[Net.SecurityProtocolType]48', 'replaces SSL 3.0'],
  ["[Net.SecurityProtocolType] 'Tls,Tls11,Tls12'", 'replaces TLS 1.0, TLS 1.1, TLS 1.2'],
  ["[Net.SecurityProtocolType]('Tls', 'Tls12')", 'replaces TLS 1.0, TLS 1.2'],
  ["'Tls12' -as [System.Net.SecurityProtocolType]", 'replaces TLS 1.2'],
  ['[Enum]::ToObject([Net.SecurityProtocolType], 192)', 'replaces TLS 1.0'],
  ["[Enum]::Parse([Net.SecurityProtocolType], 'Tls12')", 'replaces TLS 1.2'],
  ['[Net.SecurityProtocolType]::Tls -bor [Net.SecurityProtocolType]::Tls12', 'replaces TLS 1.0, TLS 1.2'],
  ['@([Net.SecurityProtocolType]::Tls12)', 'replaces TLS 1.2'],
  ['$(3072)', 'replaces TLS 1.2'],
  ["('Tls11', 'Tls12' -join ',')", 'replaces TLS 1.1, TLS 1.2'],
  ['[Net.SecurityProtocolType]::SystemDefault', 'replaces default'],
  ['0', 'replaces default'],
  ['[Net.ServicePointManager]::SecurityProtocol -bor 3072', 'adds TLS 1.2'],
  ['[Net.ServicePointManager]::SecurityProtocol -band -bnot [Net.SecurityProtocolType]::Tls', 'removes TLS 1.0'],
  ['[Net.ServicePointManager]::SecurityProtocol -band (-bnot 3072)', 'removes TLS 1.2'],
  ['[Net.ServicePointManager]::SecurityProtocol -bxor 3072', 'toggles TLS 1.2'],
  ['([Net.ServicePointManager]::SecurityProtocol -bor 3072) -band -bnot 48', 'adds TLS 1.2; removes SSL 3.0'],
  ['[Net.ServicePointManager]::SecurityProtocol', ''],
  ['$unknown', 'replaces unknown'],
  ["'Tls14'", 'replaces unknown'],
  ['-bnot 48', 'replaces unknown'],
  ['[Net.SecurityProtocolType]::Tls12 -bor $unknown', 'replaces unknown'],
];

for (const [value, expected] of assignments) {
  test(`the assignment of ${value} ${expected === '' ? 'does nothing' : expected}`, () => {
    assert.equal(effects(`[Net.ServicePointManager]::SecurityProtocol = ${value}`), expected);
  });
}

const scripts: readonly (readonly [name: string, script: string, expected: string])[] = [
  [
    'the namespace is used',
    'using namespace System.Net\n[ServicePointManager]::SecurityProtocol = [SecurityProtocolType]::Tls',
    'replaces TLS 1.0',
  ],
  ['the type is in a variable', '$m = [Net.ServicePointManager]\n$m::SecurityProtocol = 192', 'replaces TLS 1.0'],
  ['a variable holds the value', "$p = 'Tls'\n[Net.ServicePointManager]::SecurityProtocol = $p", 'replaces TLS 1.0'],
  [
    'a variable has a type',
    "[Net.SecurityProtocolType] $p = 'Tls'\n[Net.ServicePointManager]::SecurityProtocol = $p",
    'replaces TLS 1.0',
  ],
  [
    'a constant holds the value',
    'Set-Variable -Name P -Value 192 -Option Constant\n[Net.ServicePointManager]::SecurityProtocol = $P',
    'replaces TLS 1.0',
  ],
  [
    'a function gets the value',
    "function Set-P($p) { [Net.ServicePointManager]::SecurityProtocol = $p }\nSet-P 'Tls'",
    'replaces TLS 1.0',
  ],
  [
    'a variable may be two values',
    "if ($a) { $p = 'Tls' } else { $p = 'Tls12' }\n[Net.ServicePointManager]::SecurityProtocol = $p",
    'replaces unknown',
  ],
  [
    'a loop goes through values',
    "foreach ($p in 'Tls', 'Tls12') { [Net.ServicePointManager]::SecurityProtocol = $p }",
    'replaces unknown',
  ],
  [
    'a loop adds what the enumeration has',
    '[Enum]::GetNames([Net.SecurityProtocolType]) | % { [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor $_ }',
    'replaces unknown',
  ],
  ['a plus sign adds', '[Net.ServicePointManager]::SecurityProtocol += 3072', 'adds TLS 1.2'],
  ['the setter is called', '[Net.ServicePointManager]::set_SecurityProtocol(192)', 'replaces TLS 1.0'],
  [
    'the present value is restored',
    '$old = [Net.ServicePointManager]::SecurityProtocol\n[Net.ServicePointManager]::SecurityProtocol = $old',
    '',
  ],
  [
    'the saved value is extended',
    '$old = [Net.ServicePointManager]::SecurityProtocol\n[Net.ServicePointManager]::SecurityProtocol = $old -bor 3072',
    'adds TLS 1.2',
  ],
  ['a comparison names a protocol', "if ([Net.ServicePointManager]::SecurityProtocol -eq 'Tls') { }", ''],
  ['another class has such a member', '[Contoso.Manager]::SecurityProtocol = 192', ''],
  ['the text stands in a string', "'[Net.ServicePointManager]::SecurityProtocol = 192'", ''],
];

for (const [name, script, expected] of scripts) {
  test(`a script ${expected === '' ? 'does nothing' : expected} when ${name}`, () => {
    assert.equal(effects(script), expected);
  });
}

test('places are those of the words, numbers and names', () => {
  const script = "[Net.ServicePointManager]::SecurityProtocol = 'Tls, tls12'";
  const [use] = reading(script).uses;
  const places = use?.kind === 'protocol' ? use.places : [];
  assert.deepEqual(
    places.map(({ protocol, range }) => [protocol, script.slice(range.start, range.end)]),
    [
      ['TLS 1.0', 'Tls'],
      ['TLS 1.2', 'tls12'],
    ],
  );
});

/** Texts that nobody writes and somebody feeds. Each must end, in one piece, with what comes before it still read. */
const hostile: readonly (readonly [name: string, text: string])[] = [
  ['nested parentheses', '('.repeat(100_000) + ')'.repeat(100_000)],
  ['parentheses that never close', '('.repeat(100_000)],
  ['nested braces', '& {'.repeat(50_000)],
  ['nested holes', '"$('.repeat(50_000)],
  ['nested hash tables', '@{a='.repeat(50_000)],
  ['nested types', '['.repeat(100_000)],
  ['signs', '-bnot '.repeat(50_000)],
  ['casts', '[int]'.repeat(50_000)],
  ['operators', `$x = 1${' -bor 1'.repeat(50_000)}`],
  ['members', `$x${'.a'.repeat(100_000)}`],
  ['assignments', '$a = '.repeat(50_000)],
  ['an unfinished here-string', `$x = @'\n${'a\n'.repeat(200_000)}`],
  ['an unfinished comment', `<# ${'a '.repeat(200_000)}`],
  ['quotes', '\'"'.repeat(100_000)],
  ['backticks', '`\n'.repeat(100_000)],
  ['conditions', 'if (1) {} elseif (2) {} '.repeat(20_000)],
  ['conditions inside each other', 'if (1) { '.repeat(20_000)],
  ['pipes', '|'.repeat(100_000)],
  ['functions that call each other', 'function a { b; b }\nfunction b { a; a }\na\n'.repeat(200)],
  ['many functions', Array.from({ length: 5000 }, (_, i) => `function f${i} { f${i + 1}; f${i + 1} }`).join('\n')],
];

for (const [name, text] of hostile) {
  test(`${name} neither hang nor throw, and what comes before is read`, () => {
    const before = "[Net.ServicePointManager]::SecurityProtocol = 'Tls'\n";
    assert.match(effects(before + text), /^replaces TLS 1\.0/);
  });
}

test('a line of 30 MB is read to its end', () => {
  const text = `$x = '${'a'.repeat(30_000_000)}'; [Net.ServicePointManager]::SecurityProtocol = 'Tls'`;
  assert.equal(effects(text), 'replaces TLS 1.0');
});

test('what is unfinished or nested too deeply is named', () => {
  const problems = (text: string) => parsePowerShell(text).problems.map(({ kind }) => kind);
  assert.deepEqual(problems("Write-Host 'a"), ['unfinished']);
  assert.deepEqual(problems("$x = @'\na\n 'b"), ['unfinished']);
  assert.deepEqual(problems('<# a'), ['unfinished']);
  assert.deepEqual(problems('('.repeat(200) + ')'.repeat(200)), ['too-deep']);
  assert.deepEqual(problems('Write-Host "a $(1) b"'), []);
});

const unreadable: readonly (readonly [name: string, rest: string, notice: RegExp])[] = [
  ['100,000 parentheses', '('.repeat(100_000) + ')'.repeat(100_000), /inside each other/],
  ['an unfinished here-string', `$x = @'\n${'a\n'.repeat(1000)}`, /has no end/],
  ['an unfinished text', "Write-Host 'a", /has no end/],
  ['functions that call each other in circles', endless(), /too many steps/],
];

for (const [name, rest, notice] of unreadable) {
  test(`${name} are told in a notice, and the findings before them are there`, () => {
    const path = '/folder/script.ps1';
    const host = new MemoryHost({ [path]: `[Net.ServicePointManager]::SecurityProtocol = 'Tls'\n${rest}` });
    const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings });
    analyzer.setFiles([path]);
    const { findings, notices, failures } = analyzer.analyze();
    assert.deepEqual(failures, []);
    assert.ok(findings.some(({ rule }) => rule === 'obsolete-protocol-enabled'));
    assert.match(notices.map(({ message }) => formatMessage(message)).join(), notice);
  });
}

/** Each function calls the next one twice: two to the power of thirty calls. */
function endless(): string {
  const functions = Array.from({ length: 30 }, (_, i) => `function f${i} { f${i + 1}; f${i + 1} }`);
  return `${functions.join('\n')}\nf0\n`;
}

function reading(text: string) {
  const file: ScriptFile = { path: '/folder/script.ps1', text, script: parsePowerShell(text) };
  return runScript(file, () => undefined);
}

function effects(text: string): string {
  return reading(text)
    .uses.flatMap((use) => {
      if (use.kind !== 'protocol') {
        return [];
      }
      const names = use.protocols.known ? use.protocols.value.join(', ') : 'unknown';
      return [`${use.effect} ${use.isSystemDefault ? 'default' : names}`];
    })
    .join('; ');
}
