import type { Analysis, Finding } from '../core/index.ts';
import type { BaselineResult } from './audit-baseline.ts';
import type { ChangesResult } from './audit-changes.ts';
import type { Session } from './session.ts';

/** What the formats of the audit print. */
export interface AuditOutput {
  readonly analysis: Analysis;
  /** What is told: all findings, without those that were there before. */
  readonly findings: readonly Finding[];
  /** Undefined without a baseline. */
  readonly baseline: BaselineResult | undefined;
  /** Undefined when everything is told, not only what a change made worse. */
  readonly changes: ChangesResult | undefined;
  readonly session: Session;
  readonly milliseconds: number;
}
