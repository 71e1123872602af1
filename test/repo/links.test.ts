import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import test from 'node:test';
import { repositoryRoot } from '../harness/repository.ts';

const pages = globSync(['*.md', 'docs/**/*.md', 'test/*/*.md', 'tools/**/*.md'], { cwd: repositoryRoot })
  .map((path) => path.replaceAll('\\', '/'))
  .sort();

test('there are pages', () => {
  for (const page of ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/rules/README.md']) {
    assert.ok(pages.includes(page), `missing: ${page}`);
  }
});

for (const page of pages) {
  test(`${page} links to files and headings that are there`, () => {
    const text = withoutCode(readFileSync(`${repositoryRoot}${page}`, 'utf8'));
    const broken = [...text.matchAll(/\]\(([^)\s]+)\)|\bsrc="([^"]+)"/g)]
      .map((match) => match[1] ?? match[2] ?? '')
      .filter((target) => !/^[a-z]+:/i.test(target) && !isThere(page, target));
    assert.deepEqual(broken, []);
  });

  test(`${page} names paths of the repository that are there`, () => {
    const text = readFileSync(`${repositoryRoot}${page}`, 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
    const named = [...text.matchAll(/`((?:client|server|test|tools|docs)\/[\w./-]*)`/g)].map((match) => match[1] ?? '');
    assert.deepEqual(
      named.filter((path) => !existsSync(`${repositoryRoot}${path}`)),
      [],
    );
  });
}

function isThere(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : posix.join(posix.dirname(page), decodeURIComponent(path));
  if (!existsSync(`${repositoryRoot}${file}`)) {
    return false;
  }
  return anchor === undefined || anchorsOf(readFileSync(`${repositoryRoot}${file}`, 'utf8')).includes(anchor);
}

/** Names of headings as GitHub makes them. */
function anchorsOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#{1,6} (.+)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()"]/g, ''));
}
