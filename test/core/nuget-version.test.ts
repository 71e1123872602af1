import assert from 'node:assert/strict';
import test from 'node:test';
import { compareNuGetVersions, lowestVersion, parseNuGetVersion } from '../../server/src/core/sources/nuget-version.ts';

/** Pairs in the order of NuGet, and how they compare. */
for (const [a, sign, b] of [
  ['1.0', '=', '1.0.0.0'],
  ['1.0.0.1', '>', '1.0'],
  ['9.0.2.9', '<', '9.0.2.12'],
  ['9.0.2.9', '>', '8.2.0.2'],
  ['1.0.0-alpha', '<', '1.0.0'],
  ['1.0.0-ALPHA', '=', '1.0.0-alpha'],
  ['1.0.0-alpha.2', '<', '1.0.0-alpha.10'],
  ['1.0.0-alpha', '<', '1.0.0-alpha.1'],
  ['1.0.0-1', '<', '1.0.0-alpha'],
  ['1.0.0+build1', '=', '1.0.0+build2'],
  ['v2.0', '=', '2.0'],
] as const) {
  test(`${a} ${sign} ${b}`, () => {
    const left = parseNuGetVersion(a);
    const right = parseNuGetVersion(b);
    assert.ok(left && right);
    const result = compareNuGetVersions(left, right);
    assert.equal(result === 0 ? '=' : result < 0 ? '<' : '>', sign);
    assert.equal(Math.sign(compareNuGetVersions(right, left)) + Math.sign(result), 0);
  });
}

/** What a reference says, and the lowest version that it takes. */
for (const [text, expected] of [
  ['9.0.2.52', '9.0.2.52'],
  ['[8.2.0,9.0)', '8.2.0'],
  ['( 8.2.0 , )', '8.2.0'],
  ['[7.1]', '7.1'],
  ['(,9.0]', undefined],
  ['9.*', '9'],
  ['8.2.*', '8.2'],
  ['8.2.0-*', '8.2.0'],
  ['9.1.0-preview*', '9.1.0'],
  ['[8.*, )', '8'],
  ['*', undefined],
  ['$(CrmVersion)', undefined],
  ['', undefined],
] as const) {
  test(`the lowest version of "${text}" is ${expected ?? 'open'}`, () => {
    assert.deepEqual(lowestVersion(text), expected === undefined ? undefined : parseNuGetVersion(expected));
  });
}
