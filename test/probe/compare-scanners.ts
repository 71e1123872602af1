/**
 * Compares the probe with sslscan and with nmap's ssl-enum-ciphers on the same servers of the loopback: versions,
 * suites and wall time. Run it with `node test/probe/compare-scanners.ts`; it exits with 1 when something differs that
 * is not explained, and with the count of skipped servers when a program is missing.
 */
import {
  type Found,
  foundByProbe,
  hasNmap,
  hasSslscan,
  nmap,
  probe,
  scannedServers,
  sslscan,
} from './harness/scanners.ts';

let differences = 0;

for (const [name, start] of scannedServers) {
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
const skipped = (hasSslscan ? 0 : scannedServers.length) + (hasNmap ? 0 : scannedServers.length);
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

async function timed<T>(action: () => Promise<T>): Promise<[number, T]> {
  const start = performance.now();
  const result = await action();
  return [Math.round(performance.now() - start), result];
}

function without(found: Found, pattern: RegExp): Found {
  return new Set([...found].filter((one) => !pattern.test(one)));
}
