import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { endings } from './byte-servers/endings.ts';
import { notTls } from './byte-servers/not-tls.ts';
import { properAnswers } from './byte-servers/proper-answers.ts';
import { refusals } from './byte-servers/refusals.ts';
import type { Row } from './byte-servers/row.ts';
import { secondHellos } from './byte-servers/second-hellos.ts';
import { startByteServer, stopLeftovers } from './harness/byte-server.ts';
import { probeOne, statesOf } from './harness/probing.ts';

after(stopLeftovers);

const rows: readonly Row[] = [...properAnswers, ...secondHellos, ...refusals, ...notTls, ...endings];

describe('a byte-level server', { concurrency: 4 }, () => {
  for (const row of rows) {
    test(`${row.name} is ${row.verdict}`, async () => {
      const server = await startByteServer(row);
      const timeout = row.timeout ?? 8_000;
      const start = performance.now();
      const target = await probeOne(`127.0.0.1:${server.port}`, { timeoutMilliseconds: timeout });
      const took = performance.now() - start;
      try {
        assertStates(statesOf(target), row.states);
        assert.equal(target.verdict, row.verdict, target.message);
        assert.equal(target.reason, row.reason ?? null);
        if (row.alert !== undefined) {
          assert.deepEqual(new Set(target.protocols.map((protocol) => protocol.alert)), new Set([row.alert]));
        }
        assert.ok(took < timeout + 700, `took ${took} ms of ${timeout}`);
        assert.ok(server.highest <= 5, `${server.highest} connections at a time`);
        await server.allClosed();
      } finally {
        await server.stop();
      }
    });
  }

  test('there are at least sixty of them', () => {
    assert.ok(rows.length >= 60, String(rows.length));
    assert.equal(new Set(rows.map(({ name }) => name)).size, rows.length);
  });
});

function assertStates(states: Record<string, string>, expected: Row['states']): void {
  const wanted =
    typeof expected === 'string'
      ? Object.fromEntries(Object.keys(states).map((version) => [version, expected]))
      : expected;
  assert.deepEqual(Object.fromEntries(Object.keys(wanted).map((version) => [version, states[version]])), wanted);
}
