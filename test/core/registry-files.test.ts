import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import {
  createAnalyzer,
  createRegistryFiles,
  decodeBytes,
  defaultSettings,
  judgeMachine,
  RegistrySnapshot,
} from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const folder = new URL('machines/', import.meta.url);
const machines = readdirSync(folder).filter((name) => name.endsWith('.reg'));
const states = readdirSync(new URL('states/', folder));
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const snapshot = (...exports: readonly string[]) => RegistrySnapshot.read({ exports, absent: [] });

const allOptions = [false, true].flatMap((schannel) => [false, true].map((winHttp) => ({ schannel, winHttp })));

for (const options of allOptions) {
  const title = `with${options.schannel ? '' : 'out'} Schannel, with${options.winHttp ? '' : 'out'} WinHTTP`;
  const files = createRegistryFiles(options);
  const [apply, undo] = [textOf('dynamics-tls.reg'), textOf('dynamics-tls-undo.reg')];

  function textOf(name: string): string {
    const decoded = decodeBytes(files.find((file) => file.name === name)?.bytes ?? new Uint8Array());
    assert.ok(!('notText' in decoded), name);
    return decoded.text;
  }

  test(`registry files ${title} are written as the registry editor writes them`, () => {
    for (const { name, bytes } of files.filter((file) => file.name.endsWith('.reg'))) {
      assert.deepEqual([...bytes.subarray(0, 2)], [0xff, 0xfe], name);
      const text = textOf(name);
      assert.ok(text.startsWith('Windows Registry Editor Version 5.00\r\n\r\n'), name);
      assert.doesNotMatch(text.replaceAll('\r\n', ''), /[\r\n]/, name);
      assert.doesNotMatch(text, /[^\x00-\x7f]/, name);
    }
  });

  test(`the header ${title} says whom it affects, what to restart, and that nothing is applied`, () => {
    assert.match(apply, /; It is for the whole machine/);
    assert.match(apply, /; It is not applied by being created/);
    assert.match(apply, options.schannel || options.winHttp ? /; Restart Windows/ : /; Restart the programs/);
    assert.match(undo, /; It deletes the values, and so restores a machine on which they did not exist/);
  });

  test(`our own rules find nothing in the registry file ${title}, also where there is a program for 3.5`, () => {
    const project =
      '<Project><PropertyGroup><OutputType>Exe</OutputType><TargetFrameworkVersion>v3.5</TargetFrameworkVersion></PropertyGroup><Import Project="$(MSBuildToolsPath)\\Microsoft.CSharp.targets" /></Project>';
    const paths = { '/w/App.csproj': project, '/w/dynamics-tls.reg': apply, '/w/dynamics-tls-undo.reg': undo };
    const analyzer = createAnalyzer({ host: new MemoryHost(paths), settingsFor: () => defaultSettings });
    analyzer.setFiles(Object.keys(paths));
    const { findings, failures } = analyzer.analyze();
    assert.deepEqual(failures, []);
    assert.deepEqual(
      findings.filter(({ path }) => path.endsWith('.reg')).map(({ rule }) => rule),
      [],
    );
  });

  for (const machine of machines) {
    test(`${machine} is complete after the registry file ${title}`, () => {
      const exports = [read(machine), apply];
      const { checks } = judgeMachine({ exports, absent: [], windows: null, is64Bit: null });
      for (const { id, state } of checks) {
        const isSet =
          /^dotnet-\d/.test(id) ||
          (options.schannel && id === 'schannel-tls-1.2') ||
          (options.winHttp && id === 'winhttp');
        assert.ok(!isSet || state === 'complete', `${id} ${state}`);
      }
    });

    test(`${machine} is as it was after the undo file ${title}`, () => {
      const before = snapshot(read(machine));
      assert.deepEqual(valuesOf(before.with(apply).with(undo)), valuesOf(before));
    });
  }

  for (const state of states) {
    test(`${state} is restored exactly when the undo file ${title} is made from an export`, () => {
      const before = snapshot(read('windows-10.reg'), read(`states/${state}`));
      const [, own] = createRegistryFiles(options, before);
      const decoded = decodeBytes(own?.bytes ?? new Uint8Array());
      assert.ok(!('notText' in decoded));
      assert.deepEqual(valuesOf(before.with(apply).with(decoded.text)), valuesOf(before));
    });
  }

  test(`the scripts ${title} set the same values as the registry file`, () => {
    const wanted = [...snapshot(apply).values()].map(
      ({ key, name, data }) => `${key} ${name} ${data.type === 'dword' ? data.value : data.type}`,
    );
    for (const name of ['dynamics-tls.ps1', 'dynamics-tls-undo.ps1']) {
      const rows = [
        ...textOf(name).matchAll(/@\{ Key = '(.+?)'; Name = '(.+?)'; Number = (\d+); Only64Bit = \$(\w+) \}/g),
      ];
      assert.deepEqual(
        rows.map(([, key, value, number]) => `HKEY_LOCAL_MACHINE\\${key} ${value} ${number}`),
        wanted,
        name,
      );
      for (const [, key = '', , , only64Bit] of rows) {
        assert.equal(only64Bit, String(/wow6432node/i.test(key)), key);
      }
    }
  });
}

test('an undo file says which keys its export does not hold', () => {
  const before = snapshot(read('windows-10.reg'));
  const text = (schannel: boolean) => {
    const decoded = decodeBytes(
      createRegistryFiles({ schannel, winHttp: false }, before)[1]?.bytes ?? new Uint8Array(),
    );
    return 'notText' in decoded ? '' : decoded.text;
  };
  assert.doesNotMatch(text(true), /does not hold these keys/);
  const small = snapshot('Windows Registry Editor Version 5.00\r\n');
  const decoded = decodeBytes(
    createRegistryFiles({ schannel: true, winHttp: false }, small)[1]?.bytes ?? new Uint8Array(),
  );
  assert.match(
    'notText' in decoded ? '' : decoded.text,
    /does not hold these keys[\s\S]+SCHANNEL\\Protocols\\TLS 1\.2\\Client/,
  );
});

test('a value of another type is restored byte by byte', () => {
  const export_ =
    'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319]\r\n"SchUseStrongCrypto"=hex:01,\\\r\n  02\r\n"SystemDefaultTlsVersions"="say \\"1\\""\r\n';
  const decoded = decodeBytes(
    createRegistryFiles({ schannel: false, winHttp: false }, snapshot(export_))[1]?.bytes ?? new Uint8Array(),
  );
  assert.ok(!('notText' in decoded));
  assert.ok(
    decoded.text.includes('"SchUseStrongCrypto"=hex:01,\\\r\n  02\r\n"SystemDefaultTlsVersions"="say \\"1\\""\r\n'),
  );
});

function valuesOf(registry: RegistrySnapshot): string[] {
  return [...registry.values()].map(({ key, name, written }) => `${key.toLowerCase()} ${name} ${written}`).sort();
}
