. $PSScriptRoot\common\tls.ps1
Get-CrmConnection -InteractiveMode
