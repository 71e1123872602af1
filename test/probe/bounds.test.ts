import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { ProbeCancelledError, ProbeInputError, type ProbePort } from '../../server/src/probe/index.ts';
import { alert, message, record, serverHello } from './harness/answers.ts';
import { type Step, startByteServer, stopLeftovers } from './harness/byte-server.ts';
import { makeCertificate } from './harness/certificates.ts';
import { startProxy } from './harness/connect-proxy.ts';
import { type ReceivedHello, readHello } from './harness/hello.ts';
import { nodePort, probeAll, probeOne, statesOf } from './harness/probing.ts';
import { freePort } from './harness/programs.ts';
import { startTlsServer } from './harness/tls-server.ts';

after(stopLeftovers);

const certificate = makeCertificate({ dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] });

describe('cancelling', () => {
  const stages: readonly (readonly [name: string, steps: readonly Step[], milliseconds: number])[] = [
    ['while the server is silent', ['hang'], 60],
    ['while an answer drips in', [{ drip: Buffer.from([22, 3, 3, 1, 0, 2, ...Array(200).fill(0)]), every: 10 }], 60],
    ['while an answer is endless', [{ send: Buffer.from([22, 3, 3, 64, 0]) }, { pause: 5_000 }], 60],
  ];
  for (const [name, steps, milliseconds] of stages) {
    test(`${name} closes everything at once`, async () => {
      const server = await startByteServer({ onHello: () => steps });
      const controller = new AbortController();
      setTimeout(() => controller.abort(), milliseconds);
      const start = performance.now();
      await assert.rejects(
        probeOne(`localhost:${server.port}`, { signal: controller.signal, timeoutMilliseconds: 30_000 }),
        ProbeCancelledError,
      );
      assert.ok(performance.now() - start < milliseconds + 400);
      await server.allClosed();
      await server.stop();
    });
  }

  test('in the middle of the suites closes everything at once', async () => {
    const server = await startTlsServer(certificate, { minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' });
    const controller = new AbortController();
    const probe = probeOne(`localhost:${server.port}`, { signal: controller.signal, simulatesClients: true });
    while (server.total < 15) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    controller.abort();
    await assert.rejects(probe, ProbeCancelledError);
    const total = server.total;
    await server.allClosed();
    assert.ok(server.total <= total + 5);
    await server.stop();
  });

  test('before the start contacts nobody', async () => {
    const server = await startByteServer({});
    await assert.rejects(probeOne(`localhost:${server.port}`, { signal: AbortSignal.abort() }), ProbeCancelledError);
    assert.equal(server.total, 0);
    await server.stop();
  });

  test('while a proxy is silent closes everything at once', async () => {
    const proxy = await startProxy({ answer: () => 'silence' });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 60);
    await assert.rejects(
      probeOne('contoso.com', {
        signal: controller.signal,
        timeoutMilliseconds: 30_000,
        proxyFor: () => ({ host: '127.0.0.1', port: proxy.port, credentials: null }),
      }),
      ProbeCancelledError,
    );
    await proxy.allClosed();
    await proxy.stop();
  });

  test('leaves no listener behind', async () => {
    const server = await startByteServer({ onHello: () => [{ send: alert(70) }, 'end'] });
    let listeners = 0;
    const signal = {
      aborted: false,
      addEventListener: () => void listeners++,
      removeEventListener: () => void listeners--,
    };
    await probeOne(`localhost:${server.port}`, { signal });
    await server.stop();
    assert.equal(listeners, 0);
  });
});

describe('the bound of time', () => {
  test('ends a probe whose server answers ever more slowly, and the message says so', async () => {
    let count = 0;
    const server = await startByteServer({
      onHello: (hello) => {
        count++;
        const suite = hello.suites.find((id) => id < 0xff00) ?? 0;
        const isOld = Math.max(...hello.versions) < 0x0303;
        return isOld
          ? [{ send: alert(70) }, 'end']
          : [{ pause: count < 8 ? 0 : 150 }, { send: record(22, serverHello(hello, { suite })) }, 'end'];
      },
    });
    const start = performance.now();
    const target = await probeOne(`localhost:${server.port}`, { timeoutMilliseconds: 900, simulatesClients: true });
    const took = performance.now() - start;
    assert.ok(took < 1_400, `took ${took} ms`);
    assert.match(target.message, /Time ran out/);
    assert.equal(target.verdict, 'ok');
    await server.allClosed();
    await server.stop();
  });

  test('holds for a server that never lets the handshake end', async () => {
    const server = await startByteServer({
      onHello: (hello, count) =>
        count <= 5 && Math.max(...hello.versions) === 0x0303
          ? [{ send: record(22, serverHello(hello, { suite: 0xc02f })) }, 'hang']
          : Math.max(...hello.versions) === 0x0303
            ? ['hang']
            : [{ send: alert(70) }, 'end'],
    });
    const start = performance.now();
    const target = await probeOne(`localhost:${server.port}`, { timeoutMilliseconds: 800 });
    assert.ok(performance.now() - start < 1_300);
    assert.equal(statesOf(target)['TLS 1.2'], 'accepted');
    assert.equal(target.certificate, null);
    await server.allClosed();
    await server.stop();
  });

  test('says not-tested only together with the words', async () => {
    // The first connection comes so late that the time of the others reaches beyond the end of the whole.
    let delay = 1_000;
    const stalled: ProbePort = {
      ...nodePort,
      network: {
        ...nodePort.network,
        connect: async (addresses, port, stop) => {
          await new Promise((resolve) => {
            setTimeout(resolve, delay);
          });
          delay = 0;
          return nodePort.network.connect(addresses, port, stop);
        },
      },
    };
    const server = await startByteServer({ onHello: () => ['hang'] });
    const target = await probeOne(`127.0.0.1:${server.port}`, { timeoutMilliseconds: 2_000 }, stalled);
    await server.allClosed();
    await server.stop();
    const { 'TLS 1.2': first, ...others } = statesOf(target);
    assert.equal(first, 'silent');
    assert.deepEqual(new Set(Object.values(others)), new Set(['not-tested']));
    assert.match(target.message, /Time ran out/);
    assert.equal(target.verdict, 'blocked');
  });
});

describe('a host that cannot be reached', () => {
  test('is told apart by reason', async () => {
    const port = await freePort();
    const refused = await probeOne(`127.0.0.1:${port}`);
    assert.deepEqual([refused.verdict, refused.reason], ['unreachable', 'refused']);
    const unknown = await probeOne('no-such-host.invalid');
    assert.deepEqual([unknown.verdict, unknown.reason], ['unreachable', 'dns']);
    const silent = await probeOne('silent.example', { timeoutMilliseconds: 300 }, portWith({ connectsNever: true }));
    assert.deepEqual([silent.verdict, silent.reason], ['unreachable', 'timeout']);
    const noName = await probeOne('slow.example', { timeoutMilliseconds: 300 }, portWith({ resolvesNever: true }));
    assert.deepEqual([noName.verdict, noName.reason], ['unreachable', 'timeout']);
    const noAddress = await probeOne('empty.example', {}, portWith({ addresses: [] }));
    assert.deepEqual([noAddress.verdict, noAddress.reason], ['unreachable', 'dns']);
  });

  test('is not asked when its URL is none', async () => {
    await assert.rejects(probeAll(['localhost:1', 'ftp://localhost']), ProbeInputError);
  });

  test('is found at its second address', async () => {
    const server = await startTlsServer(certificate);
    const target = await probeOne(`localhost:${server.port}`, {}, portWith({ addresses: ['::1', '127.0.0.1'] }));
    await server.stop();
    assert.equal(statesOf(target)['TLS 1.2'], 'accepted');
  });
});

describe('more about the target', () => {
  test('is the sign-in authority, whose host is probed as well', async () => {
    const host = 'contoso.crm4.dynamics.com';
    const server = await startTlsServer(makeCertificate({ dnsNames: [host, 'login.microsoftonline.com'] }));
    const proxy = await startProxy({ target: server.port, answer: () => 'tunnel' });
    const report = await probeAll([host], {
      asksSignIn: true,
      proxyFor: () => ({ host: '127.0.0.1', port: proxy.port, credentials: null }),
    });
    await proxy.allClosed();
    await proxy.stop();
    await server.stop();
    assert.deepEqual(
      report.targets.map((target) => target.host),
      [host, 'login.microsoftonline.com'],
    );
    assert.deepEqual(report.targets[0]?.signIn, {
      status: 401,
      authority: 'https://login.microsoftonline.com/common/oauth2/authorize',
      schemes: ['Bearer'],
    });
    assert.equal(report.targets[1]?.signIn, null);
    assert.equal(report.targets[1]?.verdict, 'intercepted');
  });

  test('is a control host, asked only when the target is blocked', async () => {
    const blocked = await startByteServer({ onHello: () => ['reset'] });
    const good = await startTlsServer(certificate);
    const controlUrl = `localhost:${good.port}`;
    const target = await probeOne(`localhost:${blocked.port}`, { controlUrl });
    assert.deepEqual(target.control, { host: 'localhost', reached: true });
    assert.match(target.message, /this host alone/);
    const other = await probeOne(`localhost:${blocked.port}`, { controlUrl: `localhost:${blocked.port}` });
    assert.deepEqual(other.control, { host: 'localhost', reached: false });
    const fine = await probeOne(`localhost:${good.port}`, { controlUrl });
    assert.equal(fine.control, null);
    await blocked.stop();
    await good.stop();
  });
});

function portWith(changes: {
  readonly connectsNever?: boolean;
  readonly resolvesNever?: boolean;
  readonly addresses?: readonly string[];
}): ProbePort {
  return {
    ...nodePort,
    network: {
      ...nodePort.network,
      resolve: changes.resolvesNever
        ? () => new Promise(() => {})
        : () => Promise.resolve(changes.addresses ?? ['192.0.2.1']),
      connect: changes.connectsNever
        ? (_addresses, _port, stop) =>
            new Promise((_resolve, reject) => {
              stop.addEventListener('abort', () => reject({ kind: 'timeout', detail: 'never' }));
            })
        : nodePort.network.connect,
    },
  };
}

describe('the bound of bytes', () => {
  const statuses = Buffer.concat(Array<Buffer>(1_000).fill(record(22, message(22, Buffer.alloc(40)))));
  const bodies: readonly (readonly [name: string, first: (hello: ReceivedHello) => Buffer, more: Buffer])[] = [
    ['after a ServerHello', (hello) => record(22, serverHello(hello, { suite: 0xc02f })), statuses],
    ['of one message', () => record(22, Buffer.from([2, 3, 0xff, 0xff])), record(22, Buffer.alloc(16_000))],
  ];
  for (const [name, first, more] of bodies) {
    test(`is one mebibyte for endless records ${name}`, async () => {
      let highest = 0;
      const network = {
        ...nodePort.network,
        connect: async () => {
          let sent = 0;
          let hello: ReceivedHello | undefined;
          let close: () => void = () => {};
          const closed = new Promise<void>((resolve) => {
            close = resolve;
          });
          return {
            remoteAddress: '127.0.0.1',
            write: (bytes: Uint8Array) => {
              hello = readHello(Buffer.from(bytes));
            },
            read: async () => {
              const bytes = sent === 0 && hello ? first(hello) : more;
              sent += bytes.length;
              highest = Math.max(highest, sent);
              return { kind: 'data' as const, bytes };
            },
            unread: () => {},
            end: () => close(),
            destroy: () => close(),
            closed,
          };
        },
      };
      await probeOne('127.0.0.1:1', { timeoutMilliseconds: 5_000 }, { ...nodePort, network });
      assert.ok(highest > more.length);
      assert.ok(highest <= 1_048_576 + more.length, `${highest} bytes from one connection`);
    });
  }
});
