import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createRegistryFiles, decodeBytes } from '../../server/src/core/index.ts';

/**
 * The scripts of "Create Registry File" in a real PowerShell: they parse, and against a registry in memory the second
 * takes back exactly what the first did. Skipped where there is no PowerShell (`pwsh`, or DYNAMICS_TLS_PWSH).
 */
const pwsh = process.env['DYNAMICS_TLS_PWSH'] ?? 'pwsh';
const skip = spawnSync(pwsh, ['-NoProfile', '-Command', 'exit 0']).status !== 0 && 'no PowerShell (pwsh)';
let folder = '';

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'dynamics-tls-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const allOptions = [false, true].flatMap((schannel) => [false, true].map((winHttp) => ({ schannel, winHttp })));

test('the scripts parse', { skip }, () => {
  const files = allOptions.flatMap((options, i) =>
    scripts(options).map(({ name, bytes }) => {
      const path = join(folder, `${i}-${name}`);
      writeFileSync(path, bytes);
      return path;
    }),
  );
  assert.equal(files.length, 8);
  const parsed = runPowerShell(
    `$all = @(); foreach ($file in '${files.join("','")}') { $errors = $null; [void][System.Management.Automation.Language.Parser]::ParseFile($file, [ref]$null, [ref]$errors); $all += $errors }; "$($all.Count) errors"; $all`,
  );
  assert.equal(parsed.trim(), '0 errors');
});

/** Registries before the first script, by key and name. */
const registries: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>> = {
  'without any value': { 'HKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319': {} },
  'with values of their own': {
    'HKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319': { SchUseStrongCrypto: 0, InstallPath: 'C:\\x' },
    'HKLM:\\SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v4.0.30319': { SystemDefaultTlsVersions: 'yes' },
    'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client': {
      Enabled: 1,
    },
  },
};

for (const [name, registry] of Object.entries(registries)) {
  test(`the second script restores a registry ${name}, after any number of runs of the first`, { skip }, () => {
    const output = runScripts(registry, ['apply', 'dump', 'apply', 'undo', 'dump']);
    const [applied, restored] = output.map(sorted);
    const values = Object.values(applied ?? {}).flatMap((key) => Object.entries(key as object));
    assert.equal(values.filter(([value, data]) => value === 'SchUseStrongCrypto' && data === 1).length, 4);
    assert.equal(values.filter(([value, data]) => value === 'DefaultSecureProtocols' && data === 0xa00).length, 2);
    assert.deepEqual(restored, sorted(registry));
  });
}

test('the second script does nothing without a saved state, and deletes when it is told to', { skip }, () => {
  const registry = { 'HKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319': { SchUseStrongCrypto: 1, Other: 2 } };
  const [refused, deleted] = runScripts(registry, ['undo', 'dump', 'undo -Delete', 'dump']).map(sorted);
  assert.deepEqual(refused, sorted(registry));
  assert.deepEqual(deleted, { 'HKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319': { Other: 2 } });
});

test('with -WhatIf nothing is changed and nothing is saved', { skip }, () => {
  const registry = registries['with values of their own'] ?? {};
  const [after1, after2] = runScripts(registry, ['apply -WhatIf', 'dump', 'undo', 'dump']).map(sorted);
  assert.deepEqual(after1, sorted(registry));
  assert.deepEqual(after2, sorted(registry));
});

function scripts(options: { schannel: boolean; winHttp: boolean }) {
  return createRegistryFiles(options).filter(({ name }) => name.endsWith('.ps1'));
}

/** Runs steps against a registry in memory; answers what `dump` saw. */
function runScripts(registry: unknown, steps: readonly string[]): unknown[] {
  const own = mkdtempSync(join(folder, 'run-'));
  for (const { name, bytes } of scripts({ schannel: true, winHttp: true })) {
    const decoded = decodeBytes(bytes);
    assert.ok(!('notText' in decoded));
    // There are no administrators of Windows here.
    const text = decoded.text.replace(/^\$user = .*\r\nif \(-not \$WhatIf[^}]*\}\r\n/m, '');
    assert.notEqual(text, decoded.text);
    writeFileSync(join(own, name), `\ufeff${text}`);
  }
  writeFileSync(join(own, 'registry.json'), JSON.stringify(registry));
  writeFileSync(join(own, 'simulation.ps1'), simulation);
  const commands = steps.map((step) => {
    const [verb = '', ...rest] = step.split(' ');
    const script = join(own, verb === 'apply' ? 'dynamics-tls.ps1' : 'dynamics-tls-undo.ps1');
    return verb === 'dump'
      ? 'Show-Registry'
      : `try { & '${script}' ${rest.join(' ')} | Out-Null } catch { [Console]::Error.WriteLine($_) }`;
  });
  const output = runPowerShell(
    `. '${join(own, 'simulation.ps1')}' '${join(own, 'registry.json')}'; ${commands.join('; ')}`,
  );
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

function runPowerShell(command: string): string {
  const { stdout, stderr, status } = spawnSync(pwsh, ['-NoProfile', '-NonInteractive', '-Command', command], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return stdout;
}

/** Keys that hold nothing stay out where the script may or may not have made them; names in order. */
function sorted(value: unknown): Record<string, unknown> {
  const keys = Object.entries(value as Record<string, Record<string, unknown>>);
  return Object.fromEntries(
    keys
      .map(([key, values]) => [key, Object.fromEntries(Object.entries(values).sort())] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Functions win over cmdlets of the same name, so that the scripts meet a registry that is a table in memory. */
const simulation = String.raw`
param([string] $File)
$global:registry = @{}
(Get-Content -Raw $File | ConvertFrom-Json).PSObject.Properties | ForEach-Object {
    $values = @{}
    $_.Value.PSObject.Properties | ForEach-Object { $values[$_.Name] = if ($_.Value -is [long]) { [int] $_.Value } else { $_.Value } }
    $global:registry[$_.Name] = $values
}
function global:Show-Registry { $global:registry | ConvertTo-Json -Compress }
function global:Test-Path { param([string] $LiteralPath)
    if ($LiteralPath -like 'HKLM:*') { $global:registry.ContainsKey($LiteralPath) } else { [IO.File]::Exists($LiteralPath) }
}
function global:Get-Item { param([string] $LiteralPath)
    $values = $global:registry[$LiteralPath]
    $item = New-Object PSObject -Property @{ Values = $values; ValueCount = $values.Count; SubKeyCount = @($global:registry.Keys | Where-Object { $_ -like "$LiteralPath\*" }).Count }
    $item | Add-Member ScriptMethod GetValueNames { @($this.Values.Keys) }
    $item | Add-Member ScriptMethod GetValueKind { param($name) if ($this.Values[$name] -is [string]) { 'String' } else { 'DWord' } }
    $item | Add-Member ScriptMethod GetValue { param($name, $default, $option) $this.Values[$name] }
    $item
}
function global:New-Item { param([string] $Path, [switch] $Force) $global:registry[$Path] = @{}; $Path }
function global:New-ItemProperty { param([string] $LiteralPath, [string] $Name, [string] $PropertyType, $Value, [switch] $Force)
    if ($PropertyType -eq 'DWord' -and $Value -isnot [int]) { throw "no number: $Value" }
    $global:registry[$LiteralPath][$Name] = $Value; $Name
}
function global:Remove-ItemProperty { param([string] $LiteralPath, [string] $Name) $global:registry[$LiteralPath].Remove($Name) }
function global:Remove-Item { param([string] $LiteralPath)
    if ($LiteralPath -like 'HKLM:*') { $global:registry.Remove($LiteralPath) } else { [IO.File]::Delete($LiteralPath) }
}
`;
