<#
.SYNOPSIS
Deploys.
#>
#requires -Version 5.1
using namespace System.Net

[CmdletBinding()]
param(
  [Parameter(Mandatory = $true)] [string] $ServerUrl,
  [pscredential] $Credential = (Get-Credential)
)

# Connects with what was given.
$organizations = Get-CrmOrganizations -ServerUrl $ServerUrl -Credential $Credential
#                ^^^^^^^^^^^^^^^^^^^^ script-connects-before-tls warning
$organizations | Format-Table
