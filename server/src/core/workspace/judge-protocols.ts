import type { Severity } from '../model/finding.ts';
import type { ProtocolName, ProtocolUse } from '../model/protocol-use.ts';
import type { CodeProcess } from './code-process.ts';

/** What is wrong with a use of protocols, and how bad it is in one process. */
export interface ProtocolJudgement {
  readonly problem: ProtocolProblem;
  readonly severity: Severity;
  /** The protocols that the problem is about. */
  readonly protocols: readonly ProtocolName[];
}

/**
 * `obsolete`: nothing but obsolete protocols. `mixed`: those beside TLS 1.2. `passed-on`: obsolete ones given to something
 * whose use is not seen. `listed`: in a collection. `possible`: among what the running program chooses from.
 * `added`: to what is allowed. `hard-coded`: works, and stays at what is written. `pins-system`: takes the choice from
 * Windows. `pins-by-adding`: the same, because the present value is 0 and an addition makes it an exact list.
 * `removed`, `toggled`: TLS 1.2. `not-available`: TLS 1.3 on runtimes that throw. `without-effect`: the modern HttpClient
 * does not look. `late`: the request or the connection is there already.
 */
export type ProtocolProblem =
  | 'obsolete'
  | 'mixed'
  | 'passed-on'
  | 'listed'
  | 'possible'
  | 'added'
  | 'hard-coded'
  | 'pins-system'
  | 'pins-by-adding'
  | 'removed'
  | 'toggled'
  | 'not-available'
  | 'without-effect'
  | 'late-request'
  | 'late-connection';

const current: readonly ProtocolName[] = ['TLS 1.2', 'TLS 1.3'];

/** Everything that is wrong with a use in a process, the gravest first; most uses have nothing or one thing. */
export function judgeProtocols(use: ProtocolUse, process: CodeProcess): ProtocolJudgement[] {
  if (use.effect === 'names') {
    return [];
  }
  const isProcessWide = use.api === 'service-point-manager';
  if (isProcessWide && process.runtime === 'modern') {
    return [{ problem: 'without-effect', severity: 'information', protocols: [] }];
  }
  const found = [judgeValue(use, process), judgeAvailability(use, process), judgeTiming(use, process)];
  return found
    .filter((judgement) => judgement !== undefined)
    .map((judgement) => ({ ...judgement, severity: milder(judgement.severity, use, process) }));
}

/** Debug builds are one level milder; the tests' process is not the program's. */
function milder(severity: Severity, use: ProtocolUse, process: CodeProcess): Severity {
  if (process.isTest) {
    return 'information';
  }
  return use.where.isDebugOnly ? lower(severity) : severity;
}

/** One level less. */
export function lower(severity: Severity): Severity {
  return severity === 'error' ? 'warning' : 'information';
}

function judgeValue(use: ProtocolUse, process: CodeProcess): ProtocolJudgement | undefined {
  if (!use.protocols.known) {
    const possible = use.places.map(({ protocol }) => protocol).filter(isObsolete);
    return possible.length > 0
      ? { problem: 'possible', severity: 'information', protocols: distinct(possible) }
      : undefined;
  }
  const protocols = use.protocols.value;
  const obsolete = protocols.filter(isObsolete);
  switch (use.effect) {
    case 'replaces':
      return use.api === 'value' || use.api === 'call'
        ? judgeSeen(use, protocols, obsolete)
        : judgeReplacement(use, process, protocols, obsolete);
    case 'adds':
      return judgeAddition(use, process, protocols, obsolete);
    case 'removes':
      return protocols.includes('TLS 1.2')
        ? { problem: 'removed', severity: 'error', protocols: protocols.filter((name) => current.includes(name)) }
        : undefined;
    case 'toggles':
      return protocols.includes('TLS 1.2') && !use.where.isGuarded
        ? { problem: 'toggled', severity: 'warning', protocols: ['TLS 1.2'] }
        : undefined;
    default:
      return undefined;
  }
}

function isObsolete(name: ProtocolName): boolean {
  return !current.includes(name);
}

function distinct(names: readonly ProtocolName[]): ProtocolName[] {
  return [...new Set(names)];
}

/** A value that is stored or handed on: it enables something, and what becomes of it stands elsewhere. */
function judgeSeen(
  { form }: ProtocolUse,
  protocols: readonly ProtocolName[],
  obsolete: readonly ProtocolName[],
): ProtocolJudgement | undefined {
  if (obsolete.length === 0) {
    return undefined;
  }
  if (form === 'collection') {
    return { problem: 'listed', severity: 'information', protocols: obsolete };
  }
  const isOnly = obsolete.length === protocols.length;
  return { problem: 'passed-on', severity: isOnly ? 'warning' : 'information', protocols: obsolete };
}

function judgeReplacement(
  use: ProtocolUse,
  process: CodeProcess,
  protocols: readonly ProtocolName[],
  obsolete: readonly ProtocolName[],
): ProtocolJudgement | undefined {
  if (use.isSystemDefault || protocols.length === 0) {
    return undefined;
  }
  if (obsolete.length > 0) {
    const isOnly = obsolete.length === protocols.length;
    return { problem: isOnly ? 'obsolete' : 'mixed', severity: isOnly ? 'error' : 'warning', protocols: obsolete };
  }
  const isSystem = process.defaults === 'system' || process.runtime === 'modern';
  const isServer = use.api === 'kestrel';
  const isWide = use.api !== 'service-point-manager' && protocols.includes('TLS 1.3');
  return isSystem && !isServer
    ? { problem: 'pins-system', severity: isWide ? 'information' : 'warning', protocols }
    : { problem: 'hard-coded', severity: 'information', protocols };
}

/** What an addition means depends on the present value: 0 becomes an exact list, and a list grows. */
function judgeAddition(
  use: ProtocolUse,
  process: CodeProcess,
  protocols: readonly ProtocolName[],
  obsolete: readonly ProtocolName[],
): ProtocolJudgement | undefined {
  const isSystem = process.defaults === 'system';
  if (obsolete.length > 0) {
    const isOnly = obsolete.length === protocols.length;
    const isAllThereIs = isOnly && isSystem && use.where.isGuarded === false;
    return {
      problem: isAllThereIs ? 'obsolete' : isOnly ? 'added' : 'mixed',
      severity: isAllThereIs ? 'error' : 'warning',
      protocols: obsolete,
    };
  }
  return isSystem && !use.where.isGuarded ? { problem: 'pins-by-adding', severity: 'warning', protocols } : undefined;
}

/**
 * Runtimes before 4.8 refuse TLS 1.3 as a value.
 * Source: https://github.com/microsoft/referencesource (System/net/System/Net/ServicePointManager.cs)
 */
function judgeAvailability(use: ProtocolUse, process: CodeProcess): ProtocolJudgement | undefined {
  const isNamed = use.protocols.known && use.protocols.value.includes('TLS 1.3') && use.effect !== 'removes';
  const isEnforced = use.api !== 'value' && use.api !== 'call';
  const version = process.runtime === 'framework' ? process.version : undefined;
  const isOld = version !== undefined && Number.parseFloat(version) < 4.8;
  return isNamed && isEnforced && isOld && !use.where.isInTry
    ? { problem: 'not-available', severity: 'warning', protocols: ['TLS 1.3'] }
    : undefined;
}

function judgeTiming(use: ProtocolUse, process: CodeProcess): ProtocolJudgement | undefined {
  if (use.timing.kind !== 'late' || use.effect === 'removes') {
    return undefined;
  }
  if (use.timing.after === 'request-created') {
    return { problem: 'late-request', severity: 'warning', protocols: [] };
  }
  return {
    problem: 'late-connection',
    severity: process.defaults === 'obsolete' ? 'warning' : 'information',
    protocols: [],
  };
}
