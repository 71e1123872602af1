import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { cipherSuites } from '../../server/src/core/facts/tls-cipher-suites.ts';
import { simulatedClients } from '../../server/src/core/facts/tls-clients.ts';
import { schannelDefaults } from '../../server/src/core/facts/tls-windows.ts';
import type { ClientResult, ProbeTarget } from '../../server/src/probe/index.ts';
import { allSimulations } from '../../server/src/probe/simulation.ts';
import { alert, record, serverHello } from './harness/answers.ts';
import { type CountingServer, startByteServer, stopLeftovers } from './harness/byte-server.ts';
import { makeCertificate } from './harness/certificates.ts';
import { probeOne } from './harness/probing.ts';
import { startTlsServer } from './harness/tls-server.ts';

after(stopLeftovers);

const windows = schannelDefaults.map(({ id }) => id);

/**
 * Which clients connect to a server with TLS 1.2 and today's suites, one letter for each Windows version: 7, 8.1, 10,
 * 11, then servers 2008 R2 to 2025. `+` connects, `-` fails, a blank was not asked. The rows follow from Microsoft's
 * pages on the defaults of .NET Framework and of Schannel.
 */
const againstTls12: Readonly<Record<string, string>> = {
  'net-3.5': '----------',
  'net-3.5-system-default': '-+++-+++++',
  'net-4.5.2': '----------',
  'net-4.5.2-strong-crypto': '++++++++++',
  'net-4.5.2-system-default': '-+++-+++++',
  'net-4.6.2': '++++++++++',
  'net-4.6.2-system-default': '-+++-+++++',
  'net-4.8': '-+++-+++++',
  'powershell-5.1': '--++--++++',
  'powershell-7': '  ++  ++++',
  'vshost-2015': '----------',
};

/** The same with a server that has only ECDHE_RSA with GCM, which Windows 8.1 and older do not offer. */
const againstGcm: Readonly<Record<string, string>> = {
  'net-3.5': '----------',
  'net-3.5-system-default': '--++--++++',
  'net-4.5.2': '----------',
  'net-4.5.2-strong-crypto': '--++--++++',
  'net-4.5.2-system-default': '--++--++++',
  'net-4.6.2': '--++--++++',
  'net-4.6.2-system-default': '--++--++++',
  'net-4.8': '--++--++++',
  'powershell-5.1': '--++--++++',
  'powershell-7': '  ++  ++++',
  'vshost-2015': '----------',
};

/** The same with a server that has TLS 1.3 alone. */
const againstTls13: Readonly<Record<string, string>> = {
  'net-3.5': '----------',
  'net-3.5-system-default': '---+----++',
  'net-4.5.2': '----------',
  'net-4.5.2-strong-crypto': '----------',
  'net-4.5.2-system-default': '---+----++',
  'net-4.6.2': '----------',
  'net-4.6.2-system-default': '---+----++',
  'net-4.8': '---+----++',
  'powershell-5.1': '---+----++',
  'powershell-7': '  -+  --++',
  'vshost-2015': '----------',
};

const certificate = makeCertificate({ dnsNames: ['localhost'] });

describe('clients of a server with', () => {
  for (const [name, options, expected] of [
    ['TLS 1.2', { maxVersion: 'TLSv1.2' }, againstTls12],
    ['TLS 1.2 and GCM alone', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES256-GCM-SHA384' }, againstGcm],
    ['TLS 1.3 alone', { minVersion: 'TLSv1.3' }, againstTls13],
  ] as const) {
    test(`${name} connect as the tables say`, async () => {
      const server = await startTlsServer(certificate, options);
      const target = await probeOne(`localhost:${server.port}`, { simulatesClients: true });
      await server.allClosed();
      await server.stop();
      assert.deepEqual(matrix(target.clients), expected);
      for (const client of target.clients) {
        assert.equal(client.reason === null, client.connects);
        assert.equal(client.version !== null, client.connects);
        assert.equal(
          cipherSuites.some((suite) => suite.name === client.suite),
          client.connects,
        );
      }
    });
  }
});

describe('offers', () => {
  let server: CountingServer;
  let target: ProbeTarget;
  before(async () => {
    server = await startByteServer({
      onHello: (hello) =>
        hello.suites.includes(0xc028)
          ? [{ send: record(22, serverHello(hello, { version: 0x0303, suite: 0xc028 })) }, 'end']
          : [{ send: alert(40) }, 'end'],
    });
    target = await probeOne(`localhost:${server.port}`, { simulatesClients: true });
  });
  after(() => server.stop());

  test('are sent once each, however many clients share them', () => {
    const distinct = new Set(allSimulations('localhost').map(({ offer }) => JSON.stringify(offer)));
    const sent = server.hellos.filter((hello) => hello.extensions.has(5));
    assert.equal(sent.length, distinct.size);
    assert.equal(target.clients.length, allSimulations('localhost').length);
    assert.ok(distinct.size < 30, String(distinct.size));
  });

  test('carry the name of the host and the suites of the system in its order', () => {
    const windows7 = schannelDefaults.find(({ id }) => id === '7');
    const names = windows7?.suites.filter((name) => !windows7.notStrong.includes(name));
    const wanted = names?.map((name) => cipherSuites.find((suite) => suite.name === name)?.id);
    const hello = server.hellos.find(
      (one) =>
        one.extensions.has(5) && one.legacyVersion === 0x0303 && JSON.stringify(one.suites) === JSON.stringify(wanted),
    );
    assert.ok(hello);
    assert.equal(hello.serverName, 'localhost');
    assert.equal(hello.recordVersion, 0x0303);
    assert.deepEqual(hello.groups, [0x17, 0x18]);
    assert.deepEqual(hello.signatures.slice(0, 3), [0x0601, 0x0603, 0x0401]);
    assert.ok(!hello.extensions.has(35), 'Windows 7 sends no session ticket');
  });

  test('of old clients name TLS 1.0 and no signature algorithms', () => {
    const old = server.hellos.filter((hello) => hello.extensions.has(5) && hello.legacyVersion === 0x0301);
    assert.ok(old.length > 0);
    for (const hello of old) {
      assert.ok(!hello.extensions.has(13));
      assert.ok(!hello.suites.includes(0xc028));
    }
  });

  test('of Windows 11 name TLS 1.3 with one key share', () => {
    const hello = server.hellos.find((one) => one.extensions.has(5) && one.versions.includes(0x0304));
    assert.deepEqual(hello?.versions, [0x0304, 0x0303, 0x0302, 0x0301]);
    assert.deepEqual([...(hello?.keyShares.keys() ?? [])], [0x1d]);
  });
});

describe('the first message of the probe itself', () => {
  test('is well formed for every version', async () => {
    const server = await startByteServer({ onHello: () => [{ send: alert(40) }, 'end'] });
    await probeOne(`localhost:${server.port}`);
    await probeOne(`127.0.0.1:${server.port}`);
    await server.stop();
    const byName = server.hellos.filter(({ serverName }) => serverName !== null);
    assert.deepEqual(
      server.hellos.map(({ versions }) => versions[0]).sort(),
      [0x300, 0x300, 0x301, 0x301, 0x302, 0x302, 0x303, 0x303, 0x304, 0x304],
    );
    assert.equal(byName.length, 4, 'SSL 3.0 and addresses have no server name');
    for (const hello of server.hellos) {
      const [version = 0] = hello.versions;
      assert.equal(hello.versions.length, 1);
      assert.equal(hello.random.length, 32);
      assert.deepEqual(hello.compressions, [0]);
      assert.equal(hello.sessionId.length, version === 0x0304 ? 32 : 0);
      assert.ok(hello.recordVersion <= 0x0301);
      assert.equal(hello.extensions.size > 0, version !== 0x0300);
      assert.equal(hello.extensions.has(13), version >= 0x0303);
      assert.equal(hello.suites.includes(0x00ff), version === 0x0300);
      assert.ok(version === 0x0300 || hello.length < 256 || hello.length >= 512, `${hello.length} bytes`);
    }
    const tls13 = server.hellos.find(({ versions }) => versions[0] === 0x0304);
    assert.deepEqual(
      [...(tls13?.keyShares ?? [])].map(([group, key]) => [group, key.length]),
      [
        [0x1d, 32],
        [0x17, 65],
      ],
    );
  });
});

test('no row of a client is empty, and unsure ones say so', () => {
  const rows = allSimulations(null);
  for (const client of simulatedClients) {
    assert.ok(
      rows.some((row) => row.client === client && row.offer !== null),
      client.id,
    );
  }
  assert.ok(
    simulatedClients.filter(({ id }) => id === 'powershell-5.1').every(({ assumption }) => assumption !== null),
  );
});

function matrix(clients: readonly ClientResult[]): Record<string, string> {
  const ids = [...new Set(clients.map(({ id }) => id))];
  return Object.fromEntries(
    ids.map((id) => {
      const cells = windows.map((one) => {
        const client = clients.find((entry) => entry.id === id && entry.windows === one);
        return client ? (client.connects ? '+' : '-') : ' ';
      });
      return [id, cells.join('')];
    }),
  );
}
