import { version } from '../../core/index.ts';
import { type ProbeReport, probeDocument } from '../../probe/index.ts';

/** The probe as JSON: schema `probe.schema.json`. */
export function probeJson(report: ProbeReport): string {
  return probeDocument(report, version);
}
