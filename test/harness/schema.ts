import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

const ajv = new Ajv2020({ allErrors: true, strict: false });

type SchemaName = 'audit' | 'baseline' | 'explain' | 'explain-error' | 'fix' | 'probe' | 'machine' | 'registry';

/** Checks a JSON output against a schema that ships with the package, and returns what it parses to. */
// biome-ignore lint/suspicious/noExplicitAny: the schema is the type, and tests look at single fields.
export function checkJson(name: SchemaName, text: string): any {
  const schema = JSON.parse(
    readFileSync(new URL(`../../server/schemas/${name}.schema.json`, import.meta.url), 'utf8'),
  ) as { $id: string };
  const validate = ajv.getSchema(schema.$id) ?? ajv.compile(schema);
  const value = JSON.parse(text);
  assert.ok(validate(value), JSON.stringify(validate.errors, undefined, 2));
  return value;
}
