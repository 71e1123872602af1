import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import { after, describe, test } from 'node:test';
import tls from 'node:tls';
import { cipherSuites } from '../../server/src/core/facts/tls-cipher-suites.ts';
import type { Verdict } from '../../server/src/probe/index.ts';
import { stopLeftovers } from './harness/byte-server.ts';
import { makeCertificate, type TestCertificate } from './harness/certificates.ts';
import { probeOne, statesOf } from './harness/probing.ts';
import { hasProgram, startNginx, startOpenssl } from './harness/programs.ts';
import { startTlsServer } from './harness/tls-server.ts';

after(stopLeftovers);

const rsa = makeCertificate({ dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] });
const ecdsa = makeCertificate({ dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'], keyType: 'ec' });
const hasOpenssl = hasProgram('openssl', 'version');
const hasNginx = hasProgram('nginx', '-v');

interface Row {
  readonly name: string;
  readonly args: readonly string[];
  readonly certificate?: TestCertificate;
  readonly verdict: Verdict;
  /** Versions that are accepted; all others are refused. */
  readonly versions: readonly string[];
  /** All suites of the newest version. */
  readonly suites?: readonly string[];
  readonly order?: 'server' | 'client' | 'unknown';
  readonly group?: string;
}

const weakest = ['-cipher', 'ALL:@SECLEVEL=0'];

const protocols: readonly Row[] = [
  { name: 'TLS 1.0 alone', args: ['-tls1', ...weakest], versions: ['TLS 1.0'], verdict: 'too-old' },
  { name: 'TLS 1.1 alone', args: ['-tls1_1', ...weakest], versions: ['TLS 1.1'], verdict: 'too-old' },
  { name: 'TLS 1.2 alone', args: ['-tls1_2'], versions: ['TLS 1.2'], verdict: 'ok', order: 'client', group: 'x25519' },
  {
    name: 'TLS 1.3 alone',
    args: ['-tls1_3'],
    versions: ['TLS 1.3'],
    verdict: 'ok',
    suites: ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'],
    order: 'client',
    group: 'x25519',
  },
  { name: 'TLS 1.2 and 1.3', args: ['-no_tls1', '-no_tls1_1'], versions: ['TLS 1.2', 'TLS 1.3'], verdict: 'ok' },
  {
    name: 'everything that OpenSSL still has',
    args: weakest,
    versions: ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'],
    verdict: 'weak',
  },
  {
    name: 'the order of the server',
    args: ['-tls1_2', '-serverpref', '-cipher', 'ECDHE-RSA-AES128-SHA256:ECDHE-RSA-AES256-GCM-SHA384'],
    versions: ['TLS 1.2'],
    verdict: 'ok',
    suites: ['TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'],
    order: 'server',
  },
  {
    name: 'the order of the server in TLS 1.3',
    args: ['-tls1_3', '-serverpref', '-ciphersuites', 'TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256'],
    versions: ['TLS 1.3'],
    verdict: 'ok',
    suites: ['TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'],
    order: 'server',
  },
  {
    name: 'TLS 1.3 with P-384 alone',
    args: ['-tls1_3', '-groups', 'P-384'],
    versions: ['TLS 1.3'],
    verdict: 'ok',
    group: 'secp384r1',
  },
  {
    name: 'TLS 1.3 with P-521 alone',
    args: ['-tls1_3', '-groups', 'P-521'],
    versions: ['TLS 1.3'],
    verdict: 'ok',
    group: 'secp521r1',
  },
  {
    name: 'TLS 1.3 with X448 alone',
    args: ['-tls1_3', '-groups', 'X448'],
    versions: ['TLS 1.3'],
    verdict: 'ok',
    group: 'x448',
  },
  {
    name: 'TLS 1.3 with ffdhe2048 alone',
    args: ['-tls1_3', '-groups', 'ffdhe2048'],
    versions: ['TLS 1.3'],
    verdict: 'ok',
    group: 'ffdhe2048',
  },
  {
    name: 'TLS 1.2 with P-521 alone',
    args: ['-tls1_2', '-groups', 'P-521'],
    versions: ['TLS 1.2'],
    verdict: 'ok',
    group: 'secp521r1',
  },
  {
    name: 'TLS 1.2 with brainpool alone',
    args: ['-tls1_2', '-groups', 'brainpoolP256r1'],
    versions: ['TLS 1.2'],
    verdict: 'ok',
    group: 'brainpoolP256r1',
  },
];

/** Single suites: OpenSSL's name, the registered name, and the verdict of a server that has no other. */
const singles: readonly (readonly [opensslName: string, name: string, verdict: Verdict])[] = [
  ['ECDHE-RSA-AES256-GCM-SHA384', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'ok'],
  ['ECDHE-RSA-AES128-GCM-SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'ok'],
  ['ECDHE-RSA-AES256-SHA384', 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384', 'ok'],
  ['ECDHE-RSA-AES128-SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256', 'ok'],
  ['ECDHE-ECDSA-AES256-GCM-SHA384', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'ok'],
  ['ECDHE-ECDSA-AES128-GCM-SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'ok'],
  ['ECDHE-ECDSA-AES256-SHA384', 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384', 'ok'],
  ['ECDHE-ECDSA-AES128-SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256', 'ok'],
  ['ECDHE-RSA-AES128-SHA', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', 'cipher'],
  ['ECDHE-RSA-CHACHA20-POLY1305', 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 'cipher'],
  ['DHE-RSA-AES256-GCM-SHA384', 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'cipher'],
  ['DHE-RSA-AES128-SHA', 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 'cipher'],
  ['AES256-GCM-SHA384', 'TLS_RSA_WITH_AES_256_GCM_SHA384', 'cipher'],
  ['AES128-SHA256', 'TLS_RSA_WITH_AES_128_CBC_SHA256', 'cipher'],
  ['AES128-SHA', 'TLS_RSA_WITH_AES_128_CBC_SHA', 'cipher'],
  ['CAMELLIA256-SHA', 'TLS_RSA_WITH_CAMELLIA_256_CBC_SHA', 'cipher'],
  ['AES128-CCM8', 'TLS_RSA_WITH_AES_128_CCM_8', 'cipher'],
];

const rows: readonly Row[] = [
  ...protocols,
  ...singles.map(
    ([opensslName, name, verdict]): Row => ({
      name: `${name} alone`,
      args: ['-tls1_2', '-cipher', `${opensslName}:@SECLEVEL=0`],
      certificate: name.includes('_ECDSA_') ? ecdsa : rsa,
      verdict,
      versions: ['TLS 1.2'],
      suites: [name],
      order: 'unknown',
    }),
  ),
];

describe('openssl s_server with', {
  concurrency: 3,
  skip: !hasOpenssl && `openssl is missing: ${rows.length} servers not tested`,
}, () => {
  for (const row of rows) {
    test(`${row.name} is ${row.verdict}`, async () => {
      const certificate = row.certificate ?? rsa;
      const server = await startOpenssl(certificate, ...row.args);
      try {
        const target = await probeOne(`localhost:${server.port}`, {
          timeoutMilliseconds: 10_000,
          trustFiles: [Buffer.from(certificate.pem)],
        });
        const states = statesOf(target);
        const accepted = Object.keys(states).filter((version) => states[version] === 'accepted');
        assert.deepEqual(accepted, row.versions);
        assert.ok(
          Object.values(states).every((state) => state === 'accepted' || state === 'refused'),
          JSON.stringify(states),
        );
        assert.equal(target.verdict, row.verdict, target.message);
        assert.deepEqual(target.certificate?.problems, []);
        const newest = target.protocols.findLast(({ state }) => state === 'accepted');
        if (row.suites) {
          const names = newest?.suites.map(({ name }) => name) ?? [];
          assert.deepEqual(row.order === 'client' ? names.sort() : names, row.suites);
        }
        assert.equal(newest?.order, row.order ?? newest?.order);
        assert.equal(newest?.group, row.group ?? newest?.group);
      } finally {
        await server.stop();
      }
    });
  }

  for (const order of ['client', 'server'] as const) {
    test(`all its suites in the order of the ${order} shows every one that needs no shared secret`, async () => {
      const preference = order === 'server' ? ['-serverpref'] : [];
      const server = await startOpenssl(rsa, '-cipher', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0', ...preference);
      const target = await probeOne(`localhost:${server.port}`, { timeoutMilliseconds: 20_000 });
      await server.stop();
      const found = new Set(target.protocols.flatMap(({ suites }) => suites.map(({ name }) => name)));
      const missing = opensslSuites().filter((name) => !/PSK|SRP|ECDSA|DSS/.test(name) && !found.has(name));
      assert.deepEqual(missing, []);
      const orders = target.protocols.filter(({ state }) => state === 'accepted').map((protocol) => protocol.order);
      assert.deepEqual(new Set(orders), new Set([order]));
    });
  }

  test('its names agrees with the table of suites', () => {
    const known = new Map(cipherSuites.map(({ name, id }) => [name, id]));
    for (const [id, name] of opensslTable()) {
      if (!/PSK|SRP/.test(name)) {
        assert.equal(known.get(name), id, name);
      }
    }
  });
});

describe('a server of Node with', { concurrency: 3 }, () => {
  const weak = { ciphers: 'DEFAULT@SECLEVEL=0' };
  for (const [low, high, versions, verdict] of [
    ['TLSv1.3', 'TLSv1.3', ['TLS 1.3'], 'ok'],
    ['TLSv1.2', 'TLSv1.3', ['TLS 1.2', 'TLS 1.3'], 'ok'],
    ['TLSv1.2', 'TLSv1.2', ['TLS 1.2'], 'ok'],
    ['TLSv1.1', 'TLSv1.1', ['TLS 1.1'], 'too-old'],
    ['TLSv1', 'TLSv1.3', ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'], 'weak'],
  ] as const) {
    test(`${low} to ${high} is ${verdict}`, async () => {
      const server = await startTlsServer(rsa, { minVersion: low, maxVersion: high, ...weak });
      const target = await probeOne(`127.0.0.1:${server.port}`, { trustFiles: [Buffer.from(rsa.pem)] });
      const states = statesOf(target);
      try {
        assert.deepEqual(
          Object.keys(states).filter((version) => states[version] === 'accepted'),
          versions,
        );
        assert.equal(target.verdict, verdict, target.message);
        assert.ok(server.highest <= 5, `${server.highest} connections at a time`);
        await server.allClosed();
      } finally {
        await server.stop();
      }
    });
  }

  test('several names answers for the one that was asked', async () => {
    const other = makeCertificate({ dnsNames: ['other.localhost'] });
    const server = await startTlsServer(other, {
      SNICallback: (name, callback) => {
        callback(name === 'localhost' ? null : new Error('unknown name'));
      },
    });
    const byName = await probeOne(`localhost:${server.port}`);
    const byAddress = await probeOne(`127.0.0.1:${server.port}`);
    await server.stop();
    assert.equal(byName.certificate?.subject, 'CN=localhost');
    assert.deepEqual(byAddress.certificate?.problems, ['host-mismatch', 'self-signed']);
  });
});

test('a server on the loopback of IPv6 is asked without a server name', {
  skip: !hasIpv6() && 'no IPv6 here',
}, async () => {
  const server = tls.createServer({ key: rsa.keyPem, cert: rsa.pem }).on('tlsClientError', () => {});
  await new Promise<void>((resolve) => {
    server.listen(0, '::1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const target = await probeOne(`https://[::1]:${port}/`);
  server.close();
  assert.equal(target.url, `https://[::1]:${port}/`);
  assert.deepEqual(target.certificate?.problems, ['host-mismatch', 'self-signed']);
});

describe('nginx with', { skip: !hasNginx && 'nginx is missing: 3 servers not tested' }, () => {
  for (const [directives, verdict] of [
    ['ssl_protocols TLSv1.2 TLSv1.3;', 'ok'],
    ['ssl_protocols TLSv1.2; ssl_ciphers AES128-GCM-SHA256;', 'cipher'],
    [
      'ssl_protocols TLSv1.2; ssl_prefer_server_ciphers on; ssl_ciphers ECDHE-RSA-AES128-SHA256:ECDHE-RSA-AES256-GCM-SHA384;',
      'ok',
    ],
  ] as const) {
    test(`"${directives}" is ${verdict}`, async () => {
      const server = await startNginx(rsa, directives);
      const target = await probeOne(`localhost:${server.port}`, { trustFiles: [Buffer.from(rsa.pem)] });
      await server.stop();
      assert.equal(target.verdict, verdict, target.message);
      const order = target.protocols.find(({ version }) => version === 'TLS 1.2')?.order;
      assert.equal(order === 'server', directives.includes('prefer'));
    });
  }
});

function opensslSuites(): string[] {
  return opensslTable().map(([, name]) => name);
}

function opensslTable(): (readonly [id: number, name: string])[] {
  const text = execFileSync('openssl', ['ciphers', '-V', '-stdname', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0'], {
    encoding: 'utf8',
  });
  return [...text.matchAll(/0x(..),0x(..) +- (\S+)/g)].map(([, high = '', low = '', name = '']) => [
    Number.parseInt(high + low, 16),
    name,
  ]);
}

function hasIpv6(): boolean {
  return Object.values(os.networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));
}
