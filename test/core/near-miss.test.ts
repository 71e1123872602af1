import assert from 'node:assert/strict';
import test from 'node:test';
import { nearMiss } from '../../server/src/core/text/near-miss.ts';

const names = ['SchUseStrongCrypto', 'SystemDefaultTlsVersions'];

/** What somebody wrote, and which name of the list that is nearly. */
for (const [written, expected] of [
  ['SchUseStrongCrypto', undefined],
  ['schusestrongcrypto', 'SchUseStrongCrypto'],
  [' SchUseStrongCrypto', 'SchUseStrongCrypto'],
  ['SchUseStrongCrpyto', 'SchUseStrongCrypto'],
  ['SchUseStrongCryto', 'SchUseStrongCrypto'],
  ['SchUsesStrongCrypto', 'SchUseStrongCrypto'],
  ['SystemDefaultTlsVersion', 'SystemDefaultTlsVersions'],
  ['SystemDefaultTls', undefined],
  ['StrongCrypto', undefined],
  ['', undefined],
] as const) {
  test(`"${written}" is nearly ${expected ?? 'nothing'}`, () => {
    assert.equal(nearMiss(written, names), expected);
  });
}
