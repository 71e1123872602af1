$template = @'
[Net.ServicePointManager]::SecurityProtocol = 'Tls'
'@
$other = @"
[Net.ServicePointManager]::SecurityProtocol = 'Tls' # $name
"@
<#
[Net.ServicePointManager]::SecurityProtocol = 'Tls'
#>
Write-Verbose "[Net.ServicePointManager]::SecurityProtocol = 'Tls'"
