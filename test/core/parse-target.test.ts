import assert from 'node:assert/strict';
import test from 'node:test';
import { parseTarget, retargetGoals } from '../../server/src/core/index.ts';

/** Spellings with the version that they mean. */
const accepted: readonly (readonly [text: string, version: string])[] = [
  ['4.6.2', '4.6.2'],
  ['v4.6.2', '4.6.2'],
  ['V4.7', '4.7'],
  ['4.8.0', '4.8'],
  ['4.8.0.0', '4.8'],
  ['net462', '4.6.2'],
  ['NET472', '4.7.2'],
  ['net4.7.2', '4.7.2'],
  ['net48', '4.8'],
  ['net480', '4.8'],
  ['net48-full', '4.8'],
  ['.NETFramework4.8.1', '4.8.1'],
  ['.NETFramework471', '4.7.1'],
  ['netframework48', '4.8'],
  ['.NETFramework,Version=v4.8', '4.8'],
  ['.NETFramework, Version=4.7.2', '4.7.2'],
  ['.NET,Version=v4.8', '4.8'],
  [' net481 ', '4.8.1'],
];

/** Spellings that are refused, with words of the message. */
const refused: readonly (readonly [text: string, words: RegExp])[] = [
  ['4.5.2', /4\.5\.2 is below 4\.6\.2/],
  ['net452', /4\.5\.2 is below 4\.6\.2/],
  ['v4.6.1', /below/],
  ['net10', /1\.0 is below/],
  ['45', /4\.5 is below/],
  ['2', /2\.0 is below/],
  ['net463', /There is no \.NET Framework 4\.6\.3/],
  ['net49', /There is no \.NET Framework 4\.9/],
  ['net5.0', /is \.NET 5\.0, not \.NET Framework/],
  ['net8.0-windows', /is \.NET 8\.0/],
  ['netcoreapp3.1', /is \.NETCoreApp 3\.1/],
  ['netstandard2.0', /is \.NETStandard 2\.0/],
  ['uap10.0', /is UAP 10\.0/],
  ['portable-net45+win8', /\.NETPortable/],
  ['net40-client', /profile Client/],
  ['.NETFramework,Version=v4.0,Profile=Client', /profile Client/],
  ['net', /names no version/],
  ['462', /not the name of a target framework/],
  ['newest', /not the name of a target framework/],
  ['', /not the name of a target framework/],
  ['4.6.2;net48', /not the name of a target framework/],
];

for (const [text, version] of accepted) {
  test(`"${text}" means ${version}`, () => {
    assert.deepEqual(parseTarget(text), { version });
  });
}

for (const [text, words] of refused) {
  test(`"${text}" is refused, and the message says what to write`, () => {
    const target = parseTarget(text);
    assert.ok('problem' in target, JSON.stringify(target));
    assert.match(target.problem, words);
    assert.match(target.problem, /must be one of 4\.6\.2, 4\.7, 4\.7\.1, 4\.7\.2, 4\.8, 4\.8\.1/);
  });
}

test('every version of the minimum and later is a goal', () => {
  assert.deepEqual(retargetGoals, ['4.6.2', '4.7', '4.7.1', '4.7.2', '4.8', '4.8.1']);
});
