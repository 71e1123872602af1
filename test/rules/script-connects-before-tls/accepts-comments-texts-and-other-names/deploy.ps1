# Get-CrmConnection -InteractiveMode
<# Get-CrmConnection #>
Write-Host 'Get-CrmConnection'
Get-CrmConnectionTimeout
$help = @'
Get-CrmConnection -InteractiveMode
'@
