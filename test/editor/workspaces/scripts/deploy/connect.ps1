#requires -Version 5.1
param(
  [Parameter(Mandatory = $true)] [string] $ConnectionString
)

$connection = Get-CrmConnection -ConnectionString $ConnectionString
Import-CrmPackage -CrmConnection $connection -PackageDirectory .\package -PackageName Contoso.dll
