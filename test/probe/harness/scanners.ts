/** Two scanners that everybody knows, and the servers on which they and the probe are compared. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cipherSuites } from '../../../server/src/core/facts/tls-cipher-suites.ts';
import type { ProbeTarget } from '../../../server/src/probe/index.ts';
import { makeCertificate } from './certificates.ts';
import { probeOne } from './probing.ts';
import { hasProgram, type ServerProgram, startNginx, startOpenssl } from './programs.ts';

const run = promisify(execFile);
const rsa = makeCertificate({ dnsNames: ['localhost'] });
const ecdsa = makeCertificate({ dnsNames: ['localhost'], keyType: 'ec' });

/** Names and how to start each. */
export const scannedServers: readonly (readonly [name: string, start: () => Promise<ServerProgram>])[] = [
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
export type Found = ReadonlySet<string>;

export const hasSslscan = hasProgram('sslscan', '--version');
export const hasNmap = hasProgram('nmap', '--version');

/** The verdict, and the simulation of clients where that is asked for. */
export function probe(port: number, simulatesClients: boolean): Promise<ProbeTarget> {
  return probeOne(`localhost:${port}`, { simulatesClients, timeoutMilliseconds: 30_000 });
}

export function foundByProbe({ protocols }: ProbeTarget): Found {
  return new Set(protocols.flatMap(({ version, suites }) => suites.map(({ name }) => `${version} ${name}`)));
}

export async function sslscan(port: number): Promise<Found> {
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

export async function nmap(port: number): Promise<Found> {
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
