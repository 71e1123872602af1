import type { ProbeReport } from '../../probe/index.ts';
import { version } from '../version.ts';

/** A change that breaks a reader raises it. */
const formatVersion = 1;

/** The probe as JSON: schema `probe.schema.json`. */
export function probeJson(report: ProbeReport): string {
  return `${JSON.stringify({ formatVersion, tool: { name: 'dynamics-tls', version }, ...report }, undefined, 2)}\n`;
}
