import type { ProbeReport } from './report.ts';

/** A change that breaks a reader raises it. */
const formatVersion = 1;

/** The report as the JSON document of the command line's contract: schema `probe.schema.json`. */
export function probeDocument(report: ProbeReport, version: string): string {
  return `${JSON.stringify({ formatVersion, tool: { name: 'dynamics-tls', version }, ...report }, undefined, 2)}\n`;
}
