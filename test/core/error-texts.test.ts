import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { explainErrorText } from '../../server/src/core/index.ts';
import { repositoryRoot } from '../harness/repository.ts';

/** One text with what it must give first, and texts that look alike and mean something else. */
interface ErrorCase {
  readonly title: string;
  readonly file: string;
  readonly first: string;
  readonly language: string;
  readonly text: string;
  readonly nearMisses: readonly { readonly first: string; readonly text: string }[];
}

const cases = globSync('test/core/error-texts/*.txt', { cwd: repositoryRoot }).sort().flatMap(readCases);

test('there are at least 80 texts, 20 of them in other languages, each with two near misses', () => {
  assert.ok(cases.length >= 80, `${cases.length} texts`);
  const foreign = cases.filter(({ language }) => language !== 'en');
  assert.ok(foreign.length >= 20, `${foreign.length} texts in other languages`);
  assert.ok(new Set(foreign.map(({ language }) => language)).size >= 8);
  assert.deepEqual(
    cases.filter(({ nearMisses, first }) => nearMisses.length < 2 || nearMisses.some((miss) => miss.first === first)),
    [],
  );
});

for (const { title, file, first, text, nearMisses } of cases) {
  test(`${file}: ${title} means ${first}`, () => {
    assert.equal(firstOf(text), first);
    for (const miss of nearMisses) {
      assert.equal(firstOf(miss.text), miss.first, miss.text);
    }
  });
}

test('every text is also understood in a log: stamped, with CRLF, coloured, and between other lines', () => {
  const failed = cases.filter(({ text, first }) => firstOf(asLog(text)) !== first);
  assert.deepEqual(
    failed.map(({ title }) => title),
    [],
  );
});

test('every text is also understood when a console wraps it after 79 columns', () => {
  const failed = cases.filter(({ text, first }) => firstOf(wrap(text, 79)) !== first);
  assert.deepEqual(
    failed.map(({ title }) => title),
    [],
  );
});

function firstOf(text: string): string {
  const { first, matches } = explainErrorText(text);
  assert.equal(matches.filter(({ decisive }) => decisive).length, first === null ? 0 : 1);
  return first ?? 'none';
}

function asLog(text: string): string {
  const lines = text.split('\n');
  return [
    '2026-11-25 10:00:00,123 [7] INFO  Contoso.Importer - Started, 12 records to send',
    `2026-11-25 10:00:01,456 [7] \u001b[31mERROR\u001b[0m Contoso.Importer - ${lines[0]}`,
    ...lines.slice(1),
    '2026-11-25 10:00:02,789 [7] INFO  Contoso.Importer - Trying again in 30 seconds',
    '',
  ].join('\r\n');
}

/** Breaks lines anywhere, as Windows PowerShell does, but leaves stack frames as they are. */
function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) =>
      /^\s*\S+:? [\w.]+\.[\w.<>`]+\(/.test(line)
        ? line
        : (line.match(new RegExp(`.{1,${width}}`, 'gu')) ?? []).join('\n'),
    )
    .join('\n');
}

function readCases(path: string): ErrorCase[] {
  const file = path.replaceAll('\\', '/').split('/').at(-1) ?? path;
  return readFileSync(`${repositoryRoot}${path}`, 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((block) => {
      const [title = '', expectation = '', ...rest] = block.trimEnd().split('\n');
      const [language, lines] = rest[0]?.startsWith('language: ')
        ? [rest[0].slice('language: '.length), rest.slice(1)]
        : ['en', rest];
      const [text = '', ...misses] = lines.join('\n').split(/^~~~ /m);
      return {
        title,
        file,
        first: expectation.replace(/^> /, ''),
        language,
        text: text.trimEnd(),
        nearMisses: misses.map((miss) => {
          const end = miss.indexOf('\n');
          return { first: miss.slice(0, end).trim(), text: miss.slice(end + 1).trimEnd() };
        }),
      };
    });
}
