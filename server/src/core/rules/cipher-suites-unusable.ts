import { isCipherSuiteKey, readSchannelKey } from '../facts/registry-keys.ts';
import { cipherSuites } from '../facts/tls-cipher-suites.ts';
import { type RegistryData, type RegistryValue, readRegistryFile } from '../sources/registry-file.ts';
import { defineRule } from './rule.ts';

/**
 * Registry files that leave Windows no cipher suite that Dataverse accepts: TLS 1.2 is on, and every connection fails.
 * Source: https://learn.microsoft.com/power-platform/admin/server-cipher-tls-requirements
 */
export const rule = defineRule({
  id: 'cipher-suites-unusable',
  title: 'A registry file leaves no cipher suite that Dataverse accepts',
  severity: 'error',
  appliesTo: ['registry'],
  isFixable: true,
  messages: {
    suites:
      'None of these {count} cipher suites is accepted by Dataverse, which wants ECDHE with AES and SHA-2 (such as TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384): every connection fails, also with TLS 1.2.',
    ecdh: 'Without ECDH, Windows has no cipher suite that Dataverse accepts: every connection fails, also with TLS 1.2.',
  },
  check({ file, report }) {
    if (!file || !/\\SSL\\00010002|KeyExchangeAlgorithms/i.test(file.text)) {
      return;
    }
    const last = new Map<string, { value: RegistryValue; isSuites: boolean }>();
    for (const key of readRegistryFile(file.text).keys) {
      const isSuites = isCipherSuiteKey(key.path);
      const isEcdh = /^KeyExchangeAlgorithms\\ECDH$/i.test(readSchannelKey(key.path) ?? '');
      for (const value of key.values) {
        if ((isSuites && /^functions$/i.test(value.name)) || (isEcdh && /^enabled$/i.test(value.name))) {
          last.set(key.path.toLowerCase(), { value, isSuites });
        }
      }
      if (key.isDeleted) {
        last.delete(key.path.toLowerCase());
      }
    }
    for (const { value, isSuites } of last.values()) {
      const at = { path: file.path, range: value.dataRange };
      const suites = isSuites ? suitesOf(value.data) : [];
      if (suites.length > 0 && !suites.some(isAccepted)) {
        report({ at, severity: 'error', message: 'suites', values: { count: String(suites.length) } });
      }
      if (!isSuites && value.data.type === 'dword' && value.data.value === 0) {
        report({
          at,
          severity: 'error',
          message: 'ecdh',
          fixes: [
            {
              title: { key: 'switch-on', template: 'Switch ECDH on', values: {} },
              isPreferred: true,
              bulk: 'safe',
              changes: [{ path: file.path, edits: [{ range: value.dataRange, newText: 'dword:ffffffff' }] }],
            },
          ],
        });
      }
    }
  },
});

/** A list of texts, or one text with commas. */
function suitesOf(data: RegistryData): string[] {
  const texts = data.type === 'multi-string' ? data.value : data.type === 'string' ? data.value.split(',') : [];
  return texts.map((text) => text.trim()).filter(Boolean);
}

const accepted: ReadonlySet<string> = new Set(
  cipherSuites.filter(({ dataverse }) => dataverse).map(({ name }) => name),
);

/** Up to Windows 8.1, names end with the curve: TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256. */
function isAccepted(suite: string): boolean {
  return accepted.has(suite.toUpperCase().replace(/_P\d{3}$/, ''));
}
