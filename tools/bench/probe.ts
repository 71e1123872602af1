/** The probe, verdict and simulation of clients together, against sslscan on the same servers of the loopback. */
import { hasSslscan, probe, scannedServers, sslscan } from '../../test/probe/harness/scanners.ts';
import { measure, type Row, time } from './rounds.ts';

export async function benchProbe(): Promise<Row[]> {
  if (!hasSslscan) {
    console.log(`probe: skipped for ${scannedServers.length} servers, there is no sslscan on the PATH`);
    return [];
  }
  const rows: Row[] = [];
  for (const [name, start] of scannedServers) {
    const server = await start();
    try {
      rows.push(
        await measure({
          name: `probe of ${name}`,
          referenceName: 'sslscan',
          rounds: 3,
          ours: () => time(() => probe(server.port, true)),
          reference: () => time(() => sslscan(server.port)),
        }),
      );
    } finally {
      await server.stop();
    }
  }
  return rows;
}
