import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../../tools/editor/until.ts';
import { ruleOf } from '../editor.ts';

/** All rules about what is declared besides targets: each has one file of the workspace that shows it. */
const rules = [
  'appcontext-switch-ignored',
  'appcontext-switch-unsafe',
  'certificate-checks-off',
  'cipher-suites-unusable',
  'clear-text-url',
  'docker-image-too-old',
  'dynamics-package-too-old',
  'http-runtime-target',
  'package-needs-newer-target',
  'packages-config-target-lags',
  'pipeline-image-2015',
  'registry-tls-disabled',
  'registry-tls-incomplete',
  'registry-tls-ineffective',
  'runtime-config-ignored',
  'schannel-client-disabled',
  'supported-runtime-lags',
  'target-attribute-missing',
  'test-settings-target',
  'wcf-ssl-protocols',
  'winhttp-protocols',
];

suite('one of each declarative mistake', () => {
  test('is in the list of problems, without any file being opened', async () => {
    const found = await until(
      'one problem of each rule',
      () => new Set(vscode.languages.getDiagnostics().flatMap(([, problems]) => problems.map(ruleOf))),
      (present) => rules.every((rule) => present.has(rule)),
    );
    assert.ok(found.size >= rules.length);
  });
});
