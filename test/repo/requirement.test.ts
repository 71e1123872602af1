import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import test from 'node:test';
import { main } from '../../server/src/cli/main.ts';
import { readRepositoryFile, repositoryRoot } from '../harness/repository.ts';

const folder = 'docs/requirement/';
const index = readRepositoryFile(`${folder}README.md`);
const pages = globSync(`${folder}*.md`, { cwd: repositoryRoot })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => !path.endsWith('/README.md'))
  .sort();

test('the README leads to the pages about the requirement, and their index to each of them', () => {
  assert.match(readRepositoryFile('README.md'), /\(docs\/requirement\/README\.md\)/);
  const linked = [...index.matchAll(/^\| \[[^\]]+\]\(([\w-]+\.md)\)/gm)].map((match) => `${folder}${match[1]}`);
  assert.deepEqual(linked.sort(), pages);
  assert.ok(pages.length >= 15, `${pages.length} pages`);
});

for (const page of pages) {
  test(`${page} says the paragraph, what the tool does, and from where it is known`, () => {
    const text = readRepositoryFile(page);
    assert.match(text, /^# .+\n\n\*\*The paragraph\.\*\* .{40}/);
    assert.match(text, /\n## What Dynamics TLS does\n\n- /);
    assert.match(text, /\nSources?: \[[^\]]+\]\(https:\/\//);
  });
}

test('commands that the pages name are there', async () => {
  const { commands } = JSON.parse(readRepositoryFile('package.json')).contributes;
  const titles = new Set(
    (commands as readonly { category?: string; title: string }[]).flatMap(({ category, title }) =>
      category === undefined ? [title] : [title, `${category}: ${title}`],
    ),
  );
  let help = '';
  await main(['--help'], {
    cwd: '/',
    environment: {},
    stdout: (text) => {
      help += text;
    },
    stderr: () => undefined,
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    now: () => 0,
    signal: new AbortController().signal,
  });
  for (const page of [...pages, `${folder}README.md`]) {
    const text = readRepositoryFile(page);
    const named = [...text.matchAll(/"((?:Dynamics TLS: )?(?:Check|Create|Explain|Audit) [A-Z][\w ]+)"/g)];
    assert.deepEqual(
      named.map((match) => match[1] ?? '').filter((title) => !titles.has(title)),
      [],
      page,
    );
    for (const [, command = ''] of text.matchAll(/`dynamics-tls ([a-z-]+)/g)) {
      assert.match(help, new RegExp(`^ {2}${command}\\b`, 'm'), `${page}: ${command}`);
    }
  }
});
