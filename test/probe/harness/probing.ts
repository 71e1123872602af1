import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { probeJson } from '../../../server/src/cli/formats/probe-json.ts';
import { createNodeProbePort } from '../../../server/src/platform/node/probe-port.ts';
import {
  type ProbeOptions,
  type ProbePort,
  type ProbeReport,
  type ProbeTarget,
  runProbe,
} from '../../../server/src/probe/index.ts';

const schema: unknown = JSON.parse(
  readFileSync(new URL('../../../server/schemas/probe.schema.json', import.meta.url), 'utf8'),
);
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema as object);

/** Fails unless a text is what the schema of the probe's JSON describes. */
export function assertFitsSchema(json: string): void {
  assert.ok(validate(JSON.parse(json)), JSON.stringify(validate.errors, undefined, 2));
}

/** One port for all tests of a file: the roots are read once. */
export const nodePort: ProbePort = createNodeProbePort();

/** Probes one URL over the real network port and checks the result against the schema. */
export async function probeOne(
  url: string,
  options: Partial<ProbeOptions> = {},
  port: ProbePort = nodePort,
): Promise<ProbeTarget> {
  const report = await probeAll([url], options, port);
  const target = report.targets[0];
  assert.ok(target);
  return target;
}

/** Like {@link probeOne}, for several URLs. */
export async function probeAll(
  urls: readonly string[],
  options: Partial<ProbeOptions> = {},
  port: ProbePort = nodePort,
): Promise<ProbeReport> {
  const report = await runProbe(
    {
      urls,
      timeoutMilliseconds: 5_000,
      simulatesClients: false,
      trustFiles: [],
      proxyFor: () => null,
      ...options,
    },
    port,
  );
  assertFitsSchema(probeJson(report));
  return report;
}

/** The states of all versions by their names. */
export function statesOf(target: ProbeTarget): Record<string, string> {
  return Object.fromEntries(target.protocols.map(({ version, state }) => [version, state]));
}
