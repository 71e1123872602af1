import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../../tools/editor/until.ts';
import { codeActions, diagnosticsOf, openDocument, rangeOf, ruleOf } from '../editor.ts';

/** What is said of a statement, and what the light bulb offers first; nothing for a statement that is right. */
interface Expected {
  readonly rule: string;
  readonly severity: vscode.DiagnosticSeverity;
  readonly fix: RegExp | undefined;
}

const { Error: error, Warning: warning, Information: information } = vscode.DiagnosticSeverity;
const idioms = {
  assigns: 'SecurityProtocolType.Tls11',
  adds: 'SecurityProtocolType.Tls12',
  hardens: '~SecurityProtocolType.Ssl3',
};
const withoutEffect: Expected = {
  rule: 'protocol-setting-without-effect',
  severity: information,
  fix: /^Remove the line/,
};

/** By the project, which has the file of the same name. */
const expected: Readonly<Record<string, Partial<Record<keyof typeof idioms, Expected>>>> = {
  Old: { assigns: { rule: 'obsolete-protocol-enabled', severity: error, fix: /^Add TLS 1\.2/ } },
  New: {
    assigns: { rule: 'obsolete-protocol-enabled', severity: error, fix: /^Remove the line/ },
    adds: { rule: 'protocol-hard-coded', severity: warning, fix: /^Remove the line/ },
  },
  Modern: { assigns: withoutEffect, adds: withoutEffect, hardens: withoutEffect },
};

suite('three idioms for three targets', () => {
  for (const [project, findings] of Object.entries(expected)) {
    test(`${project}.cs has exactly the verdicts for its target, with their light bulbs`, async () => {
      const file = `${project}/${project}.cs`;
      const document = await openDocument(file);
      const diagnostics = await diagnosticsOf(file, Object.keys(findings).length);
      for (const [idiom, text] of Object.entries(idioms)) {
        const range = rangeOf(document, text);
        const own = diagnostics.filter((diagnostic) => diagnostic.range.isEqual(range));
        const wanted = findings[idiom as keyof typeof idioms];
        assert.deepEqual(
          own.map((diagnostic) => [ruleOf(diagnostic), diagnostic.severity]),
          wanted ? [[wanted.rule, wanted.severity]] : [],
          idiom,
        );
        // Right after the start the editor may answer before all of its providers do.
        await until(
          `the light bulb of "${text}"`,
          async () =>
            (await codeActions(document, range, vscode.CodeActionKind.QuickFix))
              .filter(({ edit }) => edit)
              .map(({ title }) => title),
          (titles) => (wanted?.fix ? wanted.fix.test(titles[0] ?? '') : titles.length === 0),
          20_000,
        );
      }
    });
  }
});
