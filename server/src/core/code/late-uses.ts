import type { UseTiming } from '../model/protocol-use.ts';
import { memberAt } from './structure.ts';
import type { Evaluator } from './values.ts';

const unremarkable: UseTiming = { kind: 'unremarkable' };

/** Calls that open a connection when they come back. Asynchronous ones are taken where they are awaited or waited for. */
const connects: ReadonlySet<string> = new Set([
  ...[
    'GetResponse',
    'GetRequestStream',
    'DownloadString',
    'DownloadData',
    'DownloadFile',
    'UploadString',
    'UploadData',
  ],
  ...['UploadFile', 'UploadValues', 'OpenRead', 'OpenWrite', 'GetStringAsync', 'GetAsync', 'PostAsync', 'PutAsync'],
  ...['SendAsync', 'GetByteArrayAsync', 'GetStreamAsync', 'DeleteAsync', 'PatchAsync', 'PostAsJsonAsync'],
]);

/** Clients of Dynamics 365 that connect while they are made. */
const connectingTypes: ReadonlySet<string> = new Set(['CrmServiceClient', 'ServiceClient']);

/**
 * Whether a process-wide setting comes too late in its own member: behind the first connection, or behind a request that
 * has taken over the protocols. Only statements that certainly ran before are looked at.
 * Source: https://github.com/microsoft/referencesource (System/net/System/Net/HttpWebRequest.cs: the constructor)
 */
export function lateness({ code, structure }: Evaluator, at: number): UseTiming {
  const member = memberAt(structure, at);
  if (!member) {
    return unremarkable;
  }
  const memberStart = member.first;
  const block = code.around(structure.statementStart(at));
  const [first, last] = [member.first, structure.statementStart(at)];
  let late: UseTiming = unremarkable;
  for (let i = first; i < last; i++) {
    if (!code.isName(i)) {
      continue;
    }
    const name = code.name(i);
    if (/^SecurityProtocol$/i.test(name) && /^(?:=|\|=|<-)$/.test(code.word(i + 1))) {
      return unremarkable;
    }
    const after =
      late.kind === 'late'
        ? undefined
        : effectOf(name, code.is(i + 1, '('), code.is(i - 1, 'new') || code.is(i - 1, 'New'), code.name(i - 2));
    if (after && isCertain(i)) {
      late = { kind: 'late', after, at: code.range(structure.statementStart(i), structure.statementEnd(i)) };
    }
  }
  return late;

  /** True for a statement of the same block, or of one around it. */
  function isCertain(i: number): boolean {
    const start = structure.statementStart(i);
    const isInOwn = structure.scopesOf(i)[0];
    if (code.language === 'csharp') {
      const own = code.around(start);
      return own === block || isAround(own);
    }
    return (
      isInOwn === undefined ||
      (isInOwn.first <= start &&
        structure.scopesOf(at).some(({ first: from, end }) => from === isInOwn.first && end >= isInOwn.end))
    );
  }

  function isAround(open: number): boolean {
    for (let around = block; around >= 0; around = code.around(around)) {
      if (around === open) {
        return structure.scopesOf(at).length > 0 && open >= memberStart - 1;
      }
    }
    return false;
  }
}

function effectOf(
  name: string,
  isCall: boolean,
  isNew: boolean,
  owner: string,
): 'request-created' | 'connected' | undefined {
  if (isCall && /^Create(?:Http)?$/.test(name) && /^(?:Http)?WebRequest$/.test(owner)) {
    return 'request-created';
  }
  if (isNew && isCall && connectingTypes.has(name)) {
    return 'connected';
  }
  return isCall && !isNew && connects.has(name) ? 'connected' : undefined;
}
