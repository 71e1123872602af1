import assert from 'node:assert/strict';
import test from 'node:test';
import {
  createAnalyzer,
  createTlsReport,
  defaultSettings,
  LineIndex,
  relativeHref,
  type TlsReport,
  tlsReportHtml,
  tlsReportMarkdown,
} from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const framework = (version: string, body = '') =>
  `<Project ToolsVersion="15.0">\n  <PropertyGroup>\n    <OutputType>Exe</OutputType>\n    <TargetFrameworkVersion>${version}</TargetFrameworkVersion>\n  </PropertyGroup>\n${body}</Project>\n`;
const library = (version: string, body = '') => framework(version, body).replace('>Exe<', '>Library<');
const plugIn = library(
  'v4.6.2',
  '  <ItemGroup><Reference Include="Microsoft.Xrm.Sdk" /><Compile Include="P.cs" /></ItemGroup>\n',
);

const files: Readonly<Record<string, string>> = {
  '/w/Old/Old.csproj': framework('v4.5.2'),
  '/w/New/New.csproj': framework('v4.8'),
  '/w/Site/Site.csproj': framework('v4.8').replace(
    '<OutputType>Exe</OutputType>',
    '<OutputType>Library</OutputType><ProjectTypeGuids>{349C5851-65DF-11DA-9384-00065B846F21}</ProjectTypeGuids>',
  ),
  '/w/Site/Web.config':
    '<configuration>\n  <system.web>\n    <httpRuntime targetFramework="4.5" />\n  </system.web>\n</configuration>\n',
  '/w/Lost/Lost.csproj': library('v4.5.2'),
  '/w/Plug/Plug.csproj': plugIn,
  '/w/Plug/P.cs':
    'using Microsoft.Xrm.Sdk;\npublic class P : IPlugin { public void Execute(System.IServiceProvider s) { } }\n',
  '/w/Core/Core.csproj':
    '<Project Sdk="Microsoft.NET.Sdk">\n  <PropertyGroup>\n    <OutputType>Exe</OutputType>\n    <TargetFramework>net8.0</TargetFramework>\n  </PropertyGroup>\n</Project>\n',
};

function reportOf(texts: Readonly<Record<string, string>>, title = 'w'): TlsReport {
  const analyzer = createAnalyzer({ host: new MemoryHost(texts), settingsFor: () => defaultSettings });
  analyzer.setFiles(Object.keys(texts));
  return createTlsReport({
    title,
    date: '2026-11-25',
    processes: analyzer.analyze().processes,
    display: (path) => path.slice('/w/'.length),
    line: (at) => new LineIndex(texts[at.path] ?? '').positionAt(at.range.start).line + 1,
    href: (path) => relativeHref('/w', path),
  });
}

test('each process stands in one section: recompiled, changed, not judged, plug-ins, safe, not affected', () => {
  const { sections, counts, summary } = reportOf(files);
  assert.deepEqual(
    sections.map(({ id, entries }) => [id, entries.map(({ name }) => name)]),
    [
      ['recompile', ['Old.csproj']],
      ['change', ['Site.csproj']],
      ['unknown', ['Lost.csproj']],
      ['plug-ins', ['Plug.csproj']],
      ['safe', ['New.csproj']],
      ['not-affected', ['Core.csproj']],
    ],
  );
  assert.deepEqual(
    counts.map(({ verdict, count }) => [verdict, count]),
    [
      ['unsafe', 2],
      ['unknown', 1],
      ['safe', 1],
      ['not-affected', 2],
    ],
  );
  assert.match(summary, /2 programs cannot connect and need a change\. 1 could not be judged from the files\.$/);
});

test('what must be recompiled says the change, and links to the line', () => {
  const [entry] = reportOf(files).sections.find(({ id }) => id === 'recompile')?.entries ?? [];
  assert.deepEqual(entry?.file, { text: 'Old/Old.csproj', href: 'Old/Old.csproj' });
  assert.equal(entry?.what, 'program, .NET Framework 4.5.2');
  assert.equal(entry?.offer, 'offers TLS 1.0 only');
  assert.deepEqual(entry?.fix, {
    title: 'Target .NET Framework 4.6.2 or later',
    place: { text: 'Old/Old.csproj:4', href: 'Old/Old.csproj#L4' },
  });
});

test('Windows versions that are alike for all processes share a column', () => {
  const { windows } = reportOf(files);
  assert.ok(windows.columns.includes('Windows 10, Server 2016, 2019'), windows.columns.join(' | '));
  const row = windows.rows.find(({ name }) => name === 'New.csproj');
  assert.ok(!windows.rows.some(({ name }) => name === 'Core.csproj'), 'what is not affected');
  const on = (column: string) => row?.cells[windows.columns.findIndex((name) => name.includes(column))];
  assert.deepEqual(on('Windows 7'), { verdict: 'unsafe', offer: 'SSL 3.0 and TLS 1.0' });
  assert.deepEqual(on('Windows 10'), { verdict: 'safe', offer: 'TLS 1.0 to 1.2' });
  assert.deepEqual(on('Windows 11'), { verdict: 'safe', offer: 'TLS 1.0 to 1.3' });
});

test('a workspace without processes has a report that says so', () => {
  const report = reportOf({});
  assert.deepEqual([report.sections, report.windows], [[], { columns: [], rows: [] }]);
  assert.match(tlsReportMarkdown(report), /No project of \.NET was found/);
  assert.match(tlsReportHtml(report), /No project of \.NET was found/);
});

const hostile = '/w/<img src=x onerror=alert(1)>&"|`[a](b)`/A&B.csproj';

test('nothing of a path or a title is markup', () => {
  const report = reportOf({ [hostile]: framework('v4.5.2') }, '<script>alert(1)</script> | `x` [a](javascript:b)');
  const html = tlsReportHtml(report);
  assert.doesNotMatch(html, /<img|<script|onerror=alert\(1\)>/);
  assert.doesNotMatch(html, /href="(?!#|https:\/\/learn\.microsoft\.com\/|%3C)/);
  const markdown = tlsReportMarkdown(report);
  assert.doesNotMatch(markdown, /(?<!\\)<(?:script|img)/);
  assert.doesNotMatch(markdown, /(?<!\\)\[a\\?\]\(/);
  assert.match(markdown, /^# TLS report: \\<script\\>/);
});

test('the page needs nothing from outside: no script, no picture, no style sheet, no font', () => {
  const html = tlsReportHtml(reportOf(files));
  assert.match(
    html,
    /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">/,
  );
  assert.doesNotMatch(html, /<script|<link|<img|<iframe|@import|url\(|\bon\w+="/);
  assert.match(html, /prefers-color-scheme: dark/);
  assert.match(html, /@media print/);
  assert.match(html, /<html lang="en">/);
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  assert.equal(new Set(ids).size, ids.length);
  for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) {
    assert.ok(ids.includes(target), target);
  }
});

test('both formats say the same', () => {
  const report = reportOf(files);
  const html = tlsReportHtml(report)
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]+>/g, ' ');
  const markdown = tlsReportMarkdown(report);
  for (const { title, intro, entries } of report.sections) {
    for (const text of [title, intro, ...entries.map(({ name }) => name)]) {
      assert.ok(html.includes(text), `HTML: ${text}`);
      assert.ok(markdown.includes(text), `Markdown: ${text}`);
    }
  }
});

test('a link encodes what a path may hold, and there is none to another drive', () => {
  assert.equal(relativeHref('/w/out', '/w/a b/#1/ü.csproj'), '../a%20b/%231/%C3%BC.csproj');
  assert.equal(relativeHref('C:/w', 'D:/x/a.csproj'), null);
});
