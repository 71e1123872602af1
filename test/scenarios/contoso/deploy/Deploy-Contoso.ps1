<#
.SYNOPSIS
    Imports the Contoso solution into Dynamics 365 and publishes it.
#>
[CmdletBinding()]
param(
    [string] $ServerUrl = 'https://contoso.crm4.dynamics.com',
    [Parameter(Mandatory = $true)] [string] $SolutionFile,
    [Parameter(Mandatory = $true)] [System.Management.Automation.PSCredential] $Credential
)

$ErrorActionPreference = 'Stop'
Import-Module Microsoft.Xrm.Tooling.CrmConnector.PowerShell

$connection = Get-CrmConnection -ServerUrl $ServerUrl -OrganizationName 'contoso' -OnLineType Office365 -Credential $Credential
if (-not $connection.IsReady) {
    throw "No connection to $ServerUrl : $($connection.LastCrmError)"
}

$request = New-Object Microsoft.Crm.Sdk.Messages.ImportSolutionRequest
$request.CustomizationFile = [System.IO.File]::ReadAllBytes((Resolve-Path $SolutionFile))
$request.PublishWorkflows = $true
[void] $connection.Execute($request)
[void] $connection.Execute((New-Object Microsoft.Crm.Sdk.Messages.PublishAllXmlRequest))
Write-Host "Imported $SolutionFile into $($connection.ConnectedOrgFriendlyName)."
