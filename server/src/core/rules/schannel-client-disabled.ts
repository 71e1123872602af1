import { readSchannelKey } from '../facts/registry-keys.ts';
import type { Fix } from '../model/finding.ts';
import { type RegistryValue, readRegistryFile } from '../sources/registry-file.ts';
import { defineRule, type FileContext } from './rule.ts';

/**
 * Registry files that switch TLS 1.2 off in Windows.
 * Source: https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings
 */
export const rule = defineRule({
  id: 'schannel-client-disabled',
  title: 'A registry file switches TLS 1.2 off in Windows',
  severity: 'error',
  appliesTo: ['registry'],
  isFixable: true,
  messages: {
    enabled: 'Windows refuses TLS 1.2 to every program of this machine, also to those that ask for it by name.',
    default:
      'Windows offers TLS 1.2 only to programs that ask for it by name. All that leave the choice to Windows do without.',
    half: 'TLS 1.2 is enabled and disabled by default at once: Windows offers it only to programs that ask for it by name.',
  },
  check({ file, report }) {
    if (!file || !/TLS 1\.2/i.test(file.text)) {
      return;
    }
    const { enabled, disabledByDefault } = readClient(file.text);
    const isRefused = enabled?.data.type === 'dword' && enabled.data.value === 0;
    const isDisabled = disabledByDefault?.data.type === 'dword' && disabledByDefault.data.value !== 0;
    const fixes = switchOnFix(file, isRefused ? enabled : undefined, isDisabled ? disabledByDefault : undefined);
    if (enabled && isRefused) {
      report({ at: { path: file.path, range: enabled.dataRange }, severity: 'error', message: 'enabled', fixes });
    } else if (disabledByDefault && isDisabled) {
      report({
        at: { path: file.path, range: disabledByDefault.dataRange },
        severity: enabled ? 'warning' : 'error',
        message: enabled ? 'half' : 'default',
        fixes,
      });
    }
  },
});

interface Client {
  enabled: RegistryValue | undefined;
  disabledByDefault: RegistryValue | undefined;
}

/** What is left for the client's part when the whole file has been imported. */
function readClient(text: string): Client {
  const client: Client = { enabled: undefined, disabledByDefault: undefined };
  for (const key of readRegistryFile(text).keys) {
    if (!/^Protocols\\TLS 1\.2\\Client$/i.test(readSchannelKey(key.path) ?? '')) {
      continue;
    }
    if (key.isDeleted) {
      client.enabled = undefined;
      client.disabledByDefault = undefined;
    }
    for (const value of key.values) {
      const kept = value.data.type === 'deleted' ? undefined : value;
      if (/^enabled$/i.test(value.name)) {
        client.enabled = kept;
      } else if (/^disabledbydefault$/i.test(value.name)) {
        client.disabledByDefault = kept;
      }
    }
  }
  return client;
}

function switchOnFix(
  file: FileContext,
  enabled: RegistryValue | undefined,
  disabledByDefault: RegistryValue | undefined,
): Fix[] {
  const edits = [
    ...(enabled ? [{ range: enabled.dataRange, newText: 'dword:00000001' }] : []),
    ...(disabledByDefault ? [{ range: disabledByDefault.dataRange, newText: 'dword:00000000' }] : []),
  ];
  return edits.length === 0
    ? []
    : [
        {
          title: { key: 'switch-on', template: 'Switch TLS 1.2 on for clients', values: {} },
          isPreferred: true,
          bulk: 'safe',
          changes: [{ path: file.path, edits }],
        },
      ];
}
