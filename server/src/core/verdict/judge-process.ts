import { offeredVersions, supportedWindows } from '../facts/net-tls-defaults.ts';
import { type SchannelDefaults, schannelDefaults } from '../facts/tls-windows.ts';
import { apiChoice, connects, type MachineSettings, type ProcessSettings, plainMachine } from './process-settings.ts';
import {
  type ApiOffer,
  type ProcessFix,
  type TlsApi,
  tlsApis,
  type Verdict,
  type VerdictStep,
  type WindowsOffer,
  worseVerdict,
} from './process-verdict.ts';
import type { ReasoningStep } from './program-steps.ts';

/** What a chain of steps comes to. */
export interface ChainResult {
  readonly verdict: Verdict;
  readonly windows: readonly WindowsOffer[];
  readonly apis: readonly ApiOffer[];
  readonly because: readonly VerdictStep[];
  readonly fix: ProcessFix | null;
}

/** The Windows that stands for its APIs, and by which steps are weighed. */
const usualWindows = schannelDefaults.find(({ id }) => id === '10') as SchannelDefaults;

/**
 * Judges a process by the steps of its reasoning: the certain ones one after the other, then what perhaps holds
 * besides. `counting` are the APIs that decide, HttpWebRequest among them.
 */
export function judgeChain(steps: readonly ReasoningStep[], counting: ReadonlySet<TlsApi>): ChainResult {
  const last = steps.findLast(({ settings }) => settings)?.settings;
  if (!last) {
    throw new Error('A chain of reasoning needs a certain step.');
  }
  const windows = schannelDefaults.map((system) => offerOn(system, last, steps, counting));
  const verdict = windows
    .filter(({ id }) => supportedWindows.includes(id))
    .map((offer) => offer.verdict)
    .reduce(worseVerdict, 'not-affected');
  const deciding = decidingStep(steps, counting);
  return {
    verdict,
    windows,
    apis: tlsApis.map((api) => apiOffer(api, last, steps, counting)),
    because: weigh(steps, deciding, counting),
    fix: verdict === 'unsafe' ? fixOf(steps, deciding, counting) : null,
  };
}

function offerOn(
  system: SchannelDefaults,
  last: ProcessSettings,
  steps: readonly ReasoningStep[],
  counting: ReadonlySet<TlsApi>,
): WindowsOffer {
  const choice = apiChoice(last, plainMachine, 'http');
  const isModern = last.runtime === 'modern';
  return {
    id: system.id,
    verdict: isModern ? 'not-affected' : verdictOn(system, last, steps, [...counting]),
    protocols: offeredVersions(choice.protocols, system),
    systemDefault: choice.protocols === 'system',
    strongCrypto: choice.strongCrypto,
  };
}

function apiOffer(
  api: TlsApi,
  last: ProcessSettings,
  steps: readonly ReasoningStep[],
  counting: ReadonlySet<TlsApi>,
): ApiOffer {
  const choice = apiChoice(last, plainMachine, api);
  return {
    id: api,
    verdict: last.runtime === 'modern' ? 'not-affected' : verdictOn(usualWindows, last, steps, [api]),
    protocols: offeredVersions(choice.protocols, usualWindows),
    systemDefault: choice.protocols === 'system',
    strongCrypto: choice.strongCrypto,
    counts: counting.has(api),
  };
}

/** Certain harm outweighs, then what may harm, then what may help. */
function verdictOn(
  system: SchannelDefaults,
  last: ProcessSettings,
  steps: readonly ReasoningStep[],
  apis: readonly TlsApi[],
): Verdict {
  let verdict: Verdict = works(last, plainMachine, system, apis) ? 'safe' : 'unsafe';
  const isSafe = verdict === 'safe';
  for (const { perhaps } of steps) {
    if (!perhaps) {
      continue;
    }
    const isSafeThen = works(perhaps.settings, perhaps.machine, system, apis);
    if (isSafe && !isSafeThen) {
      verdict = worseVerdict(verdict, perhaps.harm);
    } else if (!isSafe && isSafeThen) {
      verdict = 'unknown';
    }
  }
  return verdict;
}

function works(
  settings: ProcessSettings,
  machine: MachineSettings,
  system: SchannelDefaults,
  apis: readonly TlsApi[],
): boolean {
  return apis.every((api) => connects(settings, machine, api, system));
}

/** The last certain step that changed what is asked for, or the first of all. */
function decidingStep(steps: readonly ReasoningStep[], counting: ReadonlySet<TlsApi>): ReasoningStep | undefined {
  let deciding: ReasoningStep | undefined;
  let present = '';
  for (const step of steps) {
    if (!step.settings) {
      continue;
    }
    const { settings } = step;
    const next = JSON.stringify([...counting].map((api) => apiChoice(settings, plainMachine, api).protocols));
    if (next !== present || step.isFreshStart) {
      deciding = step;
      present = next;
    }
  }
  return deciding;
}

function weigh(
  steps: readonly ReasoningStep[],
  deciding: ReasoningStep | undefined,
  counting: ReadonlySet<TlsApi>,
): VerdictStep[] {
  const last = steps.findLast(({ settings }) => settings)?.settings;
  const fresh = steps.findLastIndex(({ isFreshStart }) => isFreshStart);
  let before = true;
  return steps.map((step, index): VerdictStep => {
    const { text, at } = step;
    if (step.settings && index < fresh) {
      return { text, at, effect: 'none' };
    }
    if (step.settings) {
      const isSafe = isSafeEverywhere(step.settings, plainMachine, counting);
      const effect = isSafe === before ? 'none' : isSafe ? 'lowers' : 'raises';
      before = isSafe;
      return { text, at, effect: step === deciding ? 'decides' : effect };
    }
    return { text, at, effect: step.perhaps && last ? perhapsEffect(step.perhaps, last, counting) : 'none' };
  });
}

function perhapsEffect(
  { settings, machine }: { settings: ProcessSettings; machine: MachineSettings },
  last: ProcessSettings,
  counting: ReadonlySet<TlsApi>,
): VerdictStep['effect'] {
  const isSafe = isSafeEverywhere(last, plainMachine, counting);
  const isSafeThen = isSafeEverywhere(settings, machine, counting);
  return isSafe === isSafeThen ? 'none' : isSafeThen ? 'lowers' : 'raises';
}

/** On every Windows version in support. */
function isSafeEverywhere(settings: ProcessSettings, machine: MachineSettings, counting: ReadonlySet<TlsApi>): boolean {
  return schannelDefaults
    .filter(({ id }) => supportedWindows.includes(id))
    .every((system) => works(settings, machine, system, [...counting]));
}

/** What is certain and decides comes first; then a file that harms. */
function fixOf(
  steps: readonly ReasoningStep[],
  deciding: ReasoningStep | undefined,
  counting: ReadonlySet<TlsApi>,
): ProcessFix | null {
  const last = steps.findLast(({ settings }) => settings)?.settings;
  const isCertain = last !== undefined && !isSafeEverywhere(last, plainMachine, counting);
  if (isCertain) {
    return deciding?.fix ?? steps.findLast((step) => step.settings && step.fix)?.fix ?? null;
  }
  const harmful = steps.find(({ perhaps }) => perhaps && last && perhapsEffect(perhaps, last, counting) === 'raises');
  return harmful?.fix ?? null;
}
