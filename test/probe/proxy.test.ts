import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { HttpProxy, Verdict, VerdictReason } from '../../server/src/probe/index.ts';
import type { CountingServer } from './harness/byte-server.ts';
import { startByteServer, stopLeftovers } from './harness/byte-server.ts';
import { makeCertificate } from './harness/certificates.ts';
import { type ProxyRules, startProxy } from './harness/connect-proxy.ts';
import { probeOne, statesOf } from './harness/probing.ts';
import { hasProgram, startTinyproxy } from './harness/programs.ts';
import { startTlsServer } from './harness/tls-server.ts';

after(stopLeftovers);

const host = 'contoso.crm4.dynamics.com';
const certificate = makeCertificate({ subject: host, dnsNames: [host] });
const credentials = { username: 'jürgen', password: 'pa:ss wörd' };
const basic = `Basic ${Buffer.from('jürgen:pa:ss wörd', 'utf8').toString('base64')}`;
const denied = 'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n';

interface Row extends Omit<ProxyRules, 'target'> {
  readonly name: string;
  readonly verdict: Verdict;
  readonly reason: VerdictReason | null;
  readonly message?: RegExp;
  readonly credentials?: HttpProxy['credentials'];
  readonly timeout?: number;
}

const rows: readonly Row[] = [
  { name: 'opens a tunnel', answer: () => 'tunnel', verdict: 'intercepted', reason: null },
  {
    name: 'opens a tunnel slowly',
    answer: () => 'tunnel',
    delay: 30,
    timeout: 8_000,
    verdict: 'intercepted',
    reason: null,
  },
  { name: 'opens a tunnel in small pieces', answer: () => 'tunnel', pieces: 7, verdict: 'intercepted', reason: null },
  {
    name: 'opens a tunnel for the right credentials',
    answer: ({ headers }) => (headers.get('proxy-authorization') === basic ? 'tunnel' : { send: denied }),
    credentials,
    verdict: 'intercepted',
    reason: null,
  },
  {
    name: 'wants credentials and gets none',
    answer: () => ({ send: denied }),
    verdict: 'unreachable',
    reason: 'proxy-authentication',
    message: /Put them into the URL/,
  },
  {
    name: 'does not accept the credentials',
    answer: () => ({ send: denied }),
    credentials,
    verdict: 'unreachable',
    reason: 'proxy-authentication',
    message: /does not accept the given ones/,
  },
  {
    name: 'wants a kind of authentication that is not supported',
    answer: () => ({ send: denied.replace('Basic realm="x"', 'Negotiate\r\nProxy-Authenticate: NTLM') }),
    credentials,
    verdict: 'unreachable',
    reason: 'proxy-authentication',
    message: /Negotiate, NTLM only/,
  },
  ...[400, 403, 500, 502, 503, 504, 301].map(
    (status): Row => ({
      name: `answers ${status}`,
      answer: () => ({ send: `HTTP/1.1 ${status} Whatever\r\nContent-Length: 2\r\n\r\nno` }),
      verdict: 'unreachable',
      reason: 'proxy-refused',
      message: new RegExp(`status ${status}`),
    }),
  ),
  {
    name: 'closes',
    answer: () => 'end',
    verdict: 'unreachable',
    reason: 'proxy-refused',
    message: /closed the connection/,
  },
  {
    name: 'resets',
    answer: () => 'reset',
    verdict: 'unreachable',
    reason: 'proxy-refused',
    message: /reset the connection/,
  },
  {
    name: 'closes within its answer',
    answer: () => ({ send: 'HTTP/1.1 200 OK\r\nVia: x\r\n' }),
    verdict: 'unreachable',
    reason: 'proxy-refused',
  },
  {
    name: 'answers garbage',
    answer: () => ({ send: Buffer.from([1, 2, 3, 4]) }),
    verdict: 'unreachable',
    reason: 'proxy-refused',
    message: /not HTTP/,
  },
  {
    name: 'answers as SSH',
    answer: () => ({ send: 'SSH-2.0-x\r\n\r\n' }),
    verdict: 'unreachable',
    reason: 'proxy-refused',
    message: /not HTTP/,
  },
  {
    name: 'answers HTTP/1.1 without a status',
    answer: () => ({ send: 'HTTP/1.1 abc\r\n\r\n' }),
    verdict: 'unreachable',
    reason: 'proxy-refused',
  },
  {
    name: 'answers with an endless head',
    answer: () => ({ send: `HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(10_000)}` }),
    verdict: 'unreachable',
    reason: 'proxy-refused',
  },
  {
    name: 'stays silent',
    answer: () => 'silence',
    timeout: 500,
    verdict: 'unreachable',
    reason: 'timeout',
    message: /proxy .* in time/,
  },
];

describe('a proxy that', { concurrency: 4 }, () => {
  let server: CountingServer;
  before(async () => {
    server = await startTlsServer(certificate);
  });
  after(() => server.stop());

  for (const row of rows) {
    test(`${row.name} gives ${row.reason ?? row.verdict}`, async () => {
      const proxy = await startProxy({ ...row, target: server.port });
      const timeout = row.timeout ?? 8_000;
      const start = performance.now();
      try {
        const target = await probeOne(host, {
          timeoutMilliseconds: timeout,
          proxyFor: () => ({ host: '127.0.0.1', port: proxy.port, credentials: row.credentials ?? null }),
        });
        assert.equal(target.verdict, row.verdict, target.message);
        assert.equal(target.reason, row.reason);
        assert.equal(target.via, 'proxy');
        assert.match(target.message, row.message ?? /./);
        assert.ok(
          proxy.requests.every((request) => request.authority === `${host}:443` && request.method === 'CONNECT'),
        );
        assert.ok(proxy.highest <= 5, `${proxy.highest} connections at a time`);
        assert.ok(performance.now() - start < timeout + 700);
        await proxy.allClosed();
      } finally {
        await proxy.stop();
      }
    });
  }

  test('wants credentials gets those that the user is asked for', async () => {
    let asked = 0;
    const proxy = await startProxy({
      target: server.port,
      answer: ({ headers }) => (headers.get('proxy-authorization') === basic ? 'tunnel' : { send: denied }),
    });
    const target = await probeOne(host, {
      proxyFor: () => ({ host: 'localhost', port: proxy.port, credentials: null }),
      askCredentials: async () => {
        asked++;
        return credentials;
      },
    });
    await proxy.allClosed();
    await proxy.stop();
    assert.equal(target.verdict, 'intercepted');
    assert.equal(asked, 1);
  });

  test('wants credentials gives up when the user names none', async () => {
    const proxy = await startProxy({ answer: () => ({ send: denied }) });
    const target = await probeOne(host, {
      proxyFor: () => ({ host: 'localhost', port: proxy.port, credentials: null }),
      askCredentials: async () => undefined,
    });
    await proxy.stop();
    assert.equal(target.reason, 'proxy-authentication');
  });

  test('is not there gives proxy-refused, one without a name in DNS too', async () => {
    const gone = await startByteServer({});
    await gone.stop();
    for (const [name, words] of [
      ['127.0.0.1', /does not accept connections itself/],
      ['no-such-proxy.invalid', /DNS does not know/],
    ] as const) {
      const target = await probeOne(host, { proxyFor: () => ({ host: name, port: gone.port, credentials: null }) });
      assert.equal(target.reason, 'proxy-refused');
      assert.match(target.message, words);
    }
  });

  test('brings the same answers as the direct way', async () => {
    const proxy = await startProxy({ target: server.port, answer: () => 'tunnel' });
    const through = await probeOne(`localhost:${server.port}`, {
      proxyFor: () => ({ host: '127.0.0.1', port: proxy.port, credentials: null }),
      simulatesClients: true,
    });
    const direct = await probeOne(`localhost:${server.port}`, { simulatesClients: true });
    await proxy.stop();
    assert.deepEqual(statesOf(through), statesOf(direct));
    assert.deepEqual(through.protocols, direct.protocols);
    assert.deepEqual(through.clients, direct.clients);
    assert.equal(through.via, 'proxy');
    assert.equal(direct.via, 'direct');
  });

  test('sends the first bytes of the server behind its answer loses none of them', async () => {
    const proxy = await startProxy({ answer: () => ({ send: 'HTTP/1.1 200 OK\r\n\r\nSSH-2.0-OpenSSH\r\n' }) });
    const target = await probeOne(host, {
      proxyFor: () => ({ host: '127.0.0.1', port: proxy.port, credentials: null }),
    });
    await proxy.stop();
    assert.equal(target.verdict, 'not-tls');
    assert.match(target.message, /SSH/);
  });
});

describe('tinyproxy', {
  skip: !hasProgram('tinyproxy', '-v') && 'tinyproxy is missing: 4 configurations not tested',
}, () => {
  for (const [name, lines, credentials, verdict, reason] of [
    ['as it is', [], null, 'certificate', null],
    ['with a user name', ['BasicAuth me secret'], { username: 'me', password: 'secret' }, 'certificate', null],
    ['with a user name that is not given', ['BasicAuth me secret'], null, 'unreachable', 'proxy-authentication'],
    ['with another port allowed only', ['ConnectPort 1'], null, 'unreachable', 'proxy-refused'],
  ] as const) {
    test(`${name} gives ${reason ?? verdict}`, async () => {
      const server = await startTlsServer(makeCertificate({ dnsNames: ['localhost'] }));
      const proxy = await startTinyproxy(...lines);
      const target = await probeOne(`localhost:${server.port}`, {
        proxyFor: () => ({ host: '127.0.0.1', port: proxy.port, credentials }),
      });
      await proxy.stop();
      assert.equal(target.verdict, verdict, target.message);
      assert.equal(target.reason, reason);
      await server.allClosed();
      await server.stop();
    });
  }
});
