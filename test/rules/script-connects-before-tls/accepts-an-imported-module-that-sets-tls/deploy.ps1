Import-Module "$PSScriptRoot/Common.psm1" -Force
Get-CrmConnection -InteractiveMode
