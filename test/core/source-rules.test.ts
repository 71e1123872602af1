import assert from 'node:assert/strict';
import test from 'node:test';
import {
  type Analyzer,
  applyEdits,
  createAnalyzer,
  defaultSettings,
  type Finding,
} from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';
import { type SourceCase, short } from './source-cases/case.ts';
import { csharpCases } from './source-cases/csharp.ts';
import { fsharpCases } from './source-cases/fsharp.ts';
import { visualBasicCases } from './source-cases/visual-basic.ts';

const ownRules: ReadonlySet<string> = new Set(Object.values(short));

/** How the statements of a case become a file of each language. */
const languages = [
  {
    name: 'C#',
    extension: 'cs',
    cases: csharpCases,
    isWhole: /^(?:using [A-Z]|using static|\[?class|\[|namespace|public|#define)/,
    head: 'using System;\nusing System.Collections.Generic;\nusing System.Net;\nusing System.Net.Http;\nusing System.Net.Security;\nusing System.Security.Authentication;\nusing Microsoft.Win32;\nclass Program\n{\n static void Main(string[] args)\n {\n  ',
    tail: '\n }\n}\n',
  },
  {
    name: 'Visual Basic',
    extension: 'vb',
    cases: visualBasicCases,
    isWhole: /^(?:Imports|Module|Class|Namespace|Public|'|#)/i,
    head: 'Imports System\nImports System.Net\nImports System.Net.Security\nImports System.Security.Authentication\nImports Microsoft.Win32\nModule Program\n Sub Main(args As String())\n  ',
    tail: '\n End Sub\nEnd Module\n',
  },
  {
    name: 'F#',
    extension: 'fs',
    cases: fsharpCases,
    isWhole: /^(?:open|module|namespace)/,
    head: 'module Program\nopen System\nopen System.Net\nopen System.Net.Http\nopen System.Net.Security\nopen System.Security.Authentication\nopen Microsoft.Win32\nlet main (args: string[]) =\n  ',
    tail: '\n  0\n',
  },
] as const;

for (const { name, extension, cases, isWhole, head, tail } of languages) {
  for (const one of cases) {
    test(`${name}: ${one.name} (${one.target})`, () => {
      const isFile = isWhole.test(one.code);
      check(one, extension, isFile ? '' : head, isFile ? '' : tail);
    });
  }
}

test('there are many cases, and many of them are silent', () => {
  const all: readonly SourceCase[] = [...csharpCases, ...visualBasicCases, ...fsharpCases];
  const silent = all.filter((one) => one.reports.length === 0);
  assert.ok(all.length >= 180, `${all.length} cases`);
  assert.ok(silent.length >= all.length * 0.4, `${silent.length} of ${all.length} are silent`);
});

function check({ target, code, reports, fixed }: SourceCase, extension: string, head: string, tail: string): void {
  const path = `/w/Program.${extension}`;
  const text = head + code + tail;
  const analyzer = analyzerFor(path, text, target, extension);
  const { findings, failures } = analyzer.analyze();
  assert.deepEqual(failures, []);
  const own = findings.filter((finding) => finding.path === path && ownRules.has(finding.rule));
  assert.deepEqual(own.map(({ rule, severity }) => `${rule} ${severity}`).sort(), [...reports].sort());
  for (const finding of own) {
    for (const fix of finding.fixes) {
      assert.ok(analyzer.verifies(finding, fix), `the fix ${fix.title.key} of ${finding.rule} is clean`);
    }
  }
  if (fixed !== undefined) {
    checkFix(own[0], path, text, head + fixed + tail);
  }
}

function checkFix(finding: Finding | undefined, path: string, text: string, expected: string): void {
  const [fix] = finding?.fixes ?? [];
  assert.ok(fix, 'there is a fix');
  const edits = fix.changes.find((change) => change.path === path)?.edits ?? [];
  const withoutImports = (one: string) =>
    one.replace(/^(?:using|Imports) System\.(?:Net|Security\.Authentication);?\n/gm, '');
  assert.equal(withoutImports(applyEdits(text, edits)), withoutImports(expected));
}

function analyzerFor(path: string, text: string, target: string, extension: string): Analyzer {
  const compiled = extension === 'fs' ? '<ItemGroup><Compile Include="Program.fs" /></ItemGroup>' : '';
  const project = `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>${target}</TargetFramework></PropertyGroup>${compiled}</Project>`;
  const host = new MemoryHost({ [path]: text, [`/w/App.${extension}proj`]: project });
  const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings });
  analyzer.setFiles(host.files.keys());
  return analyzer;
}
