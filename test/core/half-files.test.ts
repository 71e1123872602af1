import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  type Analyzer,
  createAnalyzer,
  decodeBytes,
  defaultSettings,
  fileKind,
  rules,
} from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const root = fileURLToPath(new URL('../editor/workspaces/declarative', import.meta.url));

/** The workspace with one of each mistake, in memory. */
function workspace(): { host: MemoryHost; analyzer: Analyzer; paths: string[] } {
  const names = readdirSync(root, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [`${entry.parentPath}/${entry.name}`.slice(root.length)] : [],
  );
  const paths = names.map((name) => `/w${name}`).filter((path) => fileKind(path) !== undefined);
  const host = new MemoryHost();
  for (const path of paths) {
    const decoded = decodeBytes(new Uint8Array(readFileSync(root + path.slice('/w'.length))));
    assert.ok('text' in decoded);
    host.files.set(path, decoded.text);
  }
  const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings });
  analyzer.setFiles(paths);
  return { host, analyzer, paths };
}

test('the workspace shows each rule about declarations besides targets', () => {
  const subjects = ['config', 'packages', 'registry', 'pipeline', 'dockerfile', 'test-settings', 'runtime-config'];
  // Rules that look at code or scripts as well are about those.
  const wanted = rules.filter(
    ({ appliesTo }) =>
      appliesTo.some((subject) => subjects.includes(subject)) &&
      appliesTo.every((subject) => subject === 'project' || subjects.includes(subject)),
  );
  const shown = new Set(
    workspace()
      .analyzer.analyze()
      .findings.map(({ rule }) => rule),
  );
  assert.deepEqual(
    wanted.map(({ id }) => id).filter((id) => !shown.has(id)),
    [],
  );
});

test('every fix of the workspace is one that can be offered', () => {
  const { analyzer } = workspace();
  const refused = analyzer
    .analyze()
    .findings.flatMap((finding) => finding.fixes.map((fix) => [finding, fix] as const))
    .filter(([finding, fix]) => fix.bulk !== 'alternative' && !analyzer.verifies(finding, fix))
    .map(([{ rule, path }, { title }]) => `${path} ${rule} ${title.key}`);
  assert.deepEqual(refused, []);
});

for (const path of workspace().paths) {
  test(`${path.slice(3)}: no rule fails on a half file, and every place lies inside the text`, () => {
    const { host, analyzer } = workspace();
    const text = host.files.get(path) ?? '';
    const step = Math.max(1, Math.floor(text.length / 20));
    for (let length = 0; length <= text.length; length += step) {
      for (const half of [text.slice(0, length), text.slice(length)]) {
        host.files.set(path, half);
        analyzer.change([path]);
        const { failures, findings } = analyzer.analyze();
        assert.deepEqual(failures, [], half);
        for (const finding of findings.filter((candidate) => candidate.path === path)) {
          assert.ok(finding.range.start <= finding.range.end && finding.range.end <= half.length, half);
        }
      }
    }
  });
}

test('a registry file is judged again when the file that completes it comes, changes and goes', () => {
  const key = (node: string, value: string) =>
    `Windows Registry Editor Version 5.00\n\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\${node}Microsoft\\.NETFramework\\v4.0.30319]\n"SchUseStrongCrypto"=dword:0000000${value}\n`;
  const host = new MemoryHost({ '/w/a.reg': key('', '1') });
  const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings });
  const severity = () =>
    analyzer.analyze().findings.find(({ rule, path }) => rule === 'registry-tls-incomplete' && path === '/w/a.reg')
      ?.severity;
  analyzer.setFiles(['/w/a.reg']);
  assert.equal(severity(), 'warning');
  host.files.set('/w/b.reg', key('Wow6432Node\\', '1'));
  analyzer.change(['/w/b.reg']);
  analyzer.setFiles(['/w/a.reg', '/w/b.reg']);
  assert.equal(severity(), 'information');
  host.files.set('/w/b.reg', key('Wow6432Node\\', '0'));
  analyzer.change(['/w/b.reg']);
  assert.equal(severity(), 'warning');
  host.files.set('/w/b.reg', key('Wow6432Node\\', '1'));
  analyzer.change(['/w/b.reg']);
  assert.equal(severity(), 'information');
  host.files.delete('/w/b.reg');
  analyzer.change(['/w/b.reg']);
  analyzer.setFiles(['/w/a.reg']);
  assert.equal(severity(), 'warning');
});

test('a program is judged again when its configuration names an online service', () => {
  const project =
    '<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><PropertyGroup><OutputType>Exe</OutputType><TargetFrameworkVersion>v4.5</TargetFrameworkVersion></PropertyGroup></Project>';
  const config = (url: string) =>
    `<configuration><appSettings><add key="Crm" value="${url}/api/data/v9.2/" /></appSettings></configuration>`;
  const host = new MemoryHost({ '/w/App.csproj': project, '/w/App.config': config('https://crm.contoso.local') });
  const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings });
  analyzer.setFiles(['/w/App.csproj', '/w/App.config']);
  const severity = () => analyzer.analyze().findings.find(({ rule }) => rule === 'target-framework-too-old')?.severity;
  assert.equal(severity(), 'information');
  host.files.set('/w/App.config', config('https://contoso.crm4.dynamics.com'));
  analyzer.change(['/w/App.config']);
  assert.equal(severity(), 'error');
});
