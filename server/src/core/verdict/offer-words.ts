import { schannelDefaults } from '../facts/tls-windows.ts';
import type { ProcessVerdict, Verdict, WindowsOffer } from './process-verdict.ts';
import { versionWords } from './wording.ts';

/** `offers TLS 1.0 only`: what a process offers on Windows 10, as the end of a sentence. */
export function offerWords(process: ProcessVerdict): string {
  const usual = process.windows.find(({ id }) => id === '10');
  if (!usual || (usual.protocols.length === 0 && !usual.systemDefault && process.because.length > 0)) {
    const isJudged = process.verdict === 'unsafe' || process.verdict === 'safe';
    const isHosted = ['library', 'test', 'plugin-host'].includes(process.kind);
    return isJudged ? 'offers nothing' : process.verdict === 'unknown' && !isHosted ? open : elsewhere[process.verdict];
  }
  return `offers ${offerOn(usual)}`;
}

/** Of a program of whose target or start nothing certain is known. */
const open = 'could not be judged';

/** What is said where no protocols can be told. */
const elsewhere: Readonly<Record<Verdict, string>> = {
  unsafe: 'offers nothing',
  safe: 'offers what its programs offer',
  unknown: 'offers what its host offers',
  'not-affected': 'is not affected',
};

function offerOn(offer: WindowsOffer): string {
  return offer.systemDefault ? 'what Windows offers' : versionWords(offer.protocols);
}

/** Windows versions with the same offer and verdict, for one line of a text. */
export interface WindowsGroup {
  /** `Windows 10, 11, Server 2016`. */
  readonly names: string;
  /** `TLS 1.0 only`. */
  readonly offer: string;
  readonly verdict: Verdict;
}

/** The offers by Windows version, alike ones together; nothing where something else decides. */
export function windowsGroups(process: ProcessVerdict): WindowsGroup[] {
  if (process.windows.every(({ protocols }) => protocols.length === 0)) {
    return [];
  }
  const groups = new Map<string, { names: string[]; offer: string; verdict: Verdict }>();
  for (const { id, protocols, verdict } of process.windows) {
    const offer = versionWords(protocols);
    const key = `${offer}\n${verdict}`;
    const name = schannelDefaults.find((system) => system.id === id)?.name ?? id;
    const group = groups.get(key) ?? { names: [], offer, verdict };
    group.names.push(name);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ names, ...group }) => ({ ...group, names: joinNames(names) }));
}

/** Says `Windows` and `Server` once each. */
function joinNames(names: readonly string[]): string {
  const short = (prefix: string) =>
    names
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length))
      .join(', ');
  const clients = short('Windows ');
  const servers = short('Server ');
  return [clients && `Windows ${clients}`, servers && `Server ${servers}`].filter(Boolean).join('; ');
}

/** `offers TLS 1.0 only · 3 reasons`: the title of a code lens. */
export function lensTitle(process: ProcessVerdict): string {
  const count = process.because.length;
  return `${offerWords(process)} · ${count} ${count === 1 ? 'reason' : 'reasons'}`;
}
