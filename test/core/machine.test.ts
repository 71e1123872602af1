import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { judgeMachine, type MachineReading, type MachineReport } from '../../server/src/core/index.ts';

/**
 * Registries of Windows versions as they are installed, and changes to them. The files say with `; @` what the check
 * has to say: a state and a level by the id of a check, or what programs get.
 */
const folder = new URL('machines/', import.meta.url);
const machines = readdirSync(folder).filter((name) => name.endsWith('.reg'));
const states = readdirSync(new URL('states/', folder));

for (const machine of machines) {
  const text = readFileSync(new URL(machine, folder), 'utf8');
  const expected = expectations(text);

  test(`${machine} is judged as its Windows version is installed`, () => {
    const report = judgeMachine(reading(machine, [text]));
    assert.deepEqual(
      report.checks.map(({ id, state, level }) => `${id} ${state} ${level}`),
      expected.filter((line) => !/^\d/.test(line)),
    );
    const programs = programLines(report);
    for (const line of expected.filter((other) => /^\d/.test(other))) {
      assert.ok(programs.includes(line), `${line}\nnot in\n${programs.join('\n')}`);
    }
  });

  for (const state of states) {
    const change = readFileSync(new URL(`states/${state}`, folder), 'utf8');
    if (machine.includes('32-bit') && /wow6432node|native-only|half/i.test(change + state)) {
      continue;
    }

    test(`${machine} with ${state}`, () => {
      const report = judgeMachine(reading(machine, [text, change]));
      const found = report.checks.map(({ id, state: name, level }) => `${id} ${name} ${level}`);
      for (const line of expectations(change)) {
        assert.ok(found.includes(line), `${line}\nnot in\n${found.join('\n')}`);
      }
    });
  }
}

test('a machine whose values are complete connects for every target that can run', () => {
  for (const machine of machines) {
    const text = readFileSync(new URL(machine, folder), 'utf8');
    const changes = ['dotnet-complete', 'schannel-on'].map((name) =>
      readFileSync(new URL(`states/${name}.reg`, folder), 'utf8'),
    );
    const { programs } = judgeMachine(reading(machine, [text, ...changes]));
    for (const { from, connects, bits, protocols } of programs.filter(({ from }) => from !== '2.0')) {
      // Runtimes before 4.7 know SystemDefaultTlsVersions only after an update: that is not known, and so not said.
      const wanted = protocols === null ? null : true;
      assert.equal(connects, wanted, `${machine}: ${from}, ${bits} bits`);
    }
  }
});

test('a file that says nothing about a setting gives no answer about it', () => {
  const { checks, programs, windows } = judgeMachine({
    exports: [
      'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319]\r\n"SchUseStrongCrypto"=dword:00000001\r\n',
    ],
    absent: [],
    windows: null,
    is64Bit: null,
  });
  assert.equal(windows, null);
  assert.deepEqual(
    checks.map(({ id, state }) => `${id} ${state}`),
    [
      'dotnet-installed not-read',
      'dotnet-4-strong-crypto not-read',
      'dotnet-4-system-default not-read',
      'dotnet-2-strong-crypto not-read',
      'dotnet-2-system-default not-read',
      'schannel-tls-1.2 not-read',
      'schannel-other-protocols not-read',
      'cipher-suites not-read',
      'winhttp not-read',
      'internet-settings not-read',
    ],
  );
  assert.ok(checks.every(({ level }) => level === 'note'));
  assert.ok(programs.every(({ connects }) => connects === null));
});

test('text that is no export is no registry', () => {
  const { checks } = judgeMachine({ exports: ['[HKLM\\SOFTWARE]\r\n'], absent: [], windows: '10', is64Bit: true });
  assert.equal(checks.find(({ id }) => id === 'schannel-tls-1.2')?.state, 'not-read');
});

test('a key that is known to be absent is a default, not a gap', () => {
  const { checks } = judgeMachine({
    exports: [],
    absent: ['HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL'],
    windows: { build: 19045, isServer: false },
    is64Bit: true,
  });
  assert.equal(checks.find(({ id }) => id === 'schannel-tls-1.2')?.state, 'default');
});

function reading(machine: string, exports: readonly string[]): MachineReading {
  return { exports, absent: [], windows: null, is64Bit: machine.includes('32-bit') ? false : null };
}

function expectations(text: string): string[] {
  return [...text.matchAll(/^; @ (.*?)\r?$/gm)].map(([, line = '']) => line);
}

function programLines({ programs }: MachineReport): string[] {
  return programs.map(({ from, to, bits, protocols, connects }) =>
    [
      `${from}-${to}`,
      bits,
      ...(protocols ?? ['unknown']),
      connects === null ? 'perhaps' : connects ? 'connects' : 'fails',
    ].join(' '),
  );
}
