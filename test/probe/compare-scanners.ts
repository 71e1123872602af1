/**
 * Compares the probe with sslscan and with nmap's ssl-enum-ciphers on the same servers of the loopback: versions,
 * suites and wall time. Run it with `node test/probe/compare-scanners.ts`; it exits with 1 when something differs that
 * is not explained, and with the count of skipped servers when a program is missing.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cipherSuites } from '../../server/src/core/facts/tls-cipher-suites.ts';
import type { ProbeTarget } from '../../server/src/probe/index.ts';
import { makeCertificate } from './harness/certificates.ts';
import { probeOne } from './harness/probing.ts';
import { hasProgram, type ServerProgram, startNginx, startOpenssl } from './harness/programs.ts';

const run = promisify(execFile);
const rsa = makeCertificate({ dnsNames: ['localhost'] });
const ecdsa = makeCertificate({ dnsNames: ['localhost'], keyType: 'ec' });

const servers: readonly (readonly [name: string, start: () => Promise<ServerProgram>])[] = [
  ['OpenSSL, all suites', () => startOpenssl(rsa, '-cipher', 'ALL:@SECLEVEL=0')],
  ['OpenSSL, defaults', () => startOpenssl(rsa)],
  ['OpenSSL, TLS 1.2 with ECDHE', () => startOpenssl(rsa, '-tls1_2', '-cipher', 'ECDHE')],
  ['OpenSSL, TLS 1.0', () => startOpenssl(rsa, '-tls1', '-cipher', 'ALL:@SECLEVEL=0')],
  ['OpenSSL, TLS 1.3', () => startOpenssl(rsa, '-tls1_3')],
  ['OpenSSL, ECDSA', () => startOpenssl(ecdsa, '-cipher', 'ALL:@SECLEVEL=0')],
  ...(hasProgram('nginx', '-v')
    ? ([
        ['nginx, TLS 1.2 and 1.3', () => startNginx(rsa, 'ssl_protocols TLSv1.2 TLSv1.3;')],
        ['nginx, one suite', () => startNginx(rsa, 'ssl_protocols TLSv1.2; ssl_ciphers ECDHE-RSA-AES256-GCM-SHA384;')],
      ] as const)
    : []),
];

/** `TLS 1.2 TLS_...` for everything that a scanner found. */
type Found = ReadonlySet<string>;

const hasSslscan = hasProgram('sslscan', '--version');
const hasNmap = hasProgram('nmap', '--version');
let differences = 0;

for (const [name, start] of servers) {
  const server = await start();
  try {
    const [verdictTime, target] = await timed(() => probe(server.port, true));
    const ours = foundByProbe(target);
    console.log(`${name}: probe with clients ${verdictTime} ms, ${ours.size} suites, verdict ${target.verdict}`);
    if (hasSslscan) {
      const [time, theirs] = await timed(() => sslscan(server.port));
      report('sslscan', time, verdictTime, ours, theirs);
    }
    if (hasNmap) {
      const [time, theirs] = await timed(() => nmap(server.port));
      // This nmap (7.93) is older than its own support for suites of TLS 1.3.
      report('nmap', time, verdictTime, without(ours, /^TLS 1\.3/), without(theirs, /^TLS 1\.3/));
    }
  } finally {
    await server.stop();
  }
}
const skipped = (hasSslscan ? 0 : servers.length) + (hasNmap ? 0 : servers.length);
console.log(`${differences} unexplained differences, ${skipped} comparisons skipped for missing programs`);
process.exitCode = differences > 0 ? 1 : 0;

function report(tool: string, time: number, ownTime: number, ours: Found, theirs: Found): void {
  const missing = [...theirs].filter((one) => !ours.has(one));
  const extra = [...ours].filter((one) => !theirs.has(one));
  const ratio = (ownTime / time).toFixed(2);
  console.log(`  ${tool}: ${time} ms (probe / ${tool} = ${ratio}), ${theirs.size} suites`);
  for (const one of missing) {
    console.log(`    only ${tool}: ${one}`);
  }
  for (const one of extra) {
    console.log(`    only the probe: ${one}`);
  }
  differences += missing.length + extra.length;
}

function probe(port: number, simulatesClients: boolean): Promise<ProbeTarget> {
  return probeOne(`localhost:${port}`, { simulatesClients, timeoutMilliseconds: 30_000 });
}

function foundByProbe({ protocols }: ProbeTarget): Found {
  return new Set(protocols.flatMap(({ version, suites }) => suites.map(({ name }) => `${version} ${name}`)));
}

async function sslscan(port: number): Promise<Found> {
  const options = ['--no-colour', '--show-cipher-ids', '--no-heartbleed', '--no-groups'];
  const { stdout } = await run('sslscan', [...options, `localhost:${port}`]);
  const lines = stdout.matchAll(/^(?:Preferred|Accepted)\s+(\S+)\s+\d+ bits\s+0x([0-9A-Fa-f]{4})\s+(\S+)/gm);
  return new Set(
    [...lines].map(([, version = '', id = '', name = '']) => {
      // Its own names are those of OpenSSL.
      const suite = cipherSuites.find((one) => one.id === Number.parseInt(id, 16));
      return `${spelled(version)} ${suite?.name ?? name}`;
    }),
  );
}

async function nmap(port: number): Promise<Found> {
  const { stdout } = await run('nmap', ['-Pn', '-p', String(port), '--script', 'ssl-enum-ciphers', 'localhost']);
  const found = new Set<string>();
  let version = '';
  for (const line of stdout.split('\n')) {
    const heading = /(SSLv3|TLSv1\.[0-3]):/.exec(line);
    const suite = /(TLS_[A-Za-z0-9_]+)/.exec(line);
    if (heading) {
      version = spelled(heading[1] ?? '');
    } else if (suite?.[1] && cipherSuites.some((one) => one.name === suite[1])) {
      found.add(`${version} ${suite[1]}`);
    }
  }
  return found;
}

function spelled(version: string): string {
  return version.replace(/^TLSv/, 'TLS ').replace(/^SSLv3$/, 'SSL 3.0');
}

function without(found: Found, pattern: RegExp): Found {
  return new Set([...found].filter((one) => !pattern.test(one)));
}

async function timed<T>(action: () => Promise<T>): Promise<[number, T]> {
  const start = performance.now();
  const result = await action();
  return [Math.round(performance.now() - start), result];
}
