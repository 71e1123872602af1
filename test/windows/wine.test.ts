import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createRegistryFiles, decodeBytes, judgeMachine, RegistrySnapshot } from '../../server/src/core/index.ts';
import { readThisMachine } from '../../server/src/platform/node/registry-of-this-machine.ts';

/**
 * The registry files in a registry that is not ours: Wine's, imported and exported by its own programs, and read by the
 * same reader that reads a machine with reg.exe. Skipped where there is no Wine (Debian: packages wine and wine64).
 */
const skip = spawnSync('wine', ['--version']).status !== 0 && 'no Wine';
const tool = { program: 'wine', args: ['reg'], is64Bit: true };
let folder = '';

before(
  () => {
    if (skip) {
      return;
    }
    folder = mkdtempSync(join(tmpdir(), 'dynamics-tls-'));
    process.env['WINEPREFIX'] = join(folder, 'prefix');
    process.env['WINEDEBUG'] = '-all';
    process.env['WINEDLLOVERRIDES'] = 'mscoree,mshtml=';
    assert.equal(spawnSync('wine', ['wineboot', '--init'], { stdio: 'ignore' }).status, 0);
  },
  { timeout: 300_000 },
);
after(() => {
  if (!skip) {
    spawnSync('wineserver', ['--kill']);
    rmSync(folder, { recursive: true, force: true });
  }
});

const options = { schannel: true, winHttp: true };

test('an imported registry file makes every state complete, and the undo file restores', { skip }, async () => {
  const before = await readThisMachine(tool);
  assert.ok(before.exports.length > 0, `${before.exports.length} keys were exported`);
  assert.ok(before.absent.length > 3, `${before.absent.length} keys are absent`);
  const [apply, undo] = createRegistryFiles(options);
  importFile('apply.reg', apply?.bytes);
  const applied = await readThisMachine(tool);
  const states = judgeMachine(applied).checks.filter(({ id }) => /^dotnet-\d|^schannel-tls|^winhttp/.test(id));
  assert.deepEqual(
    states.map(({ id, state }) => `${id} ${state}`),
    [
      'dotnet-4-strong-crypto complete',
      'dotnet-4-system-default complete',
      'dotnet-2-strong-crypto complete',
      'dotnet-2-system-default complete',
      'schannel-tls-1.2 complete',
      'winhttp complete',
    ].filter((line) => states.some(({ id }) => line.startsWith(`${id} `))),
  );
  assert.ok(states.length >= 4);
  importFile('undo.reg', undo?.bytes);
  assert.deepEqual(valuesOf(await readThisMachine(tool)), valuesOf(before));
});

test('an undo file that is made from an export brings back values that stood there', { skip }, async () => {
  const own = [
    'Windows Registry Editor Version 5.00',
    '',
    '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319]',
    '"SchUseStrongCrypto"=dword:00000000',
    '"SystemDefaultTlsVersions"="yes \\"or\\" no"',
    '',
    '[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client]',
    '"Enabled"=hex:01,02,03',
    '',
  ].join('\r\n');
  importFile('own.reg', Buffer.from(`\ufeff${own}`, 'utf16le'));
  const before = await readThisMachine(tool);
  const [apply, undo] = createRegistryFiles(options, RegistrySnapshot.read(before));
  importFile('apply.reg', apply?.bytes);
  assert.notDeepEqual(valuesOf(await readThisMachine(tool)), valuesOf(before));
  importFile('undo.reg', undo?.bytes);
  assert.deepEqual(valuesOf(await readThisMachine(tool)), valuesOf(before));
});

test('a file exported by hand tells the same as the machine itself', { skip }, async () => {
  const file = join(folder, 'by-hand.reg');
  const key = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework';
  assert.equal(spawnSync('wine', ['reg', 'export', key, file, '/y'], { stdio: 'ignore' }).status, 0);
  const decoded = decodeBytes(readFileSync(file));
  assert.ok(!('notText' in decoded));
  const wanted = valuesOf(await readThisMachine(tool)).filter((line) => line.startsWith(`${key.toLowerCase()}\\`));
  assert.deepEqual(valuesOf({ exports: [decoded.text], absent: [] }), wanted);
});

function importFile(name: string, bytes: Uint8Array | undefined): void {
  const file = join(folder, name);
  writeFileSync(file, bytes ?? new Uint8Array());
  assert.equal(spawnSync('wine', ['regedit', '/S', file], { stdio: 'ignore' }).status, 0, name);
}

function valuesOf(reading: { exports: readonly string[]; absent: readonly string[] }): string[] {
  return [...RegistrySnapshot.read(reading).values()]
    .map(({ key, name, written }) => `${key.toLowerCase()} ${name} ${written}`)
    .sort();
}
