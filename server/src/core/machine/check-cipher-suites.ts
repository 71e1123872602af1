import { cipherSuiteKeys } from '../facts/machine-keys.ts';
import { isAcceptedByDataverse } from '../facts/tls-cipher-suites.ts';
import type { RegistryData } from '../sources/registry-file.ts';
import { type Machine, valueAt } from './machine.ts';
import type { MachineCheck, MachineLevel, MachineState } from './machine-report.ts';

/** The suites that clients of this machine offer, and who decides about them. */
export interface OfferedSuites {
  readonly from: 'policy' | 'local' | 'windows';
  /** In the order of preference, without the curves that older versions of Windows append. */
  readonly names: readonly string[];
}

/** The policy's list, else the machine's own, else the default of its Windows; undefined where that is not known. */
export function offeredSuites({ registry, schannel }: Machine): OfferedSuites | undefined {
  for (const from of ['policy', 'local'] as const) {
    const names = suitesOf(registry.value(cipherSuiteKeys[from], 'Functions')?.data);
    if (names.length > 0) {
      return { from, names };
    }
  }
  return schannel && { from: 'windows', names: schannel.suites };
}

/** Those that Dataverse accepts. */
export function acceptedSuites(suites: OfferedSuites): string[] {
  return suites.names.filter((name) => isAcceptedByDataverse(name));
}

/** The order of cipher suites against Dataverse's list. */
export function checkCipherSuites(machine: Machine): MachineCheck[] {
  const { registry, windows } = machine;
  const suites = offeredSuites(machine);
  const check = {
    id: 'cipher-suites',
    area: 'cipher-suites',
    title: 'Cipher suites of Windows',
    values: (['policy', 'local'] as const).map((from) => valueAt(registry, cipherSuiteKeys[from], 'Functions')),
  } as const;
  if (!suites) {
    const isRead = registry.isCovered(cipherSuiteKeys.local) || registry.isCovered(cipherSuiteKeys.policy);
    return [
      {
        ...check,
        state: isRead ? 'default' : 'not-read',
        level: 'note',
        text: 'The file has no order of cipher suites, so that the default of Windows holds, which is not known here.',
        next: isRead
          ? null
          : `Export ${cipherSuiteKeys.policy} and ${cipherSuiteKeys.local} as well, where they exist.`,
      },
    ];
  }
  const source = {
    policy: 'The policy "SSL Cipher Suite Order"',
    local: 'The order of this machine',
    windows: `The default of ${windows?.name}`,
  }[suites.from];
  return [{ ...check, ...judge(suites, source) }];
}

function judge(
  suites: OfferedSuites,
  source: string,
): { state: MachineState; level: MachineLevel; text: string; next: string | null } {
  const accepted = acceptedSuites(suites);
  const state = suites.from === 'windows' ? 'default' : 'complete';
  const next =
    suites.from === 'policy'
      ? 'Add TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 and TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 to the policy "SSL Cipher Suite Order".'
      : 'Add suites with Enable-TlsCipherSuite, or with the policy "SSL Cipher Suite Order": TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 and TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256.';
  if (accepted.length === 0) {
    return {
      state: 'off',
      level: 'bad',
      text: `${source} has ${suites.names.length} suites, and Dataverse accepts none of them: every connection fails, also with TLS 1.2.`,
      next,
    };
  }
  const rsa = accepted.filter((name) => name.startsWith('TLS_ECDHE_RSA_'));
  const count = `Dataverse accepts ${accepted.length} of ${suites.names.length} suites`;
  if (rsa.length === 0) {
    return {
      state: 'half',
      level: 'weak',
      text: `${source}: ${count}, and none of these is for TLS 1.2 with an RSA certificate, which most servers have.`,
      next,
    };
  }
  if (!rsa.some((name) => name.includes('_GCM_'))) {
    return {
      state: state === 'default' ? 'default' : 'half',
      level: 'note',
      text: `${source}: ${count}, and with an RSA certificate only those with CBC are left. Dataverse accepts them; a host that takes GCM alone does not.`,
      next: suites.from === 'windows' ? null : next,
    };
  }
  return { state, level: 'good', text: `${source}: ${count}, first ${accepted[0]}.`, next: null };
}

/** A list of texts, or one text with commas. Up to Windows 8.1, names end with the curve (`_P256`). */
function suitesOf(data: RegistryData | undefined): string[] {
  const texts = data?.type === 'multi-string' ? data.value : data?.type === 'string' ? data.value.split(',') : [];
  const names = texts
    .map((text) =>
      text
        .trim()
        .toUpperCase()
        .replace(/_P\d{3}$/, ''),
    )
    .filter(Boolean);
  return [...new Set(names)];
}
