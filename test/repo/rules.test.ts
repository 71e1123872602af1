import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import test from 'node:test';
import { rules } from '../../server/src/core/index.ts';
import { readRepositoryFile, repositoryRoot } from '../harness/repository.ts';

const folder = 'server/src/core/rules';
/** Files of the folder that are no rules. */
const otherFiles = ['index.ts', 'rule.ts'];
const ids = globSync(`${folder}/*.ts`, { cwd: repositoryRoot })
  .map((path) => basename(path))
  .filter((name) => !otherFiles.includes(name))
  .map((name) => name.slice(0, -'.ts'.length))
  .sort();

test('there are rules', () => {
  assert.ok(ids.length >= 5, `${ids.length} files in ${folder}`);
});

for (const id of ids) {
  test(`${id} is complete`, () => {
    const rule = rules.find((candidate) => candidate.id === id);
    assert.ok(rule, `${folder}/index.ts does not list ${folder}/${id}.ts: npm run generate`);
    const page = `docs/rules/${id}.md`;
    assert.ok(existsSync(`${repositoryRoot}${page}`), `missing: ${page}`);
    const fixtures = `test/rules/${id}`;
    assert.ok(existsSync(`${repositoryRoot}${fixtures}`), `missing: ${fixtures}/`);
    const cases = readdirSync(`${repositoryRoot}${fixtures}`);
    for (const prefix of ['reports-', 'accepts-']) {
      assert.ok(
        cases.some((name) => name.startsWith(prefix)),
        `missing: ${fixtures}/${prefix}...`,
      );
    }
  });

  test(`${id} has metadata that reads well`, () => {
    const rule = rules.find((candidate) => candidate.id === id);
    assert.ok(rule);
    assert.match(rule.title, /^[A-Z].*[^.]$/, 'a title is a line without a full stop');
    for (const [key, template] of Object.entries(rule.messages)) {
      assert.match(template, /^[A-Z{]/, `message ${key} begins like a sentence`);
    }
  });
}

test('every folder of fixtures, and every page, belongs to a rule', () => {
  const folders = readdirSync(`${repositoryRoot}test/rules`).map((name) => [`test/rules/${name}`, name] as const);
  const pages = readdirSync(`${repositoryRoot}docs/rules`)
    .filter((name) => name !== 'README.md')
    .map((name) => [`docs/rules/${name}`, name.replace(/\.md$/, '')] as const);
  const strays = [...folders, ...pages].filter(([, id]) => !ids.includes(id)).map(([path]) => path);
  assert.deepEqual(strays, []);
});

test('every case of a rule is a statement', () => {
  const odd = ids.flatMap((id) =>
    existsSync(`${repositoryRoot}test/rules/${id}`)
      ? readdirSync(`${repositoryRoot}test/rules/${id}`).filter((name) => !/^(?:reports|accepts)-\S+$/.test(name))
      : [],
  );
  assert.deepEqual(odd, []);
});

test('the index of pages names every rule', () => {
  const index = readRepositoryFile('docs/rules/README.md');
  assert.deepEqual(
    ids.filter((id) => !index.includes(`(${id}.md)`)),
    [],
  );
});
