. $commonFile
Get-CrmConnection -InteractiveMode
