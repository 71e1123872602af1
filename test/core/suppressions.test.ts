import assert from 'node:assert/strict';
import test from 'node:test';
import {
  applyEdits,
  createAnalyzer,
  defaultSettings,
  type Finding,
  fixAll,
  formatMessage,
  type Settings,
  suppressionOffers,
} from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const rule = 'target-framework-too-old';
const program = (line: string, before = '') =>
  `${before}<Project>\n  <PropertyGroup>\n    <OutputType>Exe</OutputType>\n${line}\n  </PropertyGroup>\n</Project>\n`;
const old = '    <TargetFrameworkVersion>v4.5.2</TargetFrameworkVersion>';
const comment = (words: string) => `    <!-- dynamics-tls-disable-next-line ${words} -->\n`;

function analyzerOf(files: Record<string, string>, today = '2026-11-25', settings: Partial<Settings> = {}) {
  const host = new MemoryHost(files);
  const clock = { today };
  const complete = { ...defaultSettings, ...settings };
  const analyzer = createAnalyzer({ host, settingsFor: () => complete, today: () => clock.today });
  analyzer.setFiles(host.files.keys());
  const write = (path: string, text: string) => {
    host.files.set(path, text);
    analyzer.change([path]);
  };
  return { host, analyzer, clock, write };
}

const idsOf = (findings: readonly Finding[]) => findings.map((finding) => finding.rule);

test('a silenced finding is kept with what the comment says, and the verdict of the project stays', () => {
  const { analyzer } = analyzerOf({
    '/w/A.csproj': program(comment(`${rule} until 2027-01-31: goes in spring`) + old),
  });
  const { findings, suppressed, projects } = analyzer.analyze();
  assert.deepEqual(findings, []);
  assert.deepEqual(
    suppressed.map(({ finding, by }) => [finding.rule, finding.severity, by.reach, by.reason, by.until?.date]),
    [[rule, 'error', 'next-line', 'goes in spring', '2027-01-31']],
  );
  assert.deepEqual(
    projects.map(({ verdict }) => verdict.verdict),
    ['unsafe'],
  );
});

test('a finding that a comment silences is fixed by nobody', () => {
  const { analyzer } = analyzerOf({ '/w/A.csproj': program(comment(rule) + old) });
  assert.deepEqual(fixAll(analyzer, { isWanted: () => true, withConfirm: true }).changes, []);
});

test('a comment counts from the edit that brings it to the day after its last, without another edit', () => {
  const { analyzer, clock, write } = analyzerOf({ '/w/A.csproj': program(old) });
  assert.deepEqual(idsOf(analyzer.analyze().findings), [rule]);
  write('/w/A.csproj', program(comment(`${rule} until 2026-11-30`) + old));
  assert.deepEqual(idsOf(analyzer.analyze().findings), []);
  clock.today = '2026-12-01';
  assert.deepEqual(idsOf(analyzer.analyze().findings), ['suppression-expired', rule]);
  write('/w/A.csproj', program(comment(rule) + old.replace('4.5.2', '4.8')));
  assert.deepEqual(idsOf(analyzer.analyze().findings), ['suppression-unused']);
  write('/w/A.csproj', program(old.replace('4.5.2', '4.8')));
  assert.deepEqual(idsOf(analyzer.analyze().findings), []);
});

test('a wrong comment silences nothing', () => {
  for (const words of ['target-framework-to-old', `${rule} until 2027-02-29`, `until 2027-01-31`, '']) {
    const { analyzer } = analyzerOf({ '/w/A.csproj': program(comment(words) + old) });
    assert.deepEqual(idsOf(analyzer.analyze().findings), ['suppression-invalid', rule], words);
  }
});

test('a comment in a file that nothing is found in, and that is taken away, is told no more', () => {
  const { host, analyzer } = analyzerOf({
    '/w/A.csproj': program(old),
    '/w/Extra.props': `<Project>\n${comment(rule)}</Project>\n`,
    '/w/.dynamics-tls.json': '{}',
  });
  assert.deepEqual(idsOf(analyzer.analyze().findings), [rule, 'suppression-unused']);
  host.files.set('/w/.dynamics-tls.json', '{ "rules": { "suppression-unused": "off" } }');
  analyzer.change(['/w/.dynamics-tls.json']);
  assert.deepEqual(idsOf(analyzer.analyze().findings), [rule]);
  host.files.set('/w/.dynamics-tls.json', '{ "rules": { "suppression-unused": "error" } }');
  analyzer.change(['/w/.dynamics-tls.json']);
  assert.deepEqual(
    analyzer.analyze().findings.map(({ severity }) => severity),
    ['error', 'error'],
  );
  host.files.delete('/w/Extra.props');
  analyzer.setFiles(host.files.keys());
  analyzer.change(['/w/Extra.props']);
  assert.deepEqual(idsOf(analyzer.analyze().findings), [rule]);
});

/** Each kind of file with a finding in it, and what the two comments look like there. */
const offers: readonly {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly line: string | undefined;
  readonly file: string | undefined;
}[] = [
  {
    name: 'a project with tabs, CRLF and a declaration',
    path: '/w/A.csproj',
    text: `<?xml version="1.0"?>\r\n${program(`\t\t${old.trim()}`).replaceAll('\n', '\r\n')}`,
    line: `\t\t<!-- dynamics-tls-disable-next-line ${rule}: say why -->\r\n\t\t<TargetFrameworkVersion>v4.5.2`,
    file: `<?xml version="1.0"?>\r\n<!-- dynamics-tls-disable-file ${rule}: say why -->\r\n<Project>`,
  },
  {
    name: 'a project whose declaration stands on the first line with everything else',
    path: '/w/A.csproj',
    text: '<?xml version="1.0"?><Project><PropertyGroup><OutputType>Exe</OutputType><TargetFrameworkVersion>v4.5.2</TargetFrameworkVersion></PropertyGroup></Project>',
    line: undefined,
    file: `<?xml version="1.0"?>\n<!-- dynamics-tls-disable-file ${rule}: say why -->\n<Project>`,
  },
  {
    name: 'a project on one line',
    path: '/w/A.csproj',
    text: '<Project><PropertyGroup><OutputType>Exe</OutputType><TargetFrameworkVersion>v4.5.2</TargetFrameworkVersion></PropertyGroup></Project>',
    line: `<!-- dynamics-tls-disable-next-line ${rule}: say why -->\n<Project>`,
    file: `<!-- dynamics-tls-disable-file ${rule}: say why -->\n<Project>`,
  },
  {
    name: 'a value on a line of its own',
    path: '/w/A.csproj',
    text: program('    <TargetFrameworkVersion>\n      v4.5.2\n    </TargetFrameworkVersion>'),
    line: `    <!-- dynamics-tls-disable-next-line ${rule}: say why -->\n    <TargetFrameworkVersion>\n      v4.5.2`,
    file: `<!-- dynamics-tls-disable-file ${rule}: say why -->\n<Project>`,
  },
  {
    name: 'a tag of several lines',
    path: '/w/Web.config',
    text: '<configuration>\n  <system.web>\n    <httpRuntime\n      maxRequestLength="4096"\n      targetFramework="4.5" />\n  </system.web>\n</configuration>\n',
    with: {
      '/w/Site.csproj':
        '<Project><PropertyGroup><OutputType>Library</OutputType><ProjectTypeGuids>{349c5851-65df-11da-9384-00065b846f21}</ProjectTypeGuids><TargetFrameworkVersion>v4.8</TargetFrameworkVersion></PropertyGroup></Project>',
    },
    line: '    <!-- dynamics-tls-disable-next-line http-runtime-target: say why -->\n    <httpRuntime\n',
    file: '<!-- dynamics-tls-disable-file http-runtime-target: say why -->\n<configuration>',
  },
  {
    name: 'an attribute behind a tag that goes on',
    path: '/w/A.csproj',
    text: '<Project\n  a="1"><PropertyGroup><OutputType>Exe</OutputType><TargetFrameworkVersion>v4.5.2</TargetFrameworkVersion></PropertyGroup></Project>',
    line: undefined,
    file: `<!-- dynamics-tls-disable-file ${rule}: say why -->\n<Project`,
  },
  {
    name: 'a registry file',
    path: '/w/off.reg',
    text: 'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319]\r\n"SchUseStrongCrypto"=dword:00000000\r\n',
    line: '; dynamics-tls-disable-next-line registry-tls-disabled: say why\r\n"SchUseStrongCrypto"',
    file: 'Windows Registry Editor Version 5.00\r\n; dynamics-tls-disable-file registry-tls-disabled: say why\r\n\r\n[',
  },
];

for (const { name, path, text, with: others = {}, line, file } of offers) {
  test(`comments are offered for ${name}, and silence the finding`, () => {
    const { analyzer } = analyzerOf({ [path]: text, ...others });
    const finding = analyzer.analyze().findings.find((candidate) => candidate.path === path);
    assert.ok(finding, 'there is a finding');
    const made = new Map(
      suppressionOffers(analyzer, finding).map(({ title, changes }) => [
        formatMessage(title),
        applyEdits(text, changes[0]?.edits ?? []),
      ]),
    );
    for (const [where, expected] of [
      ['line', line],
      ['file', file],
    ] as const) {
      const result = made.get(`Disable ${finding.rule} for this ${where}`);
      assert.equal(result?.includes(expected ?? ''), expected === undefined ? undefined : true, result);
    }
    assert.deepEqual(idsOf(analyzer.analyze().findings).includes(finding.rule), true, 'the analyzer is as before');
  });
}

test('a policy that asks for reasons still gets its comments offered, and no comment is offered about comments', () => {
  const { analyzer, write } = analyzerOf(
    { '/w/A.csproj': program(old), '/w/B.csproj': program(comment(rule) + old.replace('4.5.2', '4.8')) },
    '2026-11-25',
    { rules: { 'suppression-invalid': { requireReason: true, requireExpiry: true } } },
  );
  const [finding, unused] = analyzer.analyze().findings;
  assert.ok(finding && unused);
  const [offer] = suppressionOffers(analyzer, finding);
  write('/w/A.csproj', applyEdits(program(old), offer?.changes[0]?.edits ?? []));
  assert.deepEqual(
    analyzer
      .analyze()
      .findings.filter(({ path }) => path === '/w/A.csproj')
      .map(({ message }) => message.key),
    ['no-reason', 'no-expiry'],
    'what was inserted is no reason yet',
  );
  const about = analyzer.analyze().findings.find(({ rule: id }) => id === 'suppression-unused');
  assert.ok(about);
  assert.deepEqual(suppressionOffers(analyzer, about), []);
});

/** A comment, what is left when its rule is not needed, and nothing else may change. */
for (const [name, before, after] of [
  ['a line of its own goes with its line', `a\n  <!-- X -->\nb`, `a\nb`],
  ['behind something else only the comment goes', `a <!-- X -->\nb`, `a\nb`],
  ['before something else only the comment goes', `<!-- X --> a\nb`, ` a\nb`],
  ['the last line without a line end', `a\n<!-- X -->`, `a\n`],
] as const) {
  test(`the fix takes the comment away: ${name}`, () => {
    const wrap = (text: string) =>
      `<Project>\r\n${text.replace('X', `dynamics-tls-disable-file ${rule}: old`).replaceAll('\n', '\r\n')}`;
    const { analyzer } = analyzerOf({ '/w/A.props': wrap(before) });
    const [unused] = analyzer.analyze().findings.filter(({ rule: id }) => id === 'suppression-unused');
    const edits = unused?.fixes[0]?.changes[0]?.edits ?? [];
    assert.equal(applyEdits(wrap(before), edits), wrap(after));
    assert.ok(unused?.fixes[0] && analyzer.verifies(unused, unused.fixes[0]));
  });
}

for (const [first, second, left] of [
  ['certificate-checks-off', rule, rule],
  [rule, 'certificate-checks-off', rule],
] as const) {
  test(`of "${first}, ${second}" only the one that is not needed goes`, () => {
    const text = program(comment(`${first}, ${second}: old`) + old);
    const { analyzer } = analyzerOf({ '/w/A.csproj': text });
    const [unused] = analyzer.analyze().findings;
    const edits = unused?.fixes[0]?.changes[0]?.edits ?? [];
    assert.equal(applyEdits(text, edits), program(comment(`${left}: old`) + old));
  });
}
