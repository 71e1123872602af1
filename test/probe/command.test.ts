import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Command } from 'commander';
import pc from 'picocolors';
import { probeJson } from '../../server/src/cli/formats/probe-json.ts';
import { probeText } from '../../server/src/cli/formats/probe-text.ts';
import { CliError, type CliIo, type ExitCode } from '../../server/src/cli/io.ts';
import { addProbeCommand, probeExitCode } from '../../server/src/cli/probe-command.ts';
import type { ProbeReport, ProbeTarget, Verdict } from '../../server/src/probe/index.ts';
import { probeMarkdown } from '../../server/src/probe/markdown.ts';
import { type CountingServer, startByteServer, stopLeftovers } from './harness/byte-server.ts';
import { makeCertificate } from './harness/certificates.ts';
import { startProxy } from './harness/connect-proxy.ts';
import { assertFitsSchema, probeAll } from './harness/probing.ts';
import { startTlsServer } from './harness/tls-server.ts';

after(stopLeftovers);

const certificate = makeCertificate({ dnsNames: ['localhost'] });
const folder = mkdtempSync(path.join(tmpdir(), 'probe-'));
const trustFile = path.join(folder, 'root.pem');
writeFileSync(trustFile, certificate.pem);
writeFileSync(path.join(folder, 'empty.pem'), 'nothing');
after(() => rmSync(folder, { recursive: true }));

/** What one command line did. */
interface Outcome {
  readonly code: ExitCode | 'usage' | 'failed';
  readonly stdout: string;
  readonly stderr: string;
}

async function run(args: readonly string[], changes: Partial<CliIo> = {}): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  let code: Outcome['code'] = 'usage';
  const io: CliIo = {
    cwd: folder.replaceAll('\\', '/'),
    environment: {},
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    now: () => performance.now(),
    signal: new AbortController().signal,
    ...changes,
  };
  const program = new Command('dynamics-tls')
    .exitOverride()
    .configureOutput({ writeErr: io.stderr, writeOut: io.stdout });
  addProbeCommand(program, io, (exitCode) => {
    code = exitCode;
  });
  try {
    await program.parseAsync(['probe', ...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CliError) {
      return { code: 'failed', stdout, stderr: error.message };
    }
    if (!(error instanceof Error && 'exitCode' in error)) {
      throw error;
    }
  }
  return { code, stdout, stderr };
}

describe('the command', () => {
  let good: CountingServer;
  let old: CountingServer;
  let gone: CountingServer;
  before(async () => {
    good = await startTlsServer(certificate);
    old = await startTlsServer(certificate, {
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'ALL:@SECLEVEL=0',
    });
    gone = await startByteServer({});
    await gone.stop();
  });

  test('prints JSON that fits its schema, and gives 0 for a good server', async () => {
    const { code, stdout } = await run([`localhost:${good.port}`, '--format', 'json', '--ca', 'root.pem']);
    assertFitsSchema(stdout);
    const { formatVersion, tool, targets } = JSON.parse(stdout) as ProbeReport & Record<string, unknown>;
    assert.equal(formatVersion, 1);
    assert.equal((tool as { name: string }).name, 'dynamics-tls');
    assert.equal(targets[0]?.verdict, 'ok');
    assert.deepEqual(targets[0]?.projects, []);
    assert.ok((targets[0]?.clients.length ?? 0) > 50);
    assert.equal(code, 0);
  });

  test('leaves clients out on request', async () => {
    const { stdout } = await run([`localhost:${good.port}`, '--format', 'json', '--no-clients']);
    assert.deepEqual((JSON.parse(stdout) as ProbeReport).targets[0]?.clients, []);
  });

  test('gives 1 for a server whose certificate is not trusted, and for one that is too old', async () => {
    assert.equal((await run([`localhost:${good.port}`, '--format', 'json'])).code, 1);
    assert.equal((await run([`localhost:${old.port}`, '--format', 'json'])).code, 1);
  });

  test('gives 2 for a host that is not reached, and 1 when another one answers badly', async () => {
    const unreachable = `localhost:${gone.port}`;
    assert.equal((await run([unreachable, '--format', 'json'])).code, 2);
    const both = await run([unreachable, `localhost:${old.port}`, '--format', 'json', '--no-clients']);
    assert.equal(both.code, 1);
    assertFitsSchema(both.stdout);
    const mixed = await run([
      unreachable,
      `localhost:${good.port}`,
      '--format',
      'json',
      '--no-clients',
      '--ca',
      trustFile,
    ]);
    assert.equal(mixed.code, 2);
  });

  test('refuses bad arguments before it contacts anybody', async () => {
    const { total } = good;
    const url = `localhost:${good.port}`;
    for (const args of [
      [],
      [url, '--timeout', '0'],
      [url, '--timeout', '-1'],
      [url, '--timeout', 'soon'],
      [url, '--timeout', '1e9'],
      [url, '--format', 'sarif'],
      [url, '--unknown'],
    ]) {
      assert.equal((await run(args)).code, 'usage', args.join(' '));
    }
    for (const args of [
      [url, 'ftp://localhost'],
      [url, '--ca', 'missing.pem'],
      [url, '--ca', 'empty.pem'],
      [url, '--proxy', 'socks5://localhost:1'],
    ]) {
      const { code, stderr } = await run(args);
      assert.equal(code, 'failed', args.join(' '));
      assert.ok(stderr.length > 10);
    }
    assert.equal(good.total, total);
  });

  test('takes the proxy of the command line, else that of the environment', async () => {
    const proxy = await startProxy({ answer: () => 'tunnel', target: good.port });
    const address = `http://user:secret@127.0.0.1:${proxy.port}`;
    const line = await run([`localhost:${good.port}`, '--proxy', address, '--format', 'json', '--no-clients']);
    assert.equal((JSON.parse(line.stdout) as ProbeReport).targets[0]?.via, 'proxy');
    assert.ok(!line.stdout.includes('secret'));
    const seen = proxy.requests.length;
    const environment = { HTTPS_PROXY: address, NO_PROXY: 'internal.example' };
    const target = async (url: string): Promise<ProbeTarget | undefined> => {
      const { stdout } = await run([url, '--format', 'json', '--no-clients'], { environment });
      return (JSON.parse(stdout) as ProbeReport).targets[0];
    };
    assert.equal((await target('contoso.crm4.dynamics.com'))?.verdict, 'intercepted');
    assert.ok(proxy.requests.length > seen);
    assert.equal((await target(`localhost:${good.port}`))?.via, 'direct');
    const bad = await run(['contoso.example'], { environment: { HTTPS_PROXY: 'socks5://u:secret@h:1' } });
    assert.equal(bad.code, 'failed');
    assert.ok(!bad.stderr.includes('secret'));
    await proxy.stop();
  });

  test('tells a person at a terminal what it does, and nobody else', async () => {
    const args = [`localhost:${good.port}`, '--format', 'json', '--no-clients'];
    assert.equal((await run(args)).stderr, '');
    assert.match((await run(args, { stderrIsTerminal: true })).stderr, /^Probing https:\/\/localhost/);
  });
});

test('the exit code is that of the worst answer, and only then of what was not reached', () => {
  const code = (...verdicts: readonly Verdict[]): ExitCode =>
    probeExitCode({ targets: verdicts.map((verdict) => ({ verdict }) as ProbeTarget) });
  assert.equal(code(), 0);
  assert.equal(code('ok', 'weak'), 0);
  assert.equal(code('ok', 'unreachable'), 2);
  for (const verdict of ['not-tls', 'blocked', 'too-old', 'cipher', 'intercepted', 'certificate'] as const) {
    assert.equal(code('ok', verdict, 'unreachable'), 1, verdict);
  }
});

describe('the printed result', () => {
  let report: ProbeReport;
  before(async () => {
    const hostile = makeCertificate({
      subject: `evil \u001b[31m\u0007 | \`code\` \u202e ${'long'.repeat(40)}`,
      dnsNames: ['localhost'],
    });
    const servers = [
      await startTlsServer(certificate, { minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' }),
      await startTlsServer(hostile),
      await startByteServer({ onHello: () => ['reset'] }),
      await startByteServer({ atOnce: [{ send: Buffer.from('SSH-2.0-OpenSSH_9.9\r\n') }, 'end'] }),
    ];
    const gone = await startByteServer({});
    await gone.stop();
    report = await probeAll(
      [...servers, gone].map(({ port }) => `localhost:${port}`),
      { simulatesClients: true },
    );
  });

  test('has lines of at most 80 columns', () => {
    const text = probeText(report, pc.createColors(false));
    const long = text.split('\n').filter((line) => [...line].length > 80);
    assert.deepEqual(long, []);
    assert.ok(text.split('\n').length > 60);
    assert.ok(text.split('\n').every((line) => line === line.trimEnd()));
  });

  test('has the verdict first', () => {
    const text = probeText(report, pc.createColors(false));
    for (const { url, verdict } of report.targets) {
      assert.ok(text.includes(`${url}: ${verdict}`));
    }
    assert.match(text.split('\n')[0] ?? '', /^https:\/\/localhost:\d+\/: certificate$/);
  });

  test('holds no control characters of a server', () => {
    for (const text of [probeText(report, pc.createColors(false)), probeMarkdown(report), probeJson(report)]) {
      assert.ok(!/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(text));
    }
    assert.ok(!probeText(report, pc.createColors(false)).includes('\u202e'));
    assert.ok(!probeMarkdown(report).includes('\u202e'));
  });

  test('has colours only when they are wanted', () => {
    assert.match(probeText(report, pc.createColors(true)), /\u001b\[31mcertificate/);
  });

  test('is Markdown whose tables keep their shape', () => {
    const tables = probeMarkdown(report)
      .split('\n\n')
      .filter((block) => block.startsWith('|'));
    assert.ok(tables.length >= 5);
    for (const table of tables) {
      const widths = table
        .trim()
        .split('\n')
        .map((line) => line.split(/(?<!\\)\|/).length);
      assert.equal(new Set(widths).size, 1, table);
    }
  });
});
