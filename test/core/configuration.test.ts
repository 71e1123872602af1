import assert from 'node:assert/strict';
import test from 'node:test';
import { createAnalyzer, defaultSettings, formatMessage, type Settings } from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const program = (target: string) =>
  `<Project>\n  <PropertyGroup>\n    <OutputType>Exe</OutputType>\n    <TargetFrameworkVersion>${target}</TargetFrameworkVersion>\n  </PropertyGroup>\n</Project>\n`;

function analyzerOf(files: Record<string, string>, overrides: Partial<Settings> = {}, base: Partial<Settings> = {}) {
  const host = new MemoryHost(files);
  const settings = { ...defaultSettings, ...base };
  const analyzer = createAnalyzer({ host, settingsFor: () => settings, overrides });
  analyzer.setFiles(host.files.keys());
  return { host, analyzer };
}

/** `file rule severity` of each finding. */
function findingsOf(analyzer: ReturnType<typeof createAnalyzer>): string[] {
  const { findings, failures } = analyzer.analyze();
  assert.deepEqual(failures, []);
  return findings.map(({ path, rule, severity }) => `${path} ${rule} ${severity}`);
}

test('the nearest file wins alone, and files without one keep the settings of the host', () => {
  const { analyzer } = analyzerOf({
    '/w/.dynamics-tls.json': '{ "rules": { "target-framework-too-old": "hint" }, "targetFramework": "4.8" }',
    '/w/a/A.csproj': program('v4.5'),
    '/w/b/.dynamics-tls.json': '{ "rules": { "target-framework-too-old": "information" } }',
    '/w/b/deep/B.csproj': program('v4.5'),
    '/x/C.csproj': program('v4.5'),
  });
  assert.deepEqual(findingsOf(analyzer), [
    '/w/a/A.csproj target-framework-too-old hint',
    '/w/b/deep/B.csproj target-framework-too-old information',
    '/x/C.csproj target-framework-too-old error',
  ]);
  assert.equal(analyzer.settingsFor('/w/a/A.csproj').targetFramework, '4.8');
  assert.equal(analyzer.settingsFor('/w/b/deep/B.csproj').targetFramework, '4.6.2', 'files above do not count');
  assert.equal(analyzer.settingsFor('/x/C.csproj'), analyzer.settingsFor('/x/D.csproj'));
});

test('an option of the command line wins over the file, and the file over the editor', () => {
  const files = {
    '/w/.dynamics-tls.json': '{ "targetFramework": "4.8", "rules": { "clear-text-url": "error" } }',
    '/w/A.csproj': program('v4.5'),
  };
  const base = {
    targetFramework: '4.7.2',
    rules: { 'clear-text-url': 'off', 'hosting-process-file': 'off' } as const,
  };
  const fromFile = analyzerOf(files, {}, base).analyzer.settingsFor('/w/A.csproj');
  assert.equal(fromFile.targetFramework, '4.8');
  assert.deepEqual(fromFile.rules, { 'clear-text-url': 'error', 'hosting-process-file': 'off' });
  const fromOption = analyzerOf(files, { targetFramework: '4.7' }, base).analyzer.settingsFor('/w/A.csproj');
  assert.equal(fromOption.targetFramework, '4.7');
});

test('an extended file is overridden entry by entry, and its globs count from the folder of the one that extends', () => {
  const { analyzer } = analyzerOf({
    '/policies/contoso.json':
      '{ "extends": "base.json", "targetFramework": "4.8", "roles": { "Steps/*.csproj": "plug-in" }, "exclude": ["samples"] }',
    '/policies/base.json':
      '{ "targetFramework": "4.7", "plugInPolicy": "2018-01", "rules": { "target-framework-too-old": "hint" } }',
    '/w/.dynamics-tls.json':
      '{ "extends": "../policies/contoso.json", "rules": { "target-framework-missing": "hint" }, "exclude": ["old/**"] }',
    '/w/App.csproj': program('v4.5'),
    '/w/Steps/Steps.csproj': program('v4.8'),
    '/w/samples/deep/S.csproj': program('v4.5'),
    '/w/old/O.csproj': program('v4.5'),
  });
  assert.deepEqual(findingsOf(analyzer), [
    '/w/App.csproj target-framework-too-old hint',
    '/w/Steps/Steps.csproj plug-in-target-too-new warning',
  ]);
  const { targetFramework, plugInPolicy, rules } = analyzer.settingsFor('/w/App.csproj');
  assert.equal(targetFramework, '4.8');
  assert.equal(plugInPolicy, '2018-01');
  assert.deepEqual(rules, { 'target-framework-too-old': 'hint', 'target-framework-missing': 'hint' });
  const roles = analyzer.analyze().projects.map(({ model }) => [model.path, model.role.role, model.role.isConfigured]);
  assert.deepEqual(roles, [
    ['/w/App.csproj', 'client', false],
    ['/w/Steps/Steps.csproj', 'plug-in', true],
  ]);
});

test('an edit of a configuration, or of what it extends, counts at once, and costs nothing where it says the same', () => {
  const { host, analyzer } = analyzerOf({
    '/w/.dynamics-tls.json': '{ "extends": "policy.json" }',
    '/w/policy.json': '{ "rules": { "target-framework-too-old": "off" } }',
    '/w/A.csproj': program('v4.5'),
    '/w/B/B.csproj': program('v4.5'),
  });
  const write = (path: string, text: string) => {
    host.files.set(path, text);
    analyzer.change([path]);
  };
  assert.deepEqual(findingsOf(analyzer), []);
  write('/w/policy.json', '{ "rules": { "target-framework-too-old": "warning" } }');
  assert.deepEqual(findingsOf(analyzer), [
    '/w/A.csproj target-framework-too-old warning',
    '/w/B/B.csproj target-framework-too-old warning',
  ]);
  const settings = analyzer.settingsFor('/w/A.csproj');
  write('/w/policy.json', '// The same.\n{ "rules": { "target-framework-too-old": "warning" } }');
  assert.equal(analyzer.settingsFor('/w/A.csproj'), settings);
  write('/w/B/.dynamics-tls.json', '{ "exclude": ["*.csproj"] }');
  assert.deepEqual(findingsOf(analyzer), ['/w/A.csproj target-framework-too-old warning']);
  host.files.delete('/w/.dynamics-tls.json');
  analyzer.change(['/w/.dynamics-tls.json']);
  assert.deepEqual(findingsOf(analyzer), ['/w/A.csproj target-framework-too-old error']);
});

test('a file that is excluded is no part of the workspace, and comes back when the exclusion goes', () => {
  const { host, analyzer } = analyzerOf({
    '/w/.dynamics-tls.json': '{ "exclude": ["Old", "**/*.reg"] }',
    '/w/Old/Old.csproj': program('v4.0'),
    '/w/Oldest/O.csproj': program('v4.8'),
    '/w/a/off.reg':
      'Windows Registry Editor Version 5.00\n\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319]\n"SchUseStrongCrypto"=dword:00000000\n',
  });
  assert.deepEqual(findingsOf(analyzer), []);
  assert.deepEqual(
    analyzer.analyze().projects.map(({ model }) => model.path),
    ['/w/Oldest/O.csproj'],
  );
  host.files.set('/w/.dynamics-tls.json', '{}');
  analyzer.change(['/w/.dynamics-tls.json']);
  assert.equal(analyzer.analyze().projects.length, 2);
  assert.ok(findingsOf(analyzer).some((finding) => finding.startsWith('/w/a/off.reg')));
});

test('a configuration above the workspace counts, and what is wrong in it is a notice', () => {
  const host = new MemoryHost({
    '/w/.dynamics-tls.json': '{ "rules": { "target-framework-too-old": "off", "no-such-rule": "off" } }',
    '/w/src/A.csproj': program('v4.5'),
  });
  const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings });
  analyzer.setFiles(['/w/src/A.csproj']);
  const { findings, notices } = analyzer.analyze();
  assert.deepEqual(findings, []);
  assert.deepEqual(
    notices.map(({ path, message }) => `${path}: ${formatMessage(message)}`),
    ['/w/.dynamics-tls.json: There is no rule "no-such-rule".'],
  );
});

/** Texts that would break a reader that trusts its input. */
for (const [name, text] of [
  ['nested without end', '['.repeat(100_000)],
  ['a byte order mark', '\ufeff{ "targetFramework": "4.8" }'],
  ['an open text', '{ "targetFramework": "4.'],
  ['control characters', '{ "\u0000": 1 }'],
  ['numbers as keys', '{ 1: 2 }'],
  ['a deep list of files', `{ "extends": ${'['.repeat(50)}"a"${']'.repeat(50)} }`],
  ['nothing but a comma', ','],
] as const) {
  test(`${name} costs the configuration, not the analysis`, () => {
    const { analyzer } = analyzerOf({ '/w/.dynamics-tls.json': text, '/w/A.csproj': program('v4.5') });
    const rules = analyzer.analyze().findings.map(({ rule }) => rule);
    assert.ok(rules.includes('target-framework-too-old'));
    assert.ok(rules.includes('configuration-invalid'), 'it is said');
    assert.deepEqual(analyzer.analyze().failures, []);
  });
}
