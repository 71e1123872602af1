import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import test from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readRepositoryFile, repositoryRoot } from '../harness/repository.ts';

const schemas = globSync('server/schemas/*.schema.json', { cwd: repositoryRoot })
  .map((path) => path.replaceAll('\\', '/'))
  .sort();

test('there are schemas', () => {
  assert.ok(schemas.length >= 2);
});

for (const path of schemas) {
  test(`${path} is a schema of draft 2020-12 that says what it describes`, () => {
    const schema = JSON.parse(readRepositoryFile(path));
    assert.equal(schema.$schema, 'https://json-schema.org/draft/2020-12/schema');
    assert.match(schema.title, /^Output of `?dynamics-tls [a-z-]+ --format json/);
    assert.ok(schema.$id.endsWith(path.slice(path.lastIndexOf('/'))), schema.$id);
    const validate = new Ajv2020({
      allErrors: true,
      strict: true,
      strictRequired: false,
      allowUnionTypes: true,
    }).compile(schema);
    assert.equal(validate({}), false, 'an empty object is not accepted');
    assert.ok(schema.required.includes('formatVersion') && schema.required.includes('tool'));
  });
}
