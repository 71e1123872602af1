import { secureProtocolsKeys, winHttpKey } from '../facts/machine-keys.ts';
import { winHttpProtocols } from '../facts/registry-keys.ts';
import type { WindowsId } from '../facts/tls-windows.ts';
import { formatNames } from './format-names.ts';
import { type Machine, numberAt, valueAt } from './machine.ts';
import type { MachineCheck } from './machine-report.ts';

/** WinHTTP and Internet Settings: what programs besides .NET Framework, and Internet Explorer, go by. */
export function checkInternet(machine: Machine): MachineCheck[] {
  return [checkWinHttp(machine), checkInternetSettings(machine)];
}

/**
 * What WinHTTP offers where the value is not set.
 * Source: https://learn.microsoft.com/windows/win32/winhttp/option-flags (WINHTTP_OPTION_SECURE_PROTOCOLS)
 */
const winHttpDefaults: Readonly<Partial<Record<WindowsId, string>>> = {
  '7': 'SSL 3.0 and TLS 1.0',
  'server-2008r2': 'SSL 3.0 and TLS 1.0',
};

const tls12OrLater = winHttpProtocols.reduce((bits, [bit, , isCurrent]) => (isCurrent ? bits | bit : bits), 0);

function checkWinHttp({ registry, views, windows }: Machine): MachineCheck {
  const places = views.map((view) => {
    const key = winHttpKey(view);
    return { view, key, mask: numberAt(registry, key, 'DefaultSecureProtocols'), isRead: registry.isCovered(key) };
  });
  const check = {
    id: 'winhttp',
    area: 'winhttp',
    title: 'Default protocols of WinHTTP',
    values: places.map(({ key }) => valueAt(registry, key, 'DefaultSecureProtocols')),
  } as const;
  const whom = 'programs that use WinHTTP and do not choose themselves';
  const createFiles =
    'Create a registry file with the option for WinHTTP: "Create Registry File" (dynamics-tls registry --winhttp).';
  const set = places.filter(({ mask }) => mask !== undefined && mask !== 0);
  const old = set.filter(({ mask = 0 }) => (mask & tls12OrLater) === 0);
  if (old[0]) {
    return {
      ...check,
      state: 'off',
      level: 'bad',
      text: `Only ${maskNames(old[0].mask ?? 0)} for ${whom}: Dynamics 365 and Dataverse online refuse all of them.`,
      next: createFiles,
    };
  }
  const wrongType = check.values.some(({ data }) => data !== null && !data.startsWith('dword:'));
  if (wrongType) {
    return {
      ...check,
      state: 'misspelt',
      level: 'weak',
      text: 'The value has the wrong type: it has to be a REG_DWORD.',
      next: createFiles,
    };
  }
  if (set.length === places.length && set[0]) {
    return {
      ...check,
      state: 'complete',
      level: 'good',
      text: `${maskNames(set[0].mask ?? 0)} for ${whom}.`,
      next: null,
    };
  }
  if (set[0]) {
    const isNative = set[0].view === 'native';
    return {
      ...check,
      state: 'half',
      level: 'weak',
      text: `Set for ${isNative ? '64-bit' : '32-bit'} programs only; ${isNative ? '32-bit' : '64-bit'} ones that use WinHTTP keep the default.`,
      next: createFiles,
    };
  }
  if (places.some(({ isRead }) => !isRead)) {
    return {
      ...check,
      state: 'not-read',
      level: 'note',
      text: 'The file does not have the keys of WinHTTP; without them the default of Windows holds.',
      next: null,
    };
  }
  const old7 =
    windows && (winHttpDefaults[windows.id] ?? (windows.name.endsWith(' 8') ? 'SSL 3.0 and TLS 1.0' : undefined));
  return old7
    ? {
        ...check,
        state: 'default',
        level: 'weak',
        text: `Not set: ${whom} offer ${old7} on ${windows?.name}. The value needs the update KB3140245.`,
        next: createFiles,
      }
    : {
        ...check,
        state: 'default',
        level: 'good',
        text: `Not set: the default of Windows holds${windows ? ', which has TLS 1.2' : ''}.`,
        next: null,
      };
}

/** What Internet Explorer and programs on WinINet offer: the paragraph of the requirement about browsers. */
function checkInternetSettings({ registry, views }: Machine): MachineCheck {
  const keys = secureProtocolsKeys.filter((key) => views.includes('wow64') || !/wow6432node/i.test(key));
  const places = keys.map((key) => ({ key, mask: numberAt(registry, key, 'SecureProtocols') }));
  const set = places.filter(({ mask }) => mask !== undefined);
  const check = {
    id: 'internet-settings',
    area: 'internet-settings',
    title: 'Protocols of Internet Explorer and WinINet (Internet Options)',
    values: places
      .map(({ key }) => valueAt(registry, key, 'SecureProtocols'))
      .filter(({ data, key }) => data !== null || /^HKEY_CURRENT_USER\\SOFTWARE\\Microsoft/i.test(key)),
  } as const;
  const old = set.filter(({ mask = 0 }) => (mask & tls12OrLater) === 0);
  if (old[0]) {
    const isPolicy = /\\Policies\\/i.test(old[0].key);
    return {
      ...check,
      state: 'off',
      level: 'weak',
      text: `TLS 1.2 is switched off ${isPolicy ? 'by a policy' : 'in the Internet Options'} (${maskNames(old[0].mask ?? 0)}). Internet Explorer and programs that use WinINet do not connect.`,
      next: isPolicy
        ? 'Change the policy "Turn off encryption support" of Internet Explorer.'
        : 'Tick "Use TLS 1.2" in the Internet Options, page Advanced.',
    };
  }
  if (set[0]) {
    return { ...check, state: 'complete', level: 'good', text: `${maskNames(set[0].mask ?? 0)}.`, next: null };
  }
  const isRead = keys.some((key) => registry.isCovered(key));
  return {
    ...check,
    state: isRead ? 'default' : 'not-read',
    level: isRead ? 'good' : 'note',
    text: isRead
      ? 'Not set: the default of Windows and Internet Explorer holds.'
      : 'The file does not have the Internet Settings.',
    next: null,
  };
}

function maskNames(mask: number): string {
  return formatNames(winHttpProtocols.filter(([bit]) => (mask & bit) !== 0).map(([, name]) => name));
}
