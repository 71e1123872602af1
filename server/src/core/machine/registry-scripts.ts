import type { WantedValue } from './registry-values.ts';

/**
 * The text of a script that saves what stands in the registry and then sets values. It runs on Windows PowerShell 2.0,
 * which Windows 7 has, and later.
 */
export function registryScript(values: readonly WantedValue[]): string {
  return lines(`<#
.SYNOPSIS
Switches on TLS 1.2 for programs of .NET Framework that cannot be recompiled.

.DESCRIPTION
It is for the whole machine: it changes the outgoing connections of every program of .NET Framework on it, 32-bit and
64-bit, not only of one. Servers that know nothing newer than TLS 1.0 may then not be reached any more. Programs whose
code names a protocol do not change.

What stands there is saved first, in a file beside this script; dynamics-tls-undo.ps1 restores it. With -WhatIf nothing
is changed.

${restart(values)}

Better where it is possible: retarget the program to .NET Framework 4.6.2 or later, or set AppContext switches in the
.config file of this one program.

.PARAMETER StateFile
Where to save what stands there now. A file that exists is kept: it holds the state before the first run.
#>
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    [string] $StateFile
)

${prelude(values)}${windowsCheck(values)}
$state = @(
    foreach ($value in $values) {
        $path = "HKLM:\\$($value.Key)"
        $saved = @{ Key = $value.Key; Name = $value.Name; KeyExists = (Test-Path -LiteralPath $path); Exists = $false; Kind = ''; Data = $null }
        if ($saved.KeyExists) {
            $key = Get-Item -LiteralPath $path
            if (@($key.GetValueNames()) -contains $value.Name) {
                $saved.Exists = $true
                $saved.Kind = [string] $key.GetValueKind($value.Name)
                $saved.Data = $key.GetValue($value.Name, $null, 'DoNotExpandEnvironmentNames')
            }
        }
        New-Object PSObject -Property $saved
    }
)

if (Test-Path -LiteralPath $StateFile) {
    Write-Output "The state before the first run is kept: $StateFile"
}
elseif ($PSCmdlet.ShouldProcess($StateFile, 'Save what stands in the registry')) {
    $state | Export-Clixml -Path $StateFile
    Write-Output "Saved what stood in the registry: $StateFile"
}

foreach ($value in $values) {
    $path = "HKLM:\\$($value.Key)"
    if ($PSCmdlet.ShouldProcess("$path\\$($value.Name)", "Set to $($value.Number)")) {
        # New-Item would empty a key that exists.
        if (-not (Test-Path -LiteralPath $path)) {
            New-Item -Path $path -Force | Out-Null
        }
        New-ItemProperty -LiteralPath $path -Name $value.Name -PropertyType DWord -Value $value.Number -Force | Out-Null
        Write-Output "$path\\$($value.Name) = $($value.Number)"
    }
}

Write-Output '${restart(values)}'
`);
}

/** The text of a script that restores what {@link registryScript} saved. */
export function undoScript(values: readonly WantedValue[]): string {
  return lines(`<#
.SYNOPSIS
Undoes dynamics-tls.ps1.

.DESCRIPTION
Restores every value that dynamics-tls.ps1 saved, with its type, deletes those that did not exist, and deletes keys that
dynamics-tls.ps1 made and that are empty. Without the saved file it does nothing, unless -Delete is given. With -WhatIf
nothing is changed.

${restart(values)}

.PARAMETER StateFile
The file that dynamics-tls.ps1 saved.

.PARAMETER Delete
Deletes the values where there is no saved file, as if they had not existed before.
#>
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    [string] $StateFile,
    [switch] $Delete
)

${prelude(values)}
$hasState = Test-Path -LiteralPath $StateFile
if ($hasState) {
    $state = @(Import-Clixml -Path $StateFile)
}
elseif ($Delete) {
    $state = @(
        foreach ($value in $values) {
            New-Object PSObject -Property @{ Key = $value.Key; Name = $value.Name; KeyExists = $true; Exists = $false; Kind = ''; Data = $null }
        }
    )
}
else {
    throw "There is no saved state: $StateFile. Name the file with -StateFile, or delete the values with -Delete."
}

foreach ($saved in $state) {
    $path = "HKLM:\\$($saved.Key)"
    if ($saved.Exists) {
        if ($PSCmdlet.ShouldProcess("$path\\$($saved.Name)", "Restore $($saved.Data)")) {
            if (-not (Test-Path -LiteralPath $path)) {
                New-Item -Path $path -Force | Out-Null
            }
            New-ItemProperty -LiteralPath $path -Name $saved.Name -PropertyType $saved.Kind -Value $saved.Data -Force | Out-Null
            Write-Output "$path\\$($saved.Name) = $($saved.Data)"
        }
    }
    elseif ((Test-Path -LiteralPath $path) -and (@((Get-Item -LiteralPath $path).GetValueNames()) -contains $saved.Name)) {
        if ($PSCmdlet.ShouldProcess("$path\\$($saved.Name)", 'Delete')) {
            Remove-ItemProperty -LiteralPath $path -Name $saved.Name
            Write-Output "$path\\$($saved.Name) deleted"
        }
    }
}

foreach ($key in @($state | Where-Object { -not $_.KeyExists } | ForEach-Object { $_.Key } | Select-Object -Unique)) {
    $path = "HKLM:\\$key"
    if (Test-Path -LiteralPath $path) {
        $item = Get-Item -LiteralPath $path
        if ($item.ValueCount -eq 0 -and $item.SubKeyCount -eq 0 -and $PSCmdlet.ShouldProcess($path, 'Delete the empty key')) {
            Remove-Item -LiteralPath $path
            Write-Output "$path deleted"
        }
    }
}

if ($hasState -and $PSCmdlet.ShouldProcess($StateFile, 'Delete the saved state, which is restored')) {
    Remove-Item -LiteralPath $StateFile
}

Write-Output '${restart(values)}'
`);
}

/** What both scripts begin with: who may run them and where, and the list of values. */
function prelude(values: readonly WantedValue[]): string {
  const rows = values.map(({ key, name, number, isWow64 }) => {
    const path = key.slice('HKEY_LOCAL_MACHINE\\'.length);
    return `    @{ Key = '${path}'; Name = '${name}'; Number = ${number}; Only64Bit = $${isWow64} }`;
  });
  return `Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

if (-not $StateFile) {
    $folder = Split-Path -Parent $MyInvocation.MyCommand.Path
    $StateFile = Join-Path $folder "dynamics-tls-before-$env:COMPUTERNAME.xml"
}

$user = New-Object Security.Principal.WindowsPrincipal ([Security.Principal.WindowsIdentity]::GetCurrent())
if (-not $WhatIfPreference -and -not $user.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
    throw 'Run this script as an administrator.'
}

# A 32-bit PowerShell on 64-bit Windows is shown another part of the registry.
if ([IntPtr]::Size -eq 4 -and $env:PROCESSOR_ARCHITEW6432) {
    throw 'Run this script in the 64-bit PowerShell.'
}

$values = @(
${rows.join('\n')}
)
# 32-bit Windows has no keys below Wow6432Node.
$values = @($values | Where-Object { [IntPtr]::Size -eq 8 -or -not $_.Only64Bit })
`;
}

/** Without Schannel the values make it worse on versions of Windows whose own default ends at TLS 1.0. */
function windowsCheck(values: readonly WantedValue[]): string {
  return values.some(({ name }) => name === 'Enabled')
    ? ''
    : `
if ([Environment]::OSVersion.Version -lt [Version] '6.2') {
    throw 'Windows 7 and Server 2008 R2 need the values of Schannel, too: create this script with the option for Schannel.'
}
`;
}

function restart(values: readonly WantedValue[]): string {
  return values.some(({ name }) => name === 'Enabled' || name === 'DefaultSecureProtocols')
    ? 'Restart Windows afterwards.'
    : 'Restart the programs afterwards (recycle the application pools of IIS): each process reads the values once.';
}

function lines(text: string): string {
  return text.replaceAll('\n', '\r\n');
}
