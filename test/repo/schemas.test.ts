import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import test from 'node:test';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { createAnalyzer, defaultSettings } from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';
import { readRepositoryFile, repositoryRoot } from '../harness/repository.ts';

const schemas = globSync('server/schemas/*.schema.json', { cwd: repositoryRoot })
  .map((path) => path.replaceAll('\\', '/'))
  .sort();

test('there are schemas', () => {
  assert.ok(schemas.length >= 2);
});

/** Of a file that people write, not of an output. */
const configurationSchema = 'server/schemas/configuration.schema.json';

test('the schema of the configuration file accepts what the reader accepts, and ships to the editor', () => {
  const schema = JSON.parse(readRepositoryFile(configurationSchema));
  assert.equal(schema.$schema, 'http://json-schema.org/draft-07/schema#');
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
  const samples: readonly (readonly [text: string, isRight: boolean])[] = [
    ['{}', true],
    ['{ "extends": "a.json", "targetFramework": "4.8", "exclude": ["x"] }', true],
    ['{ "extends": ["a.json"], "rules": { "clear-text-url": "off" }, "roles": { "*": "library" } }', true],
    ['{ "targetFramework": "4.5" }', false],
    ['{ "rules": { "no-such-rule": "off" } }', false],
    ['{ "rules": { "clear-text-url": { "severity": "off", "hosts": 1 } } }', false],
    ['{ "roles": { "*": "plugin" } }', false],
    ['{ "maximumFileSize": 20 }', false],
    ['[]', false],
  ];
  for (const [text, isRight] of samples) {
    assert.equal(validate(JSON.parse(text)), isRight, text);
    const host = new MemoryHost({ '/w/.dynamics-tls.json': text, '/w/a.json': '{}' });
    const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings });
    analyzer.setFiles(['/w/.dynamics-tls.json']);
    assert.equal(analyzer.analyze().findings.length === 0, isRight, text);
  }
  const { jsonValidation } = JSON.parse(readRepositoryFile('package.json')).contributes;
  assert.deepEqual(jsonValidation, [
    { fileMatch: ['.dynamics-tls.json', '*.dynamics-tls.json'], url: `./${configurationSchema}` },
  ]);
});

/** Of files that are read and written, not printed. */
const fileSchemas = [configurationSchema, 'server/schemas/baseline.schema.json'];

for (const path of schemas.filter((candidate) => !fileSchemas.includes(candidate))) {
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
