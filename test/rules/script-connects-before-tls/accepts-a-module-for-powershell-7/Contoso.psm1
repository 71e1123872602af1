Get-CrmConnection -InteractiveMode
