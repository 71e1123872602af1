import { isAccepted, offeredVersions, type ProtocolChoice, supportedWindows } from '../facts/net-tls-defaults.ts';
import { simulatedClients } from '../facts/tls-clients.ts';
import { tlsVersions } from '../facts/tls-versions.ts';
import { schannelDefaults } from '../facts/tls-windows.ts';
import type { Location } from '../model/finding.ts';
import { basename, type FilePath } from '../model/path.ts';
import type { ProtocolUse } from '../model/protocol-use.ts';
import type { Connection } from '../sources/powershell/reading.ts';
import type { WorkspaceModel } from '../workspace/model.ts';
import { isPowerShell, type PowerShellPart, readScriptDocument } from '../workspace/script-document.ts';
import { runsOf } from '../workspace/script-loaders.ts';
import { applyChanges, type ProtocolChange } from './process-settings.ts';
import {
  type ProcessFix,
  type ProcessVerdict,
  type TlsApi,
  tlsApis,
  type Verdict,
  type VerdictStep,
  type WindowsOffer,
  worseVerdict,
} from './process-verdict.ts';

/**
 * The verdict of a PowerShell script that connects to Dynamics, or that pins protocols: how Windows PowerShell starts
 * differs by build and host, so that a script which never sets TLS is unknown, and unsafe only if it pins what the
 * service refuses. Nothing for scripts that do neither.
 * Source: https://learn.microsoft.com/troubleshoot/dynamics-365/sales/tls-1-dot-2-required-for-connectivity
 */
export function scriptProcesses(path: FilePath, workspace: WorkspaceModel): ProcessVerdict[] {
  const text = isPowerShell(path) && !/\.tests?\.ps1$/i.test(path) ? workspace.readText(path) : undefined;
  const part =
    text === undefined ? undefined : readScriptDocument(path, text, workspace.readText)?.parts[0]?.powerShell;
  if (!part) {
    return [];
  }
  const changes = part.reading.uses.filter(
    (use): use is ProtocolUse =>
      use.kind === 'protocol' && use.api === 'service-point-manager' && use.effect !== 'names',
  );
  const pins = changes.filter(isObsoletePin);
  if (part.reading.connections.every((one) => one.path !== path) && pins.length === 0) {
    return [];
  }
  // Who loads the script is a question to all others, and asked only where the answer matters.
  const runs = runsOf(part, workspace);
  if (runs.connections.length === 0 && pins.length === 0) {
    return [];
  }
  const isCore = part.engine === 'core' || runs.isCore;
  return [describe(path, part, isCore, judge(path, isCore, runs.connections, pins, part), changes)];
}

interface Judged {
  readonly verdict: Verdict;
  readonly because: readonly VerdictStep[];
  readonly fix: ProcessFix | null;
}

function judge(
  path: FilePath,
  isCore: boolean,
  connections: readonly Connection[],
  pins: readonly ProtocolUse[],
  part: PowerShellPart,
): Judged {
  const places = unique(connections);
  if (isCore) {
    const text = 'It is for PowerShell 7, which leaves the TLS versions to the system.';
    return { verdict: 'not-affected', because: [{ text, at: null, effect: 'decides' }], fix: null };
  }
  if (places.length > 0 && places.every(({ host, command }) => host === 'on-premises' || command.isOnPremises)) {
    const text = 'It connects to servers on premises only, and only the online service requires TLS 1.2.';
    const at = placeOf(places[0] as Connection);
    return { verdict: 'not-affected', because: [{ text, at, effect: 'decides' }], fix: null };
  }
  const verdicts = places.map(verdictOf);
  const isPinned = pins.length > 0 && (places.length === 0 || verdicts.includes('unsafe'));
  const verdict = isPinned ? 'unsafe' : verdicts.reduce<Verdict>(worseVerdict, 'not-affected');
  const pinSteps = pins.map((use): VerdictStep => {
    const names = use.protocols.known ? use.protocols.value.join(', ') : '';
    const text = `${basename(path)} allows only ${names}.`;
    return { text, at: { path, range: use.valueRange }, effect: isPinned ? 'decides' : 'none' };
  });
  const steps = places.map((connection, index): VerdictStep => {
    const isWorst = !isPinned && verdicts[index] === verdict;
    return { text: wordsOf(connection), at: placeOf(connection), effect: isWorst ? 'decides' : 'none' };
  });
  const pin = pins.at(-1);
  const at: Location | undefined = pin ? { path, range: pin.valueRange } : places[0] && placeOf(places[0]);
  const engine: VerdictStep[] =
    part.engine === 'unknown'
      ? [{ text: 'Nothing says which PowerShell runs it: judged as Windows PowerShell.', at: null, effect: 'none' }]
      : [];
  return {
    verdict,
    because: [...pinSteps, ...steps, ...engine],
    fix: verdict === 'unsafe' && at ? { title: 'Allow TLS 1.2 before the first connection', at } : null,
  };
}

/** The same place, reached on several ways: the worst counts. */
function unique(connections: readonly Connection[]): Connection[] {
  const byPlace = new Map<string, Connection>();
  for (const connection of connections) {
    const key = `${connection.path} ${connection.range.start}`;
    const before = byPlace.get(key);
    if (!before || worseVerdict(verdictOf(connection), verdictOf(before)) !== verdictOf(before)) {
      byPlace.set(key, connection);
    }
  }
  return [...byPlace.values()];
}

function verdictOf({ state, command, host }: Connection): Verdict {
  if (host === 'on-premises') {
    return 'not-affected';
  }
  if (state === 'modern' || command.setsTls === 'yes') {
    return 'safe';
  }
  return state === 'obsolete' && command.setsTls === 'no' ? 'unsafe' : 'unknown';
}

function wordsOf(connection: Connection): string {
  const { command, state, host } = connection;
  if (host === 'on-premises') {
    return `${command.name} connects to a server on premises.`;
  }
  if (command.setsTls === 'yes') {
    return `${command.name} of ${command.module} allows TLS 1.2 by itself.`;
  }
  const before = {
    modern: 'TLS 1.2 is allowed before',
    obsolete: 'only old protocols are allowed before',
    maybe: 'TLS 1.2 is allowed before on some ways only',
    unset: 'nothing allows TLS 1.2 before, and the default of Windows PowerShell differs by build and host',
  }[state];
  return `${command.name} connects: ${before}.`;
}

function placeOf({ path, range }: Connection): Location {
  return { path, range };
}

function isObsoletePin(use: ProtocolUse): boolean {
  const protocols = use.effect === 'replaces' && use.protocols.known && !use.isSystemDefault ? use.protocols.value : [];
  return protocols.length > 0 && !protocols.some((name) => name === 'TLS 1.2' || name === 'TLS 1.3');
}

function describe(
  path: FilePath,
  { file }: PowerShellPart,
  isCore: boolean,
  judged: Judged,
  uses: readonly ProtocolUse[],
): ProcessVerdict {
  const isKnown = isCore || (judged.verdict !== 'unknown' && uses.length > 0);
  const changes = isCore ? [] : uses.flatMap(changeOf);
  const at = judged.because.find((step) => step.at)?.at ?? {
    path,
    range: { start: 0, end: Math.min(1, file.text.length) },
  };
  const offers = schannelDefaults.map((system): WindowsOffer => {
    const choice = applyChanges(isCore ? 'system' : defaultOf(system.id), changes);
    const protocols = isKnown ? offeredVersions(choice, system) : [];
    const isOpen = judged.verdict === 'not-affected' || judged.verdict === 'unknown' || !isKnown;
    const verdict = isOpen ? judged.verdict : isAccepted(protocols) ? 'safe' : 'unsafe';
    const isJudged = supportedWindows.includes(system.id);
    return {
      id: system.id,
      // What connects with several states is as bad as the worst of them.
      verdict: isJudged ? worseVerdict(verdict, judged.verdict) : verdict,
      protocols,
      systemDefault: isKnown && choice === 'system',
      strongCrypto: false,
    };
  });
  const usual = offers.find(({ id }) => id === '10') as WindowsOffer;
  return {
    id: path,
    path,
    name: basename(path),
    kind: 'script',
    target: null,
    configuration: null,
    configurations: [],
    framework: null,
    verdict: judged.verdict,
    windows: offers,
    apis: tlsApis.map((id: TlsApi) => ({
      id,
      verdict: usual.verdict,
      protocols: usual.protocols,
      systemDefault: usual.systemDefault,
      strongCrypto: false,
      counts: id === 'http',
    })),
    because: judged.because,
    fix: judged.fix,
    at,
    programs: [],
  };
}

/** What Windows PowerShell 5.1 starts with, as far as it is known; an assumption that the probe makes, too. */
function defaultOf(windows: WindowsOffer['id']): ProtocolChoice {
  return (
    simulatedClients.find(({ id, windows: only }) => id === 'powershell-5.1' && only?.includes(windows))?.versions ??
    'system'
  );
}

function changeOf(use: ProtocolUse): ProtocolChange[] {
  if (use.effect === 'names' || !(use.protocols.known || use.isSystemDefault)) {
    return [];
  }
  const named = use.protocols.known ? use.protocols.value : [];
  const protocols = use.isSystemDefault
    ? ('system' as const)
    : tlsVersions.filter((version) => named.includes(version));
  return [{ effect: use.effect, protocols }];
}
